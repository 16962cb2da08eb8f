"""The spool loses nothing that fits, whoever writes and whoever takes, and never grows beyond its limit."""

from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest

import slack_relay
from slack_relay import Failure, Run, Spool, Writer

RUN = Run(id='run-1', source='control.example.com', startedAt='2026-11-22T10:00:00Z')


def line(number, text='no', channel=None, run=RUN, host='web-01'):
    event = slack_relay.event_of(Failure('failed', host, host, result={'msg': text}), f'event-{number}', '2026-11-22T10:00:01Z', str)
    return slack_relay.line_of(channel, run, event)


def ids(segments):
    return [line.event['id'] for segment in segments for line in segment.lines]


@pytest.fixture
def spool(tmp_path):
    return Spool(str(tmp_path / 'spool'))


def test_lines_are_taken_in_the_order_in_which_they_were_written(spool):
    writers = [Writer(spool), Writer(spool)]
    for number in range(6):
        writers[number % 2].append(line(number))

    assert sorted(ids(spool.claim())) == [f'event-{number}' for number in range(6)]


def test_a_line_written_while_a_sender_takes_the_segment_is_not_lost(spool):
    writer = Writer(spool)
    writer.append(line(1))
    taken = list(spool.claim())
    writer.append(line(2))

    assert ids(taken) == ['event-1']
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

    monkeypatch.setattr(slack_relay.os, 'write', slow_write)
    writer.append(line(2))

    assert ids(taken) == ['event-1']
    assert ids(spool.claim()) == ['event-2']


def test_only_one_sender_gets_a_segment_and_the_next_one_gets_it_when_that_dies(spool):
    Writer(spool).append(line(1))
    first = list(spool.claim())

    assert list(spool.claim()) == []
    os.close(first[0]._descriptor)
    assert ids(spool.claim()) == ['event-1']


def test_what_was_accepted_is_deleted_and_the_rest_is_kept(spool):
    writer = Writer(spool)
    for number in range(3):
        writer.append(line(number))
    (segment,) = spool.claim()

    segment.keep(segment.lines[1:])
    assert spool.segments() == [segment.path]
    assert [json.loads(raw)['event']['id'] for raw in open(segment.path, 'rb')] == ['event-1', 'event-2']

    segment.keep([])
    assert spool.segments() == []


@pytest.mark.parametrize('rubbish', [
    b'{"channel": null, "ru', b'\x00\xff\n', b'[]\n', b'{"channel": null, "run": {}, "event": 7}\n', b'\n', b'null\n',
])
def test_what_is_not_a_line_of_ours_is_skipped(spool, rubbish):
    Writer(spool).append(line(1))
    with open(spool.segments()[0], 'ab') as file:
        file.write(rubbish)

    assert ids(spool.claim()) == ['event-1']


def test_a_segment_of_nothing_but_rubbish_is_removed(spool):
    Writer(spool).append(line(1))
    with open(spool.segments()[0], 'wb') as file:
        file.write(b'{"torn')
    (segment,) = spool.claim()

    segment.keep([])

    assert spool.segments() == []


def test_a_full_spool_drops_the_oldest_and_counts_them(spool, monkeypatch):
    monkeypatch.setattr(slack_relay, 'SPOOL_LIMIT', 40_000)
    monkeypatch.setattr(slack_relay, 'SEGMENT_LIMIT', 4_000)
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
        writer.append(line(number, 'x' * slack_relay.MESSAGE_LIMIT * 4))

    assert all(os.path.getsize(path) <= slack_relay.SEGMENT_LIMIT for path in spool.segments())


def test_a_directory_that_others_may_write_to_is_not_used(spool):
    os.mkdir(spool.root)
    os.chmod(spool.root, 0o777)

    with pytest.raises(OSError, match='others may write'):
        Writer(spool).append(line(1))


def test_batches_are_of_one_run_and_channel_and_stay_under_the_limit(spool, monkeypatch):
    monkeypatch.setattr(slack_relay, 'BATCH_LIMIT', 3 * len(line(1)))
    writer = Writer(spool)
    other = replace(RUN, id='run-2')
    for number, run, channel in [(1, RUN, None), (2, RUN, None), (3, RUN, None), (4, RUN, None), (5, other, None), (6, other, 'db')]:
        writer.append(line(number, run=run, channel=channel))
    (segment,) = spool.claim()

    reports = [json.loads(slack_relay.report_of(batch)) for batch in slack_relay.batches(segment.lines)]

    assert [[event['id'][6:] for event in report['events']] for report in reports] == [['1', '2', '3'], ['4'], ['5'], ['6']]
    assert [(report['run']['id'], report['channel']) for report in reports] == [
        ('run-1', None), ('run-1', None), ('run-2', None), ('run-2', 'db'),
    ]
