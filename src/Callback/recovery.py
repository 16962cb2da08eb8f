"""When a failure is over, and how that is reported."""

from __future__ import annotations

from typing import Any

from .open_failures import OpenFailure
from .task_key import TaskKey, task_key_of
from .task_outcome import TaskOutcome


def recovered_event(failure: OpenFailure, event_id: str, at: str) -> dict[str, Any]:
    return {'id': event_id, 'kind': 'recovered', 'of': failure.kind, 'at': at, **failure.identity, 'recovers': list(failure.ids)}


class Evidence:
    """What a run has shown to work. What it did not come to, skipped, or saw fail a second time, it has not."""

    def __init__(self) -> None:
        self._went_well: set[TaskKey] = set()
        self._failed: set[TaskKey] = set()
        self._answered: set[str] = set()
        self._unreachable: set[str] = set()

    def add(self, outcome: TaskOutcome, identity: dict[str, Any]) -> None:
        """`identity` is what an event says of the task."""
        if outcome.kind == 'unreachable':
            self._unreachable.add(outcome.inventory_host)
        else:
            (self._went_well if outcome.kind == 'ok' else self._failed).add(task_key_of(outcome.inventory_host, identity))
        if outcome.answered:
            self._answered.add(outcome.inventory_host)

    def ends(self, failure: OpenFailure) -> bool:
        """A host that was unreachable is reached again when it answers any task; all else must have been seen to work itself."""
        host = failure.inventory_host
        if failure.kind == 'unreachable' and failure.identity.get('host') == host:
            return host in self._answered - self._unreachable
        key = failure.task_key
        return key in self._went_well and key not in self._failed and not (failure.kind == 'unreachable' and host in self._unreachable)
