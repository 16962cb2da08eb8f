"""The ways that a report can take out of this process."""

from __future__ import annotations

from typing import Union

from .relay import Relay
from .sender_process import SenderProcess
from .spool import Spool
from .writer import Writer

# What is nowhere but in memory is worth a longer wait.
DIRECT_SECONDS = 5.0


class SpoolOutlet:
    """By a file, which outlives the process."""

    def __init__(self, spool: Spool, relay: Relay) -> None:
        self.spool = spool
        self._writer = Writer(spool)
        self._sender = SenderProcess(spool.root, relay)
        self.is_used = False

    def put(self, line: bytes) -> None:
        self._writer.append(line)
        self.is_used = True
        self.wake()

    def wake(self) -> None:
        self._sender.wake()

    def finish(self, seconds: float) -> None:
        self._sender.finish(seconds, self._writer.is_delivered)

    def finish_all(self, seconds: float) -> None:
        """Waits for what others have written, too."""
        self._sender.finish(seconds, lambda: not self.spool.segments())

    def take_dropped(self) -> int:
        return self._writer.take_dropped()

    def count_undelivered(self) -> int:
        return self._writer.count_waiting()


class DirectOutlet:
    """Straight to a sender, where nothing can be written."""

    def __init__(self, relay: Relay) -> None:
        self.spool = Spool(None)
        self._sender = SenderProcess(None, relay)
        self.is_used = False

    def put(self, line: bytes) -> None:
        self.is_used = True
        self._sender.hand_over(line)

    def wake(self) -> None:
        """Nothing of an earlier run can wait here."""

    def finish(self, seconds: float) -> None:
        if self.is_used:
            self._sender.finish(seconds + DIRECT_SECONDS, lambda: not self._sender.count_undelivered())

    def take_dropped(self) -> int:
        return 0

    def count_undelivered(self) -> int:
        return self._sender.count_undelivered()


Outlet = Union[SpoolOutlet, DirectOutlet]
