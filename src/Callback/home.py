"""Where this user's own files lie, whatever the environment says."""

from __future__ import annotations

import os
import pwd
from typing import Optional


def home_directory() -> Optional[str]:
    """`sudo` may keep the HOME of whoever called it: what root wrote there, its owner could not use any more."""
    home = os.environ.get('HOME', '')
    try:
        own = pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        own = ''  # A container may run as a number that has no name.
    try:
        is_foreign = os.geteuid() == 0 and os.stat(home).st_uid != 0
    except OSError:
        is_foreign = False
    home = own if is_foreign or not os.path.isabs(home) else home
    return home if os.path.isabs(home) else None


def own_path(path: str) -> Optional[str]:
    """An absolute path, or nothing where it lies in a home that nobody knows: then `~` would be a directory of that name."""
    first, _, rest = path.partition(os.sep)
    if first == '~':
        home = home_directory()
        return os.path.join(home, rest) if home else None
    try:
        path = os.path.abspath(os.path.expanduser(path))
    except OSError:
        return None  # The working directory has been removed.
    return None if '~' in path.split(os.sep) else path


def temporary_spool() -> str:
    """Python's own search for the directory writes a file into it, and a clean run writes none."""
    given = os.environ.get('TMPDIR', '')
    return os.path.join(given if os.path.isabs(given) else '/tmp', f'ansible-slack-relay-{os.geteuid()}')


def can_be_written(path: str) -> bool:
    """Or made, where it is not there."""
    while path != os.path.dirname(path) and not os.path.lexists(path):
        path = os.path.dirname(path)
    return os.access(path, os.W_OK | os.X_OK)
