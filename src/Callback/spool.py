"""The directory where lines wait, in segments: each of them is what one run wrote in about a second."""

from __future__ import annotations

import contextlib
import os
import re
import time
from typing import Iterable, Iterator, Optional

from .folder import Folder
from .report import Line
from .segment import Segment
from .status import Status
from .text import KIB

REJECTED = 'rejected.jsonl'
LOCK = 'sender.lock'
REJECTED_LIMIT = KIB * KIB
RIPE_AGE = 1.5
# As many bytes as a sender looks at together.
WINDOW = 8 * KIB * KIB
MARKER_PREFIX = 'run-marker-'
MARKER_AGE = 7 * 24 * 3600.0
# Written beside a file to take its place.
LEFT_NAME = re.compile(r'\.new$|^(?:status\.json|failures\.jsonl|variables\.key)\.[0-9a-f]+$')
LEFT_AGE = 3600.0


class Spool:
    """Segments are called `.jsonl` while a run may write to them, and `.sending` once a sender has taken them, which may have died.

    One without a place is always empty, and nothing can be written to it.
    """

    def __init__(self, root: Optional[str]) -> None:
        self.root = root
        self.status = Status(self.folder)
        self._folder: Optional[Folder] = None

    def check(self) -> None:
        """Raises OSError where it is there, but is not this user's alone."""
        if self.root and self._folder is None:
            with contextlib.suppress(FileNotFoundError):
                self._folder = Folder(self.root)

    def folder(self) -> Optional[Folder]:
        """Nothing where there is none that could be trusted."""
        with contextlib.suppress(OSError):
            self.check()
        return self._folder

    def create(self) -> Folder:
        self.check()
        if self._folder is None:
            if not self.root:
                raise OSError('there is no directory for it')
            self._folder = Folder.create(self.root)
        return self._folder

    def create_again(self) -> Folder:
        """Somebody has removed it since."""
        self._folder = None
        return self.create()

    def segments(self) -> list[str]:
        """Their names, oldest first."""
        try:
            names = self._folder.names() if self.folder() else []
        except OSError:
            return []
        return sorted(name for name in names if name.endswith(('.jsonl', '.sending')) and name[:20].isdigit())

    def size(self, name: Optional[str] = None) -> int:
        folder = self.folder()
        return sum(map(folder.size, [name] if name else self.segments())) if folder else 0

    def count_lines(self, names: Iterable[str]) -> int:
        folder = self.folder()
        return sum(map(folder.count_lines, names)) if folder else 0

    def claim(self, fresh_too: bool = True) -> list[Segment]:
        """The oldest ones, for whoever holds the lock."""
        taken, room = [], WINDOW
        for name in self.segments():
            if fresh_too or not is_fresh(name):
                room -= self.size(name)
                if taken and room < 0:
                    break
                if segment := self._take(name):
                    taken.append(segment)
        return taken

    def _take(self, name: str) -> Optional[Segment]:
        taken = os.path.splitext(name)[0] + '.sending'
        try:
            os.close(self._folder.open(name, os.O_RDONLY))
            self._folder.rename(name, taken)
        except OSError:
            return None
        segment = Segment(self._folder, taken)
        if segment.lines:
            return segment
        self._folder.remove(taken)
        return None

    @contextlib.contextmanager
    def lock(self) -> Iterator[bool]:
        """Whether we are the one who may send: in the order of two senders, a failure could overtake its recovery."""
        folder = self.folder()
        with folder.lock(LOCK) if folder else contextlib.nullcontext(True) as ours:
            yield ours

    def remove_lock(self) -> None:
        """At the end of a sender, so that nothing stays."""
        with self.lock() as is_ours:
            if is_ours and self._folder:
                self._folder.remove(LOCK)

    def drop_oldest(self, limit: int, keep: Optional[str]) -> int:
        """Removes segments until an eighth of the limit is free again; how many lines were in them."""
        dropped, total = 0, self.size()
        for name in self.segments():
            if total <= limit - limit // 8:
                break
            if name != keep:
                total -= self.size(name)
                dropped += self.count_lines([name])
                self._folder.remove(name)
        return dropped

    def reject(self, line: Line) -> None:
        """Sets aside what the relay cannot take, for a person to look at."""
        folder = self.create()
        if folder.size(REJECTED) > REJECTED_LIMIT:
            folder.rename(REJECTED, REJECTED + '.1')
        folder.append(REJECTED, line.raw)

    @property
    def rejected_path(self) -> str:
        return os.path.join(self.root or '', REJECTED)

    def rejected(self) -> list[str]:
        """Their names, oldest first."""
        folder = self.folder()
        return [name for name in (REJECTED + '.1', REJECTED) if folder and folder.status(name)]

    def take_back_rejected(self) -> int:
        """What was set aside waits again; how many lines."""
        lines = self.count_lines(self.rejected())
        for name in self.rejected():
            self._folder.rename(name, f'{time.time_ns():020d}-again.jsonl')
        return lines

    def clear_rejected(self) -> int:
        lines = self.count_lines(self.rejected())
        for name in self.rejected():
            self._folder.remove(name)
        return lines

    def sweep(self) -> None:
        """Removes what those have left who were killed: for whoever holds the lock."""
        folder = self.folder()
        for name in folder.names() if folder else ():
            age = MARKER_AGE if name.startswith(MARKER_PREFIX) else LEFT_AGE if LEFT_NAME.search(name) else None
            if age and (status := folder.status(name)) and time.time() - status.st_mtime > age:
                folder.remove(name)


def is_fresh(name: str) -> bool:
    """Whether its run may still write to it; the name says when it was begun."""
    return name.endswith('.jsonl') and 0 <= age_of(name) < RIPE_AGE


def age_of(name: str) -> float:
    """In seconds; below nothing where a clock was set back."""
    return time.time() - int(name[:20]) / 1e9
