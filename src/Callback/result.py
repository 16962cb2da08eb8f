"""Reads the results that Ansible gives to a hook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterator, Mapping, Optional

from .message import items_of
from .paths import task_path
from .task_outcome import TaskOutcome

# What runs on the controller alone, whatever host it is for.
CONTROLLER_ACTIONS = frozenset((
    'add_host', 'assert', 'debug', 'fail', 'group_by', 'import_playbook', 'import_role', 'import_tasks', 'include', 'include_role', 'include_tasks',
    'include_vars', 'meta', 'pause', 'set_fact', 'set_stats', 'validate_argument_spec',
))


def read_result(kind: str, answer: Any, ignored: bool, play: Optional[str], project: str) -> TaskOutcome:
    """The only function that touches Ansible's result, by its public names where it has them, as from 2.19 on.

    Never read here: the task's arguments, which no_log does not censor.
    """
    host, task, result = (getattr(answer, name if hasattr(answer, name) else f'_{name}') for name in ('host', 'task', 'result'))
    result = result if isinstance(result, Mapping) else {}
    role = getattr(task, '_role', None)
    hidden = task.no_log not in (None, False) or 'censored' in result
    # In a loop whose items each have their delegate, this is still the template.
    delegate = task.delegate_to if task.delegate_to not in (None, '', host.get_name()) and '{{' not in task.delegate_to else None
    blocks = [*blocks_with_rescue(task)]
    # That a host is unreachable no section catches.
    caught_by = next((block for block, section in blocks if section == 'block'), None) if kind == 'failed' else None
    action = getattr(task, 'resolved_action', None) or task.action
    results = result.get('results')
    return TaskOutcome(
        kind=kind,
        inventory_host=host.get_name(),
        # A delegate that cannot be reached is the dead host: nothing is wrong with the one it was to work for.
        host=delegate if delegate and kind == 'unreachable' else host.get_name(),
        delegated_to=delegate if kind != 'unreachable' else None,
        task=(written_name(task) if hidden else task.name) or task.action,
        written=written_name(task),
        role=role.get_name() if role else None,
        action=action,
        path=task_path(task.get_path(), getattr(role, '_role_path', None), project),
        play=play,
        disposition='ignored' if ignored or kind == 'unreachable' and task.ignore_unreachable else 'rescued' if caught_by else '',
        caught_by=caught_by,
        rescues=next((block for block, section in blocks if section == 'rescue'), None),
        hidden=hidden,
        handler=type(task).__name__ == 'Handler',
        answered=is_answer(kind, action, delegate, result),
        item_count=len(results) if isinstance(results, (list, tuple)) and getattr(task, 'loop', None) is not None else None,
        playbook_directory=project,
        result={name: result[name] for name in ('attempts',) if name in result} if hidden else result,
    )


def is_answer(kind: str, action: str, delegate: Optional[str], result: Mapping[str, Any]) -> bool:
    """Whether the host itself was reached; a failure says so only with what a module was called with."""
    if kind == 'unreachable' or delegate or action.rpartition('.')[2] in CONTROLLER_ACTIONS:
        return False
    return kind == 'ok' or 'invocation' in result


def blocks_with_rescue(task: Any) -> Iterator[tuple[str, str]]:
    """The blocks around a task that have a rescue section, from the inside out, each with the section of it that the task is in.

    It is in the block itself unless it is in the other two: what Ansible imported statically is in no section any more, but only the
    tasks of the block itself lose theirs.
    """
    inside = {getattr(task, '_uuid', None)}
    parent = getattr(task, '_parent', None)
    while parent is not None:
        block = getattr(parent, '_uuid', None)
        if getattr(parent, 'rescue', None):
            others = {'rescue': parent.rescue, 'always': parent.always or []}
            held_by = (name for name, tasks in others.items() if any(getattr(child, '_uuid', None) in inside for child in tasks))
            yield block, next(held_by, 'block')
        inside.add(block)
        parent = getattr(parent, '_parent', None)


def written_name(task: Any) -> Optional[str]:
    """As it stands in the playbook: a rendered one can hold what no_log is to hide, and a version. What Ansible adds stands nowhere."""
    written = getattr(task, '_ds', None)
    return (written.get('name') if isinstance(written, Mapping) else task.name) or None


def with_items(failure: TaskOutcome, items: list[Mapping[str, Any]]) -> TaskOutcome:
    """The failed items where the result itself does not tell them from the others."""
    if not items or failure.hidden or items_of(failure.result):
        return failure
    return replace(failure, result={**failure.result, 'results': [{**item, 'failed': True} for item in items]})
