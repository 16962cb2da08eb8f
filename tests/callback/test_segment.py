"""A segment keeps what is still to be sent, and nothing else."""

from __future__ import annotations

import json
import os

import pytest

from Callback.spool import Spool
from Callback.writer import Writer
from lines import line


@pytest.fixture
def spool(tmp_path):
    return Spool(str(tmp_path / 'spool'))


def test_what_was_accepted_is_deleted_and_the_rest_is_kept(spool):
    writer = Writer(spool)
    for number in range(3):
        writer.append(line(number))
    (segment,) = spool.claim()

    segment.forget(segment.lines[:1])
    assert spool.segments() == [segment.name]
    assert [json.loads(raw)['event']['id'] for raw in open(os.path.join(spool.root, segment.name), 'rb')] == ['event-1', 'event-2']

    segment.forget(segment.lines)
    assert os.listdir(spool.root) == []


def test_a_segment_of_nothing_but_rubbish_is_removed(spool):
    Writer(spool).append(line(1))
    with open(os.path.join(spool.root, spool.segments()[0]), 'wb') as file:
        file.write(b'{"torn')

    assert spool.claim() == []
    assert spool.segments() == []
