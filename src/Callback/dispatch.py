"""The way out of a process: its lines in a spool, and the sender that delivers them."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional

from .clock import utc_now
from .home import can_be_written, temporary_spool
from .options import Settings
from .outlet import DirectOutlet, Outlet, SpoolOutlet
from .own_patterns import masking_key
from .relay_warnings import lasting_warnings, warnings_since
from .report import line_of
from .run import Run
from .spool import Spool, age_of

# Of a run beside this one, no report waits for so long without a reason.
LEFT_BEHIND_AGE = 10.0
RESEND_HINT = '`slack_relay.py resend` sends them again, `slack_relay.py clear` removes them'


class Dispatch:
    """What cannot be written to the spool goes to a directory elsewhere, and what cannot be written at all straight to a sender."""

    def __init__(self, settings: Settings, warn: Callable[[str], None], say: Callable[[str], None]) -> None:
        self._wait = settings.wait
        self._relay = settings.relay
        self._channel = settings.channel
        self._warn = warn
        self._say = say
        self._outlets = [*find_spools(settings, warn), DirectOutlet(settings.relay)]
        # Those that have not failed yet.
        self._ways = [*self._outlets]
        self._began = utc_now()
        self._rejected = self._rejected_sizes()
        self._used = False

    @property
    def directory(self) -> str:
        """For what else is kept; where none could be trusted or written, one in which nothing can be."""
        roots = [outlet.spool.root for outlet in self._outlets if outlet.spool.root]
        return next(filter(can_be_written, roots), os.devnull)

    def send_what_waits(self) -> None:
        """What earlier runs left is sent whatever comes of this one; what they could not deliver is said."""
        for outlet in self._outlets:
            segments = outlet.spool.segments()
            for warning in lasting_warnings(outlet.spool.status.read(), self._channel):
                self._warn(f'the relay warns: {warning}')
            if rejected := outlet.spool.count_lines(outlet.spool.rejected()):
                self._warn(f'the relay could not take {rejected} reports; they are in {outlet.spool.rejected_path}: {RESEND_HINT}')
            if not segments:
                continue
            if error := outlet.spool.status.last_error():
                self._warn(f'reports of earlier runs wait in {outlet.spool.root}: {error["what"]} (at {error["at"]})')
            elif age_of(segments[0]) > LEFT_BEHIND_AGE:
                self._say(f'{outlet.spool.count_lines(segments)} reports of earlier runs wait in {outlet.spool.root}, and are sent now')
            outlet.wake()

    def put(self, run: Run, event: dict[str, Any], channel: Optional[str]) -> None:
        self._used = True
        line = masking_key(self._relay.key, str)(line_of(channel, run, event).decode()).encode()
        while True:
            outlet = self._ways[0]
            try:
                return outlet.put(line)
            except OSError as error:
                if len(self._ways) == 1:
                    raise
                self._ways.pop(0)
                self._warn(
                    f'reports cannot be kept in {outlet.spool.root or "the spool"} ({error.strerror or error}): they go to '
                    f'{self._ways[0].spool.root or "the relay at once, and are lost if it does not take them"}'
                )

    def finish(self) -> None:
        """Waits for what was put, and says what went wrong with it."""
        for outlet in self._outlets:
            outlet.finish(self._wait if self._used else 0)
        for outlet in self._outlets if self._used else ():
            self._judge(outlet)
        if self._rejected != (sizes := self._rejected_sizes()):
            self._rejected = sizes
            where = ' and '.join(outlet.spool.rejected_path for outlet in self._outlets if outlet.spool.rejected())
            self._warn(f'the relay could not take some reports; they are in {where}: {RESEND_HINT}')
        self._used = False

    def _judge(self, outlet: Outlet) -> None:
        if dropped := outlet.take_dropped():
            self._warn(f'the spool was full: the oldest {dropped} reports were dropped')
        for warning in warnings_since(outlet.spool.status.read(), self._began):
            self._warn(f'the relay warns: {warning}')
        if not (waiting := outlet.count_undelivered()):
            return
        error, asked = outlet.spool.status.last_error(), outlet.spool.status.seconds_to_wait(self._relay.fingerprint)
        if not outlet.spool.root:
            self._warn(f'{waiting} failures are not delivered yet, and are lost if the sender does not reach {self._relay.origin}')
        elif error and (asked or error['at'] > self._began):
            later = f'; it asked to wait, {asked:.0f} s more' if asked else ''
            self._warn(f'what failed is not told yet, and waits in {outlet.spool.root}: {error["what"]}{later}')
        else:
            why = f'the relay has not answered for {self._wait:g} s' if self._wait else 'the run did not wait for the relay'
            self._say(f'{waiting} failures are not delivered yet: {why}; they wait in {outlet.spool.root}')

    def _rejected_sizes(self) -> list[int]:
        return [outlet.spool.size(name) for outlet in self._outlets for name in outlet.spool.rejected()]


def find_spools(settings: Settings, warn: Callable[[str], None]) -> list[Outlet]:
    """That of the options, unless it is not this user's alone, and one elsewhere; before anything in them is even listed."""
    found: list[Outlet] = []
    for root in (settings.spool, temporary_spool()):
        spool = Spool(root)
        try:
            spool.check()
            found.append(SpoolOutlet(spool, settings.relay))
        except OSError as error:
            if root == settings.spool:
                warn(f'the spool is not used: {error.strerror or error}')
    return found
