"""While the relay's storage is away, nothing is taken and nothing is lost."""

from __future__ import annotations

import json
from types import SimpleNamespace

from relay_process import AT_ONCE
from relay_under_test import report
from waiting import wait_for

FAILS = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Restart $label
      ansible.builtin.fail:
        msg: it does not start
'''


def story(stage):
    """Storage goes right after it has taken a report, and is back when a run has found that it is gone."""
    storage = stage.storage()
    relay = stage.own_relay(Relay__Storage=storage.connection_string, **AT_ONCE)
    project = stage.project()
    label, before, refused = project.label, f'{project.label}-before', f'{project.label}-refused'

    relay.tell(before)
    storage.stop()
    ending = SimpleNamespace(answer=relay.send(json.dumps(report(refused)).encode()), health=relay.health())
    ending.outcome = project.run(FAILS, relay.url, relay.key)
    ending.waiting, ending.spooled = project.waiting, project.spooled

    storage.start()
    ending.before = relay.slack.wait_for_notices(before)
    ending.told = relay.slack.wait_for_notices(f'Restart {label}')
    wait_for(lambda: not project.waiting, 'an empty spool')
    ending.refused, ending.health_at_last = relay.slack.notices(refused), relay.health()
    return ending


def test_without_storage_a_report_is_refused_for_now(ending):
    assert ending.answer.status == 503 and ending.answer.problem['title']
    assert int(ending.answer.headers['Retry-After']) > 0
    assert ending.refused == []


def test_health_says_whether_storage_answers(ending):
    assert (ending.health.status, ending.health_at_last.status) == (503, 200)


def test_without_storage_the_sender_keeps_its_spool_and_the_play_its_peace(ending):
    assert ending.outcome.code == 2
    assert len(ending.outcome.warnings) == 1 and 'HTTP 503' in ending.outcome.warnings[0]
    assert len(ending.waiting) == 1 and 'HTTP 503' in ending.spooled


def test_when_storage_is_back_everything_arrives(ending):
    assert len(ending.before) == 1
    assert len(ending.told) == 1
