"""A part of the spool that a sender has taken."""

from __future__ import annotations

import os

from .files import lock, remove_file
from .report import Line, parse_line


class Segment:
    """The lock on it ends with the process, however that ends."""

    def __init__(self, path: str, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self.lines = read_lines(descriptor)

    def keep(self, lines: list[Line]) -> None:
        """Only these are still to be sent."""
        if lines and lines == self.lines:
            return
        self.lines = lines
        if not lines:
            remove_file(self.path)
            os.close(self._descriptor)
            return
        rest = self.path + '.new'
        descriptor = os.open(rest, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        lock(descriptor)
        with os.fdopen(os.dup(descriptor), 'wb') as file:
            file.writelines(line.raw for line in lines)
        os.replace(rest, self.path)
        os.close(self._descriptor)
        self._descriptor = descriptor


def read_lines(descriptor: int) -> list[Line]:
    with os.fdopen(os.dup(descriptor), 'rb') as file:
        file.seek(0)
        return [line for line in map(parse_line, file) if line]
