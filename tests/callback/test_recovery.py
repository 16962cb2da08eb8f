"""After a failure, the first run that shows that it is over takes it back; healthy hosts never say anything."""

from __future__ import annotations

import pytest

from Callback.open_failures import IDENTITY, OpenFailure
from Callback.recap import Recap
from Callback.recovery import is_over
from runs import run


def failing(hosts, task='broken'):
    return ['-e', f'{{"{task}": {hosts}}}'.replace("'", '"')]


@pytest.fixture
def broken(relay, env):
    """web-01 has failed and was told."""
    assert run('recovering.yml', env, *failing(['web-01'])).code == 2
    (event,) = relay.events
    relay.accepted.clear()
    return event


def test_a_clean_run_takes_back_what_failed_and_only_once(relay, env, spool, broken):
    run('recovering.yml', env)
    run('recovering.yml', env)

    (event,) = relay.events
    assert event['kind'] == 'recovered' and event['of'] == 'failed'
    assert {name: event[name] for name in IDENTITY} == {name: broken[name] for name in IDENTITY}
    assert relay.accepted[0]['run']['playbook'] == 'recovering.yml'
    assert sorted(path.name for path in spool.iterdir()) == ['status.json']


def test_a_run_of_a_part_or_without_the_host_takes_nothing_back(relay, env, broken):
    for arguments in (['--check', '--tags', 'prepare'], ['--limit', 'web-02'], ['--start-at-task', 'Serves']):
        assert run('recovering.yml', env, *arguments).code == 0

    assert relay.events == []


def test_a_run_that_another_host_may_have_ended_takes_back_what_it_has_seen_go_well(relay, env, broken):
    run('recovering.yml', env, *failing(['web-02']))

    assert sorted((event['kind'], event['host']) for event in relay.events) == [('failed', 'web-02'), ('recovered', 'web-01')]


def test_a_dead_delegate_is_not_well_again_because_its_host_is(relay, env):
    playbook = 'unseen/recovering_elsewhere.yaml'
    assert run(playbook, env).code in (2, 4)  # Which of the two, any_errors_fatal makes a matter of Ansible's version.
    assert run(playbook, env, *failing(['web-01'])).code == 2

    assert [(event['kind'], event['host']) for event in relay.events] == [('unreachable', 'dead-01'), ('failed', 'web-01')]


def recap(**counts):
    return Recap({'web-01': {'ok': 1, 'failures': 0, 'unreachable': 0, 'rescued': 0, **counts}})


@pytest.mark.parametrize('kind, counts, over', [
    ('failed', {}, True), ('failed', {'rescued': 1}, False), ('failed', {'failures': 1}, False),
    ('unreachable', {'rescued': 1}, True), ('unreachable', {'ok': 0}, False),
])
def test_a_run_that_a_rescue_may_have_ended_early_proves_nothing(kind, counts, over):
    failure = OpenFailure('site.yml', '', 'web-01', kind, {'host': 'web-01', 'task': 'Serves'})

    assert is_over(failure, '', recap(**counts), went_well=set()) is over


def test_a_host_that_fails_elsewhere_takes_nothing_back_until_it_is_clean(relay, env, broken):
    run('recovering.yml', env, *failing(['web-01'], 'broken_early'))
    assert [(event['kind'], event['task']) for event in relay.events] == [('failed', 'Prepares')]
    relay.accepted.clear()

    run('recovering.yml', env)
    assert sorted((event['kind'], event['task']) for event in relay.events) == [('recovered', 'Prepares'), ('recovered', 'Serves')]


def test_a_host_that_is_reached_again_is_no_longer_unreachable(relay, env):
    assert run('facts.yml', env).code == 4
    here = '{"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}'
    assert run('facts.yml', env, '-e', here).code == 0

    assert [(event['kind'], event.get('of'), event['host']) for event in relay.events] == [
        ('unreachable', None, 'dead-01'), ('recovered', 'unreachable', 'dead-01'),
    ]
