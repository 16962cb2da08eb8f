"""This machine, and whoever runs Ansible on it, without asking anybody: a play does not wait for a name server."""

from __future__ import annotations

import getpass
import os
import socket
from typing import Optional


def machine_name(hosts_file: str = '/etc/hosts') -> str:
    """The full name, where the machine knows it itself."""
    name = socket.gethostname() or 'unknown'
    if '.' in name:
        return name
    try:
        with open(hosts_file, encoding='utf-8', errors='replace') as file:
            lines = [line.partition('#')[0].split()[1:] for line in file]
    except OSError:
        return name
    return next((full for names in lines if name in names for full in names if full.startswith(name + '.')), name)


def user_name() -> Optional[str]:
    try:
        return getpass.getuser()[:255]
    except (KeyError, OSError):
        return None  # A container may run as a number that has no name.


def is_pull(connection: Optional[str]) -> bool:
    """Whether ansible-pull started this; where the system does not say so, the connection it always asks for is the best hint."""
    process = os.getppid()
    try:
        for _ in range(3):
            with open(f'/proc/{process}/cmdline', 'rb') as file:
                if any(os.path.basename(word) == b'ansible-pull' for word in file.read().split(b'\0')):
                    return True
            with open(f'/proc/{process}/stat', 'rb') as file:
                process = int(file.read().rpartition(b')')[2].split()[1])
    except (OSError, ValueError, IndexError):
        return process == os.getppid() and connection == 'local'
    return False
