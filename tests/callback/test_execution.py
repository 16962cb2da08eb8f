"""A command under `exec` ends as it would without it, or when its time is over."""

from __future__ import annotations

import signal
import time

import pytest

from programs import program, start


def test_exec_ends_a_command_that_takes_too_long_with_all_it_started(relay, env, tmp_path):
    began = time.monotonic()
    code, _, _ = program(env, 'exec', '--timeout', '0.5', '--', 'sh', '-c', 'sleep 60; true')

    assert code == 124 and time.monotonic() - began < 20
    assert 'did not end within 0.5 seconds' in relay.events[0]['message']
    assert relay.events[0]['returnCode'] == 124


@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_exec_passes_signals_on_and_ends_like_the_command(relay, env, number):
    process = start(env, 'exec', '--', 'sh', '-c', 'echo ready; exec sleep 60')
    assert process.stdout.readline() == b'ready\n'

    process.send_signal(number)

    assert process.wait(20) == -number
    process.communicate()
    assert number.name in relay.events[0]['message']
    assert relay.events[0]['returnCode'] == 128 + number


def test_exec_reports_a_signal_that_has_no_name(relay, env):
    code, _, _ = program(env, 'exec', '--', 'sh', '-c', 'kill -40 $$')

    assert code == -40
    assert 'it was ended by signal 40' in relay.events[0]['message']


def test_exec_of_what_cannot_be_started(relay, env):
    code, _, _ = program(env, 'exec', '--', 'no-such-program')

    assert code == 127
    assert 'could not be started' in relay.events[0]['message']
