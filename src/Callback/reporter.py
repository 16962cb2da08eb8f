"""What one process of Ansible reports."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections import Counter
from dataclasses import replace
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from .clock import utc_now
from .dispatch import Dispatch
from .event import event_of, task_identity, with_causes
from .open_failures import IDENTITY, OpenFailure
from .options import Settings
from .own_secrets import redactor_of
from .playbook_run import PlaybookRun
from .recap import Recap, unreported
from .recovery import Evidence, recovered_event
from .registered_secrets import mask_registered
from .result import read_result, with_items
from .run_marker import RUN_MARKER_VARIABLE, RunMarker
from .silent_end import SilentEnds
from .task_outcome import TaskOutcome, with_machine_name


class Reporter:
    def __init__(self, settings: Settings, warn: Callable[[str], None], say: Callable[[str], None]) -> None:
        self._warn = warn
        self._redactor = redactor_of(settings, warn, mask_registered)
        self._dispatch = Dispatch(settings, warn, say)
        # What is remembered lies where the reports do.
        self._settings = replace(settings, spool=self._dispatch.directory)
        self._marker = RunMarker(os.environ.get(RUN_MARKER_VARIABLE))
        self._playbook: Optional[PlaybookRun] = None
        self._play: Optional[str] = None
        # What was reported so far, to be compared with the recap, and what a rescue section is expected to catch.
        self._reported: Counter[tuple[str, str]] = Counter()
        self._held_back: dict[str, list[TaskOutcome]] = {}
        self._failed_items: dict[tuple[str, Optional[str]], list[Mapping[str, Any]]] = {}
        self._evidence = Evidence()
        self._silent_ends = SilentEnds()

    def start(self, playbook: Any = None) -> PlaybookRun:
        self._playbook = PlaybookRun(playbook, self._settings, self._redactor.text)
        self._evidence = Evidence()
        self._marker.playbook_starts()
        self._dispatch.send_what_waits()
        return self._playbook

    @property
    def _current(self) -> PlaybookRun:
        # Commands without a playbook do not say that they start.
        return self._playbook or self.start()

    def play(self, play: Any) -> None:
        self._report_silent_ends()
        self._play = play.get_name()
        self._current.begin(play)
        self._silent_ends.begin(play)

    def _read(self, kind: str, result: Any, ignored: bool = False) -> TaskOutcome:
        return read_result(kind, result, ignored, self._play, self._current.project.root)

    def started(self, host: Any) -> None:
        self._silent_ends.heard_of(host.get_name())

    def failed(self, kind: str, result: Any, ignored: bool = False) -> None:
        failure = self._read(kind, result, ignored)
        self._silent_ends.heard_of(failure.inventory_host)
        failure = with_items(failure, self._failed_items.pop((failure.inventory_host, failure.path), []))
        self._note(failure)
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
        self._silent_ends.well(result, lambda: self._read('ok', result))
        # Of interest only where something failed before.
        if self._current.known:
            self._note(self._read('ok', result))

    def _note(self, outcome: TaskOutcome) -> None:
        if self._current.known:
            named = with_machine_name(outcome, self._current.run.source)
            self._evidence.add(named, task_identity(named, self._redactor.text))

    def _report(self, failure: TaskOutcome, causes: Iterable[TaskOutcome] = ()) -> None:
        current = self._current
        named = with_machine_name(failure, current.run.source)
        event = event_of(named, str(uuid.uuid4()), utc_now(), self._redactor, current.host_names)
        event = with_causes(event, causes, named.host, self._redactor.text)
        self._dispatch.put(current.run_of_play, event, self._settings.channel)
        if not failure.disposition:
            self._marker.failure_reported()
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                self._remember(named, event)

    def _remember(self, failure: TaskOutcome, event: Mapping[str, Any]) -> None:
        if circumstances := self._current.circumstances:
            identity = {name: event[name] for name in IDENTITY}
            self._current.open_failures.add(OpenFailure(
                circumstances, self._settings.channel, failure.kind, failure.inventory_host, identity, (event['id'],), time.time(),
            ))

    def _report_silent_ends(self) -> None:
        for failure in self._silent_ends.take():
            self._note(failure)
            self._report(failure)

    def finish(self, stats: Any) -> None:
        """After each playbook of the command line; the recap counts all of them so far."""
        self._report_silent_ends()
        recap = Recap({host: stats.summarize(host) for host in stats.processed})
        for failure in unreported(recap, self._reported, self._held_back):
            self._note(failure)
            self._report(failure)
        self._reported, self._held_back = recap.counted(), {}
        self._report_recovered()
        self._dispatch.finish()
        self._marker.playbook_ends()

    def _report_recovered(self) -> None:
        current = self._current
        over = [failure for failure in current.known if self._evidence.ends(failure)]
        for failure in over:
            self._dispatch.put(current.run_of_play, recovered_event(failure, str(uuid.uuid4()), utc_now()), failure.channel)
        dropped = 0
        with contextlib.suppress(OSError):
            dropped = current.open_failures.settle(over)
        if dropped:
            self._warn(f'more failures are open than can be remembered: of {dropped}, the oldest, nothing will be said to be fixed')
