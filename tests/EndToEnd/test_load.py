"""Fifty senders at once: the relay takes what its storage takes, and does not grow."""

from __future__ import annotations

import pytest

from effort import LONG, scaled, tell
from heap import in_use
from load import put_on
from relay_process import AT_ONCE

SENDERS = 50
SECONDS = scaled(3, 60)
LEAST_RATE = scaled(5, 50)

# MiB that the collector of rubbish may be late with.
MOST_GROWTH = 100

# In bytes, of what is left once all is collected: a report has 1.4 KiB, and a relay that kept it in any form would keep more than this.
# One that keeps nothing ends the minute within 1 MiB of where it began, which is less than 100 bytes for each.
MOST_KEPT_OF_A_REPORT = 512


@pytest.fixture(scope='module')
def load(given_relay, session_relays):
    """What came of it, on a relay that has warmed up."""
    if given_relay:
        pytest.skip('looks into the relay that it starts')
    relay = session_relays.start(**AT_ONCE)
    put_on(relay, SENDERS, scaled(0.5, 10))
    before = in_use(relay.process.pid)
    load = put_on(relay, SENDERS, SECONDS)
    load.kept = (in_use(relay.process.pid) - before) / load.accepted
    tell(f'load, {SENDERS} senders for {SECONDS} s: {load}; of {before // 2**20} MiB in use, {load.kept:.0f} bytes more for each report')
    return load


def test_fifty_senders_at_once_are_all_answered(load):
    """An answer is 202, or 503 that says when to come again."""
    assert load.errors == {}


def test_fifty_senders_at_once_are_answered_soon(load):
    """A low bar: what the figures are on a machine that has nothing else to do is in docs/reliability.md."""
    assert load.rate >= LEAST_RATE


def test_the_relay_does_not_grow_while_reports_come_in(load):
    """Over a few seconds nothing can be said of it."""
    _, middle, end = load.memory_at

    assert not LONG or end - middle < MOST_GROWTH


def test_the_relay_keeps_nothing_of_a_report(load):
    """In a short run there are too few reports to divide anything by."""
    assert not LONG or load.kept < MOST_KEPT_OF_A_REPORT
