from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from recording_relay import REPOSITORY, RecordingRelay
from runs import PLAYBOOKS, environment, run, statement

sys.path.insert(0, str(REPOSITORY / 'callback_plugins'))
sys.dont_write_bytecode = True


@pytest.fixture
def relay():
    relay = RecordingRelay()
    yield relay
    relay.close()
    assert relay.breaches == []


@pytest.fixture
def spool(tmp_path):
    return tmp_path / 'spool'


@pytest.fixture
def env(tmp_path, spool, relay):
    """The environment of a run that reports to the relay of the test."""
    return environment(tmp_path, spool, relay.url)


class Told:
    """What came of one playbook of the collection: Ansible's outcome and the relay's record."""

    def __init__(self, path, home):
        self.says = statement(path)
        relay = RecordingRelay()
        try:
            spool = home / 'spool'
            env = environment(home, spool, relay.url, **self.says.get('options', {}))
            self.outcome = run(path.name, env, *self.says.get('arguments', []))
            self.left = sorted(file.name for file in spool.iterdir()) if spool.exists() else None
            self.written = '\n'.join(file.read_text() for file in spool.iterdir()) if spool.exists() else ''
        finally:
            relay.close()
        self.relay = relay


@pytest.fixture(scope='session')
def collection(tmp_path_factory):
    """Every playbook, run once: two at a time, because most of a run is Ansible waiting for its own processes."""
    paths = sorted(PLAYBOOKS.glob('*.yml'))
    homes = [tmp_path_factory.mktemp(path.stem) for path in paths]
    with ThreadPoolExecutor(3) as pool:
        return dict(zip([path.name for path in paths], pool.map(Told, paths, homes)))
