"""An incident is told from its first host to its last one's recovery."""

from __future__ import annotations

from relay_under_test import event, recovery

FAILS_ON_ONE_HOST = '''
- hosts: $host
  gather_facts: false
  tasks:
    - name: Restart $label
      ansible.builtin.fail:
        msg: it does not start
'''

GREEN = '#2eb67d'


def test_a_host_that_fails_later_is_an_update_of_the_same_incident(relay, slack, project):
    project.run(FAILS_ON_ONE_HOST, relay.url, relay.key, host='web-01')
    slack.wait_for_notices(project.label)

    project.run(FAILS_ON_ONE_HOST, relay.url, relay.key, host='web-02')
    first, second = slack.wait_for_notices(project.label, 2)

    assert first.title == f'Restart {project.label} failed on web-01'
    assert second.title == f'Restart {project.label} failed on web-02 too (2 hosts in all)'


def test_an_incident_whose_every_host_has_recovered_is_told_as_fixed(relay, slack, label):
    one, other = event(label, host='web-01'), event(label, host='web-02')
    relay.tell(label, one, other)
    slack.wait_for_notices(label)

    relay.tell(label, recovery(one))
    relay.wait_until_all_is_told()
    assert len(slack.notices(label)) == 1

    relay.tell(label, recovery(other))
    _, fixed = slack.wait_for_notices(label, 2)

    assert fixed.title == f'Check {label} is fixed on both hosts'
    assert fixed.attachment['color'] == GREEN


def test_what_fails_again_soon_after_it_was_fixed_is_said_to_do_so(relay, slack, label):
    failure = event(label)
    for count, one in enumerate((failure, recovery(failure), event(label)), 1):
        relay.tell(label, one)
        notices = slack.wait_for_notices(label, count)

    assert [notice.title.split(',')[0] for notice in notices] == [
        f'Check {label} failed on web-01', f'Check {label} is fixed on web-01', f'Check {label} fails again on web-01',
    ]


def test_fifty_incidents_at_once_take_a_few_messages_at_the_pace_that_slack_allows(relay, slack, label):
    relay.tell(label, *(event(label, path=f'{label}-{number}.yml:4', task=f'Task {number} of {label}') for number in range(50)))
    notices = slack.wait_for_notices(label, 50)

    assert len({notice.title for notice in notices}) == len(notices) == 50
    assert slack.pace().rate_limited == 0 and slack.pace().refused == 0
    assert slack.pace().smallest_gap >= 1
