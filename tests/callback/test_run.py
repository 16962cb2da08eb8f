"""What is said of a run: what of, and where to read more."""

from __future__ import annotations

import pytest

from Callback.run import link_of
from runs import run


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


def test_each_playbook_of_a_command_line_is_a_run(relay, env):
    run('loop.yml', {**env, 'SLACK_RELAY_REPORT_RESCUED': 'true'}, 'rescued.yml')

    told = {report['run']['id']: report['run']['playbook'] for report in relay.accepted}
    assert sorted(told.values()) == ['loop.yml', 'rescued.yml']
