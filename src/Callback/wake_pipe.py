"""The pipe from Ansible's process to the sender: a byte wakes it."""

from __future__ import annotations

import os
import select
from typing import Optional

NEWS = b'.'
URGENT = b'!'


class WakePipe:
    """Its reading end. `NEWS`: there is something to send; `URGENT`: somebody waits until it is sent; the end: the process is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_urgent = False
        self.is_over = False

    def wait(self, seconds: Optional[float] = None) -> None:
        """For news, or for the end."""
        if not self.is_over and select.select([self._descriptor], [], [], seconds)[0]:
            data = os.read(self._descriptor, 4096)
            self.is_over = not data
            self._is_urgent = self._is_urgent or URGENT in data

    def take_urgency(self) -> bool:
        """Whether to send also what was written just now; asked once for each time that somebody waits."""
        urgent, self._is_urgent = self._is_urgent, False
        return urgent or self.is_over
