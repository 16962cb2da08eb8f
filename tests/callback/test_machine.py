"""The machine and whoever runs Ansible on it are known without asking anybody."""

from __future__ import annotations

import subprocess

import pytest

from Callback import machine
from Callback.machine import machine_name
from runs import ANSIBLE, PLAYBOOKS


@pytest.mark.parametrize('host, hosts, name', [
    ('web-17', '127.0.1.1 web-17.example.com web-17\n', 'web-17.example.com'),
    ('web-17', '127.0.1.1 web-17 web-17.example.com # here\n', 'web-17.example.com'),
    ('web-17', '127.0.0.1 localhost web-170.example.com\n', 'web-17'),
    ('web-17.example.com', '', 'web-17.example.com'),
])
def test_the_machine_is_called_by_its_full_name(tmp_path, monkeypatch, host, hosts, name):
    (tmp_path / 'hosts').write_text(hosts)
    monkeypatch.setattr(machine.socket, 'gethostname', lambda: host)

    assert machine_name(str(tmp_path / 'hosts')) == name


def test_under_ansible_pull_the_mode_is_pull_and_the_user_is_told(relay, env, tmp_path):
    pull = tmp_path / 'ansible-pull'
    pull.write_text(f'#!/bin/sh\n{ANSIBLE} "$@"\nexit $?\n')
    pull.chmod(0o755)

    env = {**env, 'LOGNAME': 'deploy'}
    subprocess.run([pull, '-c', 'local', 'loop.yml'], env=env, cwd=PLAYBOOKS, stdout=subprocess.DEVNULL, check=False)

    (report,) = relay.accepted
    assert (report['run']['mode'], report['run']['user']) == ('pull', 'deploy')
