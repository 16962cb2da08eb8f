"""What the relay warns of, such as a channel that it does not know, is shown by the run, by the next one, by `test` and by `status`."""

from __future__ import annotations

import json

import pytest

from Callback.relay_warnings import noted_warnings, parse_warnings
from programs import program
from runs import run

WARNING = 'No route is called dbb: the default one is used.'


@pytest.fixture
def warning_relay(relay):
    relay.body = {'accepted': 1, 'warnings': [WARNING]}
    return relay


def test_a_channel_that_the_relay_does_not_know_is_warned_of_by_this_run_and_the_next(warning_relay, env):
    env = {**env, 'SLACK_RELAY_CHANNEL': 'dbb'}
    assert any(WARNING in warning for warning in run('recovering.yml', {**env, 'BROKEN': 'web-01'}).warnings)
    assert any(WARNING in warning for warning in run('nothing_wrong.yml', env).warnings)
    assert WARNING.encode() in program(env, 'status')[1]

    assert run('nothing_wrong.yml', {**env, 'SLACK_RELAY_CHANNEL': 'db'}).warnings == [], 'another channel is another matter'


def test_the_test_fails_where_the_relay_warns(warning_relay, env):
    code, out, _ = program(env, 'test')

    assert code == 1 and WARNING.encode() in out


@pytest.mark.parametrize('body, warnings', [
    (b'', ()), (b'<html>', ()), (b'[]', ()), (b'{"warnings": "no list"}', ()), (b'{"warnings": [1, "", "a\\u001b[31m\\nb"]}', ('a b',)),
    (json.dumps({'warnings': ['x' * 1000] * 9}).encode(), ('x' * 200,) * 5),
])
def test_of_an_answer_only_warnings_are_taken_and_not_much_of_them(body, warnings):
    assert parse_warnings(body) == warnings


def test_a_report_to_the_same_channel_that_is_taken_without_a_warning_ends_it():
    before = noted_warnings(None, ('no such route',), 'db')

    assert noted_warnings(before, (), 'web') == before
    assert noted_warnings(before, (), 'db') is None
