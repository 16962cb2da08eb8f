"""Secrets are masked as the table of cases says that the callback and the relay both do."""

from __future__ import annotations

import json
import re
import time

import pytest

from Callback.redaction import Redactor
from Callback.text import readable
from recording_relay import REPOSITORY

REDACTOR = Redactor()


CASES = json.loads((REPOSITORY / 'tests/redaction-cases.json').read_text())


def expanded(template):
    """The table's own notation, which keeps what looks like a secret out of the repository."""
    if isinstance(template, str):
        alphabets = CASES['alphabets']
        text = re.sub(r'\{(\w+):(\d+)\}', lambda match: (alphabets[match[1]] * int(match[2]))[:int(match[2])], template)
        return text.replace('{_}', '')
    if isinstance(template, dict):
        return {expanded(key): expanded(item) for key, item in template.items()}
    return [expanded(item) for item in template] if isinstance(template, list) else template


@pytest.mark.parametrize('case', CASES['text'], ids=lambda case: case['name'])
def test_text(case):
    text = expanded(case['input'])
    masked = expanded(case.get('output', case['input']))

    assert REDACTOR.text(text) == masked
    assert REDACTOR.text(masked) == masked


@pytest.mark.parametrize('case', CASES['values'], ids=lambda case: case['name'])
def test_value(case):
    value = expanded(case['value'])
    masked = expanded(case.get('masked', case['value']))

    assert REDACTOR.value(value) == masked
    assert REDACTOR.value(masked) == masked


HOSTILE = [
    'a', '-', ' ', '"', "'", '\\', '\n', '=', ':', '[', '{', '{{', '$', '<', '.', '@', '/', '\\"', '\\n', 'x:', 'a.', 'a ', ' a=', '://',
    ':a@', 'password', 'password=', 'password:', 'password: ', '"password":', '"password":[', '"password":{{', 'password="\\', '_pass_',
    'passPass', '{,password: ', '--password ', '--token-', "'--token', '", '--no-', 'mysql ', 'mysql -p', 'mysql" -', 'docker login ',
    'sshpass -v ', 'curl -u a', 'curl ', 'login x ', 'bearer ', 'bearer a', 'basic Aa', 'authorization: ="', 'cookie:', '-eyJ',
    'eyJaaaaaaaa.', 'gh', 'glpat-.', 'xoxa-.', 'sk-', '$6$', '$1$a', '?sig=', '<password>', '<a', '<password ', '-----BEGIN ',
    '-----BEGIN A ', '-----BEGIN PRIVATE KEY-----', '-----END A ', 'a' * 70 + '\n', 'identified by ', 'hooks.slack.com/services/',
    '\x1b[', '\x1b]', '\x1b[0;', '[[', '{"a":', '- ', '+ ', 'NO', 'PASSWD', 'http://a:',
]


@pytest.mark.parametrize('piece', HOSTILE, ids=ascii)
def test_no_text_makes_masking_slow(piece):
    """As long as the longest text that is ever masked at once, between words that wake every rule."""
    text = 'password </ @ $ ' + (piece * 30_000)[:24_000] + '-----END PRIVATE KEY-----'

    began = time.thread_time()
    REDACTOR.text(readable(text))

    assert time.thread_time() - began < 1.0
