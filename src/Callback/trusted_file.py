"""Reads a small file that anybody could have put there: it waits for nothing, is never more than asked for, and nobody else's."""

from __future__ import annotations

import os
import stat
from typing import Collection

LINKS_LIMIT = 8


class NotTrusted(OSError):
    """The file is there, and is nothing to be read: another user's, a pipe, a device, a link where none may be."""


def read_trusted_file(path: str, limit: int, follow_links: bool = False, others: Collection[int] = ()) -> bytes:
    """The file's first `limit` bytes. It is regular, and of this user, of root or of one of the `others`; so is each link on the way to it.

    Raises OSError, of which NotTrusted says that the file is there and was not read.
    """
    path = end_of_links(path, others) if follow_links else path
    # Without O_NONBLOCK, the opening of a pipe waits for whoever writes to it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotTrusted(f'{path} is not a regular file')
        if not is_trusted_owner(status.st_uid, others):
            raise NotTrusted(f"{path} is another user's")
        with open(descriptor, 'rb', closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def end_of_links(path: str, others: Collection[int] = ()) -> str:
    """Where a link leads to; the directories above it may be links, too, of whomever."""
    for _ in range(LINKS_LIMIT):
        status = os.lstat(path)
        if not stat.S_ISLNK(status.st_mode):
            return path
        if not is_trusted_owner(status.st_uid, others):
            raise NotTrusted(f"{path} is another user's link")
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    raise NotTrusted(f'{path} is a link too many')


def is_trusted_owner(owner: int, others: Collection[int] = ()) -> bool:
    return owner in (0, os.geteuid()) or owner in others
