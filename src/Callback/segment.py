"""Lines that a sender has taken: a part of the spool, or what came through its pipe because it could not be spooled."""

from __future__ import annotations

import contextlib
import os
from typing import Iterable

from .folder import Folder
from .report import Line, parse_line


class Segment:
    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self.name = name
        self.lines = [line for line in map(parse_line, folder.read(name).splitlines(keepends=True)) if line]

    def forget(self, lines: Iterable[Line]) -> None:
        """Of these lines nothing is to be sent any more."""
        rest = without(self.lines, lines)
        if not rest:
            self._folder.remove(self.name)
        elif len(rest) < len(self.lines):
            # On a full disk it stays as it is: what is sent twice has the same id both times.
            with contextlib.suppress(OSError):
                self._folder.replace(self.name, b''.join(line.raw for line in rest))
        self.lines = rest


class HandedOver:
    """Lines in memory alone. Whoever handed them over learns of each that is dealt with by a byte."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self.lines: list[Line] = []

    def forget(self, lines: Iterable[Line]) -> None:
        rest = without(self.lines, lines)
        with contextlib.suppress(OSError):
            os.write(self._answers, b'.' * (len(self.lines) - len(rest)))
        self.lines = rest


def without(lines: list[Line], others: Iterable[Line]) -> list[Line]:
    """By what they are, not by what they say."""
    gone = set(map(id, others))
    return [line for line in lines if id(line) not in gone]
