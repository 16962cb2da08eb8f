"""What the tests share: a relay, its Slack, and projects whose plays fail.

Without further ado they start the relay that was built in src/Local; with RELAY_HEAD=functions the app of src/Functions, under a
stand-in of its host. With RELAY_URL (and RELAY_KEY) they hold any other
relay to the same rules, whose messages have to arrive at the Slack emulator of SLACK_EMULATOR_URL; it is that relay's own
unless given.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import uuid

import pytest

sys.dont_write_bytecode = True

from effort import figures
from load import CLIENT
from planted import plant
from project import ANSIBLE, Project
from relay_process import AT_ONCE, PROGRAM, RelayProcess
from relay_under_test import RelayUnderTest
from stories import NEEDS_ITS_OWN, Stage, Stories


def pytest_sessionstart():
    if not ANSIBLE:
        pytest.exit('ansible-playbook was not found. Install ansible-core, or name the program in ANSIBLE_PLAYBOOK.', 1)
    if 'RELAY_URL' not in os.environ and not PROGRAM.exists():
        pytest.exit(f'The relay is not built: {PROGRAM} is missing. Run: make build', 1)
    if 'RELAY_URL' not in os.environ and not CLIENT.exists():
        pytest.exit('The client that puts a load on it is not built. Run: dotnet build tests/Benchmarks', 1)


def pytest_terminal_summary(terminalreporter):
    for line in figures():
        terminalreporter.write_line(line)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: (hasattr(item.module, 'story'), hasattr(item.module, 'AT_THE_END')))


class Relays:
    """Starts relays, and ends them all when it is closed."""

    def __init__(self, folder):
        self._folder = folder
        self._ends = contextlib.ExitStack()

    def start_process(self, **settings):
        process = RelayProcess(self._folder / uuid.uuid4().hex, **settings)
        self._ends.callback(process.stop)
        return process

    def start(self, **settings):
        key = plant(secrets.token_hex(16), 'the key of a relay')
        process = self.start_process(Relay__Key=key, **settings)
        return RelayUnderTest(process.wait_for_url(), key, process=process)

    def close(self):
        self._ends.close()


@pytest.fixture(scope='session')
def given_relay():
    """The relay that the environment names, if it does; SLACK_EMULATOR_URL is where its messages arrive."""
    if 'RELAY_URL' not in os.environ:
        return None
    return RelayUnderTest(os.environ['RELAY_URL'], os.environ.get('RELAY_KEY', ''), os.environ.get('SLACK_EMULATOR_URL'))


@pytest.fixture(scope='session')
def session_relays(tmp_path_factory):
    with contextlib.closing(Relays(tmp_path_factory.mktemp('relays'))) as relays:
        yield relays


@pytest.fixture(scope='session')
def relay(given_relay, session_relays):
    """The relay that is given; else one that says everything at once, so that no test has to wait."""
    return given_relay or session_relays.start(**AT_ONCE)


@pytest.fixture
def slack(relay):
    """The Slack of the relay, with nothing in it."""
    relay.slack.forget()
    return relay.slack


@pytest.fixture
def own_relays(given_relay, tmp_path):
    """For relays that a test starts, stops and kills."""
    if given_relay:
        pytest.skip(NEEDS_ITS_OWN)
    with contextlib.closing(Relays(tmp_path)) as relays:
        yield relays


@pytest.fixture(scope='session', autouse=True)
def stories(request, given_relay, relay, session_relays, tmp_path_factory):
    """Begins the story of every module that has one; after one relay has started, as the first one on a machine installs Azurite."""
    stage = Stage(tmp_path_factory.mktemp('stage'), session_relays, given_relay)
    with contextlib.closing(Stories(stage, beside=given_relay is None)) as stories:
        stories.begin({item.module.story: None for item in request.session.items if hasattr(item.module, 'story')})
        yield stories


@pytest.fixture(scope='module')
def ending(request, stories):
    """How the module's story ended."""
    return stories.ending_of(request.module.story)


@pytest.fixture
def label():
    """A name that no other test uses: incidents and messages that have it are this test's."""
    return f'e2e-{uuid.uuid4().hex}'


@pytest.fixture
def project(tmp_path, label):
    project = Project(tmp_path, label)
    yield project
    project.stop_senders()
