"""Looks at the processes of this machine, and ends those that a test has started."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

from waiting import wait_for

MARK = 'END_TO_END_TEST'


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def marked(mark):
    """The ids of the processes that were started with this mark in their environment, or by one that was."""
    wanted = f'{MARK}={mark}'.encode()
    return {pid for pid in pids() if wanted in read(pid, 'environ').split(b'\0')}


def command_line(pid):
    return read(pid, 'cmdline').replace(b'\0', b' ').decode(errors='replace').strip()


def files_of(pid):
    """What the process has open."""
    folder = Path('/proc', str(pid), 'fd')
    try:
        return [os.readlink(file) for file in folder.iterdir()]
    except OSError:
        return []


def memory(pid):
    """What the process has in memory now, in MiB."""
    return status(pid, 'VmRSS')


def peak_memory(pid):
    """The most that it ever had."""
    return status(pid, 'VmHWM')


def status(pid, name):
    return int(re.search(rf'^{name}:\s+(\d+) kB$', read(pid, 'status').decode(), re.MULTILINE)[1]) // 1024


def pids():
    return [int(name) for name in os.listdir('/proc') if name.isdigit()]


def read(pid, file):
    """Nothing for a process that is gone, or that has ended and only waits for its parent to look."""
    try:
        return Path('/proc', str(pid), file).read_bytes()
    except OSError:
        return b''


def end(process, how=signal.SIGKILL, seconds=15):
    """Ends a process that the test has started, and returns its exit code."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def end_all(find):
    """Kills what `find` finds until it finds nothing."""
    def are_gone():
        for pid in (found := find()):
            os.kill(pid, signal.SIGKILL)
        return not found

    wait_for(are_gone, find)
