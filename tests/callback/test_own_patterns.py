"""What the user calls a secret is masked, and no pattern of theirs holds up a play."""

from __future__ import annotations

import pytest

from Callback.own_patterns import OwnPatterns, read_patterns
from Callback.redaction import Redactor


def masking(patterns):
    warnings = []
    return Redactor(OwnPatterns(read_patterns(patterns, warnings.append), warnings.append).mask).text, warnings


def test_from_when_a_mask_takes_forever_on_no_text_is_told():
    mask, warnings = masking('(a|a)*b\nserial \\d+')

    assert mask('serial 7') == '[redacted]' and mask('fine') == 'fine'
    assert mask('a' * 40 + ' serial 7') == '[redacted]'
    assert mask('fine') == '[redacted]'
    assert len(warnings) == 1 and 'takes too long' in warnings[0]


@pytest.mark.parametrize('pattern', ['(a+)+b', '(?:\\w+)*', '(?:\\w+\\.?)+', '((?:x*|y)z?)+', '(?:(?:(a+))+)+', '(unclosed', 'a{2}{3}**'])
def test_a_mask_that_could_take_forever_or_is_none_is_refused_and_no_text_is_told(pattern):
    mask, warnings = masking(f'fine\n{pattern}')

    assert mask('whatever') == '[redacted]'
    assert len(warnings) == 1 and warnings[0].startswith('line 2 of mask') and pattern not in warnings[0]


@pytest.mark.parametrize('pattern', [r'(?:[a-z]+\.)+com', r'(\d{1,3}\.){3}\d{1,3}', r'(?:ab?)+', r'(a+)b+', r'(?:\s*,\s*x)*', '(a)\\1+(?:b|c)*'])
def test_a_repetition_with_something_between_is_taken(pattern):
    mask, warnings = masking(pattern)

    assert (mask('-'), warnings) == ('-', [])


@pytest.mark.parametrize('pattern, text, masked', [
    ('serial (\\d+)-(\\d+)', 'serial 1-2', 'serial [redacted]-[redacted]'), ('x*', 'xxy', '[redacted]y'),
    ('((a)b)', 'ab', '[redacted]'), ('(a)|(b)', 'ba', '[redacted][redacted]'),
])
def test_a_mask_of_the_user_replaces_its_groups_or_the_whole_match(pattern, text, masked):
    assert Redactor(OwnPatterns(read_patterns(pattern, print), print).mask).text(text) == masked
