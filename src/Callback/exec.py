"""Runs a command, and reports that it failed if nothing else did."""

from __future__ import annotations

import contextlib
import json
import os
import re
import time
import uuid
from typing import Any, Callable, Mapping, Optional

from .cause import cause_from, cause_of
from .circumstances import circumstances_of
from .clock import utc_now
from .details import command_line
from .dispatch import Dispatch
from .event import event_of
from .execution import TIMED_OUT, Ended, Execution
from .files import remove_file
from .message import last_lines, message_of
from .open_failures import IDENTITY, OpenFailure, OpenFailures
from .options import Settings
from .own_secrets import redactor_of
from .plugin import line_number
from .recovery import recovered_event
from .run import new_run
from .run_marker import RUN_MARKER_VARIABLE, RunMarker
from .spool import MARKER_PREFIX
from .task_outcome import TaskOutcome
from .text import Masking, readable


class CommandReport:
    """What is reported of a command: prepared before it runs, and never its problem."""

    def __init__(self, settings: Settings, command: list[str], warn: Callable[[str], None]) -> None:
        self.redactor = redactor_of(settings, warn)
        self._command = command
        self._channel = settings.channel
        self._dispatch = Dispatch(settings, warn, warn)
        self._run = new_run(settings, mode='pull' if os.path.basename(command[0]) == 'ansible-pull' else 'push')
        # Its whole command line tells one job of a machine from another.
        self._job = command_line(self.redactor.value(list(command)))
        self._open_failures = OpenFailures(self._dispatch.directory)
        self._circumstances = circumstances_of(self._run, '', self._job)
        self.marker = os.path.join(self._dispatch.directory, f'{MARKER_PREFIX}{self._run.id}')

    def is_made_by_callback(self, ended: Ended) -> bool:
        complete = RunMarker(self.marker).is_complete()
        remove_file(self.marker)
        # A playbook that failed and was ended for being slow has not reported the latter.
        return complete and ended.code != TIMED_OUT

    def finish(self, ended: Ended, interrupted: bool) -> None:
        is_made = self.is_made_by_callback(ended)
        over = self._open_failures.of(self._circumstances) if not ended.code else []
        if ended.code and not is_made and not interrupted:
            failure = failed_command(self._job, self._command, ended, self._run.source, self.redactor.text)
            event = event_of(failure, str(uuid.uuid4()), utc_now(), self.redactor, (self._run.source,))
            event.update(self._cause_of(ended))
            self._dispatch.put(self._run, event, self._channel)
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                self._remember(event)
        for failure in over:
            self._dispatch.put(self._run, recovered_event(failure, str(uuid.uuid4()), utc_now()), failure.channel)
        with contextlib.suppress(OSError):
            self._open_failures.settle(over)
        self._dispatch.finish()

    def _cause_of(self, ended: Ended) -> dict[str, str]:
        """Why it was ended, if we did it; else what it printed: a result of Ansible, or any output."""
        name = os.path.basename(self._command[0])
        printed = printed_result(readable(ended.stderr)) or printed_result(readable(ended.stdout))
        plain = {'stderr': ended.stderr, 'stdout': ended.stdout, 'rc': ended.code, 'cmd': self._command}
        hosts, mask = (self._run.source,), self.redactor.text
        cause = cause_from(f'{name}: {ended.why}', hosts, mask) if ended.why else cause_of(printed or plain, hosts, mask)
        return {'cause': cause.line, 'causeKey': cause.key} if cause else {}

    def _remember(self, event: Mapping[str, Any]) -> None:
        identity = {name: event[name] for name in IDENTITY}
        self._open_failures.add(OpenFailure(
            self._circumstances, self._channel, 'failed', self._run.source, identity, (event['id'],), time.time(),
        ))


def execute(prepare: Callable[[], CommandReport], command: list[str], timeout: Optional[float], warn: Callable[[str], None]) -> int:
    """The command's exit code, negative for a signal that ended it. It is run whatever is wrong around it."""
    report = attempt(prepare, warn)
    execution = Execution(command, timeout, report.redactor if report else Redactor())
    marker = {RUN_MARKER_VARIABLE: report.marker} if report else {}
    ended = execution.run({**os.environ, **marker})
    if report:
        attempt(lambda: report.finish(ended, execution.interrupted), warn)
    return ended.code


def attempt(step: Callable[[], Any], warn: Callable[[str], None]) -> Any:
    """What it returns, or nothing and a warning."""
    try:
        return step()
    except Exception as error:  # pylint: disable=broad-except
        # What is said of the options is ours, and of files the system's; any other text could quote what must stay here.
        what = error if type(error) is ValueError or isinstance(error, OSError) else f'{type(error).__name__} in line {line_number(error)}'
        warn(f'{what}, so nothing is reported')
    return None


def failed_command(job: str, command: list[str], ended: Ended, machine: str, mask: Masking) -> TaskOutcome:
    why = ended.why or f'it ended with exit code {ended.code}'
    return TaskOutcome(
        kind='failed', host=machine, inventory_host=machine, task=job, written=job,
        result={
            'msg': '\n'.join(filter(None, (f'{os.path.basename(command[0])}: {why}', error_lines(ended, mask)))),
            # A signal as a shell says it.
            'rc': ended.code if ended.code >= 0 else 128 - ended.code,
            'stdout': ended.stdout, 'stderr': ended.stderr, 'cmd': list(command),
        },
    )


def error_lines(ended: Ended, mask: Masking) -> str:
    """The message of the result that ended it, else Ansible's last error, which no rescue has caught, else the last lines."""
    texts = [readable(text) for text in (ended.stderr, ended.stdout)]
    for text in texts:
        if message := message_of(printed_result(text), mask):
            return message
        if errors := [*re.finditer(r'(?m)^(?:ERROR!|\[ERROR\]|fatal:)', text)]:
            return '\n'.join([line for line in text[errors[-1].start():].splitlines() if line.strip()][:5])
    return next(filter(None, (last_lines(text, mask) for text in texts)), '')


def printed_result(output: str) -> Mapping[str, Any]:
    """The first failed result that Ansible printed, such as that of the checkout which ansible-pull begins with."""
    result = re.search(r'(?m)^\S+ \| (?:FAILED|UNREACHABLE)! => (?=\{)', output)
    try:
        return json.JSONDecoder().raw_decode(output, result.end())[0] if result else {}
    except ValueError:
        return {}  # Its beginning is there, but not its end.
