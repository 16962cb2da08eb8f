"""Files as they are called inside the project, the same on every machine."""

from __future__ import annotations

import os
import re
from typing import Optional


def relative(path: str, base: str, around: str) -> str:
    """Relative to the base if it lies in or around that, else the bare file name: directories elsewhere name users and hosts."""
    path = os.path.normpath(os.path.join(base, path))
    is_inside = around != os.sep and path.startswith(around.rstrip(os.sep) + os.sep)
    return os.path.relpath(path, base) if is_inside else os.path.basename(path)


def task_path(path: str, role_path: Optional[str], project: str) -> Optional[str]:
    """The task's file and line; of a role, from its name on. `project` is the directory that all of it lies in or beside."""
    if not path:
        return None
    if role_path and path.startswith(role_path.rstrip(os.sep) + os.sep):
        return os.path.join('roles', os.path.basename(role_path.rstrip(os.sep)), os.path.relpath(path, role_path))
    return relative(path, project, os.path.dirname(project))


def without_project(text: str, project: str) -> str:
    """Where the project lies differs from machine to machine: its files are called as they are inside, and it is a dot."""
    if not project.strip(os.sep):
        return text
    place = rf'(?<![\w.-]){re.escape(project.rstrip(os.sep))}(?:(/)|(?![\w-]|\.\w))'
    return re.sub(place, lambda found: '' if found[1] else '.', text)
