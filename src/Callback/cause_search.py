"""The lines of a text that may tell why something failed, found without looking at each of them, and how much each of them tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Iterator, Mapping, Optional

from .cause_forms import HEADING
from .cause_json import json_at, json_within, level_in, message_in, whole_of
from .cause_lines import (
    BENEATH_HEADING, ERROR_LEVEL, FORM_WITHIN, LINE_LOOKED_AT, NOTHING, QUIET, ROOT, is_noise, is_trailer, level_of, logged,
    reason_score, score_of, stripped, without_bullet)
from .cause_phrases import HEADING_WORDS
from .tracebacks import root_of_last_chain, tracebacks_in

# Of a longer text only its beginning and its end are looked at.
LOOKED_AT = 512 * 1024
STEMS = (
    'fatal', 'panic', 'caused by', 'exception', 'denied', 'refused', 'no such', 'not found', 'cannot', 'could not', 'unable', 'timed out',
    'timeout', 'no space', 'invalid', 'missing', 'unknown', 'undefined', 'unexpected', 'already', 'required', 'requires', 'expected',
    'must ', "n't ", 'conflict', 'exceed', 'violat', 'killed', 'emerg', ' --->', 'problem', 'wrong', 'error', 'fail', 'reason:',
    'critical', 'assert', 'description:', 'not ')
SHOUTED = ('ERROR', 'FATAL', 'Error:', 'error:', 'CRITICAL', 'FAILED')
HITS_OF_A_STEM = 70
ENDS_LOOKED_AT = 30
CANDIDATES = 400
# Lines are long or many; where they are both, only their beginnings are looked at.
LETTERS_LOOKED_AT = 40_000
SHORT_LINE = 160
BENEATH = 8
HEADING_ALONE = 20
IN_WHOLE_JSON = 20
WITHOUT_LEVEL = 30
HARMLESS_LEVELS = ('info', 'debug', 'trace', 'notice', 'warn', 'warning')


@dataclass(frozen=True)
class Candidate:
    text: str
    score: int
    start: int
    end: int


@dataclass(frozen=True)
class RawLine:
    start: int
    end: int
    text: str


def window(text: str) -> str:
    return text if len(text) <= 2 * LOOKED_AT else f'{text[:LOOKED_AT]}\n{text[-LOOKED_AT:]}'


def line_at(text: str, place: int) -> RawLine:
    """Of a line that is too long to be one, what is around the place."""
    start = text.rfind('\n', 0, place) + 1
    end = text.find('\n', place)
    end = len(text) if end < 0 else end
    if end - start > LINE_LOOKED_AT:
        start = max(start, place - 200) if place - start > LINE_LOOKED_AT - 200 else start
        return RawLine(start, end, text[start:start + LINE_LOOKED_AT])
    return RawLine(start, end, text[start:end])


def lines_after(text: str, end: int, count: int) -> Iterator[RawLine]:
    """So many lines at most, the empty ones too."""
    for _ in range(count):
        if end >= len(text):
            return
        line = line_at(text, end + 1)
        yield line
        end = line.end


def places_of(text: str) -> set[int]:
    """Where the lines begin that are worth a look: what has a stem of an error, and both ends."""
    places: set[int] = set()
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    for where, stems in ((text, SHOUTED), (lower, STEMS)):
        for stem in stems:
            if len(places) > CANDIDATES:
                break
            add_hits(places, where, stem)
    start = 0
    for _ in range(ENDS_LOOKED_AT):
        places.add(start)
        start = text.find('\n', start) + 1
        if not start:
            break
    end = len(text)
    for _ in range(ENDS_LOOKED_AT):
        start = text.rfind('\n', 0, end) + 1
        places.add(start)
        end = start - 1
        if end < 0:
            break
    return places


def add_hits(places: set[int], text: str, stem: str) -> None:
    place = text.find(stem)
    for _ in range(HITS_OF_A_STEM):
        if place < 0:
            return
        places.add(line_at(text, place).start)
        end = text.find('\n', place)
        place = text.find(stem, end) if end >= 0 else -1
    place = text.rfind(stem)
    for _ in range(HITS_OF_A_STEM // 2):
        start = text.rfind('\n', 0, place) + 1
        places.add(line_at(text, place).start)
        place = text.rfind(stem, 0, start)
        if place < 0:
            return


def candidates_in(text: str) -> list[Candidate]:
    """In the order of the text, but the root of a traceback comes last."""
    text = text.replace('\r', '\n')
    if (whole := whole_json(text)) is not None:
        return [whole]
    tracebacks = list(tracebacks_in(text))
    frames = [(line_at(text, traceback.start).start, traceback.end) for traceback in tracebacks]
    places = places_of(text)
    beneath = places_beneath(text, places)
    innermost = innermost_cause(text)
    room = LETTERS_LOOKED_AT
    found = []
    for place in sorted(places | set(beneath)):
        if any(start <= place < end for start, end in frames):
            continue
        line = line_at(text, place)
        room -= len(line.text)
        if room < 0:
            line = RawLine(line.start, line.end, line.text[:SHORT_LINE])
        candidate = root_at(text, line) if place == innermost else candidate_of(text, line, beneath.get(place, 0))
        if candidate:
            found.append(candidate)
    root = root_of_last_chain(tracebacks, text)
    return found if root is None else [*found, root_at(text, line_at(text, root))]


def root_at(text: str, line: RawLine) -> Candidate:
    return Candidate(joined(text, line), ROOT, line.start, line.end)


def telling_spans(text: str, count: int = 5) -> list[tuple[int, int]]:
    """Where the lines are in a text that tell most of why something failed, the best first: what an excerpt of it should keep."""
    looked_at = window(text)
    found = sorted(candidates_in(looked_at), key=lambda candidate: -candidate.score)
    spans = [(candidate.start, candidate.end) for candidate in found[:count] if candidate.score > NOTHING]
    left_out = len(text) - len(looked_at)
    return [(start + left_out, end + left_out) if left_out and start > LOOKED_AT else (start, end) for start, end in spans]


def whole_json(text: str) -> Optional[Candidate]:
    start = len(text) - len(text.lstrip())
    if text[start:start + 1] not in ('{', '[') or not (message := message_in(whole_of(text))):
        return None
    return Candidate(' '.join(message.split()), ERROR_LEVEL + IN_WHOLE_JSON, start, len(text))


def candidate_of(text: str, line: RawLine, bonus: int) -> Optional[Candidate]:
    shown = stripped(line.text)
    if '{' in shown and (candidate := candidate_of_json(text, line)):
        return candidate
    words = logged(shown)
    if words is not shown:
        return Candidate(words, score_of(shown), line.start, line.end)
    whole = joined(text, line)
    score = score_of(shown)
    if whole is not shown and (score > NOTHING or level_of(shown)):
        score = max(score - HEADING_ALONE, score_of(whole))
    if score > NOTHING and bonus and not is_trailer(shown):
        score += bonus
    return Candidate(without_bullet(whole), score, line.start, line.end) if score > NOTHING else None


def candidate_of_json(text: str, line: RawLine) -> Optional[Candidate]:
    """A logger's object, or an object within the words of a line."""
    place = line.text.find('{')
    is_long = line.end - line.start > LINE_LOOKED_AT
    data = json_at(text[line.start:min(line.end, line.start + LOOKED_AT)], place) if is_long else json_within(line.text)
    message = message_in(data) if isinstance(data, Mapping) else None
    if not message:
        return None
    message = ' '.join(message.split())
    level = level_in(data)
    if level in HARMLESS_LEVELS:
        return Candidate(message, QUIET, line.start, line.end)
    alone = not line.text[:place].strip() and level is None
    return Candidate(message, ERROR_LEVEL + reason_score(message.lower()) - (WITHOUT_LEVEL if alone else 0), line.start, line.end)


