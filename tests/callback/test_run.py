"""What is said of a run: where it ran, what of, for whom, and where to read more."""

from __future__ import annotations

import subprocess

import pytest

import slack_relay
from runs import ANSIBLE, PLAYBOOKS, run
from slack_relay import Failure, Recap, link_of, machine_name, masking, own_patterns, revision_of, unreported


@pytest.mark.parametrize('environment, link', [
    ({}, None),
    ({'BUILD_URL': 'https://jenkins.example.com/job/site/7/'}, 'https://jenkins.example.com/job/site/7/'),
    ({'GITHUB_SERVER_URL': 'https://github.example.com', 'GITHUB_REPOSITORY': 'org/site', 'GITHUB_RUN_ID': '7'},
     'https://github.example.com/org/site/actions/runs/7'),
    ({'CI_JOB_URL': 'https://gitlab.example.com/org/site/-/jobs/7'}, 'https://gitlab.example.com/org/site/-/jobs/7'),
    ({'SYSTEM_COLLECTIONURI': 'https://dev.example.com/org/', 'SYSTEM_TEAMPROJECT': 'my site', 'BUILD_BUILDID': '7'},
     'https://dev.example.com/org/my%20site/_build/results?buildId=7'),
    ({'AWX_HOST': 'https://awx.example.com', 'JOB_ID': '7'}, 'https://awx.example.com/#/jobs/playbook/7'),
    ({'JOB_ID': '7'}, None),
])
def test_the_link_is_found_from_what_the_ci_system_says(environment, link):
    assert link_of(environment) == link


@pytest.mark.parametrize('name', ['GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'])
def test_the_revision_is_what_the_ci_system_says(tmp_path, name):
    assert revision_of(str(tmp_path), {name: 'abc'}) == 'abc'


def checkout(directory, head, **files):
    for name, text in {'HEAD': head, **files}.items():
        path = directory / name.replace('__', '/')
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_revision_is_the_commit_that_is_checked_out(tmp_path):
    work = tmp_path / 'site' / 'playbooks'
    work.mkdir(parents=True)
    git = tmp_path / 'site' / '.git'
    assert revision_of(str(work), {}) is None

    checkout(git, 'ref: refs/heads/main\n', **{'packed-refs': '# pack-refs\naaa refs/heads/main-2\nbbb refs/heads/main\n'})
    assert revision_of(str(work), {}) == 'bbb'

    checkout(git, 'ref: refs/heads/main\n', refs__heads__main='ccc\n')
    assert revision_of(str(work), {}) == 'ccc'

    checkout(git, 'ddd\n')
    assert revision_of(str(work), {}) == 'ddd'


def test_the_revision_of_a_worktree_is_its_own(tmp_path):
    (tmp_path / 'tree').mkdir()
    (tmp_path / 'tree' / '.git').write_text('gitdir: ../main/.git/worktrees/tree\n')
    checkout(tmp_path / 'main/.git/worktrees/tree', 'ref: refs/heads/side\n', commondir='../..\n')
    checkout(tmp_path / 'main/.git', 'ref: refs/heads/main\n', refs__heads__side='eee\n')

    assert revision_of(str(tmp_path / 'tree'), {}) == 'eee'


@pytest.mark.parametrize('host, hosts, name', [
    ('web-17', '127.0.1.1 web-17.example.com web-17\n', 'web-17.example.com'),
    ('web-17', '127.0.1.1 web-17 web-17.example.com # here\n', 'web-17.example.com'),
    ('web-17', '127.0.0.1 localhost web-170.example.com\n', 'web-17'),
    ('web-17.example.com', '', 'web-17.example.com'),
])
def test_the_machine_is_called_by_its_full_name(tmp_path, monkeypatch, host, hosts, name):
    (tmp_path / 'hosts').write_text(hosts)
    monkeypatch.setattr(slack_relay.socket, 'gethostname', lambda: host)

    assert machine_name(str(tmp_path / 'hosts')) == name


def test_under_ansible_pull_the_mode_is_pull_and_the_user_is_told(relay, env, tmp_path):
    pull = tmp_path / 'ansible-pull'
    pull.write_text(f'#!/bin/sh\n{ANSIBLE} "$@"\nexit $?\n')
    pull.chmod(0o755)

    env = {**env, 'LOGNAME': 'deploy'}
    subprocess.run([pull, '-c', 'local', 'loop.yml'], env=env, cwd=PLAYBOOKS, stdout=subprocess.DEVNULL, check=False)

    (report,) = relay.accepted
    assert (report['run']['mode'], report['run']['user']) == ('pull', 'deploy')


def test_each_playbook_of_a_command_line_is_a_run(relay, env):
    run('loop.yml', {**env, 'SLACK_RELAY_REPORT_RESCUED': 'true'}, 'rescued.yml')

    told = {report['run']['id']: report['run']['playbook'] for report in relay.accepted}
    assert sorted(told.values()) == ['loop.yml', 'rescued.yml']


def counts(failures=0, unreachable=0):
    return {'failures': failures, 'unreachable': unreachable}


def test_what_the_recap_counts_and_nobody_told_is_told():
    held = Failure('failed', 'web-01', 'web-01', task='Looked rescued', fate='rescued')
    recap = Recap({
        'web-01': counts(failures=2), 'web-02': counts(failures=1), 'web-03': counts(failures=1),
        'web-04': counts(), 'web-05': counts(unreachable=1),
    })

    found = list(unreported(recap, {('failed', 'web-01'): 1, ('failed', 'web-02'): 1}, {'web-01': [held, held], 'web-04': [held]}))

    assert [(failure.kind, failure.host, failure.task, failure.fate) for failure in found] == [
        ('failed', 'web-01', 'Looked rescued', ''), ('failed', 'web-03', None, ''), ('unreachable', 'web-05', None, ''),
    ]


def test_a_mask_of_the_user_that_takes_forever_hides_the_text_and_is_left_out():
    warnings = []
    mask = masking(own_patterns('(a+)+b\nserial \\d+', warnings.append), warnings.append)

    assert mask('a' * 40 + ' serial 7') == '[redacted]'
    assert mask('a' * 40 + ' serial 7') == 'a' * 40 + ' [redacted]'
    assert len(warnings) == 1


@pytest.mark.parametrize('pattern, text, masked', [
    ('serial (\\d+)-(\\d+)', 'serial 1-2', 'serial [redacted]-[redacted]'), ('x*', 'xxy', '[redacted]y'),
    ('((a)b)', 'ab', '[redacted]'), ('(a)|(b)', 'ba', '[redacted][redacted]'),
])
def test_a_mask_of_the_user_replaces_its_groups_or_the_whole_match(pattern, text, masked):
    assert masking(own_patterns(pattern, print), print)(text) == masked
