"""Each playbook says at its top which events must arrive and which words must never; here it is held to that."""

from __future__ import annotations

import pytest

from runs import PLAYBOOKS, matches

NAMES = sorted(path.name for path in PLAYBOOKS.glob('*.yml'))


@pytest.mark.parametrize('name', NAMES)
def test_playbook_tells_what_it_says_it_does(collection, name):
    reported = collection[name]
    expected, left = reported.says['arrives'], list(reported.relay.events)

    for event in expected:
        match = next((actual for actual in left if matches(event, actual)), None)
        assert match, f'{event} is not among {left}'
        left.remove(match)

    assert left == [], 'events that nobody expected'
    assert reported.relay.breaches == []
    assert reported.outcome.code == reported.says.get('exit', 2), reported.outcome.out + reported.outcome.err


@pytest.mark.parametrize('name', NAMES)
def test_playbook_says_of_the_run_what_it_says_it_does(collection, name):
    reported = collection[name]

    for report in reported.relay.accepted:
        assert matches({'playbook': name, **reported.says.get('run', {})}, report['run'])
        assert matches(reported.says.get('report', {}), report)


@pytest.mark.parametrize('name', NAMES)
def test_playbook_keeps_its_secrets_and_the_play_its_peace(collection, name):
    reported = collection[name]

    for word in [*reported.says.get('never', []), 'the-key-of']:
        assert word not in reported.relay.text and word not in reported.written, word
    assert str(PLAYBOOKS) not in reported.relay.text
    assert reported.outcome.deprecations == []

    for words, warning in zip(reported.says.get('warns', []), reported.outcome.warnings, strict=True):
        assert words in warning


@pytest.mark.parametrize('name', NAMES)
def test_playbook_leaves_nothing_behind_but_what_is_still_broken(collection, name):
    reported = collection[name]
    broken = any(not {'ignored', 'rescued'} & set(event['details'] or {}) for event in reported.relay.events)

    assert reported.left == (['failures.jsonl', 'status.json'] if broken else ['status.json'] if reported.relay.events else None)
