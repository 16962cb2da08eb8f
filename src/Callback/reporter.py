"""What one process of Ansible reports."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from .clock import utc_now
from .dispatch import Dispatch
from .event import event_of, with_causes
from .open_failures import open_failure_of
from .options import Settings
from .own_secrets import redactor_of
from .playbook_run import PlaybookRun
from .recap import Recap, unreported
from .recovery import is_over, recovered_event
from .result import read_result, with_items
from .run_marker import RUN_MARKER_VARIABLE, RunMarker
from .task_outcome import TaskKey, TaskOutcome, with_machine_name
from .text import one_line


class Reporter:
    def __init__(self, settings: Settings, warn: Callable[[str], None]) -> None:
        self._settings = settings
        self._warn = warn
        self._redactor = redactor_of(settings, warn)
        self._dispatch = Dispatch(settings)
        self._marker = RunMarker(os.environ.get(RUN_MARKER_VARIABLE))
        self._playbook: Optional[PlaybookRun] = None
        self._play: Optional[str] = None
        # What was reported so far, to be compared with the recap, and what a rescue section is expected to catch.
        self._reported: Counter[tuple[str, str]] = Counter()
        self._held_back: dict[str, list[TaskOutcome]] = {}
        self._failed_items: dict[tuple[str, Optional[str]], list[Mapping[str, Any]]] = {}
        self._went_well: set[TaskKey] = set()

    def start(self, playbook: Any = None) -> PlaybookRun:
        """What earlier runs left in the spool is sent whatever comes of this one."""
        spool = self._dispatch.spool
        self._playbook = PlaybookRun(playbook, self._settings)
        self._went_well.clear()
        self._marker.playbook_starts()
        if os.path.lexists(spool.rejected):
            self._warn(f'the relay could not take some reports; they are in {spool.rejected} until you remove it')
        if spool.segments():
            if error := spool.status.last_error():
                self._warn(f'reports of earlier runs wait in {spool.root}: {error["what"]} (at {error["at"]})')
            self._dispatch.send_what_waits()
        return self._playbook

    @property
    def _current(self) -> PlaybookRun:
        # Commands without a playbook do not say that they start.
        return self._playbook or self.start()

    def play(self, play: Any) -> None:
        self._play = play.get_name()

    def _read(self, kind: str, result: Any, ignored: bool = False) -> TaskOutcome:
        return read_result(kind, result, ignored, self._play, self._current.directory)

    def failed(self, kind: str, result: Any, ignored: bool = False) -> None:
        failure = self._read(kind, result, ignored)
        failure = with_items(failure, self._failed_items.pop((failure.inventory_host, failure.path), []))
        if not failure.disposition:
            self._reported[kind, failure.inventory_host] += 1
        if self._settings.reports(failure.disposition):
            self._report(failure, self._causes_of(failure))
        elif failure.disposition == 'rescued':
            # In memory, and few of them: a rescue that does not come is seen in the recap.
            self._held_back[failure.inventory_host] = [*self._held_back.get(failure.inventory_host, [])[-4:], failure]

    def _causes_of(self, failure: TaskOutcome) -> Iterator[TaskOutcome]:
        """Where a rescue section fails, what it was to rescue: that was not reported, and is where the trouble began."""
        candidates = {cause.caught_by: cause for cause in self._held_back.get(failure.inventory_host, [])}
        while cause := candidates.pop(failure.rescues, None):
            yield cause
            failure = cause

    def item_failed(self, result: Any) -> None:
        """Kept until the loop has ended: from 2.21 on, its result does not say which of its items failed."""
        failure = self._read('failed', result)
        self._failed_items.setdefault((failure.inventory_host, failure.path), []).append(failure.result)

    def went_well(self, result: Any) -> None:
        """Of interest only where something failed before."""
        if self._current.open_failures.known:
            done = self._read('ok', result)
            self._went_well.add(TaskKey(
                done.inventory_host, *(one_line(name, 500, self._redactor.text) for name in (done.role, done.task, done.action)),
            ))

    def _report(self, failure: TaskOutcome, causes: Iterable[TaskOutcome] = ()) -> None:
        run, open_failures = self._current.run, self._current.open_failures
        event = event_of(with_machine_name(failure, run.source), str(uuid.uuid4()), utc_now(), self._redactor)
        event = with_causes(event, causes, failure.host, self._redactor.text)
        self._dispatch.put(run, event)
        if not failure.disposition:
            self._marker.failure_reported()
            open_failures.add(open_failure_of(failure, event, open_failures.playbook, self._current.scope))

    def finish(self, stats: Any) -> None:
        """After each playbook of the command line; the recap counts all of them so far."""
        recap = Recap({host: stats.summarize(host) for host in stats.processed})
        for failure in unreported(recap, self._reported, self._held_back):
            self._report(failure)
        self._reported, self._held_back = recap.counted(), {}
        self._report_recovered(recap)
        for warning in self._dispatch.finish():
            self._warn(warning)
        self._marker.playbook_ends()

    def _report_recovered(self, recap: Recap) -> None:
        current = self._current
        over = [failure for failure in current.open_failures.known if is_over(failure, current.scope, recap, self._went_well)]
        for failure in over:
            self._dispatch.put(current.run, recovered_event(failure, str(uuid.uuid4()), utc_now()))
        if over:
            current.open_failures.remove(over)
