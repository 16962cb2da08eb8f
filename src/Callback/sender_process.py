"""The sender as Ansible's process sees it: started, woken, and waited for a little."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from typing import Callable, Optional

from .options import Relay
from .spool import Spool
from .wake_pipe import NEWS, URGENT

# Of the joined file, which is the sender's program, too.
SENDER_PROGRAM = os.path.abspath(__file__)
START_AGAIN_AFTER = 60


class SenderProcess:
    """The key goes through the pipe: a command line and an environment can be read by others."""

    def __init__(self, spool: Spool, relay: Relay) -> None:
        self._settings = json.dumps({'spool': os.path.abspath(spool.root), 'relay': vars(relay)}).encode() + b'\n'
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._started = -math.inf

    def wake(self) -> None:
        """There is something to send: starts the sender if none runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        else:
            self._write(NEWS)

    def _start(self) -> None:
        # One that gave up, or was refused, is not started again for each of the next failures.
        if time.monotonic() - self._started < START_AGAIN_AFTER:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable or 'python3', '-I', '-S', SENDER_PROGRAM, 'send'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0,
            start_new_session=True, cwd='/', env={name: value for name, value in os.environ.items() if name != 'SLACK_RELAY_KEY'},
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        self._write(self._settings)

    def _write(self, data: bytes) -> None:
        try:
            self._process.stdin.write(data)
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
