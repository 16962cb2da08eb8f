"""What is remembered of how the sending went."""

from __future__ import annotations

import json
import time
from typing import Any, Callable, Optional

from .folder import Folder
from .text import KIB

STATUS_FILE = 'status.json'
REMEMBERED = ('lastSuccess', 'lastError', 'wait', 'failing', 'warnings')
LONGEST_WAIT = 3600.0


class Status:
    """A file beside the segments, written by the sender."""

    def __init__(self, folder: Callable[[], Optional[Folder]]) -> None:
        self._folder = folder

    def read(self) -> dict[str, Any]:
        folder = self._folder()
        try:
            status = json.loads(folder.read(STATUS_FILE)) if folder and folder.size(STATUS_FILE) < 64 * KIB else {}
        except (ValueError, RecursionError):
            return {}
        return status if isinstance(status, dict) else {}

    def last_error(self) -> Optional[dict[str, str]]:
        """What went wrong since reports were last taken, and when: `what` and `at`."""
        error = self.read().get('lastError')
        return {name: str(error.get(name)) for name in ('what', 'at')} if isinstance(error, dict) else None

    def failures_at(self, event_id: str) -> int:
        """How often in a row the relay has failed at the report that begins with this event."""
        failing = self.read().get('failing')
        times = failing.get('times') if isinstance(failing, dict) and failing.get('id') == event_id else 0
        return times if isinstance(times, int) else 0

    def seconds_to_wait(self, relay: str, now: Optional[float] = None) -> float:
        """Until this relay may be asked again; no other one minds."""
        now = time.time() if now is None else now
        until = self.wait(now)
        wait = self.read().get('wait')
        return until - now if until and isinstance(wait, dict) and wait.get('relay') == relay else 0.0

    def wait(self, now: Optional[float] = None) -> float:
        """Until when; nothing where it is over, or where the clock was set back since."""
        wait, now = self.read().get('wait'), time.time() if now is None else now
        began, until = (wait.get('from'), wait.get('until')) if isinstance(wait, dict) else (None, None)
        if not isinstance(began, (int, float)) or not isinstance(until, (int, float)) or not began <= now < until:
            return 0.0
        return min(until, now + LONGEST_WAIT)

    def note(self, **news: Any) -> None:
        """Does its best: a sender that cannot write it still sends."""
        status = self.read()
        try:
            if folder := self._folder():
                folder.replace(STATUS_FILE, json.dumps({**{name: status.get(name) for name in REMEMBERED}, **news}).encode())
        except OSError:
            pass
