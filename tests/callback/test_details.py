"""What else a result says is reported without noise, arguments and secrets, as plain JSON."""

from __future__ import annotations

import json

import pytest

from Callback.details import DETAILS_LIMIT, bounded, details_of
from Callback.redaction import Redactor

REDACTOR = Redactor()


def test_details_leave_out_the_noise_and_the_arguments():
    result = {'changed': True, 'invocation': {'module_args': 1}, 'msg': 'm', 'stdout_lines': ['x'], 'start': 1, 'dest': '/etc/x', 'rc': 1}

    assert details_of(result, REDACTOR) == {'changed': True, 'dest': '/etc/x'}


def test_details_are_bounded():
    result = {f'key{number}': 'x' * 5000 for number in range(100)}

    assert len(json.dumps(details_of(result, REDACTOR))) < DETAILS_LIMIT + 500


@pytest.mark.parametrize('value, plain', [
    (float('nan'), 'nan'), (2 ** 70, str(2 ** 70)), ({1: {'a'}}, {'1': ['a']}), (b'x', "b'x'"), (None, None), (True, True),
    ([[[[[[[1]]]]]]], [[[[[['[...]']]]]]]),
])
def test_any_value_becomes_plain_json(value, plain):
    assert bounded(value) == plain
    json.dumps(bounded(value), allow_nan=False)


def test_details_mask_what_stands_under_a_secret_name_and_after_a_secret_option():
    result = {'db_password': 'hunter', 'user': {'apiKey': 7, 'name': 'bob'}, 'cmd': ['mysql', '-phunter', 'my shop']}

    assert details_of(result, REDACTOR) == {
        'db_password': '[redacted]', 'user': {'apiKey': '[redacted]', 'name': 'bob'}, 'cmd': 'mysql -p[redacted] \'my shop\'',
    }
