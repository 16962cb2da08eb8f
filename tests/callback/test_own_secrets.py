"""A secret that this host knows leaves it in no text of a report."""

from __future__ import annotations

import json

import pytest

from Callback.event import event_of
from Callback.options import Relay, Settings
from Callback.own_secrets import redactor_of
from Callback.run import new_run
from Callback.task_outcome import TaskOutcome

KEY = 'a quite ordinary key'


def settings(key=KEY, **others):
    return Settings(relay=Relay(url='https://relay.example.com', key=key), spool='spool', **others)


@pytest.mark.parametrize('field', ['host_name', 'link'])
def test_the_relay_s_key_leaves_no_setting(field):
    run = new_run(settings(**{field: f'x-{KEY}-y'}))

    assert KEY not in repr(run) and '[redacted]' in repr(run)


@pytest.mark.parametrize('field', ['playbook', 'user', 'revision', 'ansibleVersion'])
def test_the_relay_s_key_leaves_no_text_of_a_run(field):
    assert getattr(new_run(settings(), **{field: f'x {KEY}'}), field) == 'x [redacted]'


def test_labels_are_masked_by_name_and_by_value():
    run = new_run(settings(labels={'env': 'prod', 'api_token': 'hunter2', KEY: 'x', 'note': f'with {KEY}'}))

    assert run.labels == {'env': 'prod', 'api_token': '[redacted]', '[redacted]': 'x', 'note': 'with [redacted]'}


@pytest.mark.parametrize('field', ['host', 'delegated_to', 'play', 'task', 'role', 'action', 'path'])
def test_the_relay_s_key_leaves_no_name_in_an_event(field):
    names = {'kind': 'failed', 'host': 'web-01', 'inventory_host': 'web-01', 'result': {}, field: KEY}

    assert KEY not in json.dumps(event_of(TaskOutcome(**names), 'e1', '2026-11-22T10:00:00Z', redactor_of(settings())))


@pytest.mark.parametrize('field', ['msg', 'stdout', 'stderr', 'cmd', 'anything'])
def test_the_relay_s_key_leaves_no_output(field):
    outcome = TaskOutcome(kind='failed', host='web-01', inventory_host='web-01', result={'rc': 1, field: f'PATH=/bin\nX={KEY}'})

    assert KEY not in json.dumps(event_of(outcome, 'e1', '2026-11-22T10:00:00Z', redactor_of(settings())))


def test_a_short_key_is_no_part_of_other_words():
    assert redactor_of(settings('local')).text('localhost') == 'localhost'
