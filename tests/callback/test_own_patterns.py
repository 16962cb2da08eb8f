"""What the user calls a secret is masked, and no pattern of theirs holds up a play."""

from __future__ import annotations

import pytest

from Callback.own_patterns import OwnPatterns, read_patterns
from Callback.redaction import Redactor


def test_a_mask_of_the_user_that_takes_forever_hides_the_text_and_is_left_out():
    warnings = []
    mask = Redactor(OwnPatterns(read_patterns('(a+)+b\nserial \\d+', warnings.append), warnings.append).mask).text

    assert mask('a' * 40 + ' serial 7') == '[redacted]'
    assert mask('a' * 40 + ' serial 7') == 'a' * 40 + ' [redacted]'
    assert len(warnings) == 1


@pytest.mark.parametrize('pattern, text, masked', [
    ('serial (\\d+)-(\\d+)', 'serial 1-2', 'serial [redacted]-[redacted]'), ('x*', 'xxy', '[redacted]y'),
    ('((a)b)', 'ab', '[redacted]'), ('(a)|(b)', 'ba', '[redacted][redacted]'),
])
def test_a_mask_of_the_user_replaces_its_groups_or_the_whole_match(pattern, text, masked):
    assert Redactor(OwnPatterns(read_patterns(pattern, print), print).mask).text(text) == masked
