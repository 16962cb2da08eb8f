"""Phrases that are looked for in a line, without a regular expression: compiling a hundred alternatives costs more than a failure may."""

from __future__ import annotations

import functools
import re
from typing import Any, Optional


class LazyPattern:
    """A pattern that is compiled when it is first needed: a run in which nothing fails pays for none."""

    def __init__(self, *alternatives: str, flags: int = 0) -> None:
        self.source, self.flags = '|'.join(alternatives), flags

    @functools.cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    def match(self, *given: Any) -> Optional[re.Match[str]]:
        return self.compiled.match(*given)

    def search(self, *given: Any) -> Optional[re.Match[str]]:
        return self.compiled.search(*given)

    def sub(self, *given: Any) -> str:
        return self.compiled.sub(*given)

    def finditer(self, *given: Any) -> Any:
        return self.compiled.finditer(*given)


FIRST_LETTERS = LazyPattern(r'(?<![^\W_])[a-z0-9]{2,3}')


class Phrases:
    """Beginnings of phrases, one a line, of lower case: `violat` is in `violates the constraint`, and not in `inviolate`."""

    def __init__(self, table: str) -> None:
        self.table = table

    @functools.cached_property
    def by_first_letters(self) -> dict[str, tuple[str, ...]]:
        phrases: dict[str, list[str]] = {}
        for line in self.table.strip('\n').split('\n'):
            for phrase in line.strip().split(' | '):
                phrases.setdefault(phrase[:2], []).append(phrase.replace('_', ' '))
        return {letters: tuple(found) for letters, found in phrases.items()}

    def last_end(self, lower: str, start: int = 0) -> Optional[int]:
        """Behind the last one in a text."""
        end = None
        for place in self.places(lower, start):
            end = place
        return end

    def places(self, lower: str, start: int = 0) -> Any:
        table = self.by_first_letters
        for match in FIRST_LETTERS.finditer(lower, start):
            place = match.start()
            phrases = table.get(lower[place:place + 2])
            if phrases and lower.startswith(phrases, place):
                yield place

    def are_in(self, lower: str, start: int = 0) -> bool:
        return next(self.places(lower, start), None) is not None
