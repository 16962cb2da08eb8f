"""How a task ended on a host, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Mapping, Optional

LOCAL_NAMES = frozenset(('localhost', '127.0.0.1', '::1'))


@dataclass(frozen=True)
class TaskOutcome:
    """What the callback knows of one result of Ansible.

    `written` is the name that the playbook gives the task, nothing where it gives none. `answered` says that the host itself was reached.
    `kind` is "failed", "unreachable" or "ok". `disposition` is "rescued" or "ignored" where the playbook expects the failure.
    `caught_by` is the block whose rescue section catches it, `rescues` the one in whose rescue section the task is. With `hidden`, the
    task sets no_log: then `result` is empty and `task` is the name as it stands in the playbook.
    """

    kind: str
    inventory_host: str
    host: str
    task: Optional[str] = None
    written: Optional[str] = None
    role: Optional[str] = None
    action: Optional[str] = None
    path: Optional[str] = None
    play: Optional[str] = None
    delegated_to: Optional[str] = None
    disposition: str = ''
    caught_by: Optional[str] = None
    rescues: Optional[str] = None
    hidden: bool = False
    handler: bool = False
    answered: bool = False
    item_count: Optional[int] = None
    playbook_directory: str = ''
    result: Mapping[str, Any] = field(default_factory=dict)


def with_machine_name(failure: TaskOutcome, machine: str) -> TaskOutcome:
    """In a fleet that pulls, each host is called localhost: it gets the name of its machine."""
    names = (failure.inventory_host, failure.host, failure.delegated_to)
    inventory_host, host, delegate = (machine if name in LOCAL_NAMES else name for name in names)
    return replace(failure, inventory_host=inventory_host, host=host, delegated_to=delegate if delegate != host else None)
