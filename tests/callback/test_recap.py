"""What Ansible counts and nobody reported is reported."""

from __future__ import annotations

from Callback.recap import Recap, unreported
from Callback.task_outcome import TaskOutcome


def counts(failures=0, unreachable=0):
    return {'failures': failures, 'unreachable': unreachable}


def test_what_the_recap_counts_and_nobody_reported_is_reported():
    held = TaskOutcome('failed', 'web-01', 'web-01', task='Looked rescued', disposition='rescued')
    recap = Recap({
        'web-01': counts(failures=2), 'web-02': counts(failures=1), 'web-03': counts(failures=1),
        'web-04': counts(), 'web-05': counts(unreachable=1),
    })

    found = list(unreported(recap, {('failed', 'web-01'): 1, ('failed', 'web-02'): 1}, {'web-01': [held, held], 'web-04': [held]}))

    assert [(failure.kind, failure.host, failure.task, failure.disposition) for failure in found] == [
        ('failed', 'web-01', 'Looked rescued', ''), ('failed', 'web-03', None, ''), ('unreachable', 'web-05', None, ''),
    ]
