"""A relay as its callers know it: an address, a key, and a Slack behind it."""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse
import uuid
from dataclasses import dataclass

from slack_inbox import SlackInbox

REPORTS = '/api/reports'
JSON = {'Content-Type': 'application/json'}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: str
    seconds: float

    @property
    def problem(self):
        assert self.headers['Content-Type'] == 'application/problem+json', self
        return json.loads(self.body)


def event(label, **fields):
    """A failure that belongs to no incident but its label's."""
    return {
        'id': uuid.uuid4().hex, 'kind': 'failed', 'at': '2026-11-22T10:00:04Z', 'host': 'web-01', 'task': f'Check {label}',
        'action': 'ansible.builtin.command', 'path': f'{label}.yml:4', 'message': 'disk on fire', **fields,
    }


def recovery(failure):
    """What ends the failure, and nothing else."""
    return {**failure, 'id': uuid.uuid4().hex, 'kind': 'recovered', 'of': failure['kind'], 'recovers': [failure['id']]}


def report(label, *events):
    """What a run of the label's playbook reports: by default one failure."""
    run = {'id': uuid.uuid4().hex, 'source': 'control.example.com', 'playbook': f'{label}.yml'}
    return {'version': 1, 'run': run, 'events': list(events) or [event(label)]}


class RelayUnderTest:
    def __init__(self, url, key, slack_url=None, process=None):
        self.url = url
        self.key = key
        self.slack = SlackInbox(slack_url or url)
        self.process = process

    def send(self, body, path=REPORTS, method='POST', **headers):
        """Posts bytes, in a connection of their own; a header that is None is left out."""
        parts = urllib.parse.urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == 'https' else http.client.HTTPConnection
        connection = kind(parts.netloc, timeout=60)
        headers = {**JSON, 'x-functions-key': self.key, **{name.replace('_', '-'): value for name, value in headers.items()}}
        try:
            connection.connect()
            began = time.perf_counter()
            connection.request(method, path, body, {name: value for name, value in headers.items() if value is not None})
            response = connection.getresponse()
            text = response.read().decode()
            return Answer(response.status, dict(response.getheaders()), text, time.perf_counter() - began)
        finally:
            connection.close()

    def tell(self, label, *events):
        """Reports the events, which the relay has to take."""
        answer = self.send(json.dumps(report(label, *events)).encode())
        assert answer.status == 202, answer
        return answer

    def health(self):
        return self.send(None, '/api/health', 'GET')

    def wait_until_all_is_told(self):
        """By the time that a failure reported now is told, everything that came before it would have been."""
        sentinel = f'sentinel-{uuid.uuid4().hex}'
        self.tell(sentinel)
        self.slack.wait_for_notices(sentinel)
