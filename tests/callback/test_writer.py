"""A run loses no line that fits, whenever a sender takes its segment, and the spool never grows beyond its limit."""

from __future__ import annotations

import os

import pytest

from Callback import writer as writing
from Callback.event import MESSAGE_LIMIT
from Callback.spool import Spool
from Callback.writer import Writer
from lines import ids, line


@pytest.fixture
def spool(tmp_path):
    return Spool(str(tmp_path / 'spool'))


def test_a_line_written_while_a_sender_takes_the_segment_is_not_lost(spool):
    writer = Writer(spool)
    writer.append(line(1))
    taken = spool.claim()
    writer.append(line(2))

    assert ids(taken) == ['event-1']
    taken[0].forget(taken[0].lines)
    assert ids(spool.claim()) == ['event-2']


def test_a_line_whose_segment_was_taken_in_the_middle_of_writing_is_written_again(spool, monkeypatch):
    writer = Writer(spool)
    writer.append(line(1))
    taken = []
    write = os.write

    def slow_write(descriptor, data):
        if not taken:
            taken.extend(spool.claim())
        return write(descriptor, data)

    monkeypatch.setattr(writing.os, 'write', slow_write)
    writer.append(line(2))

    assert ids(taken) == ['event-1']
    taken[0].forget(taken[0].lines)
    assert ids(spool.claim()) == ['event-2']


def test_a_full_spool_drops_the_oldest_and_counts_them(spool, monkeypatch):
    monkeypatch.setattr(writing, 'SPOOL_LIMIT', 40_000)
    monkeypatch.setattr(writing, 'SEGMENT_LIMIT', 4_000)
    writer = Writer(spool)
    for number in range(200):
        writer.append(line(number))

    left = ids(spool.claim())
    assert spool.size() <= 40_000
    assert writer.take_dropped() == 200 - len(left) > 0
    assert writer.take_dropped() == 0
    assert left[-1] == 'event-199' and left == sorted(left, key=lambda name: int(name[6:]))


def test_a_segment_never_holds_more_than_one_report_can_carry(spool):
    writer = Writer(spool)
    for number in range(20):
        writer.append(line(number, 'x' * MESSAGE_LIMIT * 4))

    assert all(spool.size(name) <= writing.SEGMENT_LIMIT for name in spool.segments())
