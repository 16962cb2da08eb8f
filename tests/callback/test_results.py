"""What is told of a module's result: the words that help, as the contract spells them."""

from __future__ import annotations

import json
import time

import jsonschema
import pytest

import slack_relay
from recording_relay import SCHEMA
from slack_relay import Failure, Run, bounded, details_of, event_of, line_of, mask_text, message_of

AT = '2026-11-22T10:00:00Z'
RUN = Run(id='run-1', source='control.example.com', startedAt=AT)


@pytest.mark.parametrize('result, message', [
    ({'msg': 'No package'}, 'No package'),
    ({'msg': 'Task failed: Module failed: No package'}, 'No package'),
    ({'msg': 'Task failed: ', 'stderr': 'why'}, 'why'),
    ({'msg': '', 'stdout': 'told on stdout'}, 'told on stdout'),
    ({'msg': '(traceback unavailable)', 'reason': 'no such file'}, 'no such file'),
    ({'reason': 'could not find the file'}, 'could not find the file'),
    ({'msg': '', 'stderr': '\n'.join('abcdefgh'), 'stdout': 'x'}, 'd\ne\nf\ng\nh'),
    ({'msg': 'MODULE FAILURE\nSee stdout/stderr for the exact error', 'module_stderr': 'Traceback\nKeyError: 1'}, 'Traceback\nKeyError: 1'),
    ({'msg': 'MODULE FAILURE\nSee stdout/stderr for the exact error', 'module_stdout': 'boom', 'module_stderr': ''}, 'boom'),
    ({'msg': ['one', 'two']}, 'one\ntwo'),
    ({'msg': {'why': 1}}, '{"why": 1}'),
    ({'msg': 'One or more items failed', 'results': [{'msg': 'fine'}, {'failed': True, 'msg': 'this one'}]}, 'this one'),
    ({'msg': 'All items completed', 'results': [{'unreachable': True, 'msg': 'no route'}]}, 'no route'),
    ({'msg': "Task failed: Action failed: A 'failed_when' expression evaluated to 'True'.", 'stdout': 'why'}, 'why'),
    ({'msg': 'Unknown error.', 'message': 'could not find the file'}, 'could not find the file'),
    ({'msg': 'MODULE FAILURE'}, 'MODULE FAILURE'),
    ({'msg': 'Task failed: Module result deserialization failed: No start of json char found', 'module_stderr': 'KeyError: 1'}, 'KeyError: 1'),
    ({}, None),
])
def test_the_message_is_the_most_telling_text(result, message):
    assert message_of(result, str) == message


def test_details_leave_out_the_noise_and_the_arguments():
    result = {'changed': True, 'invocation': {'module_args': 1}, 'msg': 'm', 'stdout_lines': ['x'], 'start': 1, 'dest': '/etc/x', 'rc': 1}

    assert details_of(result, str) == {'changed': True, 'dest': '/etc/x'}


def test_details_are_bounded():
    result = {f'key{number}': 'x' * 5000 for number in range(100)}

    assert len(json.dumps(details_of(result, str))) < slack_relay.DETAILS_LIMIT + 500


@pytest.mark.parametrize('value, told', [
    (float('nan'), 'nan'), (2 ** 70, str(2 ** 70)), ({1: {'a'}}, {'1': ['a']}), (b'x', "b'x'"), (None, None), (True, True),
    ([[[[[[[1]]]]]]], [[[[[['[...]']]]]]]),
])
def test_any_value_becomes_plain_json(value, told):
    assert bounded(value) == told
    json.dumps(bounded(value), allow_nan=False)


def test_details_mask_what_stands_under_a_secret_name_and_after_a_secret_option():
    result = {'db_password': 'hunter', 'user': {'apiKey': 7, 'name': 'bob'}, 'cmd': ['mysql', '-phunter', 'my shop']}

    assert details_of(result, mask_text) == {
        'db_password': '[redacted]', 'user': {'apiKey': '[redacted]', 'name': 'bob'}, 'cmd': 'mysql -p[redacted] \'my shop\'',
    }


def test_what_a_loop_goes_through_that_another_one_has_registered_is_called_as_it_was_there():
    registered = {'ansible_loop_var': 'item', 'item': 'b', 'ansible_job_id': 'j98.1'}
    result = {'results': [{'failed': True, 'msg': 'no', 'ansible_loop_var': 'item', 'item': registered}]}

    assert slack_relay.told_items(result, str) == [{'item': 'b', 'message': 'no'}]


