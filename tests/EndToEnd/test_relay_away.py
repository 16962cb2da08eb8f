"""A relay that dies is missed by nobody: what fails meanwhile is told when it is back, and it leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
from types import SimpleNamespace

from planted import plant
from processes import end
from relay_process import AT_ONCE
from waiting import wait_for

FAILS = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Restart $label
      ansible.builtin.fail:
        msg: it does not start
'''

ALL_IS_WELL = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Look at $label
      ansible.builtin.debug:
        msg: all is well
'''

# Pieces, so that no search for secrets takes this file for a leak.
SECRET = plant('open' + 'sesame', 'the secret of a webhook')


def story(stage):
    """A relay is killed, and comes back at the same address two runs later, with a webhook of its own; then somebody presses Ctrl-C."""
    killed, project = stage.own_relay(**AT_ONCE), stage.project()
    killed.process.kill()
    wait_for(lambda: not killed.process.processes, 'the end of its Azurite', 10)

    ending = SimpleNamespace(during=[run_without_a_relay(project, playbook, killed) for playbook in (FAILS, ALL_IS_WELL)])
    ending.kept = project.waiting

    back = stage.own_relay(urls=killed.url, SLACK_WEBHOOK_URL=f'{killed.url}/slack/services/T0/B0/{SECRET}', **AT_ONCE)
    ending.afterwards = project.run(ALL_IS_WELL, back.url, back.key)
    ending.told = back.slack.wait_for_notices(f'Restart {project.label}')
    wait_for(lambda: not project.waiting, 'an empty spool')

    bystander = subprocess.Popen(['node', '-e', 'setInterval(() => {}, 1000)'], stdin=subprocess.DEVNULL)
    ending.ran = back.process.processes
    ending.exit_code, ending.left = back.process.press_control_c(), back.process.processes
    ending.bystander, _ = bystander.poll(), end(bystander)
    ending.back = back
    return ending


def run_without_a_relay(project, playbook, relay):
    """A run whose sender found nobody there; the end of its machine took the sender with it."""
    status = project.spool / 'status.json'
    outcome = project.run(playbook, relay.url, relay.key, wait=0.1)
    wait_for(lambda: status.exists() and json.loads(status.read_text())['lastError'], 'an attempt')
    assert project.senders()
    project.stop_senders()
    return outcome


def test_a_relay_that_is_away_never_changes_how_a_play_ends(ending):
    assert [outcome.code for outcome in ending.during] == [2, 0]
    assert len(ending.kept) == 1, 'the failure: that another playbook is well says nothing of it'


def test_a_relay_that_is_away_costs_one_warning_in_each_run(ending):
    first, second = (outcome.warnings for outcome in ending.during)

    assert len(first) == 1 and 'not delivered yet' in first[0]
    assert len(second) == 1 and 'Connection refused' in second[0]


def test_what_failed_while_the_relay_was_away_is_told_in_the_next_run_when_it_is_back(ending):
    assert ending.afterwards.code == 0
    assert len(ending.told) == 1


def test_control_c_stops_the_relay_and_its_azurite_and_nothing_else(ending):
    assert len(ending.ran) == 2
    assert (ending.exit_code, ending.left, ending.bystander) == (0, set(), None)
    assert ending.back.process.err == ''


def test_no_secret_is_in_what_it_writes(ending):
    assert 'the configured webhook' in ending.back.process.out
    assert SECRET not in ending.back.process.out
    assert ending.back.key not in ending.back.process.out
