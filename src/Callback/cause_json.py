"""The innermost words of an error that is JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Mapping, Optional

DECODER = json.JSONDecoder(strict=False)
INNER_KEYS = ('details', 'errors', 'innererror', 'innerError', 'inner_errors', 'causes', 'cause', 'failures', 'error', 'err',
    'exception', 'Error', 'Errors', 'fault', 'attr', 'result', 'response', 'data', 'body', 'diagnostics', 'problems', 'violations')
OWN_KEYS = ('detail', 'error_description', 'errorMessage', 'message', 'Message', 'msg', 'summary', 'description', 'reason', 'title',
    'stderr', 'text')
LEVEL_KEYS = ('level', 'lvl', 'severity', 'levelname', 'log.level', '@level', 'Level', 'loglevel', 's')
LETTER_LEVELS = {'I': 'info', 'D': 'debug', 'W': 'warning', 'E': 'error', 'F': 'fatal'}
DEEPEST_JSON = 8


@dataclass(frozen=True)
class JsonMessage:
    text: str
    level: Optional[str]


def message_in(data: Any, depth: int = 0) -> Optional[str]:
    """Of what is nested, before one's own: an outer message says "see inner errors"."""
    if depth > DEEPEST_JSON:
        return None
    if isinstance(data, list):
        return next((text for item in data[:20] if (text := message_in(item, depth + 1) or as_words(item))), None)
    if not isinstance(data, Mapping):
        return None
    for key in INNER_KEYS:
        value = data.get(key)
        if isinstance(value, (Mapping, list)) and (text := message_in(value, depth + 1) or named_words(value, key)):
            return text
    own = next((words for key in OWN_KEYS if (words := as_words(data.get(key)))), None)
    why = next((words for key in ('error', 'err', 'exception', 'cause') if (words := as_words(data.get(key)))), None)
    # An error may be a code alone: a word without a space says less than the sentence beside it.
    if own and why and own != why:
        return f'{own}: {why}' if ' ' in why and why not in own else own
    return own or why


def named_words(value: Any, key: str) -> Optional[str]:
    """Of a mapping of fields to what is wrong with them."""
    if isinstance(value, Mapping) and 'error' in key.lower():
        for name, item in value.items():
            words = as_words(item[0] if isinstance(item, list) and item else item)
            if words and ' ' in words:
                return f'{name}: {words}'
    return None


def as_words(value: Any) -> Optional[str]:
    return value.strip() or None if isinstance(value, str) else None


def level_in(data: Mapping[str, Any]) -> Optional[str]:
    """A number is Bunyan's or Pino's: 50 is an error, 60 is fatal."""
    level = next((data[key] for key in LEVEL_KEYS if key in data), None)
    if isinstance(level, (int, float)):
        return 'error' if level >= 50 else 'warning' if level >= 40 else 'info'
    return LETTER_LEVELS.get(level, level.lower()) if isinstance(level, str) else None


def json_at(text: str, place: int) -> Optional[Any]:
    try:
        return DECODER.raw_decode(text, place)[0]
    except (ValueError, RecursionError):
        return None


def whole_of(text: str) -> Optional[Any]:
    """What a text is that is one JSON value and nothing else."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def json_within(line: str) -> Optional[Any]:
    """An object within a line of words, as such or as Python shows bytes: b'{"message": …}'."""
    place = line.find('{"')
    if place >= 0:
        data = json_at(line, place)
        if data is not None:
            return data
    # Of bytes each backslash and each apostrophe is escaped once more.
    place = line.find("b'{")
    return json_at(line[place + 2:].replace('\\\\', '\\').replace("\\'", "'").replace('\\n', ' '), 0) if place >= 0 else None
