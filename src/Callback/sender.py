"""The sender: a process of its own, started at the first event of a run, which delivers the spool."""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from collections import deque
from typing import Callable

from .answer import DAY, Answer, Verdict, pause_after, verdict_of
from .clock import utc_now
from .options import Relay
from .report import Line, batches, report_of
from .segment import Segment
from .spool import Spool, is_fresh
from .transport import RelayClient
from .wake_pipe import WakePipe

CLAIM_LIMIT = 64
LINGER = 0.25
GIVE_UP_AFTER = 600


class Refused(Exception):
    """The relay does not take anything from us: the key or the URL is wrong."""


class Delivery:
    """Sends what is in the spool until it is empty and Ansible gone, or until the relay has been silent for too long."""

    def __init__(self, spool: Spool, post: Callable[[bytes], Answer], wake_pipe: WakePipe) -> None:
        self._spool = spool
        self._post = post
        self._wake_pipe = wake_pipe
        self._attempt = 0
        # What the relay asked an earlier sender to wait for holds for this one.
        asked = spool.status.read().get('notBefore')
        self._not_before = time.monotonic() + (min(asked - time.time(), DAY) if isinstance(asked, (int, float)) else 0)
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def run(self) -> bool:
        """Whether everything was delivered."""
        waiting: deque[Segment] = deque()
        while True:
            waiting.extend(itertools.islice(self._spool.claim(fresh_too=self._wake_pipe.take_urgency()), CLAIM_LIMIT - len(waiting)))
            if waiting:
                segment = waiting.popleft()
                segment.keep([line for batch in batches(segment.lines) for line in self._send(batch)])
                if segment.lines:
                    # The next attempt is another segment's: one that the relay chokes on does not hold up the rest.
                    waiting.append(segment)
                if self._not_before > self._give_up_at:
                    return False
                time.sleep(max(0.0, self._not_before - time.monotonic()))
            elif self._wake_pipe.is_over:
                return True
            else:
                self._wake_pipe.wait(LINGER if any(map(is_fresh, self._spool.segments())) else None)
                self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def _send(self, batch: list[Line]) -> list[Line]:
        """The lines that are still to be sent."""
        if time.monotonic() < self._not_before:
            return batch
        answer = self._post(report_of(batch))
        meaning = verdict_of(answer.status)
        if meaning is Verdict.ACCEPTED:
            self._attempt = 0
            self._give_up_at = time.monotonic() + GIVE_UP_AFTER
            self._spool.status.note(lastSuccess=utc_now(), lastError=None, notBefore=None)
            return []
        self._spool.status.note(lastError={'at': utc_now(), 'what': str(answer)}, notBefore=time.time() + (answer.retry_after or 0))
        if meaning is Verdict.REFUSED:
            raise Refused
        if meaning is Verdict.LATER:
            self._not_before = time.monotonic() + pause_after(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            return batch
        if len(batch) == 1:
            self._spool.reject(batch[0])
            return []
        half = len(batch) // 2
        return self._send(batch[:half]) + self._send(batch[half:])


def deliver_spool() -> int:
    """The first line of stdin is what the sender needs to know, the key included; what follows is the wake pipe."""
    with os.fdopen(os.dup(0), 'rb', buffering=0) as stdin:
        given = json.loads(stdin.readline())
    os.nice(5)
    try:
        return 0 if Delivery(Spool(given['spool']), RelayClient(Relay(**given['relay'])).post, WakePipe(0)).run() else 1
    except Refused:
        return 1
