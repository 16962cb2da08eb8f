"""A directory of this user's alone, and the files in it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from typing import Iterator, Optional


class NotOurs(OSError):
    """It is there, and nothing in it is to be read or written."""


class Folder:
    """Held by its descriptor: whoever may write above it, nobody puts another directory in its place."""

    def __init__(self, path: str) -> None:
        """Raises FileNotFoundError where there is none, and NotOurs where another user could look into it or write to it."""
        try:
            self.descriptor = os.open(path.rstrip(os.sep) or os.sep, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except NotADirectoryError:
            raise NotOurs(f'{path} is not a directory') from None
        status = os.fstat(self.descriptor)
        if why := why_not_ours(status):
            os.close(self.descriptor)
            raise NotOurs(f'{path} {why}')

    @classmethod
    def create(cls, path: str) -> Folder:
        """With what is missing above it, for this user alone, too."""
        before = os.umask(0o077)
        try:
            os.makedirs(path, 0o700, exist_ok=True)
        except FileExistsError:
            raise NotOurs(f'{path} is not a directory') from None
        finally:
            os.umask(before)
        return cls(path)

    def open(self, name: str, flags: int) -> int:
        """A descriptor of a file that is ours, and a file."""
        # Without O_NONBLOCK, the opening of a pipe waits for whoever writes to it.
        descriptor = os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600, dir_fd=self.descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            return descriptor
        os.close(descriptor)
        raise NotOurs(f'{name} is not a file of this user')

    def names(self) -> list[str]:
        return os.listdir(self.descriptor)

    def status(self, name: Optional[str]) -> Optional[os.stat_result]:
        try:
            return os.stat(name, dir_fd=self.descriptor, follow_symlinks=False) if name else None
        except OSError:
            return None

    def size(self, name: str) -> int:
        status = self.status(name)
        return status.st_size if status else 0

    def read(self, name: str) -> bytes:
        """Nothing where there is nothing that may be read."""
        try:
            with os.fdopen(self.open(name, os.O_RDONLY), 'rb') as file:
                return file.read()
        except OSError:
            return b''

    def count_lines(self, name: str) -> int:
        return self.read(name).count(b'\n')

    def append(self, name: str, data: bytes) -> None:
        with os.fdopen(self.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 'ab') as file:
            file.write(data)

    def replace(self, name: str, data: bytes) -> None:
        """As a whole or not at all. What a writer that died has left of another one is overwritten."""
        with os.fdopen(self.open(f'{name}.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 'wb') as file:
            file.write(data)
        self.rename(f'{name}.new', name)

    def rename(self, name: str, other: str) -> None:
        os.rename(name, other, src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self.descriptor)

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[bool]:
        """Whether it is ours, at once; it ends with the process, however that ends. What cannot be locked is everybody's.

        Its file stays; nobody but who has the lock may remove it.
        """
        try:
            descriptor = self.open(name, os.O_RDWR | os.O_CREAT)
        except OSError:
            yield True
            return
        ours = self._take_lock(descriptor, name)
        try:
            yield ours
        finally:
            os.close(descriptor)

    def _take_lock(self, descriptor: int, name: str) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        # Whoever had it before may have removed the file in the meantime, and the next one have made another.
        status = self.status(name)
        return status is not None and status.st_ino == os.fstat(descriptor).st_ino


def why_not_ours(status: os.stat_result) -> str:
    """Nothing where it is this user's alone."""
    if status.st_uid != os.geteuid():
        return f'belongs to the user {status.st_uid}, and this is {os.geteuid()}'
    rights = stat.S_IMODE(status.st_mode)
    return f'is open to others (mode {rights:04o}; 0700 is needed)' if rights & 0o077 else ''