def test_a_hidden_item_of_a_loop_says_nothing():
    item = {'failed': True, '_ansible_no_log': True, 'msg': 'opensesame', 'item': 'opensesame'}
    event = event_of(Failure('failed', 'web-01', 'web-01', result={'results': [item]}), 'event-1', AT, str)

    assert 'opensesame' not in json.dumps(event)
    assert event['items'] == [{'item': '(hidden by no_log)', 'message': None}]


@pytest.mark.parametrize('text', [
    ' ' * 60_000 + 'x', '\n' * 60_000 + 'x', 'Task failed: ' * 5_000, '\nThe error appears to ' * 3_000, '\x1b[0' * 20_000,
])
def test_no_message_takes_long_to_read(text):
    began = time.thread_time()
    event_of(Failure('failed', 'web-01', 'web-01', result={'msg': text, 'stderr': text, 'item': text}), 'event-1', AT, mask_text)

    assert time.thread_time() - began < 1.0


HOSTILE = '\x00\x1b[31m\udcff\u2028\U0001f4a5"\\\n' * 20_000


@pytest.mark.parametrize('result', [
    {'msg': HOSTILE, 'stdout': HOSTILE, 'stderr': HOSTILE, 'x': HOSTILE, 'rc': '7'},
    {'results': [{'failed': True, 'item': HOSTILE, 'msg': HOSTILE} for _ in range(500)]},
    {'msg': '\\' * 100_000, 'stdout': '"' * 100_000, 'stderr': '\n\t' * 50_000, 'results': [{'failed': True, 'msg': '"' * 5000}] * 60},
    {HOSTILE[:50]: {HOSTILE[:50]: [HOSTILE] * 50}, 'attempts': 10 ** 30, 'rc': 10 ** 30},
    {'results': 7, 'msg': 7, 'stdout': 7, 'stderr': [1], 'rc': 'x', 'attempts': 0},
    {'results': [None, 7, 'x', {'failed': True}]},
    {'msg': None, 'rc': True, 'attempts': 'x', 'stdout': None},
])
def test_any_result_becomes_a_line_that_the_contract_takes(result):
    failure = Failure('failed', 'h', 'h' * 300, task='t' * 9999, delegated_to='d' * 300, path='p' * 9999, play=HOSTILE, result=result)
    line = line_of('db', RUN, event_of(failure, 'event-1', AT, mask_text))

    assert len(line) <= slack_relay.EVENT_LIMIT
    told = json.loads(line.decode())
    jsonschema.validate({'version': 1, 'channel': told['channel'], 'run': told['run'], 'events': [told['event']]}, SCHEMA)
    assert line.count(b'\n') == 1


def test_a_hidden_failure_tells_nothing_of_the_result():
    result = {'msg': 'opensesame', 'rc': 1, 'attempts': 3}
    failure = Failure('failed', 'web-01', 'web-01', task='Sign in with {{ word }}', hidden=True, result=result)
    event = event_of(failure, 'event-1', AT, str)

    assert 'opensesame' not in json.dumps(event)
    assert (event['message'], event['attempts'], event['returnCode']) == ('The task sets no_log, so its result is not shown.', 3, None)


@pytest.mark.parametrize('path, role_path, told', [
    ('/srv/site/site.yml:4', None, 'site.yml:4'),
    ('/srv/site/tasks/web.yml:4', None, 'tasks/web.yml:4'),
    ('/srv/common/web.yml:4', None, '../common/web.yml:4'),
    ('/home/host-17/elsewhere/tasks/web.yml:4', None, 'web.yml:4'),
    ('/srv/site/roles/nginx/tasks/main.yml:12', '/srv/site/roles/nginx', 'roles/nginx/tasks/main.yml:12'),
    ('/etc/ansible/roles/nginx/tasks/main.yml:12', '/etc/ansible/roles/nginx/', 'roles/nginx/tasks/main.yml:12'),
    ('/tmp/x.yml:4', None, 'x.yml:4'),
    ('', None, None),
])
def test_paths_are_those_of_the_project(path, role_path, told):
    assert slack_relay.task_path(path, role_path, '/srv/site') == told
