"""Appends the lines of one process to the spool."""

from __future__ import annotations

import os
import time
import uuid
from typing import Optional

from .spool import Spool
from .text import KIB

SEGMENT_LIMIT = 384 * KIB
SPOOL_LIMIT = 64 * KIB * KIB
SEGMENT_AGE = 1.0


class Writer:
    """Writes to a segment of its own, without a lock.

    A sender takes a segment by renaming it, and while the run goes on only when it is older than those that are written to.
    Should this process have been stopped in between, the line counts as written only if the file still had its name afterwards;
    otherwise it is written once more, to a new segment. A line that is sent twice has the same id both times.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._tag = uuid.uuid4().hex[:12]
        self._name: Optional[str] = None
        self._written = 0
        self._began = 0.0
        self._total: Optional[int] = None
        self._dropped = 0

    def take_dropped(self) -> int:
        """How many lines had to be removed since this was last asked."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    def _waiting(self) -> list[str]:
        return [name for name in self._spool.segments() if self._tag in name]

    def is_delivered(self) -> bool:
        return not self._waiting()

    def count_waiting(self) -> int:
        return self._spool.count_lines(self._waiting())

    def append(self, line: bytes) -> None:
        for _ in range(3):
            if self._put(line):
                break
        self._total = self._spool.size() if self._total is None else self._total + len(line)
        if self._total > SPOOL_LIMIT:
            self._dropped += self._spool.drop_oldest(SPOOL_LIMIT, keep=self._name)
            self._total = self._spool.size()

    def _put(self, line: bytes) -> bool:
        descriptor = self._open(len(line))
        name, self._name = self._name, None
        try:
            if os.write(descriptor, line) != len(line):
                raise OSError('the disk is full')
            status = self._spool.create().status(name)
            is_mine = status is not None and os.fstat(descriptor).st_ino == status.st_ino
        finally:
            os.close(descriptor)
        self._name = name if is_mine else None
        return is_mine

    def _open(self, needed: int) -> int:
        folder = self._spool.create()
        if self._name and self._written + needed <= SEGMENT_LIMIT and time.monotonic() - self._began < SEGMENT_AGE:
            try:
                descriptor = folder.open(self._name, os.O_WRONLY | os.O_APPEND)
                self._written += needed
                return descriptor
            except FileNotFoundError:
                pass
        self._name = f'{time.time_ns():020d}-{self._tag}.jsonl'
        self._written, self._began = needed, time.monotonic()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        try:
            return folder.open(self._name, flags)
        except FileNotFoundError:
            return self._spool.create_again().open(self._name, flags)
