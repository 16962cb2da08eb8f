"""Fifty senders at once: the relay takes what its storage takes, and does not grow."""

from __future__ import annotations

import pytest

from effort import LONG, scaled, tell
from load import put_on
from relay_process import AT_ONCE

SENDERS = 50
SECONDS = scaled(3, 60)
LEAST_RATE = scaled(5, 50)

# MiB that the collector of rubbish may be late with.
MOST_GROWTH = 100


@pytest.fixture(scope='module')
def load(given_relay, session_relays):
    """What came of it, on a relay that has warmed up."""
    if given_relay:
        pytest.skip('looks into the relay that it starts')
    relay = session_relays.start(**AT_ONCE)
    put_on(relay, SENDERS, scaled(0.5, 5))
    load = put_on(relay, SENDERS, SECONDS)
    tell(f'load, {SENDERS} senders for {SECONDS} s: {load}')
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
