"""The option `mask`: patterns of the user's own secrets."""

from __future__ import annotations

import re
from typing import Callable, Iterable, Iterator

from .redaction import REDACTED
from .time_limit import time_limit

PATTERN_SECONDS = 0.2


def read_patterns(lines: str, warn: Callable[[str], None]) -> Iterator[re.Pattern[str]]:
    for number, line in enumerate(lines.splitlines(), 1):
        try:
            if line.strip():
                yield re.compile(line.strip())
        except (re.error, RecursionError, OverflowError) as error:
            # Without the line itself, which may be the very secret.
            warn(f'line {number} of mask is not a regular expression: {error}')


class OwnPatterns:
    """Masks what the patterns match. One that takes too long hides the text, and is left out from then on."""

    def __init__(self, patterns: Iterable[re.Pattern[str]], warn: Callable[[str], None]) -> None:
        self._patterns = list(patterns)
        self._warn = warn

    def mask(self, text: str) -> str:
        for pattern in tuple(self._patterns):
            try:
                with time_limit(PATTERN_SECONDS):
                    text = pattern.sub(without_groups, text)
            except TimeoutError:
                self._patterns.remove(pattern)
                self._warn('an expression of mask takes too long and is no longer used')
                return REDACTED
        return text


def without_groups(match: re.Match[str]) -> str:
    """The match without what its groups matched, or without all of it where there are none."""
    spans = [match.span(group) for group in range(1, len(match.groups()) + 1)] or [match.span()]
    masked, done = '', match.start()
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if done <= start < end:
            masked, done = masked + match.string[done:start] + REDACTED, end
    return masked + match.string[done:match.end()]
