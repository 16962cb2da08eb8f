"""Where a playbook comes from, told apart from any other, and the same on every machine that has it."""

from __future__ import annotations

import functools
import os
import re
import urllib.parse
from typing import Collection, Mapping, Optional

from .git_folder import GitFolder, find_git_folder
from .path_parts import lasting_parts

SCP_FORM = re.compile(r'(?:[^@/\s]+@)?(\[[^\]/]+\]|[^:/\s]+):(?!//)(.+)')
PROJECT_LIMIT = 255


class Project:
    """Of the directory that a playbook lies in. `owner` is whose the playbook is, `hosts` what this machine is called."""

    def __init__(self, directory: str, owner: int, hosts: Collection[str], environment: Mapping[str, str]) -> None:
        self._directory = directory
        self._hosts = hosts
        self.git: Optional[GitFolder] = find_git_folder(directory, owner, environment)
        self.root = self.git.root if self.git else directory

    @functools.cached_property
    def name(self) -> Optional[str]:
        remote = None
        try:
            remote = self.git.remote() if self.git else None
        except (OSError, ValueError):
            pass  # A checkout whose config is not ours to read.
        name = remote_project(remote, self.root) if remote else lasting_parts(self.root, self._hosts)
        return name[-PROJECT_LIMIT:] or None

    def path_of(self, path: str) -> str:
        """A file's path in the project, if it lies in it, without what links hide; else its last two parts that last."""
        for root, given in ((self.root, path), (os.path.realpath(self.root), os.path.realpath(path))):
            if given.startswith(root.rstrip(os.sep) + os.sep):
                return os.path.relpath(given, root)
        return lasting_parts(path, self._hosts)


def remote_project(url: str, root: str) -> str:
    """Host and path, without scheme, user, port and .git: those who fetch by ssh and by https have one project."""
    scheme, is_url, _ = url.partition('://')
    if is_url and scheme != 'file':
        parts = urllib.parse.urlsplit(url)
        host, path = parts.hostname or '', urllib.parse.unquote(parts.path)
    elif not is_url and (scp := SCP_FORM.match(url)):
        host, path = scp[1].strip('[]').lower(), scp[2]
    else:
        local = urllib.parse.unquote(urllib.parse.urlsplit(url).path) if is_url else os.path.normpath(os.path.join(root, url))
        return '/'.join([part for part in without_git(local).split('/') if part][-2:])
    return f'{host}/{without_git(path)}'.strip('/')


def without_git(path: str) -> str:
    path = path.strip('/')
    return path[:-len('.git')].rstrip('/') if path.endswith('.git') else path
