"""The option `mask`: patterns of the user's own secrets."""

from __future__ import annotations

import re
from typing import Any, Callable, Iterable, Iterator, Optional

from .redaction import REDACTED
from .time_limit import time_limit

PATTERN_SECONDS = 0.2
# A shorter key is a word, such as `local`.
SHORTEST_KEY = 8

try:
    from re import _parser as re_parser  # type: ignore[attr-defined]
except ImportError:
    import sre_parse as re_parser

# Nothing where a line of the option is no pattern that could be trusted to find what it is for.
OwnPattern = Optional[re.Pattern[str]]


def read_patterns(lines: str, warn: Callable[[str], None]) -> Iterator[OwnPattern]:
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        # Without the line itself, which may be the very secret.
        try:
            pattern = re.compile(line.strip())
            why = 'repeats what repeats itself, which could take forever' if takes_forever(re_parser.parse(line.strip())) else ''
        except (re.error, RecursionError, OverflowError) as error:
            pattern, why = None, f'is not a regular expression ({error})'
        if why:
            warn(f'line {number} of mask {why}: until it is put right, no text is reported')
        yield None if why else pattern


def takes_forever(pattern: Any) -> bool:
    """Whether an endless repetition is repeated with nothing between that must be there, as in (a+)+: one text can match in many ways."""
    return any(
        is_endless(name, given) and any(repeats_alone(given[2])) or any(map(takes_forever, parts_of(given)))
        for name, given in pattern
    )


def is_endless(name: Any, given: Any) -> bool:
    return str(name) in ('MAX_REPEAT', 'MIN_REPEAT') and given[1] == re_parser.MAXREPEAT


def repeats_alone(pattern: Any) -> Iterator[bool]:
    """Of each part that may be all there is: whether it repeats endlessly."""
    for number, (name, given) in enumerate(pattern):
        others = [one for place, one in enumerate(pattern) if place != number]
        if re_parser.SubPattern(pattern.state, others).getwidth()[0] == 0:
            yield is_endless(name, given)
            for part in parts_of(given):
                yield from repeats_alone(part)


def parts_of(given: Any) -> Iterator[Any]:
    """The patterns within an operator's arguments, of whatever form."""
    if isinstance(given, re_parser.SubPattern):
        yield given
    elif isinstance(given, (tuple, list)):
        for part in given:
            yield from parts_of(part)


class OwnPatterns:
    """Masks what the patterns match. From when one takes too long on, no text is told at all: the next may hold what it is for."""

    def __init__(self, patterns: Iterable[OwnPattern], warn: Callable[[str], None]) -> None:
        self._patterns = list(patterns)
        self._hides_all = None in self._patterns
        self._warn = warn

    def mask(self, text: str) -> str:
        try:
            for pattern in () if self._hides_all else self._patterns:
                with time_limit(PATTERN_SECONDS):
                    text = pattern.sub(without_groups, text)
        except TimeoutError:
            self._hides_all = True
            self._warn('an expression of mask takes too long: from here on, no text of this run is reported')
        return REDACTED if self._hides_all and text else text


def without_groups(match: re.Match[str]) -> str:
    """The match without what its groups matched, or without all of it where there are none."""
    spans = [match.span(group) for group in range(1, len(match.groups()) + 1)] or [match.span()]
    masked, done = '', match.start()
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if done <= start < end:
            masked, done = masked + match.string[done:start] + REDACTED, end
    return masked + match.string[done:match.end()]


def masking_key(key: str, first: Callable[[str], str]) -> Callable[[str], str]:
    """Also what opens the relay's door: in a command's environment it has no form that a rule could know."""
    return (lambda text: first(text.replace(key, REDACTED))) if len(key) >= SHORTEST_KEY else first
