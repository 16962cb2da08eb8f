"""A failure as the report's contract spells it."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional

from .cause import CAUSE_LIMIT
from .details import TEXT_LIMIT, details_of
from .event_cause import event_cause, raw_cause
from .message import NO_MORE_THAN_FAILED, STREAM_LIMIT, as_text, is_hidden, item_message, item_name, items_of, message_of
from .paths import without_project
from .redaction import Redactor
from .task_outcome import TaskOutcome
from .text import KIB, Masking, excerpt, one_line

MESSAGE_LIMIT = 4 * KIB
ITEMS_LIMIT = 50


def event_of(failure: TaskOutcome, event_id: str, at: str, redactor: Redactor, hosts: Iterable[str] = ()) -> dict[str, Any]:
    """`hosts` are the names that are known: they tell no cause from another."""
    mask = redactor.text
    raw = raw_cause(failure)
    cause = event_cause(failure, raw, hosts, mask)
    result = {} if failure.hidden else failure.result
    message = 'The task sets no_log, so its result is not shown.' if failure.hidden else message_of(result, mask) or ''
    message = without_project(message, failure.playbook_directory)
    return {
        'id': event_id,
        'kind': failure.kind,
        'at': at,
        'host': one_line(failure.host, 255, mask) or '(a host without a name)',
        'delegatedTo': one_line(failure.delegated_to, 255, mask),
        **task_identity(failure, mask),
        'handler': failure.handler or None,
        'attempts': bounded_integer(failure.result.get('attempts'), 1),
        'cause': cause.line[:CAUSE_LIMIT] if cause else None,
        'causeKey': cause.key if cause else None,
        'message': excerpt(message, MESSAGE_LIMIT, mask, raw) or None,
        'returnCode': bounded_integer(result.get('rc'), -2 ** 31),
        'stdout': stream_of(result, 'stdout', mask, raw),
        'stderr': stream_of(result, 'stderr', mask, raw),
        'items': failed_items(result, mask),
        'itemCount': failure.item_count,
        'details': {**(details_of(result, redactor) or {}), **({failure.disposition: True} if failure.disposition else {})} or None,
    }


def task_identity(outcome: TaskOutcome, mask: Masking) -> dict[str, Optional[str]]:
    """Which task it is: what the relay tells incidents apart by, and a later run knows the task again by."""
    return {
        'play': one_line(outcome.play, 500, mask),
        'task': one_line(outcome.task, 500, mask),
        'writtenTask': one_line(outcome.written, 500, mask),
        'role': one_line(outcome.role, 255, mask),
        'action': one_line(outcome.action, 255, mask),
        'path': one_line(outcome.path, 500, mask),
    }


def failed_items(result: Mapping[str, Any], mask: Masking) -> Optional[list[dict[str, Any]]]:
    failed = items_of(result)
    if not failed:
        return None
    items = []
    for item in failed[:ITEMS_LIMIT]:
        hidden = is_hidden(item)
        items.append({
            'item': '(hidden by no_log)' if hidden else one_line(item_name(item), 200, mask) or '(an item without a name)',
            'message': None if hidden else excerpt(item_message(item, mask) or '', TEXT_LIMIT // 2, mask) or None,
        })
    if len(failed) > ITEMS_LIMIT:
        items.append({'item': f'+ {len(failed) - ITEMS_LIMIT} more', 'message': None})
    return items


def bounded_integer(value: Any, least: int) -> Optional[int]:
    """One that the contract takes; modules give return codes as text and as booleans, too."""
    try:
        return int(value) if not isinstance(value, bool) and least <= int(value) < 2 ** 31 else None
    except (TypeError, ValueError, OverflowError):
        return None


def stream_of(result: Mapping[str, Any], name: str, mask: Masking, around: Optional[str]) -> Optional[str]:
    return excerpt(as_text(result.get(name) or result.get(f'module_{name}')), STREAM_LIMIT, mask, around) or None


def with_causes(event: dict[str, Any], causes: Iterable[TaskOutcome], host: str, mask: Masking) -> dict[str, Any]:
    """The event of a failed rescue section with what that was to rescue, a line each, from the nearest to where the trouble began."""
    lines = ''
    for cause in causes:
        where = '' if cause.inventory_host == host else f' on {one_line(cause.inventory_host, 255, str)}'
        why = event_cause(cause, raw_cause(cause), (), mask)
        code = f' (rc {cause.result.get("rc")})' if NO_MORE_THAN_FAILED.match(as_text(cause.result.get('msg'))) else ''
        message = 'its task sets no_log' if cause.hidden else why.line + code if why else 'no message'
        lines += f'\nThis was to rescue {one_line(cause.task, 500, mask)!r}{where}, which failed: {message}'
    return {**event, 'message': excerpt((event['message'] or 'failed') + lines, MESSAGE_LIMIT, str)} if lines else event
