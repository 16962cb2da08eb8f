"""The pipe from Ansible's process to the sender: a byte wakes it, and a line is a report that could not be spooled."""

from __future__ import annotations

import os
import select
from typing import Optional

from .text import KIB

NEWS = b'.'
URGENT = b'!'


class WakePipe:
    """Its reading end. `NEWS`: there is something to send; `URGENT`: somebody waits until it is sent; the end: the process is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_urgent = False
        self._rest = b''
        self._lines: list[bytes] = []
        self.is_over = False

    def wait(self, seconds: Optional[float] = None) -> None:
        """For news, or for the end."""
        if not self.is_over and select.select([self._descriptor], [], [], seconds)[0]:
            data = os.read(self._descriptor, 64 * KIB)
            self.is_over = not data
            self._take(self._rest + data)

    def _take(self, data: bytes) -> None:
        while data and not (data.startswith(b'{') and b'\n' not in data):
            if data.startswith(b'{'):
                line, _, data = data.partition(b'\n')
                self._lines.append(line + b'\n')
            else:
                self._is_urgent = self._is_urgent or data.startswith(URGENT)
                data = data[1:]
        self._rest = data

    def take_urgency(self) -> bool:
        """Whether to send also what was written just now; asked once for each time that somebody waits."""
        urgent, self._is_urgent = self._is_urgent, False
        return urgent or self.is_over

    def take_lines(self) -> list[bytes]:
        """All that have come, without waiting for more."""
        while not self.is_over and select.select([self._descriptor], [], [], 0)[0]:
            self.wait(0)
        lines, self._lines = self._lines, []
        return lines
