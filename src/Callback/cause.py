"""The one line that tells why a task failed, chosen from the whole of its result before anything of it is cut."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from .cause_json import message_in
from .cause_lines import ERROR_LEVEL, FIRST_OF_MESSAGE, FROM_STDERR, TELLS
from .cause_pattern import cause_key
from .cause_phrases import REASONS
from .cause_search import Candidate, candidates_in, window
from .phrases import LazyPattern

CAUSE_LIMIT = 300
# What is longer is no line that anybody wrote, and the patterns are not made for it.
LINE_KEPT = 2000
HEAD_KEPT = 110
# Loops within loops, and the modules that gather facts.
RESULTS_WITHIN = 4
VAGUE_WITHIN = 700
NO_TRACEBACK = '(traceback unavailable)'

LONG_ID = LazyPattern(r'\b[0-9a-f]{32,}\b')
ANSIBLE_PREFIX = LazyPattern(r'\A\s*(?:(?:Task|Action|Module) failed: ?|MODULE FAILURE: ?|ERROR! )+')
ANSIBLE_CONTEXT = LazyPattern(r'\n(?:The error appears to|The offending line|Origin: )')
SAYS_NO_MORE_THAN_A_CODE = LazyPattern(r'\s*(?:The command exited with a )?non-zero return code\.?\s*\Z')
# Messages that announce the reason, which is elsewhere in the result.
VAGUE = LazyPattern(
    r'\s*(?:' + '|'.join((
        r'(?:The command exited with a )?non-zero return code\.?', r'One or more items failed\.?', r'All items completed',
        r'Unknown error\.?',
        r'MODULE FAILURE\b.*', r'(?:Module result deserialization failed: )?No start of json char found.*', r'\(traceback unavailable\)',
        r'The module failed to execute correctly.*', r'The following modules failed to execute: [\w., ]+', r'Failed to \w+ some of .*',
        r"A 'failed_when' expression evaluated to 'True'\.?", r'.{0,600}\bsee (?:the )?(?:rc|stdout|stderr|output|log)\b.*',
        r'[^:\n]*\b(?:failed|failure|failed to validate|errors? occurred)[.!:]?')) + r')\s*\Z', flags=re.I | re.S)
# Some modules put both streams of their command into the message.
STREAMS_IN_MESSAGE = LazyPattern(r'\A(?:stdout: .*?\n)?:?stderr: ', flags=re.S)

ERROR_FIELDS = ('stderr', 'module_stderr', 'err', 'exception', 'reason', 'response', 'error', 'errors', 'failures', 'details', 'message')
OUTPUT_FIELDS = ('stdout', 'module_stdout', 'out', 'output', 'json', 'content', 'log', 'logs')


@dataclass(frozen=True)
class Cause:
    """Why a task failed, on one line, and the key that all failures for this reason have in common."""

    line: str
    key: str


def cause_of(result: Mapping[str, Any], hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Optional[Cause]:
    """The cause of a failed task; nothing where its result says nothing at all.

    `hosts` are the names that its text may contain. `mask` takes the secrets out of the line, before anything is made of it.
    """
    line = telling_line(result)
    return cause_from(line, hosts, mask) if line else None


def cause_from(line: str, hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Optional[Cause]:
    line = ' '.join(mask(line).encode('utf-8', 'replace').decode('utf-8', 'replace').split())[:LINE_KEPT]
    return Cause(shortened(line), cause_key(line, hosts)) if line else None


def shortened(line: str) -> str:
    """Of a line that is too long its beginning, and the last part that gives a reason: an error that wraps others ends with it."""
    line = LONG_ID.sub(lambda match: match[0][:12] + '…', line)
    if len(line) <= CAUSE_LIMIT:
        return line
    reasons = list(REASONS.places(line.lower(), HEAD_KEPT))
    if not reasons or reasons[-1] < CAUSE_LIMIT - 20:
        return line[:CAUSE_LIMIT - 1] + '…'
    room = CAUSE_LIMIT - HEAD_KEPT - len(' … ')
    start = max(reasons[-1] - 2 * room // 3, HEAD_KEPT)
    clause = line.find(': ', start, reasons[-1])
    start = clause + 2 if clause >= 0 else start
    tail = line[start:start + room]
    return f'{line[:HEAD_KEPT].rstrip()} … {tail if start + room >= len(line) else tail[:-1] + "…"}'


def telling_line(result: Mapping[str, Any], depth: int = 0) -> Optional[str]:
    if result.get('_ansible_no_log') or 'censored' in result:
        return as_plain_text(result.get('censored')) or None
    message = own_message(result)
    vague = not message or bool(VAGUE.match(message[:VAGUE_WITHIN]))
    if not vague and (best := best_of_message(message)):
        return best.text
    for nested in results_within(result, depth):
        if line := telling_line(nested, depth + 1):
            return line
    if message and isinstance(result.get('assertion'), str):
        return f'{message}: {result["assertion"]}'
    if best := best_of(list(candidates_of(result))):
        return best.text
    if message and not SAYS_NO_MORE_THAN_A_CODE.match(message):
        return message.split('\n')[0]
    return silence(result)


def own_message(result: Mapping[str, Any]) -> str:
    """What the module itself said."""
    message = ANSIBLE_PREFIX.sub('', window(as_plain_text(result.get('msg'))))
    context = ANSIBLE_CONTEXT.search(message)
    return (message[:context.start()] if context else message).strip()


def silence(result: Mapping[str, Any]) -> Optional[str]:
    """All that is known of a command that printed nothing."""
    command, code = result.get('cmd'), result.get('rc')
    if not command or not isinstance(code, int):
        return None
    words = command if isinstance(command, str) else ' '.join(map(str, command)) if isinstance(command, (list, tuple)) else str(command)
    return f'`{words[:CAUSE_LIMIT // 2]}` ended with code {code} and printed nothing'


def results_within(result: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """The items of a loop that failed, and the modules that could not gather facts."""
    if depth >= RESULTS_WITHIN:
        return
    items = result.get('results')
    for item in items if isinstance(items, (list, tuple)) else ():
        if isinstance(item, Mapping) and (item.get('failed') or item.get('unreachable')):
            yield item
    modules = result.get('failed_modules')
    for module in modules.values() if isinstance(modules, Mapping) else ():
        if isinstance(module, Mapping):
            yield module


def candidates_of(result: Mapping[str, Any]) -> Iterator[Candidate]:
    """Of all that the result holds besides its message; both streams together, for programs do not agree on which is for errors."""
    for fields, more in ((ERROR_FIELDS, FROM_STDERR), (OUTPUT_FIELDS, 0)):
        for field in fields:
            value = result.get(field)
            if isinstance(value, Mapping) and (words := message_in(value)):
                yield Candidate(words, ERROR_LEVEL + more, 0, 0)
                continue
            text = window(as_plain_text(value))
            if text.strip() and text != NO_TRACEBACK:
                for candidate in candidates_in(text):
                    yield replace(candidate, score=candidate.score + more)


def best_of_message(message: str) -> Optional[Candidate]:
    """A module begins with what is wrong; what it passes on of a program is weighed as the program's output is."""
    if match := STREAMS_IN_MESSAGE.match(message):
        return best_of(candidates_in(message[match.end():]))
    candidates = candidates_in(message)
    first = next((index for index, candidate in enumerate(candidates) if candidate.score > -30), None)
    if first is not None:
        candidates[first] = replace(candidates[first], score=candidates[first].score + FIRST_OF_MESSAGE)
    return best_of(candidates)


def best_of(candidates: list[Candidate]) -> Optional[Candidate]:
    """The first of those that tell most; where none tells anything, the last of the best."""
    best = max((candidate.score for candidate in candidates), default=None)
    equal = [candidate for candidate in candidates if candidate.score == best]
    return None if best is None else equal[0] if best >= TELLS else equal[-1]


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


def cause_command(given: str, hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> str:
    """What the program prints for a result that it is given as JSON: the cause, and what tells one cause from another."""
    try:
        result = json.loads(given)
    except (ValueError, RecursionError) as error:
        return f'The result is not JSON: {error}'
    cause = cause_of(result, hosts, mask) if isinstance(result, dict) else None
    return f'{cause.line}\nreason: {cause.key}' if cause else 'The result says nothing.'
