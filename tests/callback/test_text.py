"""Text from a module becomes readable, without secrets and short, whatever its bytes were."""

from __future__ import annotations

import json
import time

import pytest

from Callback.message import STREAM_LIMIT
from Callback.redaction import Redactor
from Callback.text import excerpt, readable


@pytest.mark.parametrize('text, plain', [
    ('plain\n\ttext', 'plain\n\ttext'),
    ('\x1b[1;31mred\x1b[0m', 'red'),
    ('\x1b]0;title\x07text', 'text'),
    ('a\x00b\x07c\x7fd\x9be', 'abcde'),
    ('one\r\ntwo\rthree', 'one\ntwo\nthree'),
    ('caf\udce9', 'caf\ufffd'),
    ('pair \U0001f4a5', 'pair \U0001f4a5'),
    ('\ud83d alone', '\ufffd alone'),
])
def test_readable(text, plain):
    assert readable(text) == plain
    json.dumps(readable(text)).encode()


def test_a_short_text_is_kept_whole():
    assert excerpt('short', 100, str) == 'short'


def test_a_long_text_is_cut_in_the_middle_and_says_how_much():
    short = excerpt('a' * 1000 + 'b' * 1000, 300, str)

    assert short == 'a' * 100 + '\n[... 1700 bytes left out ...]\n' + 'b' * 200


def test_cuts_never_split_a_character():
    short = excerpt('\u20ac' * 1000, 100, str)

    assert set(short) == set('\u20ac\n[. 2901bytes left out]')


@pytest.mark.parametrize('position', [0, 4_000, 20_000, 49_950_000, 49_998_000])
def test_fifty_megabytes_cost_little_and_hide_a_secret_wherever_it_is_cut(position):
    word = 'hunter' + '2' * 40
    text = 'x' * 50_000_000
    text = text[:position] + f' password={word} ' + text[position:]

    began = time.thread_time()
    short = excerpt(text, STREAM_LIMIT, Redactor().text)

    assert time.thread_time() - began < 0.1
    assert len(short) < STREAM_LIMIT + 100
    assert '2222' not in short
