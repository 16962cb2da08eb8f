"""The sender outlives the play, holds nothing of it, and gives nothing away."""

from __future__ import annotations

from runs import KEY, finish, run, start
from spools import senders, wait_until


def test_the_sender_does_not_hold_what_the_play_prints_to(relay, env, spool):
    """communicate() waits for the pipes' other ends: a sender that inherited one would keep it for as long as it tries."""
    relay.answer = 503
    outcome = finish(start('loop.yml', {**env, 'SLACK_RELAY_WAIT': '0'}), seconds=15)

    wait_until(lambda: relay.requests)
    assert outcome.code == 2


def test_the_key_is_in_no_command_line_no_environment_of_the_sender_and_no_file(relay, env, spool):
    relay.answer = relay.hang
    run('loop.yml', {**env, 'SLACK_RELAY_WAIT': '0'})
    wait_until(lambda: relay.requests)

    (sender,) = senders(spool)
    for name in ('cmdline', 'environ'):
        with open(f'/proc/{sender}/{name}', 'rb') as file:
            assert KEY.encode() not in file.read()
    assert all(KEY not in path.read_text() for path in spool.iterdir())
    assert relay.keys == {KEY}
