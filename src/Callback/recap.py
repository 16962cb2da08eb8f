"""What Ansible counted by the end of a playbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Iterator, Mapping

from .task_outcome import TaskOutcome


@dataclass(frozen=True)
class Recap:
    """The counts of each host."""

    hosts: Mapping[str, Mapping[str, int]]

    def failed(self, host: str) -> bool:
        return bool(self.hosts[host]['failures'] or self.hosts[host]['unreachable'])

    def reached(self, host: str) -> bool:
        return any(self.hosts[host].get(name) for name in ('ok', 'failures', 'rescued', 'ignored'))

    @property
    def went_through(self) -> bool:
        """Whether nothing can have ended the run early; a rescue may have, for other hosts than its own."""
        return not any(self.failed(host) or self.hosts[host].get('rescued') for host in self.hosts)

    def counted(self) -> Counter[tuple[str, str]]:
        pairs = (('failed', 'failures'), ('unreachable', 'unreachable'))
        return Counter({(kind, host): counts[name] for host, counts in self.hosts.items() for kind, name in pairs})


def unreported(
    recap: Recap, reported: Mapping[tuple[str, str], int], held_back: Mapping[str, list[TaskOutcome]],
) -> Iterator[TaskOutcome]:
    """Failures that Ansible counted and that were not reported: those that looked rescued first, and then a plain one rather than none."""
    for (kind, host), counted in recap.counted().items():
        missing = counted - reported.get((kind, host), 0)
        candidates = held_back.get(host, [])[-missing:] if kind == 'failed' and missing > 0 else []
        yield from (replace(failure, disposition='') for failure in candidates)
        if missing > len(candidates):
            yield TaskOutcome(kind, host, host, result={'msg': 'Ansible counts a failure of this host that no task reported.'})
