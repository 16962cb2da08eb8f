"""Everything that arrives at Slack from now on; its inbox keeps no more than the newest thousand messages."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import urllib.request


class SlackStream:
    def __init__(self, url):
        self.messages = []
        self._response = urllib.request.urlopen(f'{url}/slack/stream', timeout=600)
        while self._response.readline() != b'event: ready\n':
            pass
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        """Until the emulator ends."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            for line in self._response:
                if line.startswith(b'data: {'):
                    self.messages.append(json.loads(line.removeprefix(b'data: ')))
