"""The sender as Ansible's process sees it: started, woken, and waited for a little."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from typing import Callable, Optional

from .relay import Relay
from .text import KIB
from .wake_pipe import NEWS, URGENT

# Of the joined file, which is the sender's program, too.
SENDER_PROGRAM = os.path.abspath(__file__)
START_AGAIN_AFTER = 60
UNSENT_LIMIT = 4 * KIB * KIB


class SenderProcess:
    """The key goes through the pipe: a command line and an environment can be read by others."""

    def __init__(self, spool: Optional[str], relay: Relay) -> None:
        self._settings = json.dumps({'spool': os.path.abspath(spool) if spool else None, 'relay': vars(relay)}).encode() + b'\n'
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._started = -math.inf
        self._unsent = b''
        self._undelivered = 0

    def wake(self) -> None:
        """There is something to send: starts the sender if none runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        else:
            self._write(NEWS)

    def hand_over(self, line: bytes) -> None:
        """A line that could not be spooled: it is in the memory of two processes, and nowhere else."""
        self._undelivered += 1
        if len(self._unsent) > UNSENT_LIMIT:
            raise OSError('too many reports wait in memory')
        if self._process is None or self._process.poll() is not None:
            self._start()
        if self._process is not None:
            self._write(line)

    def count_undelivered(self) -> int:
        """Of the lines that were handed over; the sender answers each with a byte."""
        if self._process is not None and self._undelivered:
            try:
                self._undelivered -= len(os.read(self._process.stdout.fileno(), 64 * KIB))
            except OSError:
                pass  # It has not answered yet.
        return self._undelivered

    def _start(self) -> None:
        # One that gave up, or was refused, is not started again for each of the next failures.
        if time.monotonic() - self._started < START_AGAIN_AFTER:
            return
        self._started = time.monotonic()
        try:
            self._process = subprocess.Popen(
                [sys.executable or 'python3', '-I', '-S', SENDER_PROGRAM, 'send'],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                start_new_session=True, cwd='/', env={name: value for name, value in os.environ.items() if name != 'SLACK_RELAY_KEY'},
            )
        except OSError:
            return  # No process or no memory is left: what waits is said at the end of the run, and sent by the next.
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(pipe.fileno(), False)
        self._unsent = b''
        self._write(self._settings)

    def _write(self, data: bytes) -> None:
        """As much of it as the pipe takes at once; the rest with what comes next."""
        if data != NEWS or not self._unsent:
            self._unsent += data
        try:
            while self._unsent:
                self._unsent = self._unsent[os.write(self._process.stdin.fileno(), self._unsent):]
        except OSError:
            pass  # A full pipe has news enough in it; a broken one is seen at the next event.

    def finish(self, seconds: float, is_done: Callable[[], bool]) -> None:
        """Has everything sent, and waits for it, but not for long. The sender ends when this process does."""
        if self._process is None:
            return
        self._write(URGENT)
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None and not is_done():
            time.sleep(0.02)
            self._write(b'')
