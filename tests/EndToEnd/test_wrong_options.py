"""What is wrong with the callback's options is said once, and is never the play's problem."""

from __future__ import annotations

import pytest

from planted import plant
from waiting import wait_for

FAILS = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Restart $label
      ansible.builtin.fail:
        msg: it does not start
'''

KEY = plant('the-key-' + 'of-the-tests', 'a key in an option')


@pytest.mark.parametrize('url', [None, 'relay.example.com/api?code=opensesame'])
def test_a_url_that_is_missing_or_malformed_costs_one_warning(project, url):
    outcome = project.run(FAILS, url, KEY)

    assert outcome.code == 2
    assert len(outcome.warnings) == 1 and 'url' in outcome.warnings[0]
    assert 'opensesame' not in outcome.err + outcome.out
    assert not project.spool.exists() and project.started_senders == []


def test_a_wrong_key_costs_one_warning_in_each_run_and_the_next_tells_what_was_kept(relay, slack, project):
    failing = project.run(FAILS, relay.url, 'not-' + relay.key)
    wait_for(lambda: not project.senders() and 'HTTP 401' in project.spooled, 'a sender that was refused')
    assert len(project.waiting) == 1

    next_one = project.run(FAILS, relay.url, relay.key)
    slack.wait_for_notices(project.label)

    assert failing.code == 2
    assert len(failing.warnings) == 1 and 'HTTP 401' in failing.warnings[0]
    assert len(next_one.warnings) == 1 and 'HTTP 401' in next_one.warnings[0]
    wait_for(lambda: not project.waiting, 'an empty spool')
