"""What is remembered of how the sending went."""

from __future__ import annotations

import json
import os
from typing import Any, Optional


class Status:
    """A file beside the segments, written by senders."""

    def __init__(self, directory: str) -> None:
        self._path = os.path.join(directory, 'status.json')

    def read(self) -> dict[str, Any]:
        try:
            with open(self._path, encoding='utf-8') as file:
                status = json.load(file)
        except (OSError, ValueError):
            return {}
        return status if isinstance(status, dict) else {}

    def last_error(self) -> Optional[dict[str, str]]:
        """What went wrong since reports were last taken, and when: `what` and `at`."""
        error = self.read().get('lastError')
        return {name: str(error.get(name)) for name in ('what', 'at')} if isinstance(error, dict) else None

    def note(self, **news: Any) -> None:
        """Does its best: a sender that cannot write it still sends."""
        temporary = f'{self._path}.{os.getpid()}'
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, 'w', encoding='utf-8') as file:
                json.dump({**self.read(), **news}, file)
            os.replace(temporary, self._path)
        except OSError:
            pass
