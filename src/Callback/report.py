"""The lines that wait in the spool, and the reports that they become."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterable, Iterator, Mapping, Optional

from .details import cut_texts
from .run import Run
from .text import KIB

EVENT_LIMIT = 64 * KIB
BATCH_LIMIT = 512 * KIB


# What two runs may differ in and still go into one report, as those do that have waited for a relay.
OF_ONE_RUN = ('id', 'startedAt')


@dataclass(frozen=True)
class Line:
    """A line as it was read; `frame` is what it must have in common with others to go into one report."""

    raw: bytes
    frame: str
    run: Mapping[str, Any]
    event: dict[str, Any]


def line_of(channel: Optional[str], run: Run, event: dict[str, Any]) -> bytes:
    """The line of the spool: all that a report needs, so that any sender can send any line. Never above EVENT_LIMIT."""
    line = b''
    for limit in (EVENT_LIMIT, 4 * KIB, KIB, 300, 100):
        fitting = event if limit == EVENT_LIMIT else {**cut_texts(event, limit), **{name: event[name] for name in ('id', 'cause') if name in event}}
        line = json.dumps({'channel': channel, 'run': vars(run), 'event': fitting}, ensure_ascii=False).encode(errors='replace') + b'\n'
        if len(line) <= EVENT_LIMIT:
            break
    return line


def parse_line(raw: bytes) -> Optional[Line]:
    """Nothing where it is not a line of ours: a run that was killed leaves a torn one at the end."""
    try:
        given = json.loads(raw)
        run = given['run']
        frame = json.dumps([given['channel'], {name: run[name] for name in run if name not in OF_ONE_RUN}], sort_keys=True)
        return Line(raw, frame, run, given['event']) if isinstance(given['event'], dict) and raw.endswith(b'\n') else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one channel and of runs of one kind together, as many as one report may carry; what came first goes first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.frame, []).append(line)
    for group in groups.values():
        batch: list[Line] = []
        room = BATCH_LIMIT
        for line in group:
            if batch and len(line.raw) > room:
                yield batch
                batch, room = [], BATCH_LIMIT
            batch.append(line)
            room -= len(line.raw)
        yield batch


def channel_of(batch: list[Line]) -> Optional[str]:
    return json.loads(batch[0].frame)[0]


def report_of(batch: list[Line]) -> bytes:
    """Of the run of the first line; an event of another one says of which."""
    run = batch[0].run
    events = [line.event if line.run.get('id') == run.get('id') else {**line.event, 'run': line.run.get('id')} for line in batch]
    return json.dumps({'version': 1, 'channel': channel_of(batch), 'run': run, 'events': events}, ensure_ascii=False).encode()
