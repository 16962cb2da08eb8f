"""Hosts that Ansible ends without a result: before 2.19, a role that include_role does not find does that, and leaves them out of the recap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable, Iterator

from .ansible_play import removed_hosts_of, rendered
from .task_outcome import TaskOutcome


class SilentEnds:
    """The include is said to be well, and then nothing of the host any more, which Ansible has taken out of the play."""

    def __init__(self) -> None:
        self._play: Any = None
        self._including: dict[str, tuple[TaskOutcome, Any]] = {}

    def begin(self, play: Any) -> None:
        self._play = play
        self._including = {}

    def well(self, result: Any, read: Callable[[], TaskOutcome]) -> None:
        """`read` is called for includes alone: all other tasks cost nothing."""
        task = getattr(result, 'task', None) or getattr(result, '_task', None)
        if str(getattr(task, 'action', '')).rpartition('.')[2] == 'include_role':
            include = read()
            self._including[include.inventory_host] = include, task

    def heard_of(self, host: str) -> None:
        if self._including:
            self._including.pop(host, None)

    def take(self) -> Iterator[TaskOutcome]:
        """The includes that the play's hosts ended with, as failures."""
        removed = set(removed_hosts_of(self._play)) if self._including else ()
        ended, self._including = [self._including[host] for host in self._including if host in removed], {}
        for include, task in ended:
            yield self._failed(include, task)

    def _failed(self, include: TaskOutcome, task: Any) -> TaskOutcome:
        arguments = include.result.get('include_args')
        name = arguments.get('name', arguments.get('role')) if isinstance(arguments, dict) else None
        role = f'the role {rendered(self._play, include.inventory_host, task, str(name))!r}' if name else 'the role'
        message = f'{role} was not found or could not be loaded: Ansible ended the host here without a result'
        return replace(include, kind='failed', answered=False, result={'msg': message})
