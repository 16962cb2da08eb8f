"""`exec` reports what no callback can see, and leaves to the callback what that has reported."""

from __future__ import annotations

import os
import sys

import pytest

from programs import PROGRAM, program
from runs import ANSIBLE


def test_exec_passes_on_what_a_command_writes_and_says_nothing_of_one_that_succeeds(relay, env, spool):
    code, out, err = program(env, 'exec', '--', 'sh', '-c', r"printf 'a\000\377\033[1m'; printf 'b\r\n' >&2")

    assert (code, out, err) == (0, b'a\x00\xff\x1b[1m', b'b\r\n')
    assert relay.requests == [] and not spool.exists()


def test_exec_reports_a_command_that_fails_with_its_last_lines(relay, env):
    command = 'echo fine; echo "fatal: no route; TOKEN=opensesame" >&2; exit 7'
    code, out, err = program({**env, 'SLACK_RELAY_HOST_NAME': 'web-17'}, 'exec', 'sh', '-c', command)

    (event,) = relay.events
    assert code == 7
    assert (out, err) == (b'fine\n', b'fatal: no route; TOKEN=opensesame\n')
    assert (event['host'], event['returnCode'], event['stdout']) == ('web-17', 7, 'fine')
    assert event['message'] == 'sh: it ended with exit code 7\nfatal: no route; TOKEN=[redacted]'
    assert 'opensesame' not in relay.text


def test_exec_names_the_job_by_its_command_line_without_its_secrets(relay, env):
    program(env, 'exec', '--', 'sh', '-c', 'exit 1', 'nightly job', '--password', 'opensesame')

    assert relay.events[0]['task'] == "sh -c 'exit 1' 'nightly job' --password [redacted]"
    assert 'opensesame' not in relay.text


def test_exec_takes_back_what_it_reported_when_the_command_succeeds(relay, env, tmp_path):
    flag = tmp_path / 'flag'
    command = ['exec', '--', 'sh', '-c', f'test -e {flag}']
    program(env, *command)
    flag.touch()
    program(env, *command)
    program(env, *command)

    assert [event['kind'] for event in relay.events] == ['failed', 'recovered']


@pytest.mark.parametrize('playbook, message', [
    ('syntax_error.yaml', "couldn't resolve module/action 'no_such_module'"), ('missing_role.yaml', "he role 'no-such-role' was not found"),
])
def test_exec_reports_what_ends_ansible_before_any_callback(relay, env, playbook, message):
    code, _, _ = program(env, 'exec', '--', ANSIBLE, f'unseen/{playbook}')

    (event,) = relay.events
    assert code
    assert message in event['message']


def test_exec_leaves_to_the_callback_what_that_has_reported(relay, env, spool):
    code, out, _ = program(env, 'exec', '--', ANSIBLE, 'plain_failure.yml')

    assert code == 2 and b'PLAY RECAP' in out
    assert sorted(event['host'] for event in relay.events) == ['web-01', 'web-02']
    assert not [path for path in spool.iterdir() if path.name.startswith('run-marker')]


def test_exec_reports_a_run_that_is_ended_after_it_has_reported_a_failure(relay, env):
    program(env, 'exec', '--timeout', '6', '--', ANSIBLE, 'unseen/dies_later.yaml')

    assert [event['task'] for event in relay.events][:1] == ['Breaks at once']
    assert 'did not end within 6 seconds' in relay.events[1]['message']


def test_exec_without_a_url_still_runs_the_command(env):
    code, out, err = program({**env, 'SLACK_RELAY_URL': ''}, 'exec', '--', 'sh', '-c', 'echo out; exit 3')

    assert (code, out) == (3, b'out\n')
    assert err == b'slack_relay: no url is set, so nothing is reported\n'


@pytest.mark.parametrize('wrong', ['no section', 'no text', 'a pipe for a key file', 'a pipe for a memory', 'no directory', 'no patterns'])
def test_exec_runs_its_command_whatever_is_wrong_around_it(env, spool, tmp_path, wrong):
    config = tmp_path / 'ansible.cfg'
    env = {**env, 'ANSIBLE_CONFIG': str(config)}
    if wrong == 'no section':
        config.write_text('opensesame')
    elif wrong == 'no text':
        config.write_bytes(b'[defaults]\nx = \xff opensesame\n')
    elif wrong == 'a pipe for a key file':
        os.mkfifo(tmp_path / 'key')
        env = {**env, 'SLACK_RELAY_KEY': '', 'SLACK_RELAY_KEY_FILE': str(tmp_path / 'key')}
    elif wrong == 'a pipe for a memory':
        spool.mkdir(0o700)
        os.mkfifo(spool / 'failures.jsonl')
    elif wrong == 'no patterns':
        env = {**env, 'SLACK_RELAY_MASK': '(((('}
    words = ['sh', '-c', 'echo ran; exit 5']
    if wrong == 'no directory':
        words = ['sh', '-c', f'mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir ../gone; exec {sys.executable} -B {PROGRAM} exec -- "$@"', 'sh', *words]

    code, out, err = program(env, 'exec', '--', *words)

    assert (code, out) == (5, b'ran\n')
    assert b'opensesame' not in err and b'Traceback' not in err
    assert wrong in ('a pipe for a memory', 'no directory') or err.startswith(b'slack_relay: ')
