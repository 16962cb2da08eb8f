"""What is well, or known already, costs nothing and is not told."""

from __future__ import annotations

ALL_IS_WELL = '''
- hosts: web
  gather_facts: false
  tasks:
    - name: Look at $label
      ansible.builtin.debug:
        msg: all is well
'''


def test_a_play_with_nothing_wrong_sends_nothing_starts_no_sender_and_writes_no_spool(relay, slack, project):
    outcome = project.run(ALL_IS_WELL, relay.url, relay.key)
    relay.wait_until_all_is_told()

    assert outcome.code == 0 and outcome.warnings == []
    assert project.started_senders == []
    assert not project.spool.exists()
    assert slack.notices(project.label) == []


def test_a_failure_that_is_known_is_not_told_again(relay, slack, label):
    relay.tell(label)
    slack.wait_for_notices(label)

    relay.tell(label)
    relay.wait_until_all_is_told()

    assert len(slack.notices(label)) == 1
