"""Files that another process may take away at any time."""

from __future__ import annotations

import os


def file_size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def remove_file(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass
