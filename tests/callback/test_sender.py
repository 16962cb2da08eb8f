"""The sender delivers what waits, and keeps or sets aside what it cannot deliver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from Callback.spool import Spool
from Callback.writer import Writer
from lines import RUN, line
from programs import PROGRAM
from runs import KEY
from spools import closed_port, segments, wait_until


@pytest.fixture
def full(spool):
    """A spool of four events of one run."""
    writer = Writer(Spool(str(spool)))
    for number in range(4):
        writer.append(line(number))
    return spool


@pytest.fixture
def three(spool):
    """A spool of three runs, the oldest first."""
    for number in range(3):
        Writer(Spool(str(spool))).append(line(number, run=replace(RUN, id=f'run-{number}', playbook=f'{number}.yml')))
    return spool


def send(spool, url):
    """The sender as the callback starts it, for a run that is already over."""
    process = subprocess.Popen([sys.executable, '-I', '-S', PROGRAM, 'send'], stdin=subprocess.PIPE)
    process.stdin.write(json.dumps({'spool': str(spool), 'relay': {'url': url, 'key': KEY}}).encode() + b'\n')
    process.stdin.close()
    return process


def test_many_failures_are_one_report(relay, full):
    assert send(full, f'{relay.url}/api/reports').wait(20) == 0

    assert [len(report['events']) for report in relay.accepted] == [4]
    assert segments(full) == []
    assert relay.keys == {KEY}


def test_503_is_tried_again_when_retry_after_has_passed(relay, full):
    times = []

    def answer(_report):
        times.append(time.monotonic())
        return 202 if len(times) > 1 else (503, {'Retry-After': '1'})

    relay.answer = answer
    assert send(full, f'{relay.url}/api/reports').wait(20) == 0

    assert times[1] - times[0] >= 1
    assert len(relay.events) == 4


@pytest.mark.parametrize('status', [401, 403, 404, 302, 200])
def test_a_relay_that_refuses_is_asked_once_and_the_spool_is_kept(relay, full, status):
    relay.answer = (status, {'Location': '/elsewhere'})

    assert send(full, f'{relay.url}/api/reports').wait(20) == 1

    assert len(relay.requests) == 1
    assert len(segments(full)) == 1
    assert f'HTTP {status}' in json.loads((full / 'status.json').read_text())['lastError']['what']


def test_what_the_relay_can_never_take_is_set_aside_and_the_rest_is_told(relay, full):
    relay.answer = lambda report: 400 if any(event['id'] == 'event-2' for event in report['events']) else 202

    assert send(full, f'{relay.url}/api/reports').wait(20) == 0

    assert [event['id'] for event in relay.events] == ['event-0', 'event-1', 'event-3']
    assert [json.loads(row)['event']['id'] for row in (full / 'rejected.jsonl').read_text().splitlines()] == ['event-2']
    assert segments(full) == []


def test_a_sender_that_dies_leaves_what_it_had_to_the_next_one(relay, full):
    process = send(full, f'http://127.0.0.1:{closed_port()}/api/reports')
    wait_until(lambda: (full / 'status.json').exists())
    process.kill()
    process.wait()

    assert send(full, f'{relay.url}/api/reports').wait(20) == 0
    assert len(relay.events) == 4


def test_what_the_relay_asked_one_sender_to_wait_for_holds_for_the_next(relay, full):
    relay.answer = (429, {'Retry-After': '3600'})
    assert send(full, f'{relay.url}/api/reports').wait(20) == 1
    assert send(full, f'{relay.url}/api/reports').wait(20) == 1

    assert len(relay.requests) == 1
    assert len(segments(full)) == 1


def test_what_failed_first_is_told_first_also_when_the_relay_fails_in_between(relay, three):
    answers = [(503, {'Retry-After': '0'}), 202, 503]
    relay.answer = lambda _report: answers.pop(0) if answers else 202

    assert send(three, f'{relay.url}/api/reports').wait(30) == 0

    assert [event['id'] for event in relay.events] == ['event-0', 'event-1', 'event-2']


def test_two_senders_side_by_side_keep_the_order(relay, three):
    answers = [503, 503]
    relay.answer = lambda _report: answers.pop(0) if answers else 202
    both = [send(three, f'{relay.url}/api/reports') for _ in range(2)]

    assert [process.wait(30) for process in both] == [0, 0]
    assert [event['id'] for event in relay.events] == ['event-0', 'event-1', 'event-2']


def test_a_report_at_which_the_relay_keeps_failing_is_set_aside_once_another_one_has_passed(relay, three):
    relay.answer = lambda report: 500 if report['events'][0]['id'] == 'event-0' else 202
    Spool(str(three)).status.note(failing={'id': 'event-0', 'times': 4})

    assert send(three, f'{relay.url}/api/reports').wait(30) == 0

    assert [event['id'] for event in relay.events] == ['event-1', 'event-2']
    assert json.loads((three / 'rejected.jsonl').read_text())['event']['id'] == 'event-0'


def test_while_every_report_fails_none_is_set_aside(relay, three):
    failures = [500] * 4
    relay.answer = lambda _report: failures.pop() if failures else 202
    Spool(str(three)).status.note(failing={'id': 'event-0', 'times': 9})

    assert send(three, f'{relay.url}/api/reports').wait(40) == 0

    assert sorted(event['id'] for event in relay.events) == ['event-0', 'event-1', 'event-2']
    assert not (three / 'rejected.jsonl').exists()


def test_what_one_url_asked_to_wait_for_does_not_hold_for_another(relay, full):
    relay.answer = lambda _report: (503, {'Retry-After': '86400'})
    assert send(full, f'{relay.url}/api/reports').wait(20) == 1
    relay.answer = 202

    assert send(full, f'{relay.url}/api/reports?code=another').wait(20) == 0
    assert len(relay.events) == 4
    relay.breaches.clear()  # The URL is another one.


def test_a_sender_leaves_nothing_of_those_that_were_killed(relay, full):
    names = ['run-marker-1', 'status.json.4711', 'status.json.new', f'{1:020d}-x.sending.new', 'failures.jsonl.new', 'variables.key.0a']
    for name in names:
        (full / name).touch()
        os.utime(full / name, (0, 0))
    (full / 'run-marker-2').touch()

    assert send(full, f'{relay.url}/api/reports').wait(20) == 0
    assert sorted(path.name for path in full.iterdir()) == ['run-marker-2', 'status.json']
