"""Failures that were reported and are not over yet: what a later run may report as recovered."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional

from .files import file_size, remove_file
from .task_outcome import TaskKey, TaskOutcome
from .text import KIB

IDENTITY = ('host', 'play', 'task', 'role', 'action', 'path', 'message')
OPEN_FAILURES_LIMIT = 4 * KIB * KIB


@dataclass(frozen=True)
class OpenFailure:
    """`scope` is the part of the playbook that the run was about: a run of another part, or a dry one, proves nothing."""

    playbook: str
    scope: str
    inventory_host: str
    kind: str
    identity: Mapping[str, Any]

    @property
    def line(self) -> str:
        return json.dumps(vars(self), sort_keys=True, ensure_ascii=False)

    @property
    def task_key(self) -> TaskKey:
        return TaskKey(self.inventory_host, *(self.identity.get(name) for name in ('role', 'task', 'action')))


def open_failure_of(failure: TaskOutcome, event: Mapping[str, Any], playbook: str, scope: str) -> OpenFailure:
    identity = {name: event[name] for name in IDENTITY}
    # The relay tells incidents apart by less than this.
    identity['message'] = (event['message'] or '')[:2 * KIB] or None
    return OpenFailure(playbook, scope, failure.inventory_host, failure.kind, identity)


class OpenFailures:
    """Those of one playbook, in a file beside the spool; without a failure, nothing is read or written."""

    def __init__(self, directory: str, playbook: str) -> None:
        self._path = os.path.join(directory, 'failures.jsonl')
        self.playbook = playbook
        self.known = [failure for failure in self._read() if failure.playbook == playbook]
        self._lines = {failure.line for failure in self.known}

    def add(self, failure: OpenFailure) -> None:
        if failure.line not in self._lines and file_size(self._path) <= OPEN_FAILURES_LIMIT:
            self._lines.add(failure.line)
            append(self._path, [failure])

    def remove(self, over: Iterable[OpenFailure]) -> None:
        """What another run adds while the file is read gets lost, and grows stale at the relay."""
        lines = {failure.line for failure in over}
        rest = [failure for failure in self._read() if failure.line not in lines]
        temporary = f'{self._path}.{os.getpid()}'
        remove_file(temporary)
        if rest:
            append(temporary, rest)
            os.replace(temporary, self._path)
        else:
            remove_file(self._path)

    def _read(self) -> list[OpenFailure]:
        try:
            with open(self._path, 'rb') as file:
                return [failure for failure in map(parse_open_failure, file) if failure]
        except OSError:
            return []


def parse_open_failure(line: bytes) -> Optional[OpenFailure]:
    with contextlib.suppress(ValueError, TypeError):
        failure = OpenFailure(**json.loads(line))
        return failure if isinstance(failure.identity, dict) else None
    return None


def append(path: str, failures: Iterable[OpenFailure]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, 'ab') as file:
        file.write(''.join(failure.line + '\n' for failure in failures).encode(errors='replace'))
