"""Secrets are masked as the table of cases says that the callback and the relay both do."""

from __future__ import annotations

import json
import re
import time

import pytest

from Callback.redaction import Redactor
from Callback.text import readable
from programs import program
from recording_relay import REPOSITORY
from runs import KEY

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


def test_the_key_of_the_relay_is_masked_wherever_it_stands(relay, env):
    """Under a name that no rule knows."""
    program({**env, 'SLACK_RELAY_LABELS': f'team={KEY}'}, 'exec', '--', 'sh', '-c', 'echo "its door opens to <$SLACK_RELAY_KEY>" >&2; exit 1', KEY)

    assert len(relay.events) == 1 and KEY not in relay.text
    assert relay.events[0]['stderr'] == 'its door opens to <[redacted]>'
