"""Writes JSON with whatever in it that is none."""

from __future__ import annotations

import json


class Raw(str):
    """Text that is written as it stands, as a value or as a name."""


def text_of(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return '{' + ','.join(f'{text_of(name)}:{text_of(member)}' for name, member in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(text_of, value)) + ']'
    return json.dumps(value, ensure_ascii=False)
