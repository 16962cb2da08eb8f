from __future__ import annotations

import signal
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recording_relay import REPOSITORY, RecordingRelay
from runs import PLAYBOOKS, environment, run, statement
from spools import stop_senders

sys.path.insert(0, str(REPOSITORY / 'src'))
sys.dont_write_bytecode = True

COLLECTION = pytest.StashKey()


def pytest_sessionstart():
    """Whoever runs the tests in the background, or under nohup, has them ignore signals, and every process that they start."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def relay():
    relay = RecordingRelay()
    yield relay
    relay.close()
    assert relay.breaches == []


@pytest.fixture
def spool(tmp_path):
    spool = tmp_path / 'spool'
    yield spool
    stop_senders(spool)


@pytest.fixture
def env(tmp_path, spool, relay):
    """The environment of a run that reports to the relay of the test."""
    return environment(tmp_path, spool, relay.url)


class Reported:
    """What came of one playbook of the collection: Ansible's outcome and the relay's record."""

    def __init__(self, path, home):
        home.mkdir()
        self.says = statement(path)
        relay, spool = RecordingRelay(), home / 'spool'
        try:
            env = environment(home, spool, relay.url, **self.says.get('options', {}))
            self.outcome = run(path.name, env, *self.says.get('arguments', []))
            self.left = sorted(file.name for file in spool.iterdir()) if spool.exists() else None
            self.written = '\n'.join(file.read_text() for file in spool.iterdir()) if spool.exists() else ''
        finally:
            stop_senders(spool)
            relay.close()
        self.relay = relay


class Collection:
    """Every playbook, run once, beside the other tests: most of a run is Ansible waiting for its own processes."""

    def __init__(self):
        self._home = tempfile.TemporaryDirectory()
        self._pool = ThreadPoolExecutor(2)
        self._reported = {
            path.name: self._pool.submit(Reported, path, Path(self._home.name, path.stem)) for path in sorted(PLAYBOOKS.glob('*.yml'))
        }

    def __getitem__(self, name):
        return self._reported[name].result()

    def close(self):
        self._pool.shutdown(cancel_futures=True)
        self._home.cleanup()


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: 'collection' in item.fixturenames)


def pytest_collection_finish(session):
    if any('collection' in item.fixturenames for item in session.items) and not session.config.option.collectonly:
        session.config.add_cleanup((collection := Collection()).close)
        session.config.stash[COLLECTION] = collection


@pytest.fixture(scope='session')
def collection(pytestconfig):
    return pytestconfig.stash[COLLECTION]
