"""After a failure, the first run that is seen to do the same task well takes it back; nothing else does, and healthy hosts never say anything."""

from __future__ import annotations

import json
import time

import pytest

from Callback.open_failures import IDENTITY, OpenFailure, OpenFailures
from Callback.recovery import Evidence
from Callback.task_outcome import TaskOutcome
from runs import finish, run, start


@pytest.fixture
def broken(relay, env):
    """web-01 has failed and was told."""
    assert run('recovering.yml', {**env, 'BROKEN': 'web-01'}).code == 2
    (event,) = relay.events
    relay.accepted.clear()
    return event


def kinds(relay):
    return sorted((event['kind'], event['host']) for event in relay.events)


def test_a_clean_run_takes_back_what_failed_and_only_once(relay, env, spool, broken):
    run('recovering.yml', env)
    run('recovering.yml', env)

    (event,) = relay.events
    assert event['kind'] == 'recovered' and event['of'] == 'failed'
    assert event['recovers'] == [broken['id']]
    assert {name: event[name] for name in IDENTITY} == {name: broken[name] for name in IDENTITY}
    assert relay.accepted[0]['run']['playbook'] == 'recovering.yml'
    assert sorted(path.name for path in spool.iterdir()) == ['status.json']


def test_another_kind_of_run_takes_nothing_back(relay, env, broken):
    for arguments in (
        ['--check'], ['--tags', 'prepare'], ['--skip-tags', 'other'], ['--limit', 'web-02'], ['--start-at-task', 'Ends the host'],
        ['-e', 'env=prod'], ['-i', 'inventory/hosts.yml', '-i', 'web-03,'],
    ):
        ends = {'ENDS': 'the host'} if '--start-at-task' in arguments else {}
        assert run('recovering.yml', {**env, **ends}, *arguments).code == 0
        assert relay.events == [], arguments


def test_a_run_with_other_labels_or_that_does_not_come_to_the_task_takes_nothing_back(relay, env, broken):
    for given in ({'ENDS': 'the play'}, {'ENDS': 'the host'}, {'ENDS': 'the task'}, {'SLACK_RELAY_LABELS': 'env=prod'}):
        assert run('recovering.yml', {**env, **given}).code == 0
        assert relay.events == [], given


def test_a_part_of_the_hosts_and_another_channel_make_no_difference(relay, env, broken):
    run('recovering.yml', {**env, 'SLACK_RELAY_CHANNEL': 'elsewhere'}, '--limit', 'web-01', '--forks', '1')

    assert kinds(relay) == [('recovered', 'web-01')]
    assert relay.accepted[0]['channel'] is None, 'it goes where the failure went'


def test_extra_variables_count_by_their_values_unless_they_only_name_the_release(relay, env, spool):
    run('recovering.yml', {**env, 'BROKEN': 'web-01'}, '-e', 'version=1', '-e', '{"stage": {"name": "dev"}}')
    run('recovering.yml', env, '-e', 'version=2', '-e', '{"stage": {"name": "prod"}}')
    assert kinds(relay) == [('failed', 'web-01')]

    run('recovering.yml', env, '-e', 'version=2', '-e', '{"stage": {"name": "dev"}}')
    assert kinds(relay) == [('failed', 'web-01'), ('recovered', 'web-01')]
    assert relay.events[0]['task'] == 'Serves 1' and relay.events[0]['writtenTask'].startswith('Serves {{')
    assert all(b'dev' not in path.read_bytes() for path in spool.iterdir()), 'no value is kept'


def test_one_failure_that_is_repeated_is_one_line_and_one_recovery(relay, env, spool):
    for _ in range(2):
        run('recovering.yml', {**env, 'BROKEN': 'web-01'})
    first, second = (event['id'] for event in relay.events)
    assert len((spool / 'failures.jsonl').read_text().splitlines()) == 1

    run('recovering.yml', env)
    assert relay.events[2]['recovers'] == [first, second]


def test_a_run_at_the_same_time_does_not_lose_what_another_one_remembers(relay, env, spool, broken):
    processes = [start('recovering.yml', {**env, 'BROKEN': 'web-02'}), start('recovering.yml', env)]
    for process in processes:
        finish(process)

    assert ('recovered', 'web-01') in kinds(relay)
    (line,) = (spool / 'failures.jsonl').read_text().splitlines()
    assert json.loads(line)['inventory_host'] == 'web-02'


def test_a_run_that_fails_elsewhere_takes_back_what_it_has_seen_go_well(relay, env, broken):
    run('recovering.yml', {**env, 'BROKEN': 'web-02'})

    assert kinds(relay) == [('failed', 'web-02'), ('recovered', 'web-01')]


