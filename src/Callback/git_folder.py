"""The git checkout that a playbook lies in, read without running git: a play does not wait for it, and git refuses root another's checkout."""

from __future__ import annotations

import functools
import os
import re
import stat
from typing import Iterator, Mapping, Optional

from .text import KIB
from .trusted_file import end_of_links, is_trusted_owner, read_trusted_file

COMMIT = re.compile(r'[0-9a-f]{1,64}\Z')
REFERENCE = re.compile(r'refs/[^\x00-\x20\x7f~^:?*\[\\]+\Z')
REMOTE_SECTION = re.compile(r'\s*\[\s*remote\s+"((?:[^"\\]|\\.)*)"\s*\]\s*', re.I)
REMOTE_URL = re.compile(r'\s*url\s*=\s*"?([^\s"#;][^\s"]*)', re.I)
POINTER_LIMIT = KIB
CONFIG_LIMIT = 64 * KIB
PACKED_LIMIT = 4 * KIB * KIB


class GitFolder:
    """`root` is the directory of the checkout. What is read is only this user's, root's or that of the playbook's owner, whom this run obeys anyway."""

    def __init__(self, root: str, owner: int) -> None:
        self.root = root
        self._owners = (owner,)
        folder = end_of_links(os.path.join(root, '.git'), self._owners)
        status = os.lstat(folder)
        if not is_trusted_owner(status.st_uid, self._owners):
            raise OSError(f"{folder} is another user's")
        if not stat.S_ISDIR(status.st_mode):  # Of a worktree or a submodule, it is a file that says where.
            folder = os.path.join(root, self._line(folder).partition('gitdir: ')[2])
        self._folder = folder

    @functools.cached_property
    def _common(self) -> str:
        """What all worktrees share."""
        try:
            return os.path.join(self._folder, self._line(os.path.join(self._folder, 'commondir')))
        except OSError:
            return self._folder

    def commit(self) -> Optional[str]:
        head = self._line(os.path.join(self._folder, 'HEAD'))
        if not head.startswith('ref: '):
            return head if COMMIT.match(head) else None
        reference = head[len('ref: '):]
        if not REFERENCE.match(reference) or '..' in reference.split('/'):
            return None
        path = os.path.join(self._common, reference)
        # A directory in between may be a link to anywhere.
        if os.path.realpath(path).startswith(os.path.realpath(self._common) + os.sep) and os.path.lexists(path):
            commit = self._line(path)
        else:
            commit = next((line.split()[0] for line in self._lines('packed-refs', PACKED_LIMIT) if line.endswith(' ' + reference)), '')
        return commit if COMMIT.match(commit) else None

    def remote(self) -> Optional[str]:
        """The URL of origin, else of the first remote."""
        remotes: dict[str, str] = {}
        name = None
        for line in self._lines('config', CONFIG_LIMIT):
            if line.lstrip().startswith('['):
                section = REMOTE_SECTION.match(line)
                name, line = (section[1], line[section.end():]) if section else (None, '')
            if name is not None and (url := REMOTE_URL.match(line)):
                remotes.setdefault(name, url[1])
        return remotes.get('origin') or next(iter(remotes.values()), None)

    def _line(self, path: str) -> str:
        first, _, _ = read_trusted_file(path, POINTER_LIMIT, others=self._owners).partition(b'\n')
        return first.decode(errors='replace').strip()

    def _lines(self, name: str, limit: int) -> Iterator[str]:
        text = read_trusted_file(os.path.join(self._common, name), limit, others=self._owners).decode(errors='replace')
        return (line.rstrip() for line in text.split('\n'))


def find_git_folder(directory: str, owner: int, environment: Mapping[str, str]) -> Optional[GitFolder]:
    """The nearest one around a directory, by its path as given, and where there is none, without the links in it."""
    # As git has it: these are not searched, nor what is above them.
    ceilings = {path.rstrip(os.sep) for path in environment.get('GIT_CEILING_DIRECTORIES', '').split(os.pathsep) if path}
    for start in dict.fromkeys((directory, os.path.realpath(directory))):
        above = start
        while above.rstrip(os.sep) not in ceilings:
            if os.path.lexists(os.path.join(above, '.git')):
                try:
                    return GitFolder(above, owner)
                except (OSError, ValueError):
                    return None
            if above == os.path.dirname(above):
                break
            above = os.path.dirname(above)
    return None
