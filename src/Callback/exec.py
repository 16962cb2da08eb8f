"""Runs a command, and reports that it failed if nothing else did."""

from __future__ import annotations

import json
import os
import re
import uuid
from typing import Any, Callable, Mapping, Optional

from .clock import utc_now
from .details import command_line
from .dispatch import Dispatch
from .event import event_of
from .execution import TIMED_OUT, Ended, Execution
from .files import remove_file
from .message import last_lines, message_of
from .open_failures import OpenFailures, open_failure_of
from .options import Settings
from .own_secrets import redactor_of
from .recovery import recovered_event
from .run import new_run
from .run_marker import RUN_MARKER_VARIABLE, RunMarker
from .task_outcome import TaskOutcome
from .text import Masking, readable


def execute(settings: Settings, command: list[str], timeout: Optional[float], warn: Callable[[str], None]) -> int:
    """The command's exit code, negative for a signal that ended it."""
    dispatch = Dispatch(settings)
    run = new_run(settings, mode='pull' if os.path.basename(command[0]) == 'ansible-pull' else 'push')
    redactor = redactor_of(settings, warn)
    # Its whole command line tells one job of a machine from another.
    job = command_line(redactor.value(list(command)))
    open_failures = OpenFailures(settings.spool, f'exec {job}')
    marker = os.path.join(os.path.abspath(settings.spool), f'run-marker-{run.id}')
    execution = Execution(command, timeout, redactor)
    ended = execution.run({**os.environ, RUN_MARKER_VARIABLE: marker})
    # A playbook that failed and was ended for being slow has not reported the latter.
    is_reported = RunMarker(marker).is_complete() and ended.code != TIMED_OUT
    remove_file(marker)
    try:
        if ended.code and not is_reported and not execution.interrupted:
            failure = failed_command(job, command, ended, run.source, redactor.text)
            event = event_of(failure, str(uuid.uuid4()), utc_now(), redactor)
            dispatch.put(run, event)
            open_failures.add(open_failure_of(failure, event, open_failures.playbook, ''))
        elif not ended.code and open_failures.known:
            for failure in open_failures.known:
                dispatch.put(run, recovered_event(failure, str(uuid.uuid4()), utc_now()))
            open_failures.remove(open_failures.known)
        for warning in dispatch.finish():
            warn(warning)
    except OSError as error:
        warn(f'a report could not be written: {error}')
    return ended.code


def failed_command(job: str, command: list[str], ended: Ended, machine: str, mask: Masking) -> TaskOutcome:
    why = ended.why or f'it ended with exit code {ended.code}'
    return TaskOutcome(
        kind='failed', host=machine, inventory_host=machine, task=job,
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
