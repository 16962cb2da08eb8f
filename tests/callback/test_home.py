"""Where the spool lies: in this user's own home, and never in a directory called `~`."""

from __future__ import annotations

import os
import pwd

import pytest

from Callback.home import own_path
from Callback.options import read_spool
from programs import program
from second_user import NOBODY, needs_root

OWN = pwd.getpwuid(os.geteuid()).pw_dir


@pytest.mark.parametrize('home', [None, '', 'relative'])
def test_without_a_home_in_the_environment_it_is_that_of_the_user(monkeypatch, home):
    monkeypatch.delenv('HOME', raising=False)
    if home is not None:
        monkeypatch.setenv('HOME', home)

    assert read_spool(None) == f'{OWN}/.ansible/slack_relay'


@needs_root
def test_root_with_the_home_of_another_user_writes_to_its_own(monkeypatch, tmp_path):
    os.chown(tmp_path, NOBODY, NOBODY)
    monkeypatch.setenv('HOME', str(tmp_path))

    assert read_spool(f'{tmp_path}/.ansible/slack_relay') == f'{OWN}/.ansible/slack_relay'
    assert read_spool(f'{tmp_path}/elsewhere') == f'{tmp_path}/elsewhere'


def test_a_home_that_nobody_knows_is_no_directory_of_that_name(monkeypatch, tmp_path):
    """As Ansible gives it: a path below the working directory."""
    assert own_path(f'{tmp_path}/~/.ansible/slack_relay') is None


def test_a_user_without_a_home_reports_all_the_same(relay, env, tmp_path):
    env = {**env, 'SLACK_RELAY_SPOOL': f'{tmp_path}/~/.ansible/slack_relay'}
    code, _, err = program(env, 'exec', '--', 'false')

    assert code == 1 and len(relay.events) == 1
    assert err.count(b'slack_relay: ') == 1 and b'cannot be kept' in err
    assert not (tmp_path / '~').exists()
