"""However much fails at once, Slack hears of all of it, in few messages and at the pace that it allows."""

from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest

from host_ranges import expanded
from relay_under_test import event
from waiting import wait_for

THREE_TASKS_FAIL = '''
- hosts: web
  gather_facts: false
  tasks:
    - name: Check the disk of $label
      ansible.builtin.fail:
        msg: the disk is full
      when: inventory_hostname == 'web-01'

    - name: Check the clock of $label
      ansible.builtin.fail:
        msg: the clock is wrong
      when: inventory_hostname == 'web-02'

    - name: Check the lamp of $label
      ansible.builtin.fail:
        msg: the lamp is out
      when: inventory_hostname == 'web-03'
'''

ONE_TASK_FAILS_EVERYWHERE = '''
- hosts: fleet
  gather_facts: false
  tasks:
    - name: Mount the share of $label
      ansible.builtin.fail:
        msg: "{{ inventory_hostname }}: the share does not answer"
'''

HOSTS = 200
ANNOUNCED = re.compile(r' failed on (?P<count>\d+)(?: of \d+)? hosts$')
UPDATED = re.compile(r' failed on (?:(?P<count>\d+) more hosts|host-\d+ too) \((?P<all>\d+)(?: of \d+)?(?: hosts)? in all\)$')
NAME = re.compile(r'host-\d{3}')
MORE = re.compile(r' and (\d+) more')


def story(stage):
    """A bad night for a relay that waits for more hosts as long as it does by default: two plays fail, the second one on a fleet."""
    relay = stage.relay(Relay__Incidents__GroupInterval='00:00:05')
    few, fleet = stage.project(), stage.project()
    relay.slack.forget()

    few.run(THREE_TASKS_FAIL, relay.url, relay.key)
    ending = SimpleNamespace(outcome=fleet.run(ONE_TASK_FAILS_EVERYWHERE, relay.url, relay.key), waiting=fleet.waiting)

    ending.few = relay.slack.wait_for_notices(few.label, 3)
    ending.fleet = wait_for(lambda: all_hosts_told(relay.slack.notices(fleet.label)), relay.slack.text)
    ending.pace = relay.slack.pace()
    ending.seconds_to_announcement = announce_while_more_fail(relay, f'{fleet.label}-goes-on')
    return ending


def announce_while_more_fail(relay, label):
    """A host after another fails, until Slack hears of it."""
    began = time.monotonic()
    for number in range(200):
        relay.tell(label, event(label, host=f'host-{number:03}'))
        if relay.slack.notices(label):
            break
        time.sleep(0.1)
    return time.monotonic() - began


def all_hosts_told(notices):
    return notices if sum(map(hosts_in, notices)) == HOSTS else None


def hosts_in(notice):
    """Those that it names and those that it only counts."""
    where = expanded(f'{notice.title}\n{notice.text.replace("`", " ")}')
    return len(set(NAME.findall(where))) + sum(map(int, MORE.findall(where)))


def test_three_tasks_that_fail_are_three_attachments_in_fewer_messages(ending):
    titles = sorted(re.sub(' of .* failed', ' failed', notice.title) for notice in ending.few)

    assert titles == ['Check the clock failed on web-02', 'Check the disk failed on web-01', 'Check the lamp failed on web-03']
    assert len({notice.message for notice in ending.few}) < 3


def test_200_hosts_that_fail_one_task_are_one_incident_that_names_hosts_and_counts_them(ending):
    announcement, *updates = ending.fleet
    counts = [UPDATED.search(notice.title) for notice in updates]

    assert int(ANNOUNCED.search(announcement.title)['count']) == hosts_in(announcement)
    assert [int(count['count'] or 1) for count in counts] == [hosts_in(notice) for notice in updates]
    assert hosts_in(announcement) + sum(map(hosts_in, updates)) == HOSTS == int(counts[-1]['all'] if counts else HOSTS)


def test_200_hosts_that_fail_one_task_leave_the_play_its_peace_and_the_spool_empty(ending):
    assert ending.outcome.code == 2 and ending.outcome.warnings == []
    assert ending.waiting == []


def test_slack_is_never_told_more_than_once_a_second(ending):
    assert ending.pace.rate_limited == 0 and ending.pace.refused == 0
    assert ending.pace.smallest_gap is None or ending.pace.smallest_gap >= 1


def test_hosts_that_go_on_failing_do_not_put_off_the_announcement(ending):
    assert ending.seconds_to_announcement < 12
