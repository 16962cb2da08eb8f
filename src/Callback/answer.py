"""What an answer of the relay means, and how long to wait after it."""

from __future__ import annotations

import email.utils
import enum
from dataclasses import dataclass
from typing import Optional

from .text import one_line

LONGEST_RETRY_AFTER = 3600.0
# Of a whole fleet that is asked to come back in ten seconds, not all are to come in the same one.
SPREAD = 15.0
SERVER_WORDS_LIMIT = 200


class Verdict(enum.Enum):
    """What becomes of the report."""

    ACCEPTED = 'accepted'
    LATER = 'later'
    NEVER = 'never'
    REFUSED = 'refused'


@dataclass(frozen=True)
class Answer:
    """What the relay answered, or why there was no answer; and by which proxy, if by one. `warnings` are of a report that was taken."""

    status: Optional[int] = None
    retry_after: Optional[float] = None
    reason: str = ''
    proxy: str = ''
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.status:
            return self.reason
        return f'HTTP {self.status} {server_words(self.reason)}'.rstrip() + (f', through the proxy {self.proxy}' if self.proxy else '')


def server_words(text: str) -> str:
    """Whatever stands there: nothing that a terminal acts on, and not much of it."""
    return one_line(text, SERVER_WORDS_LIMIT, str) or ''


def verdict_of(status: Optional[int]) -> Verdict:
    """Only a 202 is the relay's yes: a captive portal says 200 to everything."""
    if status == 202:
        return Verdict.ACCEPTED
    if status is None or status in (408, 425, 429) or status >= 500:
        return Verdict.LATER
    if status < 400 or status in (401, 403, 404, 407):
        return Verdict.REFUSED
    return Verdict.NEVER


def pause_after(attempt: int, retry_after: Optional[float], chance: float) -> float:
    """Exponential with full jitter, from half a second to a minute; where the relay asks for a wait, after that."""
    spread = min(60.0, 0.5 * 2 ** min(attempt, 10))
    return retry_after + chance * max(spread, SPREAD) if retry_after else chance * spread


def parse_retry_after(value: Optional[str], now: float) -> Optional[float]:
    """Seconds or a date, as RFC 9110 10.2.3 has it; an hour at most, whoever answers."""
    try:
        text = (value or '').strip()
        seconds = float(text) if text.isdigit() else email.utils.parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER)
