"""What else of a result helps to debug, bounded."""

from __future__ import annotations

import itertools
import json
import math
import re
import shlex
from typing import Any, Iterable, Mapping, Optional

from .redaction import Redactor
from .text import KIB, byte_length, excerpt

DETAILS_LIMIT = 8 * KIB
TEXT_LIMIT = KIB
LIST_LIMIT = 30
NOT_DETAILS = frozenset((
    'msg', 'reason', 'message', 'stdout', 'stderr', 'stdout_lines', 'stderr_lines', 'module_stdout', 'module_stderr', 'rc', 'results',
    'invocation', 'start', 'end', 'delta', 'warnings', 'deprecations', 'ansible_facts', 'diff', 'attempts', 'retries',
    'failed', 'unreachable', 'skipped', 'censored', 'item', 'ansible_loop_var', 'ansible_index_var', 'ansible_loop',
    'ansible_job_id', 'results_file', 'started', 'finished', 'failed_when_result',
))


def bounded(given: Any, depth: int = 0) -> Any:
    """The value as JSON can carry it, bounded in width and depth; its texts are as they were."""
    if isinstance(given, str):
        return str.__str__(given)
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int):
        return int(given) if abs(given) < 2 ** 53 else str(given)
    if isinstance(given, float):
        return float(given) if math.isfinite(given) else str(given)
    if depth > 5:
        return '[...]'
    if isinstance(given, Mapping):
        return {str(key)[:200]: bounded(item, depth + 1) for key, item in itertools.islice(given.items(), 40)}
    if isinstance(given, (list, tuple, set, frozenset)):
        more = [f'+ {len(given) - LIST_LIMIT} more'] if len(given) > LIST_LIMIT else []
        return [bounded(item, depth + 1) for item in itertools.islice(given, LIST_LIMIT)] + more
    return str(given)


def command_line(words: Iterable[Any]) -> str:
    """As a shell takes it; quoted only where a person would quote, too."""
    return ' '.join(text if re.fullmatch(r'[^\s"\'\\]+', text) else shlex.quote(text) for text in map(str, words))


def details_of(result: Mapping[str, Any], redactor: Redactor) -> Optional[dict[str, Any]]:
    """Whatever else helps to debug, as much of it as fits."""
    details: dict[str, Any] = {}
    room = DETAILS_LIMIT
    for key, given in result.items():
        key = str(key)
        if key in NOT_DETAILS or key.startswith('_ansible') or given in (None, '', [], {}, '(traceback unavailable)'):
            continue
        detail = redactor.value({key: bounded(given)}, lambda text, mask: excerpt(text, TEXT_LIMIT, mask))
        if key == 'cmd' and isinstance(detail.get(key), list):
            detail = {key: command_line(detail[key])}
        for fitting in (detail, cut_texts(detail, 200)):
            length = byte_length(json.dumps(fitting, ensure_ascii=False))
            if length <= room:
                details.update(fitting)
                room -= length
                break
    return details or None


def cut_texts(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        return excerpt(value, limit, str)
    if isinstance(value, dict):
        return {key: cut_texts(item, limit) for key, item in value.items()}
    return [cut_texts(item, limit) for item in value] if isinstance(value, list) else value
