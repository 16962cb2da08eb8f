"""The sender: a process of its own, started at the first event of a run, which delivers the spool."""

from __future__ import annotations

import json
import os
import random
import time
from typing import Any, Callable, Iterator, Union

from .answer import Answer, Verdict, pause_after, verdict_of
from .clock import utc_now
from .relay import Relay
from .relay_warnings import noted_warnings
from .report import Line, batches, channel_of, parse_line, report_of
from .segment import HandedOver, Segment
from .spool import Spool, is_fresh
from .transport import RelayClient
from .wake_pipe import WakePipe

LINGER = 0.25
GIVE_UP_AFTER = 600
# So often the relay may fail at one report before others show whether it is the report's fault.
FAILURES_BEFORE_PROBE = 5


class Refused(Exception):
    """The relay does not take anything from us: the key or the URL is wrong."""


class Delivery:
    """Sends what is in the spool, the oldest first, until it is empty and Ansible gone, or until the relay has been silent for too long."""

    def __init__(self, spool: Spool, relay: str, post: Callable[[bytes], Answer], wake_pipe: WakePipe, handed_over: HandedOver) -> None:
        self._spool = spool
        self._relay = relay
        self._post = post
        self._wake_pipe = wake_pipe
        self._handed_over = handed_over
        self._attempt = 0
        self._probes = 0
        self._others_pass = False
        self._oldest = ''
        self._not_before = time.monotonic()
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def run(self) -> bool:
        """Whether everything was delivered."""
        while True:
            self._handed_over.lines += filter(None, map(parse_line, self._wake_pipe.take_lines()))
            waiting = self._spool.segments()
            if not waiting and not self._handed_over.lines:
                if self._wake_pipe.is_over:
                    return True
                self._wake_pipe.wait()
                self._give_up_at = time.monotonic() + GIVE_UP_AFTER
                continue
            # What the relay asked an earlier sender to wait for holds for this one.
            self._not_before = max(self._not_before, time.monotonic() + self._spool.status.seconds_to_wait(self._relay))
            if self._not_before > self._give_up_at:
                return False
            time.sleep(max(0.0, self._not_before - time.monotonic()))
            with self._spool.lock() as is_ours:
                # Another sender may have been asked to wait a moment ago.
                is_asked = is_ours and self._spool.status.seconds_to_wait(self._relay) > 0
                has_found = is_ours and not is_asked and self._deliver()
            if not is_ours:
                time.sleep(LINGER)
                if time.monotonic() > self._give_up_at:
                    return False
            elif not has_found and not is_asked:
                # What is written just now, or what only looks like a segment.
                if self._wake_pipe.is_over:
                    return True
                self._wake_pipe.wait(LINGER if any(map(is_fresh, waiting)) else None)

    def _deliver(self) -> bool:
        """Until nothing is left that may be sent, or a wait begins; whether there was anything."""
        has_found = False
        fresh_too = self._wake_pipe.take_urgency()
        while taken := self._take(fresh_too):
            has_found = True
            for batch in self._in_turn([*batches(line for part in taken for line in part.lines)]):
                if not self._send(batch, taken):
                    return True
        return has_found

    def _take(self, fresh_too: bool) -> list[Union[Segment, HandedOver]]:
        return [*self._spool.claim(fresh_too), *([self._handed_over] if self._handed_over.lines else [])]

    def _in_turn(self, waiting: list[list[Line]]) -> Iterator[list[Line]]:
        """In their order; but where the relay keeps failing at the oldest, every other time another one is tried before it."""
        oldest, others = waiting[0], waiting[1:]
        self._others_pass, self._oldest = False, id_of(oldest)
        if others and self._attempt % 2 and self._spool.status.failures_at(self._oldest) >= FAILURES_BEFORE_PROBE:
            probe = others.pop(self._probes % len(others))
            self._probes += 1
            yield probe
            self._others_pass = True
        yield oldest
        self._others_pass = False
        yield from others

    def _send(self, batch: list[Line], taken: list[Union[Segment, HandedOver]]) -> bool:
        """Whether to go on with the next one."""
        answer = self._post(report_of(batch))
        verdict = verdict_of(answer.status)
        if verdict is Verdict.ACCEPTED:
            self._attempt = 0
            self._give_up_at = time.monotonic() + GIVE_UP_AFTER
            status = self._spool.status
            warnings = noted_warnings(status.read().get('warnings'), answer.warnings, channel_of(batch))
            status.note(lastSuccess=utc_now(), lastError=None, wait=None, warnings=warnings)
            self._forget(batch, taken)
            return True
        is_at_fault = answer.status is not None and answer.status >= 500
        if verdict is Verdict.NEVER or (is_at_fault and self._others_pass):
            self._spool.status.note(lastError={'at': utc_now(), 'what': str(answer)})
            return self._part(batch, taken)
        self._note_failure(answer, is_at_fault and id_of(batch) == self._oldest)
        if verdict is Verdict.REFUSED:
            raise Refused
        return False

    def _note_failure(self, answer: Answer, is_at_oldest: bool) -> None:
        news: dict[str, Any] = {'lastError': {'at': utc_now(), 'what': str(answer)}, 'wait': None}
        if verdict_of(answer.status) is Verdict.LATER:
            pause = pause_after(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            self._not_before = time.monotonic() + pause
            if answer.retry_after:
                news['wait'] = {'relay': self._relay, 'from': time.time(), 'until': time.time() + pause}
        if is_at_oldest:
            news['failing'] = {'id': self._oldest, 'times': self._spool.status.failures_at(self._oldest) + 1}
        self._spool.status.note(**news)

    def _part(self, batch: list[Line], taken: list[Union[Segment, HandedOver]]) -> bool:
        """Finds what the relay cannot take, and sets it aside."""
        if len(batch) > 1:
            half = len(batch) // 2
            return self._send(batch[:half], taken) and self._send(batch[half:], taken)
        try:
            self._spool.reject(batch[0])
        except OSError:
            raise Refused from None  # Neither sent nor set aside: it stays where it is.
        self._forget(batch, taken)
        return True

    @staticmethod
    def _forget(lines: list[Line], taken: list[Union[Segment, HandedOver]]) -> None:
        for part in taken:
            part.forget(lines)


def id_of(batch: list[Line]) -> str:
    return str(batch[0].event.get('id'))


def deliver_spool() -> int:
    """The first line of stdin is what the sender needs to know, the key included; what follows is the wake pipe."""
    with os.fdopen(os.dup(0), 'rb', buffering=0) as stdin:
        given = json.loads(stdin.readline())
    os.nice(5)
    spool, relay = Spool(given['spool']), Relay(**given['relay'])
    with spool.lock() as is_ours:
        if is_ours:
            spool.sweep()
    try:
        return 0 if Delivery(spool, relay.fingerprint, RelayClient(relay).post, WakePipe(0), HandedOver(1)).run() else 1
    except Refused:
        return 1
    finally:
        spool.remove_lock()
