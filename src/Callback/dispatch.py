"""The way out of a process: its lines in the spool, and the sender that delivers them."""

from __future__ import annotations

from typing import Any

from .clock import utc_now
from .files import file_size, inode
from .options import Settings
from .report import line_of
from .run import Run
from .sender_process import SenderProcess
from .spool import Spool
from .writer import Writer


class Dispatch:
    def __init__(self, settings: Settings) -> None:
        self.spool = Spool(settings.spool)
        self._channel = settings.channel
        self._wait = settings.wait
        self._writer = Writer(self.spool)
        self._sender = SenderProcess(self.spool, settings.relay)
        self._began = utc_now()
        self._rejected = inode(self.spool.rejected), file_size(self.spool.rejected)
        self._used = False

    def send_what_waits(self) -> None:
        self._sender.wake()

    def put(self, run: Run, event: dict[str, Any]) -> None:
        self._used = True
        self._writer.append(line_of(self._channel, run, event))
        self._sender.wake()

    def finish(self) -> list[str]:
        """Waits for what was put, and returns what went wrong with it."""
        self._sender.finish(self._wait if self._used else 0, self._writer.is_delivered)
        warnings = []
        if dropped := self._writer.take_dropped():
            warnings.append(f'the spool was full: the oldest {dropped} reports were dropped')
        if self._used and not self._writer.is_delivered() and (error := self.spool.status.last_error()) and error['at'] > self._began:
            warnings.append(f'what failed is not told yet, and waits in {self.spool.root}: {error["what"]}')
        if self._rejected != (inode(self.spool.rejected), file_size(self.spool.rejected)):
            warnings.append(f'the relay could not take some reports; they are in {self.spool.rejected} until you remove it')
        self._used = False
        return warnings