def joined(text: str, line: RawLine) -> str:
    """A line that ends with a colon goes on with the next one."""
    whole = stripped(line.text)
    if not HEADING.search(whole):
        return whole
    for following in lines_after(text, line.end, 4):
        shown = stripped(following.text)
        if not shown.strip() or not any(map(str.isalnum, shown)):
            continue
        if is_noise(shown):
            break
        whole = f'{whole} {without_bullet(shown)}'
        if not HEADING.search(whole):
            break
    return whole


def places_beneath(text: str, headings: Iterable[int]) -> dict[int, int]:
    """What stands under a heading that announces errors counts for more than the heading; what is indented further for more still."""
    more: dict[int, int] = {}
    for place in headings:
        line = line_at(text, place)
        shown = stripped(line.text).lower()
        if not (HEADING.search(shown) or shown.lstrip().startswith('problem ')) or not HEADING_WORDS.are_in(shown[-FORM_WITHIN:]):
            continue
        begun = False
        for following in lines_after(text, line.end, BENEATH):
            if stripped(following.text).strip():
                begun = True
                if ' ' in without_bullet(following.text):
                    indent = len(following.text) - len(following.text.lstrip(' \t>*-•'))
                    more.setdefault(following.start, BENEATH_HEADING + min(indent, 8))
            elif begun:
                break
    return more


def innermost_cause(text: str) -> Optional[int]:
    """Where the last line begins that an exception was caused by."""
    best = -1
    for form in ('\nCaused by: ', '\n ---> '):
        best = max(best, text.rfind(form))
    return best + 1 if best >= 0 else None
