"""Told: what the relay did not take in one run is told in the next, and the play never notices."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

from Callback.spool import Spool
from Callback.writer import Writer
from lines import line
from runs import environment, finish, run, start
from spools import closed_port, segments, senders, wait_until


@pytest.fixture
def outage(spool):
    """A spool as a run leaves it whose relay was down."""
    writer = Writer(Spool(str(spool)))
    for host in ('web-01', 'web-02'):
        writer.append(line(f'of {host}', host=host))
    Spool(str(spool)).status.note(lastError={'at': '2026-11-22T10:00:00Z', 'what': 'no answer: Connection refused'})
    return segments(spool)


def test_a_relay_that_is_down_costs_the_play_nothing_and_the_spool_is_for_the_user_alone(tmp_path, spool):
    outcome = run('loop.yml', environment(tmp_path, spool, f'http://127.0.0.1:{closed_port()}', wait=0.2))
    wait_until(lambda: (spool / 'status.json').exists())

    assert outcome.code == 2
    assert len(segments(spool)) == 1
    assert spool.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in spool.iterdir()} == {0o600}
    assert 'Connection refused' in (spool / 'status.json').read_text()


@pytest.mark.parametrize('answer, words', [(401, 'HTTP 401'), (503, 'HTTP 503')])
def test_the_run_itself_says_that_its_failures_are_not_told_yet(relay, env, spool, answer, words):
    relay.answer = answer
    outcome = run('loop.yml', {**env, 'SLACK_RELAY_WAIT': '20' if answer == 401 else '3'})

    (warning,) = outcome.warnings
    assert 'what failed is not told yet, and waits in' in warning and words in warning


def test_the_next_run_tells_what_waits_even_when_nothing_fails_in_it(relay, env, spool, outage):
    outcome = run('nothing_wrong.yml', env)

    relay.wait_for(lambda relay: len(relay.events) == 2)
    wait_until(lambda: segments(spool) == [])
    assert sorted(event['host'] for event in relay.events) == ['web-01', 'web-02']
    assert outcome.code == 0
    assert len(outcome.warnings) == 1 and 'Connection refused' in outcome.warnings[0]
    assert json.loads((spool / 'status.json').read_text())['lastError'] is None


def test_a_torn_last_line_is_skipped(relay, env, spool, outage):
    with open(spool / outage[-1], 'ab') as segment:
        segment.write(b'{"channel": null, "run": {"id": "torn')

    run('nothing_wrong.yml', env)

    relay.wait_for(lambda relay: len(relay.events) == 2)
    wait_until(lambda: segments(spool) == [])


def test_two_runs_share_the_spool_and_each_event_arrives(relay, env, spool, outage):
    both = [start('plain_failure.yml', env), start('loop.yml', env)]
    assert [finish(process).code for process in both] == [2, 2]

    relay.wait_for(lambda relay: len({event['id'] for event in relay.events}) == 5)
    wait_until(lambda: segments(spool) == [])


def test_a_relay_that_refuses_keeps_the_spool_and_the_next_run_says_so(relay, env, spool, outage):
    relay.answer = 401
    run('nothing_wrong.yml', env)
    wait_until(lambda: relay.requests)
    wait_until(lambda: not senders(spool))

    outcome = run('nothing_wrong.yml', env)

    assert len(outcome.warnings) == 1 and 'HTTP 401' in outcome.warnings[0]
    assert len(segments(spool)) == len(outage)


def test_an_event_that_the_relay_can_never_take_is_set_aside_and_the_others_are_told(relay, env, spool, outage):
    relay.answer = lambda report: 400 if any(event['host'] == 'web-02' for event in report['events']) else 202

    run('nothing_wrong.yml', env)
    wait_until(lambda: segments(spool) == [])

    assert [event['host'] for event in relay.events] == ['web-01']
    assert json.loads((spool / 'rejected.jsonl').read_text())['event']['host'] == 'web-02'
    outcome = run('nothing_wrong.yml', env)
    assert len(outcome.warnings) == 1 and 'rejected.jsonl' in outcome.warnings[0]


def test_the_run_itself_says_that_the_relay_can_never_take_its_failures(relay, env):
    relay.answer = 400

    (warning,) = run('loop.yml', {**env, 'SLACK_RELAY_WAIT': '20'}).warnings
    assert 'could not take some reports' in warning


def test_a_relay_that_hangs_costs_the_wait_and_no_more(relay, env, spool):
    relay.answer = relay.hang

    began = time.monotonic()
    outcome = run('loop.yml', {**env, 'SLACK_RELAY_WAIT': '0.5'})

    assert time.monotonic() - began < 10
    assert outcome.code == 2 and outcome.warnings == []
    assert f'1 failures are not delivered yet: the relay has not answered for 0.5 s; they wait in {spool}' in outcome.err
    assert len(segments(spool)) == 1


@pytest.mark.parametrize('name', ['SIGINT', 'SIGTERM', 'SIGKILL'])
def test_a_run_that_is_killed_has_told_what_failed_before(relay, env, name):
    process = start('unseen/killed.yaml', env)
    relay.wait_for(lambda relay: relay.requests)

    os.killpg(process.pid, getattr(signal, name))
    finish(process)

    relay.wait_for(lambda relay: len(relay.events) == 1)


def test_the_next_run_says_what_was_left_also_where_no_error_is_known(relay, env, spool):
    spool.mkdir(0o700)
    (spool / f'{1:020d}-left.sending').write_bytes(line(1))

    outcome = run('nothing_wrong.yml', env)

    relay.wait_for(lambda relay: len(relay.events) == 1)
    assert outcome.warnings == [] and f'1 reports of earlier runs wait in {spool}' in outcome.err


def test_a_wait_that_the_relay_asked_for_is_said_at_the_end_of_each_run(relay, env):
    relay.answer = (503, {'Retry-After': '3600'})
    run('loop.yml', env)

    outcome = run('loop.yml', env)

    assert any('HTTP 503' in warning and 'asked to wait' in warning for warning in outcome.warnings)
    assert len(relay.requests) == 1
