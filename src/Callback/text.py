"""Text as people can read it: nothing that a terminal acts on, no secret cut in half, and short."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

Masking = Callable[[str], str]

KIB = 1024
# A secret that is cut at the edge of an excerpt fits no pattern any more: so much more is masked than kept.
MARGIN = 4 * KIB
# No control character, which would not stay in, and nothing that anybody writes.
PASSAGE_EDGE = '\ue000'
LEFT_OUT = '\n[...]\n'

ANSI = re.compile(r'\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])')
CONTROL = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]')
LINE_END = re.compile(r'\r+\n?')
LONE_SURROGATE = re.compile(r'[\ud800-\udfff]')


def readable(text: str) -> str:
    """Without terminal sequences and control characters, and encodable: bytes that were not UTF-8 arrive as lone surrogates."""
    text = LONE_SURROGATE.sub('\ufffd', str.__str__(text))
    return CONTROL.sub('', LINE_END.sub('\n', ANSI.sub('', text)))


def byte_length(text: str) -> int:
    """In bytes of UTF-8, and at once for ASCII, however long."""
    return len(text) if text.isascii() else len(text.encode('utf-8', 'surrogatepass'))


def first_bytes(text: str, limit: int) -> str:
    return text[:limit].encode()[:limit].decode(errors='ignore')


def last_bytes(text: str, limit: int) -> str:
    return text[-limit:].encode()[-limit:].decode(errors='ignore') if limit else ''


def excerpt(text: str, limit: int, mask: Masking, around: Optional[str] = None) -> str:
    """What people may read of a text: masked, and cut in the middle with the number of bytes left out written there.

    Where `around` would be left out, the lines around it stay, too: it is why somebody reads the text.
    """
    window = limit + MARGIN
    if len(text) <= 2 * window:
        head = tail = mask(readable(text)).strip('\n')
        if byte_length(head) <= limit:
            return head
    else:
        head = mask(readable(text[:window]))[:-MARGIN]
        tail = mask(readable(text[-window:]))[MARGIN:]
    head, tail = first_bytes(head, limit // 3), last_bytes(tail, limit - limit // 3)
    middle = passage(text, around, limit // 3, mask) if around and around not in head and around not in tail else ''
    if middle:
        tail = last_bytes(tail, byte_length(tail) // 2)
    left_out = max(0, byte_length(text) - byte_length(head) - byte_length(middle) - byte_length(tail))
    return f'{head}\n[... {left_out} bytes left out ...]\n{middle and middle + LEFT_OUT}{tail}'.strip('\n')


def passage(text: str, around: str, limit: int, mask: Masking) -> str:
    """The lines around a part of a text, masked from further off than they are kept."""
    place = text.find(around[:200])
    if place < 0:
        return ''
    start, end = max(0, place - limit // 2), place + limit // 2
    before, after = text[max(0, start - MARGIN):start], text[end:end + MARGIN]
    masked = mask(readable(f'{before}{PASSAGE_EDGE}{text[start:end]}{PASSAGE_EDGE}{after}')).split(PASSAGE_EDGE)
    # A secret that goes over an edge takes the edge with it: then rather nothing.
    return first_bytes(masked[1], limit).strip('\n') if len(masked) == 3 else ''


def last_part(text: str, limit: int, mask: Masking) -> str:
    """The end of a text, masked from further back than it is kept."""
    return text if len(text) <= limit else mask(readable(text[-limit - MARGIN:]))[MARGIN:]


def one_line(text: Any, limit: int, mask: Masking) -> Optional[str]:
    """A name on one line, or nothing."""
    line = ' '.join(mask(readable(str(text)[:limit + MARGIN])).split()) if text else ''
    return (line[:limit - 3] + '...' if len(line) > limit else line) or None
