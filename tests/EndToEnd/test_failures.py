"""What fails in a play becomes a message that says what broke, where and why, and nothing that is secret."""

from __future__ import annotations

import re
import uuid
from types import SimpleNamespace

import pytest

from planted import plant
from project import Project

# Pieces, so that no search for secrets takes this file for a leak.
PASSWORD = plant('hunter' + '2' * 6, 'a password in a play')

ONE_HOST_FAILS = f'''
- name: Web servers
  hosts: web-01
  gather_facts: false
  tasks:
    - name: Check the disk of $label
      ansible.builtin.command: sh -c 'echo "disk on fire, password={PASSWORD}" >&2; exit 3'
'''

ONE_HOST_IS_DOWN = '''
- hosts: web-01:down-01
  gather_facts: false
  tasks:
    - name: Knock at $label
      ansible.builtin.ping:
'''

MARKUP = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Wake <!channel> for $label
      ansible.builtin.fail:
        msg: "<!everyone> ``` *now* & <https://example.com|here>"
'''


@pytest.fixture(scope='module')
def failed(relay, tmp_path_factory):
    """One host fails, and Slack is told."""
    project = Project(tmp_path_factory.mktemp('failed'), f'e2e-{uuid.uuid4().hex}')
    outcome = project.run(ONE_HOST_FAILS, relay.url, relay.key)
    return SimpleNamespace(project=project, outcome=outcome, notices=relay.slack.wait_for_notices(project.label))


def test_a_host_that_fails_is_one_message_that_says_what_where_and_why(failed):
    (notice,), name = failed.notices, f'Check the disk of {failed.project.label}'

    assert notice.title == f'{name} failed on web-01'
    why, where, *_ = notice.text.split('\n')
    assert 'disk on fire' in why
    assert where.startswith(f'{failed.project.line_of("Check the disk")} · Web servers · exit code 3 · since <!date^')
    assert f'{failed.project.label}.yml · ' in notice.footer


def test_a_failure_costs_the_play_one_sender_and_leaves_nothing_in_the_spool(failed):
    assert failed.outcome.code == 2 and failed.outcome.warnings == []
    assert len(failed.project.started_senders) == 1
    assert failed.project.waiting == []


def test_what_is_secret_stays_where_it_is(relay, failed):
    logged = relay.process.out + relay.process.err if relay.process else ''

    assert '[redacted]' in failed.notices[0].text
    for secret in (PASSWORD, relay.key):
        assert secret not in relay.slack.text() + failed.project.spooled + logged + ''.join(failed.project.started_senders)


def test_a_host_that_cannot_be_reached_is_told_as_unreachable(relay, slack, project):
    outcome = project.run(ONE_HOST_IS_DOWN, relay.url, relay.key)
    (notice,) = slack.wait_for_notices(project.label)

    assert outcome.code == 4
    assert notice.title == 'down-01 is unreachable'
    assert 'Connection refused' in notice.text


def test_text_of_a_play_never_becomes_markup(relay, slack, project):
    project.run(MARKUP, relay.url, relay.key)
    (notice,) = slack.wait_for_notices(project.label)

    assert 'Wake &lt;!channel&gt;' in notice.title
    assert '&lt;!everyone&gt;' in notice.text and '&amp;' in notice.text and notice.text.count('```') in (2, 4)
    assert set(re.findall('<[^0-9]*', slack.text())) == {'<!date^'}
