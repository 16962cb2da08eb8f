"""A full disk is worth most to be told: what cannot be spooled is told all the same, or said to be lost."""

from __future__ import annotations

import subprocess
import sys

from programs import PROGRAM
from spools import senders, wait_until


def on_full_disk(env, *arguments):
    """Where not one byte can be written to any file."""
    command = ['bash', '-c', 'ulimit -f 0; exec "$@"', 'bash', sys.executable, '-B', str(PROGRAM), *arguments]
    return subprocess.run(command, env=env, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)


def test_on_a_full_disk_a_failure_is_told_through_the_pipe(relay, env):
    ended = on_full_disk(env, 'exec', '--', 'sh', '-c', 'exit 3')

    assert ended.returncode == 3
    assert [event['returnCode'] for event in relay.events] == [3]
    assert b'they go to the relay at once' in ended.stderr and b'not delivered' not in ended.stderr


def test_on_a_full_disk_the_end_of_the_run_says_what_the_relay_did_not_take(relay, env):
    relay.answer = 401
    ended = on_full_disk(env, 'exec', '--', 'sh', '-c', 'exit 3')

    assert ended.returncode == 3
    assert b'1 failures are not delivered yet, and are lost if' in ended.stderr


def test_a_report_larger_than_a_pipe_goes_through_it(relay, env):
    words = 'sh', '-c', 'for stream in 1 2; do seq 20000 >&$stream; done; exit 3', *(f'an argument {number}' * 9 for number in range(900))
    ended = on_full_disk(env, 'exec', '--', *words)

    assert ended.returncode == 3 and len(relay.events) == 1
    wait_until(lambda: not senders(env['SLACK_RELAY_SPOOL']))
