"""Masks secrets by the rule table. The relay has the same table and the same engine, and gives the same answer to every text."""

from __future__ import annotations

import functools
import json
import re
from typing import Any, Callable, Iterator, NamedTuple, Optional

from .rules import RULES
from .text import Masking

REDACTED = '[redacted]'
# How far before its needle a match can begin, and how deep a value is looked into.
FURTHEST_BEFORE = 100
DEEPEST = 50


class Table:
    """Read when the first failure is masked; a run without one does not pay for it."""

    def __init__(self, text: str) -> None:
        table = json.loads(text)
        self._parts: dict[str, str] = table['parts']
        self.rules = [Rule(order, row, self) for order, row in enumerate(table['rules'])]
        self.harmless = self.compile(table['harmless'])
        self.bracket = self.compile(table['bracket'])

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Puts the parts in, and both cases of what stands in %i:…%."""
        while '%' in pattern:
            pattern = re.sub('%(i:)?([^%]*)%', lambda part: both_cases(part[2]) if part[1] else self._parts[part[2]], pattern)
        return re.compile(pattern)


class Rule:
    """One form of secret. What the groups of its pattern match is masked; a match without a group says that there is none."""

    def __init__(self, order: int, row: dict[str, Any], table: Table) -> None:
        self.order = order
        self.needles: list[str] = row['needles']
        self.swallows: str = row.get('swallows', '')
        self._lead: int = row.get('lead', 0)
        self._between: str = row.get('between', '')
        self._pattern: str = row['pattern']
        self._table = table

    @functools.cached_property
    def match(self) -> Callable[[str, int], Optional[re.Match[str]]]:
        return self._table.compile(self._pattern).match

    def start(self, text: str, needle: int, free: int) -> int:
        """Where a match with this needle begins: a fixed way before it, or at the last character that cannot lie between."""
        if not self._between:
            return needle - self._lead
        first = max(free, needle - FURTHEST_BEFORE)
        return first + len(text[first:needle].rstrip(self._between)) - 1


class Needle(NamedTuple):
    text: str
    offset: int
    rule: Rule


@functools.lru_cache(maxsize=None)
def rule_table() -> Table:
    return Table(RULES)


def both_cases(letters: str) -> str:
    return re.sub('[a-z]', lambda letter: f'[{letter[0].upper()}{letter[0]}]', letters)


@functools.lru_cache(maxsize=None)
def finders() -> list[tuple[bool, re.Pattern[str], dict[str, list[Needle]]]]:
    """
    One search for all needles whose rarest letter is the same: it looks for that letter, which is as fast as to look for one
    needle, and then for the letters that follow it in one of them. Needles in one case alone are not looked for in lower case.
    """
    rarest_first = '~$|^`;{}<>@?&+\\#(,[]QZXJKVYWBUGFHPMODLCSNRIATEqzjx=kwvyb:"\'/_-0123456789fgmpuhdlcsnrioate .\n'
    found: dict[tuple[bool, str], dict[str, list[Needle]]] = {}
    for rule in rule_table().rules:
        for text in rule.needles:
            # The letter itself ends what follows it: a search goes on behind what it has found.
            follows = [text[index + 1:index + 4].split(letter)[0] for index, letter in enumerate(text)]
            offset = min(range(len(text)), key=lambda index: (-min(2, len(follows[index])), rarest_first.index(text[index])))
            group = found.setdefault((text == text.lower(), text[offset]), {})
            group.setdefault(follows[offset], []).append(Needle(text, offset, rule))
    return [
        (any_case, re.compile(re.escape(letter) + '(' + '|'.join(map(re.escape, sorted(rests, key=len, reverse=True))) + ')'), {
            rest: [needle for beginning, needles in rests.items() if rest.startswith(beginning) for needle in needles] for rest in rests
        })
        for (any_case, letter), rests in sorted(found.items())
    ]


def occurrences(text: str) -> list[tuple[int, int, Rule]]:
    """Where the needles are, with the rule that may match there, in the order in which they are tried."""
    # These two alone become ASCII in lower case, one of them together with a second character.
    lower = (text if text.isascii() else text.replace('\u0130', '\0').replace('\u212a', '\0')).lower()
    found = {
        (match.start() - needle.offset, needle.rule.order, needle.rule)
        for any_case, finder, needles in finders() for searched in (lower if any_case else text,)
        for match in finder.finditer(searched) for needle in needles[match[1]]
        if match.start() >= needle.offset and searched.startswith(needle.text, match.start() - needle.offset)
    }
    return sorted(found, key=lambda occurrence: occurrence[:2])


def secrets_of(text: str) -> Iterator[tuple[int, int]]:
    """From where to where, in order. The text begins and ends with a line break, so that no rule needs to know of its ends."""
    free = 1
    for needle, _, rule in occurrences(text):
        start = rule.start(text, needle, free - 1) if needle >= free else -1
        match = rule.match(text, start) if start >= free - 1 else None
        if match is None:
            continue
        if match.lastindex is None:
            free = max(free, match.end())
        for first, last in filter(lambda span: span[0] >= 0, map(match.span, range(1, match.re.groups + 1))):
            last = closed(text, first) if text[first:last] in ('[', '{') else min(last, len(text) - 1)
            first = free + len(text[free:first].rstrip(rule.swallows)) if rule.swallows else first
            if not rule_table().harmless.fullmatch(text, first, last):
                yield first, last
                free = last


def closed(text: str, opening: int) -> int:
    """Where the list or object that opens here is closed, or the end of the text, which may be cut off."""
    depth = 0
    for bracket in rule_table().bracket.finditer(text, opening):
        depth += 1 if bracket[0] in '[{' else -1 if bracket[0] in ']}' else 0
        if not depth:
            return bracket.end()
    return len(text) - 1


def mask_text(text: str) -> str:
    """The text with every secret masked."""
    masked, done, padded = '', 1, f'\n{text}\n'
    for first, last in secrets_of(padded):
        masked, done = masked + padded[done:first] + REDACTED, last
    return masked + padded[done:-1] if done > 1 else text


def is_secret(name: str, given: Any) -> bool:
    """Whether what stands under this name would be masked in a line of text."""
    plain = isinstance(given, (str, int, float)) and re.fullmatch('[A-Za-z0-9+/=_.:-]{1,200}', str(given))
    return mask_text(f'{name}={given if plain else "x7"}').endswith(f'={REDACTED}')


def gives_nothing_away(given: Any) -> bool:
    if isinstance(given, str):
        return rule_table().harmless.fullmatch(given) is not None
    return given is None or isinstance(given, bool) or given in ([], {})


NAMES_OF_PAIRS = ('name', 'Name', 'NAME', 'key', 'Key', 'KEY', 'parameterKey', 'ParameterKey')
VALUES_OF_PAIRS = ('value', 'Value', 'VALUE', 'parameterValue', 'ParameterValue')


def mask_value(given: Any, shorten: Callable[[str, Masking], str] = lambda text, mask: mask(text), mask: Masking = mask_text, depth: int = 0) -> Any:
    """JSON with what stands under secret names masked as a whole, and every other text made by `shorten`."""
    if isinstance(given, str):
        return shorten(given, mask)
    if depth == DEEPEST and isinstance(given, (dict, list)):
        return REDACTED
    if isinstance(given, dict):
        named = next((given[key] for key in NAMES_OF_PAIRS if isinstance(given.get(key), str)), '')
        return {
            shorten(key, mask): REDACTED
            if not gives_nothing_away(item) and is_secret(named if named and key in VALUES_OF_PAIRS else key, item)
            else mask_value(item, shorten, mask, depth + 1)
            for key, item in given.items()
        }
    if isinstance(given, list):
        return [
            item if item is not given[index] else mask_value(item, shorten, mask, depth + 1)
            for index, item in enumerate(masked_arguments(given))
        ]
    return given


def masked_arguments(given: list[Any]) -> list[Any]:
    """The list with what would be masked if it were the words of a command; where a rule goes over several words, none."""
    words = [re.sub('[\0- "\'`;&|<>\\\\]', 'x', item) or 'x' if isinstance(item, str) else 'x' for item in given]
    masked = mask_text(' '.join(words)).split(' ')
    if len(masked) != len(words):
        return given
    return [
        item if word == after or not isinstance(item, str) else item[:after.index(REDACTED)] + REDACTED
        for item, word, after in zip(given, words, masked)
    ]


class Redactor:
    """What the rest of the callback knows of redaction. `first` masks what the user calls a secret, the table the rest."""

    def __init__(self, first: Masking = str) -> None:
        self._first = first

    def text(self, text: str) -> str:
        return mask_text(self._first(text))

    def value(self, given: Any, shorten: Callable[[str, Masking], str] = lambda text, mask: mask(text)) -> Any:
        """JSON without its secrets, each of its texts as `shorten` makes it with the masking that the text needs where it stands."""
        return mask_value(given, shorten, self.text)
