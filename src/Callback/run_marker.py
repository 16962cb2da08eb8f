"""Lets the `exec` that Ansible runs under know whether everything that failed was reported."""

from __future__ import annotations

import contextlib
import os
from typing import Optional

from .text import KIB
from .trusted_file import read_trusted_file

RUN_MARKER_VARIABLE = 'SLACK_RELAY_RUN_MARKER'


class RunMarker:
    """A file with a line when a playbook reports its first failure, and another when that playbook ends.

    Where they are not even, a playbook has died after it reported something: what it died of is still to be reported.
    """

    def __init__(self, path: Optional[str]) -> None:
        self._path = path
        self._is_open = self._has_reported = False

    def playbook_starts(self) -> None:
        """A further playbook of the same command line may die, too."""
        if self._has_reported:
            self.failure_reported()

    def failure_reported(self) -> None:
        if self._path and not self._is_open:
            self._is_open = self._has_reported = True
            self._write(b'+\n')

    def playbook_ends(self) -> None:
        if self._is_open:
            self._is_open = False
            self._write(b'-\n')

    def _write(self, line: bytes) -> None:
        # Where it cannot be written, `exec` reports what was reported already.
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
            with os.fdopen(descriptor, 'wb') as file:
                file.write(line)

    def is_complete(self) -> bool:
        """Whether something was reported, and every playbook that reported came to its end."""
        try:
            lines = read_trusted_file(self._path, KIB * KIB).splitlines(keepends=True) if self._path else []
        except OSError:
            return False
        return bool(lines) and lines.count(b'+\n') == lines.count(b'-\n')