def test_a_dead_delegate_is_not_well_again_because_its_host_is(relay, env):
    playbook = 'unseen/recovering_elsewhere.yaml'
    assert run(playbook, env).code in (2, 4)  # Which of the two, any_errors_fatal makes a matter of Ansible's version.
    assert run(playbook, {**env, 'BROKEN': 'web-01'}).code == 2

    assert [(event['kind'], event['host']) for event in relay.events] == [('unreachable', 'dead-01'), ('failed', 'web-01')]


def failure(kind='failed', **more):
    identity = {'host': 'web-01', 'role': None, 'path': 'site.yml:4', 'writtenTask': 'Serves', 'action': 'command', **more}
    return OpenFailure('runs', None, kind, 'web-01', identity, ('a',), time.time())


def evidence(*outcomes):
    seen = Evidence()
    for kind, name, answered in outcomes:
        outcome = TaskOutcome(kind, 'web-01', 'web-01', answered=answered)
        seen.add(outcome, {'path': 'site.yml:9', 'writtenTask': name, 'action': 'command'})
    return seen


@pytest.mark.parametrize('kind, outcomes, over', [
    ('failed', [('ok', 'Serves', True)], True),
    ('failed', [('ok', 'Prepares', True)], False),
    ('failed', [('ok', 'Serves', True), ('failed', 'Serves', True)], False),
    ('unreachable', [('ok', 'Prepares', True)], True),
    ('unreachable', [('failed', 'Prepares', True)], True),
    ('unreachable', [('ok', 'Says something on the controller', False)], False),
    ('unreachable', [('ok', 'Prepares', True), ('unreachable', 'Serves', False)], False),
])
def test_only_what_was_seen_to_work_is_over(kind, outcomes, over):
    assert evidence(*outcomes).ends(failure(kind)) is over


def test_a_task_without_a_name_is_known_by_its_line():
    unnamed = failure(writtenTask=None, path='site.yml:9')
    assert evidence(('ok', None, True)).ends(unnamed) is True
    assert evidence(('ok', None, True)).ends(failure(writtenTask=None)) is False


def test_what_nobody_heard_of_for_a_month_is_forgotten(tmp_path):
    memory = OpenFailures(str(tmp_path))
    memory.add(OpenFailure(**{**vars(failure()), 'at': time.time() - 31 * 86400}))
    memory.add(failure(writtenTask='Another'))

    memory.settle(())

    assert [known.identity['writtenTask'] for known in OpenFailures(str(tmp_path)).of('runs')] == ['Another']


def test_of_one_failure_the_newest_ids_are_kept(tmp_path):
    memory = OpenFailures(str(tmp_path))
    for number in range(70):
        memory.add(OpenFailure(**{**vars(failure()), 'ids': (f'event-{number}',)}))
    memory.settle(())

    (known,) = OpenFailures(str(tmp_path)).of('runs')
    assert known.ids == tuple(f'event-{number}' for number in range(6, 70))


def test_where_there_is_no_room_the_oldest_are_forgotten_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr('Callback.open_failures.OPEN_FAILURES_LIMIT', 600)
    memory = OpenFailures(str(tmp_path))
    for number in range(5):
        memory.add(OpenFailure(**{**vars(failure(writtenTask=f'Task {number}')), 'at': time.time() + number}))

    assert memory.settle(()) + len(OpenFailures(str(tmp_path)).of('runs')) >= 4
    assert [known.identity['writtenTask'] for known in OpenFailures(str(tmp_path)).of('runs')][-1] in ('Task 3', 'Task 4')


@pytest.mark.parametrize('line', [b'{', b'[]', b'{"playbook": "site.yml", "scope": ""}', b'\xff\xfe', b'null'])
def test_what_is_no_line_of_ours_is_left_aside(tmp_path, line):
    (tmp_path / 'failures.jsonl').write_bytes(line + b'\n' + failure().line)

    assert len(OpenFailures(str(tmp_path))) == 1


def test_a_host_that_fails_elsewhere_takes_nothing_back_until_the_task_is_seen(relay, env, broken):
    run('recovering.yml', {**env, 'BROKEN_EARLY': 'web-01'})
    assert [(event['kind'], event['task']) for event in relay.events] == [('failed', 'Prepares')]
    relay.accepted.clear()

    run('recovering.yml', env)
    assert sorted((event['kind'], event['task']) for event in relay.events) == [('recovered', 'Prepares'), ('recovered', 'Serves something')]


def test_a_host_that_is_reached_again_is_no_longer_unreachable(relay, env):
    assert run('unseen/reached_again.yaml', {**env, 'CONNECTION': 'ssh'}).code == 4
    assert run('unseen/reached_again.yaml', {**env, 'CONNECTION': 'local'}).code == 0

    assert [(event['kind'], event.get('of'), event['host']) for event in relay.events] == [
        ('unreachable', None, 'dead-01'), ('recovered', 'unreachable', 'dead-01'),
    ]
