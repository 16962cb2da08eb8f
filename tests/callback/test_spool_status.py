"""`status` says what waits, and what went wrong."""

from __future__ import annotations

from programs import program
from runs import environment
from spools import closed_port


def test_status_says_what_waits_and_what_went_wrong(tmp_path, spool):
    env = environment(tmp_path, spool, f'http://127.0.0.1:{closed_port()}', wait=1)
    _, _, err = program(env, 'exec', '--', 'false')
    code, out, _ = program(env, 'status')

    assert code == 0
    assert err.startswith(b'slack_relay: what failed is not told yet') and b'Connection refused' in err
    assert b'waiting:      1 reports, since 20' in out
    assert b'last success: none' in out
    assert b'Connection refused' in out
