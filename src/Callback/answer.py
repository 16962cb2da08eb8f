"""What an answer of the relay means, and how long to wait after it."""

from __future__ import annotations

import email.utils
import enum
from dataclasses import dataclass
from typing import Optional

DAY = 86400.0


class Verdict(enum.Enum):
    """What becomes of the report."""

    ACCEPTED = 'accepted'
    LATER = 'later'
    NEVER = 'never'
    REFUSED = 'refused'


@dataclass(frozen=True)
class Answer:
    """What the relay answered, or why there was no answer."""

    status: Optional[int] = None
    retry_after: Optional[float] = None
    reason: str = ''

    def __str__(self) -> str:
        return f'HTTP {self.status} {self.reason}'.rstrip() if self.status else self.reason


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
    """Exponential with full jitter, from half a second to a minute, and never sooner than the relay asks."""
    return max(retry_after or 0.0, chance * min(60.0, 0.5 * 2 ** min(attempt, 10)))


def parse_retry_after(value: Optional[str], now: float) -> Optional[float]:
    """Seconds or a date, as RFC 9110 10.2.3 has it; a day at most."""
    try:
        text = (value or '').strip()
        seconds = float(text) if text.isdigit() else email.utils.parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), DAY)
