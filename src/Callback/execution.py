"""Runs a command as if nothing were between it and its caller."""

from __future__ import annotations

import functools
import math
import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from .redaction import Redactor
from .text import KIB, MARGIN, last_part

# As timeout(1) has it.
TIMED_OUT = 124


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, negative for a signal that it got, what else there is to say, and the last it wrote."""

    code: int
    why: str = ''
    stdout: str = ''
    stderr: str = ''


class Execution:
    """Runs a command with its output as it is, keeping the end of it, and passes signals on."""

    PASSED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
    KEPT = 32 * KIB
    GRACE = 10.0

    def __init__(self, command: list[str], timeout: Optional[float], redactor: Redactor) -> None:
        self._command = command
        self._redactor = redactor
        self._timeout = timeout
        self._tails = {1: b'', 2: b''}
        self.interrupted = False

    def run(self, environment: Mapping[str, str]) -> Ended:
        # A terminal's output is left to it: a pipe would take the colours away, and the person saw it anyway.
        kept = {descriptor: None if os.isatty(descriptor) else subprocess.PIPE for descriptor in (1, 2)}
        try:
            process = subprocess.Popen(
                self._command, stdout=kept[1], stderr=kept[2], env=environment,
                # Away from a terminal, a group of its own: a signal must reach what the command started, too.
                preexec_fn=None if os.isatty(0) else os.setpgrp,
            )
        except OSError as error:
            return Ended(127 if isinstance(error, FileNotFoundError) else 126, f'it could not be started: {error.strerror}')
        before = {number: signal.signal(number, functools.partial(self._pass_on, process)) for number in self.PASSED_ON}
        why = self._follow(process)
        for number, handler in before.items():
            signal.signal(number, handler)
        code = TIMED_OUT if why else process.returncode
        if code < 0:
            why = f'it was ended by {signal_name(-code)}'
        return Ended(code, why, self._end_of(1), self._end_of(2))

    def _end_of(self, descriptor: int) -> str:
        return last_part(self._tails[descriptor].decode(errors='replace'), self.KEPT - MARGIN, self._redactor.text)

    def _pass_on(self, process: subprocess.Popen[bytes], number: int, _frame: Any) -> None:
        self.interrupted = self.interrupted or number == signal.SIGINT
        # The terminal sends its own to everything in it.
        if not (number in (signal.SIGINT, signal.SIGQUIT) and os.isatty(0)):
            self._kill(process, number)

    @staticmethod
    def _kill(process: subprocess.Popen[bytes], number: int) -> None:
        try:
            if os.isatty(0):
                process.send_signal(number)
            else:
                os.killpg(process.pid, number)
        except ProcessLookupError:
            pass

    def _follow(self, process: subprocess.Popen[bytes]) -> str:
        """Until it has ended and is silent; why it was ended, if we did it."""
        why, silent_by = '', math.inf
        deadline = time.monotonic() + self._timeout if self._timeout else math.inf
        pipes = {pipe: descriptor for pipe, descriptor in ((process.stdout, 1), (process.stderr, 2)) if pipe}
        while True:
            ended = process.poll() is not None
            if ended:
                silent_by = min(silent_by, time.monotonic() + 1)  # What it left behind may go on writing.
            ready, _, _ = select.select(list(pipes), [], [], 0.1)
            for pipe in ready:
                if not self._copy(pipe.fileno(), pipes[pipe]):
                    del pipes[pipe]
            if ended and (not ready or time.monotonic() > silent_by):
                return why
            if time.monotonic() > deadline and not ended:
                self._kill(process, signal.SIGKILL if why else signal.SIGTERM)
                why = f'it did not end within {self._timeout:g} seconds'
                deadline = time.monotonic() + self.GRACE

    def _copy(self, source: int, target: int) -> bool:
        data = os.read(source, 64 * KIB)
        self._tails[target] = (self._tails[target] + data)[-self.KEPT:]
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(target, left):]
        except OSError:
            pass  # Whoever read this has gone; the command is to go on.
        return bool(data)


def signal_name(number: int) -> str:
    """The real-time ones have no name."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f'signal {number}'


def end_like(code: int) -> int:
    """A signal that ended the command ends us, too: whoever waits for us is to see the same."""
    if code >= 0:
        return code
    if -code != signal.SIGKILL:
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code
