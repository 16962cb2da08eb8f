"""Hosts as messages name them: `web-[08:11]` are four."""

from __future__ import annotations

import re

RANGE = re.compile(r'([^\s\[\],`"]*)\[(\d+):(\d+)\]([^\s\[\],`"]*)')


def expanded(text):
    """The text with every range written out."""
    return RANGE.sub(lambda found: ', '.join(names_of(*found.groups())), text)


def names_of(before, first, last, after):
    return [f'{before}{number:0{len(first)}}{after}' for number in range(int(first), int(last) + 1)]
