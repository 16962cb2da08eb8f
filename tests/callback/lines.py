"""Lines of the spool, as a run writes them."""

from __future__ import annotations

from Callback.event import event_of
from Callback.redaction import Redactor
from Callback.report import line_of
from Callback.run import Run
from Callback.task_outcome import TaskOutcome

RUN = Run(id='run-1', source='control.example.com', startedAt='2026-11-22T10:00:00Z')


def line(number, text='no', channel=None, run=RUN, host='web-01'):
    failure = TaskOutcome('failed', host, host, result={'msg': text})
    return line_of(channel, run, event_of(failure, f'event-{number}', '2026-11-22T10:00:01Z', Redactor()))


def ids(segments):
    return [line.event['id'] for segment in segments for line in segment.lines]
