"""The directory where lines wait, in segments: each of them is what one run wrote in about a second."""

from __future__ import annotations

import os
import stat
import time
from typing import Iterator, Optional

from .files import count_lines, file_size, inode, lock, remove_file
from .report import Line
from .segment import Segment
from .status import Status
from .text import KIB

REJECTED_LIMIT = KIB * KIB
RIPE_AGE = 1.5


class Spool:
    """Segments are called `.jsonl` while a run may write to them, and `.sending` once a sender has taken them, which may have died."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.status = Status(root)

    def create(self) -> str:
        os.makedirs(self.root, 0o700, exist_ok=True)
        if stat.S_IMODE(os.stat(self.root).st_mode) & 0o022:
            raise OSError(f'others may write to {self.root}')
        return self.root

    def segments(self) -> list[str]:
        """Oldest first."""
        try:
            names = sorted(name for name in os.listdir(self.root) if name.endswith(('.jsonl', '.sending')) and name[:20].isdigit())
        except OSError:
            return []
        return [os.path.join(self.root, name) for name in names]

    def size(self) -> int:
        return sum(file_size(path) for path in self.segments())

    def claim(self, fresh_too: bool = True) -> Iterator[Segment]:
        for path in self.segments():
            if fresh_too or not is_fresh(path):
                if segment := self._take(path):
                    yield segment

    def _take(self, path: str) -> Optional[Segment]:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            return None
        taken = os.path.splitext(path)[0] + '.sending'
        try:
            # Whoever had the lock before may have sent and removed the file in the meantime.
            if lock(descriptor) and os.fstat(descriptor).st_ino == inode(path):
                os.rename(path, taken)
                return Segment(taken, descriptor)
        except OSError:
            pass
        os.close(descriptor)
        return None

    def drop_oldest(self, limit: int, keep: Optional[str]) -> int:
        """Removes segments until an eighth of the limit is free again; how many lines were in them."""
        dropped, total = 0, self.size()
        for path in self.segments():
            if total <= limit - limit // 8:
                break
            if path != keep:
                total -= file_size(path)
                dropped += count_lines(path)
                remove_file(path)
        return dropped

    @property
    def rejected(self) -> str:
        return os.path.join(self.root, 'rejected.jsonl')

    def reject(self, line: Line) -> None:
        """Sets aside what the relay can never take, for a person to look at."""
        if file_size(self.rejected) > REJECTED_LIMIT:
            os.replace(self.rejected, self.rejected + '.1')
        descriptor = os.open(self.rejected, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, 'ab') as file:
            file.write(line.raw)


def is_fresh(path: str) -> bool:
    """Whether its run may still write to it; the name says when it was begun."""
    age = time.time() - int(os.path.basename(path)[:20]) / 1e9
    return path.endswith('.jsonl') and 0 <= age < RIPE_AGE
