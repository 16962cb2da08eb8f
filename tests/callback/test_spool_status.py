"""`status` says what waits, and what went wrong."""

from __future__ import annotations

import json

import pytest

from Callback.relay import Relay
from Callback.spool import Spool
from Callback.writer import Writer
from lines import line
from programs import program
from runs import environment
from spools import closed_port, segments


def test_status_says_what_waits_and_what_went_wrong(tmp_path, spool):
    env = environment(tmp_path, spool, f'http://127.0.0.1:{closed_port()}', wait=1)
    _, _, err = program(env, 'exec', '--', 'false')
    code, out, _ = program(env, 'status')

    assert code == 0
    assert err.startswith(b'slack_relay: what failed is not told yet') and b'Connection refused' in err
    assert b'waiting:      1 reports, since 20' in out
    assert b'last success: none' in out
    assert b'Connection refused' in out


@pytest.fixture
def set_aside(spool):
    """A spool with something that the relay could not take."""
    Writer(Spool(str(spool))).append(line(1))
    kept = Spool(str(spool))
    (segment,) = kept.claim()
    kept.reject(segment.lines[0])
    segment.forget(segment.lines)
    return spool


def test_status_says_what_was_set_aside_and_what_to_do_with_it(env, set_aside):
    _, out, _ = program(env, 'status')

    assert b'set aside:    1 reports' in out and b'resend' in out and b'clear' in out


def test_resend_sends_again_what_was_set_aside(relay, env, set_aside):
    code, _, _ = program(env, 'resend')

    assert code == 0 and [event['id'] for event in relay.events] == ['event-1']
    assert segments(set_aside) == [] and not (set_aside / 'rejected.jsonl').exists()


def test_clear_removes_what_was_set_aside(relay, env, set_aside):
    code, out, _ = program(env, 'clear')

    assert code == 0 and b'1 reports' in out
    assert not (set_aside / 'rejected.jsonl').exists() and relay.requests == []


def test_status_says_until_when_the_relay_asked_to_wait(relay, env, spool):
    relay.answer = (503, {'Retry-After': '3600'})
    program(env, 'exec', '--', 'false')

    assert b'not before:   20' in program(env, 'status')[1]
    assert json.loads((spool / 'status.json').read_text())['wait']['relay'] == Relay(f'{relay.url}/api/reports').fingerprint
