"""What a module returned, as the words that help a person most."""

from __future__ import annotations

import json
import re
from typing import Any, Mapping, Optional

from .text import KIB, Masking, last_part

STREAM_LIMIT = 8 * KIB
NOT_MESSAGES = frozenset((
    '', '(traceback unavailable)', 'Unknown error.', 'One or more items failed', 'All items completed',
    "A 'failed_when' expression evaluated to 'True'.",
    'MODULE FAILURE', 'MODULE FAILURE\nSee stdout/stderr for the exact error',
))
# What ansible-core says from 2.18 on when a module ends without a result.
CRASH = ('Module result deserialization failed', 'No start of json char found')
# Where in the playbook it was, which `path` says better, with an absolute path that may name the host.
MESSAGE_CONTEXT = '\nThe error appears to '
NO_MORE_THAN_FAILED = re.compile(r'\s*(?:The command exited with a )?non-zero return code\.?\s*\Z')
MESSAGE_PREFIX = re.compile(r'\A\s*(?:(?:(?:Task|Module|Action) failed|MODULE FAILURE): ?)+')


def as_text(value: Any) -> str:
    """A message may be a list or a mapping: the user wrote it."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return '\n'.join(value)
    return '' if value is None else json.dumps(value, default=str, ensure_ascii=False)


def last_lines(text: str, mask: Masking) -> str:
    return '\n'.join([line for line in last_part(text, STREAM_LIMIT, mask).splitlines() if line.strip()][-5:])


def is_hidden(item: Mapping[str, Any]) -> bool:
    return bool(item.get('_ansible_no_log')) or 'censored' in item


def items_of(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items of a loop that failed; a skipped or a good one says nothing."""
    results = result.get('results')
    items = [item for item in results if isinstance(item, Mapping)] if isinstance(results, (list, tuple)) else []
    return [item for item in items if item.get('failed') or item.get('unreachable')]


def message_of(result: Mapping[str, Any], mask: Masking) -> Optional[str]:
    """The most telling text there is, of a loop that of the first item which failed."""
    # A text is what went wrong with the condition itself; else it is only a yes.
    condition = result.get('failed_when_result')
    for text in map(as_text, (condition if isinstance(condition, str) else None, *map(result.get, ('msg', 'reason', 'message')))):
        text = MESSAGE_PREFIX.sub('', text).partition(MESSAGE_CONTEXT)[0].rstrip()
        if text not in NOT_MESSAGES and not text.startswith(CRASH):
            return text
    for item in items_of(result):
        if not is_hidden(item) and (text := message_of(item, mask)):
            return text
    for stream in ('stderr', 'module_stderr', 'stdout', 'module_stdout'):
        if text := last_lines(as_text(result.get(stream)), mask):
            return text
    return MESSAGE_PREFIX.sub('', as_text(result.get('msg'))).strip() or None


def item_name(item: Mapping[str, Any]) -> str:
    label = item.get('_ansible_item_label', item.get(str(item.get('ansible_loop_var', 'item'))))
    if isinstance(label, Mapping) and 'ansible_loop_var' in label:
        return item_name(label)  # What a loop has registered, and another one goes through.
    return as_text(label) or '(an item without a name)'


def item_message(item: Mapping[str, Any], mask: Masking) -> Optional[str]:
    """As a task's, but an item has no output of its own: of a command, its last lines stand in for the words that say nothing."""
    message = message_of(item, mask)
    if message and NO_MORE_THAN_FAILED.match(message):
        output = last_lines(as_text(item.get('stderr')), mask) or last_lines(as_text(item.get('stdout')), mask)
        return f'{output} (rc {item.get("rc")})' if output else f'{message} (rc {item.get("rc")})'
    return message
