"""The words that help are found in any result."""

from __future__ import annotations

import pytest

from Callback.message import message_of


@pytest.mark.parametrize('result, message', [
    ({'msg': 'No package'}, 'No package'),
    ({'msg': 'Task failed: Module failed: No package'}, 'No package'),
    ({'msg': 'Task failed: ', 'stderr': 'why'}, 'why'),
    ({'msg': '', 'stdout': 'told on stdout'}, 'told on stdout'),
    ({'msg': '(traceback unavailable)', 'reason': 'no such file'}, 'no such file'),
    ({'reason': 'could not find the file'}, 'could not find the file'),
    ({'msg': '', 'stderr': '\n'.join('abcdefgh'), 'stdout': 'x'}, 'd\ne\nf\ng\nh'),
    ({'msg': 'MODULE FAILURE\nSee stdout/stderr for the exact error', 'module_stderr': 'Traceback\nKeyError: 1'}, 'Traceback\nKeyError: 1'),
    ({'msg': 'MODULE FAILURE\nSee stdout/stderr for the exact error', 'module_stdout': 'boom', 'module_stderr': ''}, 'boom'),
    ({'msg': ['one', 'two']}, 'one\ntwo'),
    ({'msg': {'why': 1}}, '{"why": 1}'),
    ({'msg': 'One or more items failed', 'results': [{'msg': 'fine'}, {'failed': True, 'msg': 'this one'}]}, 'this one'),
    ({'msg': 'All items completed', 'results': [{'unreachable': True, 'msg': 'no route'}]}, 'no route'),
    ({'msg': "Task failed: Action failed: A 'failed_when' expression evaluated to 'True'.", 'stdout': 'why'}, 'why'),
    ({'msg': 'Unknown error.', 'message': 'could not find the file'}, 'could not find the file'),
    ({'msg': 'MODULE FAILURE'}, 'MODULE FAILURE'),
    ({'msg': 'Task failed: Module result deserialization failed: No start of json char found', 'module_stderr': 'KeyError: 1'}, 'KeyError: 1'),
    ({}, None),
])
def test_the_message_is_the_most_telling_text(result, message):
    assert message_of(result, str) == message
