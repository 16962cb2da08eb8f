"""Which line of a Python traceback, or of a chain of them, is the root of it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Optional

from .cause_lines import stripped
from .phrases import LazyPattern

TRACEBACK = 'Traceback (most recent call last)'
DIRECT_LINK = 'The above exception was the direct cause'
OTHER_LINK = 'During handling of the above exception'
# They often only say that a first way did not work, before another one was tried.
OF_A_FIRST_TRY = LazyPattern(
    r'^(?:[\w.]+\.)?(?:KeyError|AttributeError|IndexError|StopIteration|LookupError|TypeError|ValueError|Empty|'
    r'ImportError|ModuleNotFoundError|NameError|DoesNotExist|NotImplementedError|CancelledError|TimeoutError$)\b')
EXCEPTION_NAME = LazyPattern(r'^[A-Za-z_][\w.]{0,150}(?::|$)')
TRACEBACKS_LOOKED_AT = 50
TRACEBACK_LINES = 2000


@dataclass(frozen=True)
class Traceback:
    start: int
    exception: int
    """Where the line of the exception begins."""
    end: int
    direct: bool
    """Whether it was raised from the one before it."""
    chained: bool


def tracebacks_in(text: str) -> Iterator[Traceback]:
    direct = chained = False
    place = text.find(TRACEBACK)
    for _ in range(TRACEBACKS_LOOKED_AT):
        if place < 0:
            return
        start, place = place, text.find('\n', place) + 1
        column = start - (text.rfind('\n', 0, start) + 1)
        indent = len(stripped_left(text[start - column:start]))
        exception = None
        for _ in range(TRACEBACK_LINES):
            if not 0 < place < len(text):
                break
            end = text.find('\n', place)
            end = len(text) if end < 0 else end
            if text.startswith(' ' * (column + 1), place) and not indent:
                place = end + 1
                continue
            line = stripped(text[place:min(end, place + 2000)])
            if line.strip() and not line.startswith(' ' * (indent + 1)) and EXCEPTION_NAME.match(line.strip()):
                exception = place
                break
            if line.strip() and not line.startswith((' ', '\t')):
                break
            place = end + 1
        if exception is None:
            place = text.find(TRACEBACK, start + 1)
            continue
        yield Traceback(start, exception, end, direct, chained)
        following = text.find(TRACEBACK, end)
        between = text[end:following] if 0 <= following < end + 4000 else ''
        direct = DIRECT_LINK in between
        chained = direct or OTHER_LINK in between
        place = following


def stripped_left(text: str) -> str:
    return text if not text.strip() else ''


def root_of_last_chain(tracebacks: list[Traceback], text: str) -> Optional[int]:
    """Where the line begins that says why: the first exception of the chain that ended the program, or the one that came in the
    place of one of a first try."""
    root = None
    for traceback in tracebacks:
        if root is None or not traceback.chained or not traceback.direct and OF_A_FIRST_TRY.match(stripped(text[root:root + 400])):
            root = traceback.exception
    return root
