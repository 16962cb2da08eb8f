"""Failures that were reported and are not over yet: what a later run may report as recovered."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Collection, Iterable, Iterator, Mapping, Optional

from .files import file_size
from .task_key import TaskKey, task_key_of
from .text import KIB
from .trusted_file import read_trusted_file

IDENTITY = ('host', 'play', 'task', 'writtenTask', 'role', 'action', 'path')
OPEN_FAILURES_LIMIT = 4 * KIB * KIB
REMEMBERED_SECONDS = 30 * 86400.0
IDS_LIMIT = 64
LOCK_SECONDS = 0.5


@dataclass(frozen=True)
class OpenFailure:
    """One task that fails on one host in one kind of run: `circumstances` is what a run must have in common to say that it is over.

    `ids` are those of its events since it was last well, the newest last; `at` is when it last failed.
    """

    circumstances: str
    channel: Optional[str]
    kind: str
    inventory_host: str
    identity: Mapping[str, Any]
    ids: tuple[str, ...]
    at: float

    @property
    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode(errors='replace') + b'\n'

    @property
    def task_key(self) -> TaskKey:
        return task_key_of(self.inventory_host, self.identity)

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.circumstances, self.channel, self.kind, self.identity.get('host'), self.task_key)


class OpenFailures:
    """A file beside the spool, with a line for each; without a failure, nothing is read or written.

    During a run lines are only added. At its end those of one failure become one, under a lock, and only what this run knew of is
    taken out: what another run adds at the same time stays.
    """

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._path = os.path.join(directory, 'failures.jsonl')
        self._known = self._read()
        self._is_added_to = False

    def __bool__(self) -> bool:
        """Whether anything was open when this run began."""
        return bool(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def of(self, circumstances: Optional[str]) -> list[OpenFailure]:
        return [failure for failure in self._known.values() if failure.circumstances == circumstances]

    def oldest(self) -> float:
        return min(failure.at for failure in self._known.values())

    def add(self, failure: OpenFailure) -> None:
        # One run never writes more than the file may hold.
        if file_size(self._path) > 2 * OPEN_FAILURES_LIMIT:
            return
        self._is_added_to = True
        with self._locked(), open_private(self._path, os.O_APPEND) as file:
            file.write(failure.line)

    def settle(self, over: Collection[OpenFailure]) -> int:
        """At the end of a run: takes out what is over or was not heard of for a month; how many had to go for room."""
        now = time.time()
        if not (over or self._is_added_to or any(is_forgotten(failure, now) for failure in self._known.values())):
            return 0
        self._is_added_to = False
        ended = {failure.key: frozenset(failure.ids) for failure in over}
        with self._locked() as is_locked:
            # Without the lock the lines stay as they are: a recovery that is reported again does nothing.
            if not is_locked:
                return 0
            left = [without_ids(failure, ended.get(key, frozenset())) for key, failure in self._read().items()]
            left = sorted((failure for failure in left if failure.ids and not is_forgotten(failure, now)), key=lambda failure: failure.at)
            kept = newest_within(left, OPEN_FAILURES_LIMIT)
            self._write(kept)
        self._known = {failure.key: failure for failure in kept}
        return len(left) - len(kept)

    def _write(self, failures: Iterable[OpenFailure]) -> None:
        if not failures:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._path)
            return
        temporary = f'{self._path}.new'
        with open_private(temporary, os.O_TRUNC) as file:
            file.writelines(failure.line for failure in failures)
        os.replace(temporary, self._path)

    def _read(self) -> dict[tuple[Any, ...], OpenFailure]:
        try:
            lines = read_trusted_file(self._path, 3 * OPEN_FAILURES_LIMIT).splitlines()
        except OSError:
            return {}
        known: dict[tuple[Any, ...], OpenFailure] = {}
        for failure in filter(None, map(parse_open_failure, lines)):
            known[failure.key] = joined_with(known.get(failure.key), failure)
        return known

    @contextlib.contextmanager
    def _locked(self) -> Iterator[bool]:
        """The lock is the directory's, so that no file is left; a process that was stopped while it had it is not waited for."""
        descriptor = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield try_lock(descriptor, LOCK_SECONDS)
        finally:
            os.close(descriptor)


def try_lock(descriptor: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)


def open_private(path: str, how: int) -> Any:
    # Without O_NONBLOCK, the opening of a pipe waits for whoever reads it.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | how, 0o600), 'wb')


def joined_with(earlier: Optional[OpenFailure], failure: OpenFailure) -> OpenFailure:
    return replace(failure, ids=tuple(dict.fromkeys((*(earlier.ids if earlier else ()), *failure.ids)))[-IDS_LIMIT:])


def without_ids(failure: OpenFailure, ids: frozenset[str]) -> OpenFailure:
    return replace(failure, ids=tuple(event_id for event_id in failure.ids if event_id not in ids))


def is_forgotten(failure: OpenFailure, now: float) -> bool:
    return now - failure.at > REMEMBERED_SECONDS


def newest_within(failures: list[OpenFailure], limit: int) -> list[OpenFailure]:
    """Of failures by age, the newest that fit."""
    room = limit
    for index in range(len(failures) - 1, -1, -1):
        room -= len(failures[index].line)
        if room < 0:
            return failures[index + 1:]
    return failures


def parse_open_failure(line: bytes) -> Optional[OpenFailure]:
    """Nothing where it is no line of ours, or one of an older callback."""
    with contextlib.suppress(ValueError, TypeError):
        failure = OpenFailure(**json.loads(line))
        if isinstance(failure.identity, dict) and isinstance(failure.ids, list) and isinstance(failure.at, (int, float)):
            return replace(failure, ids=tuple(map(str, failure.ids)))
    return None
