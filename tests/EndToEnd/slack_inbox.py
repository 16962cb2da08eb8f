"""Slack as the relay meets it: what has arrived at the emulator, at which pace, and the faults that it is told to have."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass

from waiting import DEADLINE, wait_for


@dataclass(frozen=True)
class Notice:
    """One incident in one message: an attachment."""

    message: int
    attachment: dict
    ts: str
    thread: str | None
    edited: bool

    @property
    def title(self):
        return self.attachment['title']

    @property
    def text(self):
        return self.attachment.get('text', '')

    @property
    def footer(self):
        return self.attachment['footer']

    def __contains__(self, text):
        return text in json.dumps(self.attachment, ensure_ascii=False)


@dataclass(frozen=True)
class Pace:
    """What reached Slack since it was last told to forget."""

    accepted: int
    edited: int
    rate_limited: int
    refused: int
    smallest_gap: float | None


class SlackInbox:
    def __init__(self, url):
        self._url = url.rstrip('/').removesuffix('/slack') + '/slack'

    def forget(self):
        self._ask('DELETE', 'messages')

    def fail(self, **fault):
        """How the next posts fare, in the emulator's own words."""
        self._ask('PUT', 'faults', fault)

    def recover(self):
        self._ask('DELETE', 'faults')

    def faults_met(self):
        return self._ask('GET', 'faults')['met']

    def text(self):
        """Everything that Slack was told."""
        return json.dumps(self._messages(), ensure_ascii=False)

    def notices(self, label):
        """What was told of the label, oldest first."""
        notices = [
            Notice(one['id'], attachment, one['ts'], one['threadTs'], one['edited'] is not None)
            for one in self._messages() for attachment in one['payload'].get('attachments', [])
        ]
        return [notice for notice in notices if label in notice]

    def wait_for_notices(self, label, count=1, seconds=DEADLINE):
        """As soon as there are so many; more of them are a mistake that the caller finds."""
        return wait_for(
            lambda: len(found := self.notices(label)) >= count and found, lambda: f'{count} notices of {label} in {self.text()}', seconds)

    def stats(self):
        """By destination."""
        return self._ask('GET', 'stats')

    def pace(self):
        stats = list(self.stats().values())
        gaps = [one['smallestGapMs'] for one in stats if one['smallestGapMs'] is not None]
        return Pace(
            sum(one['accepted'] for one in stats), sum(one['edited'] for one in stats),
            sum(one['rateLimited'] for one in stats), sum(one['refused'] for one in stats),
            min(gaps) / 1000 if gaps else None,
        )

    def _messages(self):
        return self._ask('GET', 'messages')

    def _ask(self, method, what, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f'{self._url}/{what}', data, {'Content-Type': 'application/json'}, method=method)
        with urllib.request.urlopen(request, timeout=20) as response:
            answer = response.read()
        return json.loads(answer) if answer else None
