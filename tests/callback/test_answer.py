"""What an answer of the relay means, and how long the sender waits after it."""

from __future__ import annotations

import pytest

from Callback.answer import Verdict, parse_retry_after, pause_after, verdict_of


@pytest.mark.parametrize('status, meaning', [
    (202, Verdict.ACCEPTED),
    (200, Verdict.REFUSED), (204, Verdict.REFUSED), (301, Verdict.REFUSED), (302, Verdict.REFUSED),
    (401, Verdict.REFUSED), (403, Verdict.REFUSED), (404, Verdict.REFUSED), (407, Verdict.REFUSED),
    (400, Verdict.NEVER), (405, Verdict.NEVER), (413, Verdict.NEVER), (415, Verdict.NEVER), (422, Verdict.NEVER),
    (408, Verdict.LATER), (429, Verdict.LATER), (500, Verdict.LATER), (502, Verdict.LATER), (503, Verdict.LATER), (None, Verdict.LATER),
])
def test_an_answer_means(status, meaning):
    assert verdict_of(status) is meaning


@pytest.mark.parametrize('attempt, retry_after, chance, seconds', [
    (0, None, 1.0, 0.5), (1, None, 1.0, 1.0), (4, None, 1.0, 8.0), (4, None, 0.5, 4.0), (4, None, 0.0, 0.0),
    (7, None, 1.0, 60.0), (5000, None, 1.0, 60.0), (0, 30.0, 1.0, 30.0), (7, 30.0, 1.0, 60.0),
])
def test_pauses_grow_up_to_a_minute_and_are_never_shorter_than_the_relay_asks(attempt, retry_after, chance, seconds):
    assert pause_after(attempt, retry_after, chance) == seconds


@pytest.mark.parametrize('value, seconds', [
    (None, None), ('', None), ('7', 7.0), ('0', 0.0), ('soon', None), ('-1', None), ('9' * 400, 86400.0),
    ('Sun, 22 Nov 2026 10:00:30 GMT', 30.0), ('Sun, 22 Nov 2026 09:00:00 GMT', 0.0),
])
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert parse_retry_after(value, now=1795341600) == seconds
