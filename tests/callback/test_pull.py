"""The real ansible-pull, as cron runs it: what breaks before a play begins is told by `exec`, all else by the callback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from programs import PROGRAM
from runs import ANSIBLE

PULL = Path(ANSIBLE).with_name('ansible-pull')

FAILING = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Breaks on this machine
      ansible.builtin.fail:
        msg: broken
"""


def git(repository, *arguments):
    names = ('-c', 'user.name=tests', '-c', 'user.email=tests@example.com')
    return subprocess.run(['git', *names, '-C', repository, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """One with a local.yml, which is what ansible-pull runs."""
    repository = tmp_path / 'repository'
    repository.mkdir()
    (repository / 'local.yml').write_text(FAILING)
    git(repository, 'init', '--quiet')
    git(repository, 'add', '.')
    git(repository, 'commit', '--quiet', '--message', 'a play that fails')
    return repository


@pytest.fixture
def pull(env, tmp_path):
    """Runs ansible-pull under `exec`, on a machine that is called web-17."""

    def pull(source, *arguments):
        command = [sys.executable, '-B', PROGRAM, 'exec', '--', PULL, '-U', source, '-d', tmp_path / 'checkout', *arguments]
        named = {**env, 'SLACK_RELAY_HOST_NAME': 'web-17'}
        return subprocess.run(command, env=named, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)

    return pull


def test_a_failure_of_the_play_is_told_once_with_the_machine_the_file_and_the_revision(relay, pull, repository):
    outcome = pull(repository, '-i', 'localhost,')

    ((report, event),) = [(report, event) for report in relay.accepted for event in report['events']]
    assert outcome.returncode != 0
    assert (event['host'], event['task'], event['path']) == ('web-17', 'Breaks on this machine', 'local.yml:5')
    assert (report['run']['mode'], report['run']['source']) == ('pull', 'web-17')
    assert report['run']['revision'] == git(repository, 'rev-parse', 'HEAD')


def test_a_repository_that_cannot_be_fetched_is_told(relay, pull, tmp_path):
    outcome = pull(tmp_path / 'no-such-repository', '-i', 'localhost,')

    (event,) = relay.events
    assert outcome.returncode != 0
    assert event['host'] == 'web-17' and 'no-such-repository' in event['message']
    assert relay.accepted[0]['run']['mode'] == 'pull'


def test_a_repository_without_a_playbook_for_the_machine_is_told(relay, pull, repository):
    git(repository, 'mv', 'local.yml', 'other.yml')
    git(repository, 'commit', '--quiet', '--message', 'no playbook')
    outcome = pull(repository, '-i', 'localhost,')

    (event,) = relay.events
    assert outcome.returncode != 0
    assert 'Could not find a playbook' in event['message']
