"""Files that another process may take away at any time."""

from __future__ import annotations

import fcntl
import os
from typing import Optional


def lock(descriptor: int) -> bool:
    """At once or not at all. A file system without locks gives every sender every segment: sent twice, but never lost."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def inode(path: Optional[str]) -> Optional[int]:
    try:
        return os.lstat(path).st_ino if path else None
    except OSError:
        return None


def file_size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def count_lines(path: str) -> int:
    try:
        with open(path, 'rb') as file:
            return sum(1 for _ in file)
    except OSError:
        return 0


def remove_file(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
