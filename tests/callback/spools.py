"""Looks at a spool and at the senders of it, from outside."""

from __future__ import annotations

import os
import signal
import socket
import time


def segments(spool):
    return sorted(path.name for path in spool.iterdir() if path.suffix in ('.jsonl', '.sending') and path.name[0].isdigit())


def wait_until(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, 'it did not come true'
        time.sleep(0.02)


def closed_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def senders(spool):
    """The ids of the processes that send from this spool: the open segments give them away."""
    found = []
    for pid in filter(str.isdigit, set(os.listdir('/proc')) - {str(os.getpid())}):
        try:
            files = [os.readlink(f'/proc/{pid}/fd/{name}') for name in os.listdir(f'/proc/{pid}/fd')]
        except OSError:
            continue
        if any(file.startswith(str(spool)) for file in files):
            found.append(int(pid))
    return found


def stop_senders(spool):
    for pid in senders(spool):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not senders(spool))
