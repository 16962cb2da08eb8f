"""What an answer of the relay means, and how long the sender waits after it."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from Callback.answer import Answer, Verdict, parse_retry_after, pause_after, verdict_of


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
    (7, None, 1.0, 60.0), (5000, None, 1.0, 60.0), (0, 0.0, 1.0, 0.5),
    (0, 30.0, 0.0, 30.0), (0, 30.0, 1.0, 45.0), (7, 30.0, 1.0, 90.0),
])
def test_pauses_grow_up_to_a_minute_and_come_on_top_of_what_the_relay_asks(attempt, retry_after, chance, seconds):
    assert pause_after(attempt, retry_after, chance) == seconds


@pytest.mark.parametrize('value, seconds', [
    (None, None), ('', None), ('7', 7.0), ('0', 0.0), ('soon', None), ('-1', None), ('9' * 400, 3600.0),
    ('Sun, 22 Nov 2026 10:00:30 GMT', 30.0), ('Sun, 22 Nov 2026 09:00:00 GMT', 0.0),
])
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert parse_retry_after(value, now=1795341600) == seconds


def test_a_fleet_that_is_asked_to_come_back_does_not_come_back_in_step():
    chance = random.Random(1).random
    hosts, seconds = 10_000, Counter()
    for _ in range(hosts):
        at = chance()
        for attempt in range(5):
            at += pause_after(attempt, 10.0, chance())
            seconds[int(at)] += 1

    assert max(seconds.values()) <= hosts / 10


def test_what_a_server_says_is_short_and_without_control_characters():
    said = str(Answer(502, reason='\x1b[31mBad\r\nGate\x00way ' + 'x' * 1000))

    assert said.startswith('HTTP 502 Bad Gateway xxx') and len(said) <= 210
