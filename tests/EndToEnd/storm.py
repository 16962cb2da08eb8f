"""Relays on one storage account that are killed without warning, and the account, which goes with all its data and comes back."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass

from processes import free_port
from relay_under_test import RelayUnderTest
from waiting import wait_for

# Of so many breaks one is of storage, the second one to begin with.
STORAGE_GOES = 5


@dataclass(frozen=True)
class Break:
    """Between these times something ended: by the clock that messages are dated by."""

    what: str
    began: float
    ended: float


class Instance:
    """A relay at a fixed address, which somebody starts again whenever it has ended."""

    def __init__(self, start, key):
        self._start = start
        self._port = free_port()
        self.relay = RelayUnderTest(f'http://127.0.0.1:{self._port}', key)
        self._process = None

    def keep_running(self):
        if self._process is None or not self._process.is_running:
            self._process = self._start(urls=self.relay.url)

    def kill(self):
        self._process.kill()

    def takes(self, body):
        """Whether it has answered that it took the body. One that dies meanwhile has not, and one that cannot take it says so."""
        try:
            answer = self.relay.send(body)
        except (OSError, http.client.HTTPException):
            return False
        assert answer.status == 202 or (answer.status == 503 and answer.headers['Retry-After']), answer
        return answer.status == 202


class Storm:
    def __init__(self, storage, instances, chance):
        self._storage = storage
        self.instances = instances
        self._chance = chance
        self.breaks = []

    def begin(self):
        for instance in self.instances:
            instance.keep_running()
        wait_for(lambda: all(map(is_healthy, self.instances)), 'relays that answer')

    def rage(self, over, pause):
        """
        Breaks something, again and again, until the event says that it is over. What has ended is started at once, and one
        relay has to answer before the next thing breaks: a slow machine would break faster than it mends.
        """
        while not over.wait(self._chance.uniform(*pause)):
            self._strike()
            wait_for(lambda: any(map(is_healthy, self.instances)), 'a relay that answers')
        self.begin()

    def _strike(self):
        began = time.time()
        if len(self.breaks) % STORAGE_GOES == 1:
            self._storage.stop()
            self.breaks.append(Break('storage', began, time.time()))
            self._storage.start()
        else:
            self._chance.choice(self.instances).kill()
            self.breaks.append(Break('relay', began, time.time()))
        for instance in self.instances:
            instance.keep_running()


def is_healthy(instance):
    instance.keep_running()
    try:
        return instance.relay.health().status == 200
    except (OSError, http.client.HTTPException):
        return False
