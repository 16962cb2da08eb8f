"""The one line that tells why a task failed, chosen from the whole of its result before anything of it is cut."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from .cause_json import message_in
from .cause_lines import ERROR_LEVEL, FIRST_OF_MESSAGE, FROM_STDERR, NOTHING, TELLS
from .cause_phrases import REASONS
from .cause_pattern import cause_key
from .cause_search import Candidate, candidates_in, window
from .phrases import LazyPattern

CAUSE_LIMIT = 300
HEAD_KEPT = 110
NESTED = 4
VAGUE_LIMIT = 700

LONG_ID = LazyPattern(r'\b[0-9a-f]{32,}\b')
ANSIBLE_PREFIX = LazyPattern(r'\A\s*(?:(?:Task|Action|Module) failed: ?|MODULE FAILURE: ?|ERROR! )+')
VAGUE = LazyPattern(
    r'\s*(?:(?:The command exited with a )?non-zero return code\.?|One or more items failed\.?|All items completed|MODULE FAILURE\b.*|\(traceback unavailable\)|Unknown error\.?|(?:Module result deserialization failed: )?No start of json char found.*|'
    r"A 'failed_when' expression evaluated to 'True'\.?|The following modules failed to execute: [\w., ]+|[^:\n]*\b(?:failed|failure|failed to validate|error occurred|errors? occurred)[.!:]?|Failed to \w+ some of .*|"
    r'.{0,600}\bsee (?:the )?(?:rc|stdout|stderr|output|log)\b.*|The module failed to execute correctly.*)\s*\Z', flags=re.I | re.S)
ANSIBLE_CONTEXT = LazyPattern(r'\n+(?:The error appears to|The offending line|Origin: )')
STREAMS_IN_MESSAGE = LazyPattern(r'\A(?:stdout: .*?\n)?:?stderr: ', flags=re.S)
ERROR_FIELDS = ('stderr', 'module_stderr', 'err', 'exception', 'reason', 'response', 'error', 'errors', 'failures', 'details', 'message')
OUTPUT_FIELDS = ('stdout', 'module_stdout', 'out', 'output', 'json', 'content', 'log', 'logs')


@dataclass(frozen=True)
class Cause:
    """Why a task failed, on one line, and what all failures for this reason have in common."""

    line: str
    key: str


def cause_of(result: Mapping[str, Any], hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Optional[Cause]:
    """The cause of a failed task. `hosts` are the names that its text may contain; `mask` takes the secrets out of the line."""
    line = telling_line(result)
    return cause_from(line, hosts, mask) if line else None


def cause_from(line: str, hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Cause:
    line = ' '.join(mask(line).encode('utf-8', 'replace').decode('utf-8', 'replace').split())
    return Cause(shortened(line), cause_key(line, hosts))


def shortened(line: str) -> str:
    """Of a line that is too long its beginning, and the last part that gives a reason: errors that wrap others end with it."""
    line = LONG_ID.sub(lambda match: match[0][:12] + '…', line)
    if len(line) <= CAUSE_LIMIT:
        return line
    reasons = list(REASONS.places(line.lower(), HEAD_KEPT))
    if not reasons or reasons[-1] < CAUSE_LIMIT - 20:
        return line[:CAUSE_LIMIT - 1] + '…'
    room = CAUSE_LIMIT - HEAD_KEPT - 3
    start = max(reasons[-1] - 2 * room // 3, HEAD_KEPT)
    clause = line.find(': ', start, reasons[-1])
    start = clause + 2 if clause >= 0 else start
    tail = line[start:start + room]
    return f'{line[:HEAD_KEPT].rstrip()} … {tail if start + room >= len(line) else tail[:-1] + "…"}'


def telling_line(result: Mapping[str, Any], depth: int = 0) -> Optional[str]:
    message = without_ansible(window(as_plain_text(result.get('msg'))))
    vague = not message.strip() or bool(VAGUE.match(message[:VAGUE_LIMIT]))
    if not vague and (best := best_of_message(message)):
        return best.text
    for nested in nested_results(result, depth):
        if line := telling_line(nested, depth + 1):
            return line
    if message.strip() and isinstance(result.get('assertion'), str):
        return f'{message.strip()}: {result["assertion"]}'
    candidates = [candidate for _, found in passages(result) for candidate in found]
    best = best_of(candidates)
    if best:
        return best.text
    return message.strip().split('\n')[0] or None if not said_nothing(message) else silence(result)


def said_nothing(message: str) -> bool:
    return 'return code' in message or not message.strip()


def silence(result: Mapping[str, Any]) -> Optional[str]:
    command, code = result.get('cmd'), result.get('rc')
    if not command or not isinstance(code, int):
        return None
    words = command if isinstance(command, str) else ' '.join(map(str, command))
    return f'`{words}` ended with code {code} and printed nothing'


def nested_results(result: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """The items of a loop that failed, and the modules of facts."""
    if depth >= NESTED:
        return
    items = result.get('results')
    for item in items if isinstance(items, (list, tuple)) else ():
        if isinstance(item, Mapping) and (item.get('failed') or item.get('unreachable')):
            yield item
    modules = result.get('failed_modules')
    for module in modules.values() if isinstance(modules, Mapping) else ():
        if isinstance(module, Mapping):
            yield module


def passages(result: Mapping[str, Any]) -> Iterator[tuple[str, list[Candidate]]]:
    for fields, extra in ((ERROR_FIELDS, FROM_STDERR), (OUTPUT_FIELDS, 0)):
        for field in fields:
            value = result.get(field)
            if isinstance(value, Mapping) and (words := message_in(value)):
                yield field, [Candidate(words, ERROR_LEVEL + extra, 0, 0)]
                continue
            text = window(as_plain_text(value))
            if text.strip() and text != '(traceback unavailable)':
                yield field, [more(candidate, extra) for candidate in candidates_in(text)]


def more(candidate: Candidate, extra: int) -> Candidate:
    return Candidate(candidate.text, candidate.score + extra, candidate.start, candidate.end)


def best_of_message(message: str) -> Optional[Candidate]:
    if match := STREAMS_IN_MESSAGE.match(message):
        return best_of([more(candidate, FROM_STDERR) for candidate in candidates_in(message[match.end():])])
    candidates = candidates_in(window(message))
    first = next((index for index, candidate in enumerate(candidates) if candidate.score > -30), None)
    if first is not None:
        candidates[first] = more(candidates[first], FIRST_OF_MESSAGE)
    return best_of(candidates)


def best_of(candidates: list[Candidate]) -> Optional[Candidate]:
    """The first of those that tell most; where none tells anything, the last of the best."""
    if not candidates:
        return None
    best = max(candidate.score for candidate in candidates)
    equal = [candidate for candidate in candidates if candidate.score == best]
    return equal[0] if best >= TELLS else equal[-1]


def without_ansible(message: str) -> str:
    """What the module itself said."""
    message = ANSIBLE_PREFIX.sub('', message)
    if match := ANSIBLE_CONTEXT.search(message):
        message = message[:match.start()]
    return message


def as_plain_text(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return '\n'.join(value)
    if value is None or isinstance(value, (bool, int, float)):
        return ''
    try:
        return json.dumps(value, default=str, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ''


def cause_command(given: str, hosts: Iterable[str] = ()) -> str:
    """What `slack_relay.py cause` prints for a result that it is given as JSON."""
    try:
        result = json.loads(given)
    except ValueError as error:
        return f'not JSON: {error}'
    cause = cause_of(result, hosts) if isinstance(result, dict) else None
    return f'{cause.line}\nreason: {cause.key}' if cause else '(this result says nothing)'
