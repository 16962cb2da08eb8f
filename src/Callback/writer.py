"""Appends the lines of one process to the spool."""

from __future__ import annotations

import os
import time
import uuid
from typing import Optional

from .files import inode
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
        self._path: Optional[str] = None
        self._written = 0
        self._began = 0.0
        self._total: Optional[int] = None
        self._dropped = 0

    def take_dropped(self) -> int:
        """How many lines had to be removed since this was last asked."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    def is_delivered(self) -> bool:
        return not any(self._tag in path for path in self._spool.segments())

    def append(self, line: bytes) -> None:
        for _ in range(3):
            if self._put(line):
                break
        self._total = self._spool.size() if self._total is None else self._total + len(line)
        if self._total > SPOOL_LIMIT:
            self._dropped += self._spool.drop_oldest(SPOOL_LIMIT, keep=self._path)
            self._total = self._spool.size()

    def _put(self, line: bytes) -> bool:
        descriptor = self._open(len(line))
        path, self._path = self._path, None
        try:
            if os.write(descriptor, line) != len(line):
                raise OSError('the disk is full')
            is_mine = os.fstat(descriptor).st_ino == inode(path)
        finally:
            os.close(descriptor)
        self._path = path if is_mine else None
        return is_mine

    def _open(self, needed: int) -> int:
        if self._path and self._written + needed <= SEGMENT_LIMIT and time.monotonic() - self._began < SEGMENT_AGE:
            try:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
                self._written += needed
                return descriptor
            except FileNotFoundError:
                pass
        self._path = os.path.join(self._spool.create(), f'{time.time_ns():020d}-{self._tag}.jsonl')
        self._written, self._began = needed, time.monotonic()
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
