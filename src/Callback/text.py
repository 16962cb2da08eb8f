"""Text as people can read it: nothing that a terminal acts on, no secret cut in half, and short."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

Masking = Callable[[str], str]

KIB = 1024
# A secret that is cut at the edge of an excerpt fits no pattern any more: so much more is masked than kept.
MARGIN = 4 * KIB

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


def excerpt(text: str, limit: int, mask: Masking) -> str:
    """What people may read of a text: masked, and cut in the middle with the number of bytes left out written there."""
    window = limit + MARGIN
    if len(text) <= 2 * window:
        head = tail = mask(readable(text)).strip('\n')
        if byte_length(head) <= limit:
            return head
    else:
        head = mask(readable(text[:window]))[:-MARGIN]
        tail = mask(readable(text[-window:]))[MARGIN:]
    head, tail = first_bytes(head, limit // 3), last_bytes(tail, limit - limit // 3)
    left_out = max(0, byte_length(text) - byte_length(head) - byte_length(tail))
    return f'{head}\n[... {left_out} bytes left out ...]\n{tail}'.strip('\n')


def last_part(text: str, limit: int, mask: Masking) -> str:
    """The end of a text, masked from further back than it is kept."""
    return text if len(text) <= limit else mask(readable(text[-limit - MARGIN:]))[MARGIN:]


def one_line(text: Any, limit: int, mask: Masking) -> Optional[str]:
    """A name on one line, or nothing."""
    line = ' '.join(mask(readable(str(text)[:limit + MARGIN])).split()) if text else ''
    return (line[:limit - 3] + '...' if len(line) > limit else line) or None
