"""The program says which commands there are, and what they take."""

from __future__ import annotations

import pytest

from programs import program


@pytest.mark.parametrize('text', ['-1', '0', 'nan', 'soon'])
def test_exec_wants_a_time_that_is_one(env, text):
    code, _, err = program(env, 'exec', '--timeout', text, '--', 'true')

    assert code == 2 and b'--timeout' in err


def test_without_a_command_it_says_which_there_are(env):
    code, _, err = program(env)

    assert code == 2 and all(word in err for word in (b'exec', b'status', b'test'))
