"""The way out of a process: its lines in the spool, and the sender that delivers them."""

from __future__ import annotations

import os
from typing import Any, Optional

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
        self._wait = settings.wait
        self._writer = Writer(self.spool)
        self._sender = SenderProcess(self.spool, settings.relay)
        self._began = utc_now()
        self._rejected = inode(self.spool.rejected), file_size(self.spool.rejected)
        self._used = False

    def begin(self) -> list[str]:
        """Has sent what earlier runs left, and returns what went wrong with it."""
        warnings = []
        if os.path.lexists(self.spool.rejected):
            warnings.append(f'the relay could not take some reports; they are in {self.spool.rejected} until you remove it')
        if self.spool.segments():
            if error := self.spool.status.last_error():
                warnings.append(f'reports of earlier runs wait in {self.spool.root}: {error["what"]} (at {error["at"]})')
            self._sender.wake()
        return warnings

    def put(self, run: Run, event: dict[str, Any], channel: Optional[str]) -> None:
        self._used = True
        self._writer.append(line_of(channel, run, event))
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
