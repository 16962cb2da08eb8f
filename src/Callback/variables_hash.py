"""Compares the extra variables of two runs without keeping any: by a hash that nobody can guess a value from who has not the key."""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import hmac
import json
import os
import uuid
from typing import Any, Iterable, Mapping, Optional

from .files import remove_file
from .trusted_file import read_trusted_file

KEY_LENGTH = 32


def lasting_variables(variables: Mapping[str, Any], run_variables: Iterable[str]) -> dict[str, Any]:
    """Without those that only say which run or which release it is."""
    globs = [glob.lower() for glob in run_variables]
    return {str(name): variables[name] for name in variables if not any(fnmatch.fnmatchcase(str(name).lower(), glob) for glob in globs)}


def variables_hash(variables: Mapping[str, Any], key: Optional[bytes]) -> Optional[str]:
    """Nothing where there is no key to compare by."""
    if not variables:
        return ''
    if not key:
        return None
    try:
        text = json.dumps(variables, sort_keys=True, default=str)
    except (TypeError, ValueError, RecursionError):
        text = repr(sorted(variables.items(), key=repr))
    return hmac.new(key, text.encode(errors='surrogatepass'), hashlib.sha256).hexdigest()[:32]


class VariablesKey:
    """A file beside the spool, which is made when the first failure is remembered whose run had extra variables."""

    def __init__(self, directory: str) -> None:
        self._path = os.path.join(directory, 'variables.key')

    def read(self) -> Optional[bytes]:
        try:
            key = read_trusted_file(self._path, KEY_LENGTH)
        except OSError:
            return None
        return key if len(key) == KEY_LENGTH else None

    def read_or_make(self) -> Optional[bytes]:
        return self.read() or self._make()

    def _make(self) -> Optional[bytes]:
        # Whole or not there: a run that comes at the same time takes the one that was first.
        temporary = f'{self._path}.{uuid.uuid4().hex}'
        with contextlib.suppress(OSError):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, 'wb') as file:
                file.write(os.urandom(KEY_LENGTH))
            with contextlib.suppress(FileExistsError):
                os.link(temporary, self._path)
        remove_file(temporary)
        return self.read()
