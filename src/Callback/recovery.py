"""When a failure is over, and how that is reported."""

from __future__ import annotations

from typing import Any, Container

from .open_failures import OpenFailure
from .recap import Recap
from .task_outcome import TaskKey


def recovered_event(failure: OpenFailure, event_id: str, at: str) -> dict[str, Any]:
    return {'id': event_id, 'kind': 'recovered', 'of': failure.kind, 'at': at, **failure.identity}


def is_over(failure: OpenFailure, scope: str, recap: Recap, went_well: Container[TaskKey]) -> bool:
    """Whether this run has shown that what failed then works now.

    Where the run may have ended before it came to the task, the task itself must have gone well; of a host that was unreachable, any.
    """
    host = failure.inventory_host
    if scope not in ('', failure.scope) or host not in recap.hosts or recap.failed(host):
        return False
    if failure.kind == 'unreachable' and failure.identity.get('host') == host:
        return recap.reached(host)
    return recap.went_through or failure.task_key in went_well
