"""What waits is taken once and in order, whoever takes it."""

from __future__ import annotations

import os

import pytest

from Callback.spool import Spool
from Callback.writer import Writer
from lines import ids, line


@pytest.fixture
def spool(tmp_path):
    return Spool(str(tmp_path / 'spool'))


def test_lines_are_taken_in_the_order_in_which_they_were_written(spool):
    writers = [Writer(spool), Writer(spool)]
    for number in range(6):
        writers[number % 2].append(line(number))

    assert sorted(ids(spool.claim())) == [f'event-{number}' for number in range(6)]


def test_only_one_sender_may_send_and_the_next_one_may_when_that_is_done(spool):
    Writer(spool).append(line(1))
    other = Spool(spool.root)

    with spool.lock() as is_ours, other.lock() as is_theirs:
        assert is_ours and not is_theirs
    with other.lock() as is_theirs:
        assert is_theirs and ids(other.claim()) == ['event-1']


@pytest.mark.parametrize('rubbish', [
    b'{"channel": null, "ru', b'\x00\xff\n', b'[]\n', b'{"channel": null, "run": {}, "event": 7}\n', b'\n', b'null\n',
])
def test_what_is_not_a_line_of_ours_is_skipped(spool, rubbish):
    Writer(spool).append(line(1))
    with open(os.path.join(spool.root, spool.segments()[0]), 'ab') as file:
        file.write(rubbish)

    assert ids(spool.claim()) == ['event-1']


def test_a_directory_that_others_may_write_to_is_not_used(spool):
    os.mkdir(spool.root)
    os.chmod(spool.root, 0o777)

    with pytest.raises(OSError, match='open to others'):
        Writer(spool).append(line(1))
