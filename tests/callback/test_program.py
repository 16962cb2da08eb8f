"""The file as a program: what no callback can see, what waits, and whether the relay can be reached."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

import slack_relay
from runs import ANSIBLE, PLAYBOOKS, environment
from spools import closed_port

PROGRAM = slack_relay.__file__


def start(env, *arguments):
    return subprocess.Popen(
        [sys.executable, '-B', PROGRAM, *arguments], env=env, cwd=PLAYBOOKS,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )


def program(env, *arguments, seconds=40):
    process = start(env, *arguments)
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


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
    assert not [path for path in spool.iterdir() if path.name.startswith('word')]


def test_exec_reports_a_run_that_is_ended_after_it_has_told_of_a_failure(relay, env):
    program(env, 'exec', '--timeout', '6', '--', ANSIBLE, 'unseen/dies_later.yaml')

    assert [event['task'] for event in relay.events][:1] == ['Breaks at once']
    assert 'did not end within 6 seconds' in relay.events[1]['message']


@pytest.mark.parametrize('lines, all_told', [('', False), ('+-', True), ('+', False), ('+-+', False), ('+-+-', True)])
def test_exec_knows_from_the_word_whether_a_run_came_to_its_end(tmp_path, lines, all_told):
    path = tmp_path / 'word'
    word = slack_relay.Word(str(path))
    for line in lines:
        word.told() if line == '+' else word.ends()

    assert word.says_all() is all_told


def test_a_playbook_that_begins_after_one_that_failed_may_die_untold(tmp_path):
    word = slack_relay.Word(str(tmp_path / 'word'))
    for step in (word.begins, word.told, word.told, word.ends, word.begins):
        step()

    assert not word.says_all()


@pytest.mark.parametrize('text', ['-1', '0', 'nan', 'soon'])
def test_exec_wants_a_time_that_is_one(env, text):
    code, _, err = program(env, 'exec', '--timeout', text, '--', 'true')

    assert code == 2 and b'--timeout' in err


def test_exec_ends_a_command_that_takes_too_long_with_all_it_started(relay, env, tmp_path):
    began = time.monotonic()
    code, _, _ = program(env, 'exec', '--timeout', '0.5', '--', 'sh', '-c', 'sleep 60; true')

    assert code == 124 and time.monotonic() - began < 20
    assert 'did not end within 0.5 seconds' in relay.events[0]['message']
    assert relay.events[0]['returnCode'] == 124


@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_exec_passes_signals_on_and_ends_like_the_command(relay, env, number):
    process = start(env, 'exec', '--', 'sh', '-c', 'echo ready; exec sleep 60')
    assert process.stdout.readline() == b'ready\n'

    process.send_signal(number)

    assert process.wait(20) == -number
    process.communicate()
    assert number.name in relay.events[0]['message']
    assert relay.events[0]['returnCode'] == 128 + number


def test_exec_reports_a_signal_that_has_no_name(relay, env):
    code, _, _ = program(env, 'exec', '--', 'sh', '-c', 'kill -40 $$')

    assert code == -40
    assert 'it was ended by signal 40' in relay.events[0]['message']


def test_exec_of_what_cannot_be_started(relay, env):
    code, _, _ = program(env, 'exec', '--', 'no-such-program')

    assert code == 127
    assert 'could not be started' in relay.events[0]['message']


def test_exec_without_a_url_still_runs_the_command(env):
    code, out, err = program({**env, 'SLACK_RELAY_URL': ''}, 'exec', '--', 'sh', '-c', 'echo out; exit 3')

    assert (code, out) == (3, b'out\n')
    assert err == b'slack_relay: no url is set, so nothing is reported\n'


def test_status_says_what_waits_and_what_went_wrong(tmp_path, spool):
    env = environment(tmp_path, spool, f'http://127.0.0.1:{closed_port()}', wait=1)
    _, _, err = program(env, 'exec', '--', 'false')
    code, out, _ = program(env, 'status')

    assert code == 0
    assert err.startswith(b'slack_relay: what failed is not told yet') and b'Connection refused' in err
    assert b'waiting:      1 reports, since 20' in out
    assert b'last success: none' in out
    assert b'Connection refused' in out


@pytest.mark.parametrize('answer, words', [
    (202, b'All is well'), (401, b'The key is at fault'), (403, b'The key is at fault'),
    (404, b'The URL is at fault'), (200, b'The URL is at fault'), (400, b'does not understand'), (503, b'The relay is at fault'),
])
def test_test_says_what_is_at_fault(relay, env, spool, answer, words):
    relay.answer = answer
    code, out, _ = program(env, 'test')

    assert code == (0 if answer == 202 else 1)
    assert out.startswith(words) or words in out
    assert not spool.exists()


def test_a_test_says_that_it_is_one_and_where_it_will_be_seen(relay, env):
    _, out, _ = program({**env, 'SLACK_RELAY_CHANNEL': 'db'}, 'test')

    assert relay.requests[0]['run']['mode'] == 'test'
    assert b"the route 'db', or of the default one" in out


def test_test_says_when_the_url_says_https_but_the_relay_speaks_http(relay, env):
    code, out, _ = program({**env, 'SLACK_RELAY_URL': relay.url.replace('http:', 'https:')}, 'test')

    assert code == 1 and out.startswith(b'The URL is at fault: it says http')


@pytest.mark.parametrize('url', ['http://127.0.0.1:{port}', 'http://no-such-host.invalid'])
def test_test_says_when_the_network_is_at_fault(tmp_path, spool, url):
    code, out, _ = program(environment(tmp_path, spool, url.format(port=closed_port())), 'test')

    assert code == 1 and out.startswith(b'The network is at fault')


def test_options_come_from_ansible_cfg_without_ansible(relay, env, tmp_path):
    config = tmp_path / 'ansible.cfg'
    config.write_text(f'[callback_slack_relay]\nurl = {relay.url} ; of the tests\nkey_file = key\n')
    (tmp_path / 'key').write_text('from-the-file\n')
    bare = {name: value for name, value in env.items() if not name.startswith('SLACK_RELAY')}

    assert program({**bare, 'ANSIBLE_CONFIG': str(config)}, 'test')[0] == 0
    assert relay.keys == {'from-the-file'}


def test_without_a_command_it_says_which_there_are(env):
    code, _, err = program(env)

    assert code == 2 and all(word in err for word in (b'exec', b'status', b'test'))
