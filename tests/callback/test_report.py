"""Any result becomes a line that the contract takes, and lines become reports of one run and channel."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

from Callback import report
from Callback.event import event_of
from Callback.redaction import Redactor
from Callback.report import EVENT_LIMIT, batches, line_of, parse_line, report_of
from Callback.spool import Spool
from Callback.task_outcome import TaskOutcome
from Callback.writer import Writer
from lines import RUN, line
from recording_relay import SCHEMA

AT = '2026-11-22T10:00:00Z'


HOSTILE = '\x00\x1b[31m\udcff\u2028\U0001f4a5"\\\n' * 20_000


@pytest.mark.parametrize('result', [
    {'msg': HOSTILE, 'stdout': HOSTILE, 'stderr': HOSTILE, 'x': HOSTILE, 'rc': '7'},
    {'results': [{'failed': True, 'item': HOSTILE, 'msg': HOSTILE} for _ in range(500)]},
    {'msg': '\\' * 100_000, 'stdout': '"' * 100_000, 'stderr': '\n\t' * 50_000, 'results': [{'failed': True, 'msg': '"' * 5000}] * 60},
    {HOSTILE[:50]: {HOSTILE[:50]: [HOSTILE] * 50}, 'attempts': 10 ** 30, 'rc': 10 ** 30},
    {'results': 7, 'msg': 7, 'stdout': 7, 'stderr': [1], 'rc': 'x', 'attempts': 0},
    {'results': [None, 7, 'x', {'failed': True}]},
    {'msg': None, 'rc': True, 'attempts': 'x', 'stdout': None},
])
def test_any_result_becomes_a_line_that_the_contract_takes(result):
    failure = TaskOutcome('failed', 'h', 'h' * 300, task='t' * 9999, delegated_to='d' * 300, path='p' * 9999, play=HOSTILE, result=result)
    raw = line_of('db', RUN, event_of(failure, 'event-1', AT, Redactor()))

    assert len(raw) <= EVENT_LIMIT
    given = json.loads(raw.decode())
    jsonschema.validate({'version': 1, 'channel': given['channel'], 'run': given['run'], 'events': [given['event']]}, SCHEMA)
    assert raw.count(b'\n') == 1


def test_batches_are_of_one_run_and_channel_and_stay_under_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(report, 'BATCH_LIMIT', 3 * len(line(1)))
    spool = Spool(str(tmp_path / 'spool'))
    writer = Writer(spool)
    other = replace(RUN, id='run-2', playbook='other.yml')
    for number, run, channel in [(1, RUN, None), (2, RUN, None), (3, RUN, None), (4, RUN, None), (5, other, None), (6, other, 'db')]:
        writer.append(line(number, run=run, channel=channel))
    (segment,) = spool.claim()

    reports = [json.loads(report_of(batch)) for batch in batches(segment.lines)]

    assert [[event['id'][6:] for event in report['events']] for report in reports] == [['1', '2', '3'], ['4'], ['5'], ['6']]
    assert [(report['run']['id'], report['channel']) for report in reports] == [
        ('run-1', None), ('run-1', None), ('run-2', None), ('run-2', 'db'),
    ]


def test_what_many_runs_have_left_goes_into_few_reports_and_each_event_says_of_which_run_it_is():
    runs = [replace(RUN, id=f'run-{number}', startedAt=f'2026-11-22T10:{number % 60:02}:00Z') for number in range(2000)]

    reports = [json.loads(report_of(batch)) for batch in batches(parse_line(line(run.id, run=run)) for run in runs)]

    assert len(reports) <= 10
    assert [event.get('run', report['run']['id']) for report in reports for event in report['events']] == [run.id for run in runs]
    for report in reports:
        jsonschema.validate(report, SCHEMA)
