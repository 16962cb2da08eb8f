"""Which task of which host it was, as far as another run can know it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping, Optional


@dataclass(frozen=True)
class TaskKey:
    """The task as the playbook writes it: a name that holds a version is one task, and so is one that an edit has moved to another line."""

    inventory_host: str
    role: Optional[str]
    file: Optional[str]
    name: Optional[str]
    action: Optional[str]


def task_key_of(inventory_host: str, identity: Mapping[str, Any]) -> TaskKey:
    """`identity` is an event's. Of a task without a name, the line is what there is to know it by."""
    path, name = identity.get('path'), identity.get('writtenTask')
    return TaskKey(
        inventory_host, identity.get('role'), path.rpartition(':')[0] if path and name else None, name or path, identity.get('action'),
    )
