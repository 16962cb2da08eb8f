"""A story is a test's long wait: it is played beside the other tests, and those that look at how it ended come last."""

from __future__ import annotations

import contextlib
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from azurite_process import AzuriteProcess
from project import Project

AT_A_TIME = 4
NEEDS_ITS_OWN = 'starts and stops relays of its own, and RELAY_URL names one that is given'


class Stage:
    """What a story is played with; all of it ends when the session does."""

    def __init__(self, folder, relays, given):
        self._folder = folder
        self._relays = relays
        self._given = given
        self._ends = contextlib.ExitStack()

    def relay(self, **settings):
        """The relay that is given, else one with these settings."""
        return self._given or self._relays.start(**settings)

    def own_relay(self, **settings):
        self._needs_its_own()
        return self._relays.start(**settings)

    def own_process(self, **settings):
        """One that is only begun."""
        self._needs_its_own()
        return self._relays.start_process(**settings)

    def storage(self):
        azurite = AzuriteProcess(self._new_folder())
        self._ends.callback(azurite.stop)
        azurite.start()
        return azurite

    def project(self):
        project = Project(self._new_folder(), f'e2e-{uuid.uuid4().hex}')
        self._ends.callback(project.stop_senders)
        return project

    def close(self):
        self._ends.close()

    def _needs_its_own(self):
        if self._given:
            pytest.skip(NEEDS_ITS_OWN)

    def _new_folder(self):
        folder = self._folder / uuid.uuid4().hex
        folder.mkdir()
        return folder


class Stories:
    """With a relay that is given, stories wait for their turn: all tests share its Slack then."""

    def __init__(self, stage, beside):
        self._stage = stage
        self._beside = beside
        self._pool = ThreadPoolExecutor(AT_A_TIME)
        self._endings = {}

    def begin(self, stories):
        if self._beside:
            self._endings = {story: self._pool.submit(story, self._stage) for story in stories}

    def ending_of(self, story):
        return self._endings[story].result() if self._beside else story(self._stage)

    def close(self):
        self._pool.shutdown(cancel_futures=True)
        self._stage.close()
