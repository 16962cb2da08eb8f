"""A failure becomes an event that says nothing of what no_log hides."""

from __future__ import annotations

import json
import time

import pytest

from Callback.event import event_of, failed_items
from Callback.redaction import Redactor
from Callback.task_outcome import TaskOutcome

AT = '2026-11-22T10:00:00Z'
REDACTOR = Redactor()


def test_what_a_loop_goes_through_that_another_one_has_registered_is_called_as_it_was_there():
    registered = {'ansible_loop_var': 'item', 'item': 'b', 'ansible_job_id': 'j98.1'}
    result = {'results': [{'failed': True, 'msg': 'no', 'ansible_loop_var': 'item', 'item': registered}]}

    assert failed_items(result, str) == [{'item': 'b', 'message': 'no'}]


def test_a_hidden_item_of_a_loop_says_nothing():
    item = {'failed': True, '_ansible_no_log': True, 'msg': 'opensesame', 'item': 'opensesame'}
    event = event_of(TaskOutcome('failed', 'web-01', 'web-01', result={'results': [item]}), 'event-1', AT, REDACTOR)

    assert 'opensesame' not in json.dumps(event)
    assert event['items'] == [{'item': '(hidden by no_log)', 'message': None}]


@pytest.mark.parametrize('text', [
    ' ' * 60_000 + 'x', '\n' * 60_000 + 'x', 'Task failed: ' * 5_000, '\nThe error appears to ' * 3_000, '\x1b[0' * 20_000,
])
def test_no_message_takes_long_to_read(text):
    began = time.thread_time()
    event_of(TaskOutcome('failed', 'web-01', 'web-01', result={'msg': text, 'stderr': text, 'item': text}), 'event-1', AT, REDACTOR)

    assert time.thread_time() - began < 1.0


def test_a_hidden_failure_tells_nothing_of_the_result():
    result = {'msg': 'opensesame', 'rc': 1, 'attempts': 3}
    failure = TaskOutcome('failed', 'web-01', 'web-01', task='Sign in with {{ word }}', hidden=True, result=result)
    event = event_of(failure, 'event-1', AT, REDACTOR)

    assert 'opensesame' not in json.dumps(event)
    assert (event['message'], event['attempts'], event['returnCode']) == ('The task sets no_log, so its result is not shown.', 3, None)
