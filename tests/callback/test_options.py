"""Options: what is wrong with them is one warning, and never the play's problem."""

from __future__ import annotations

import os
import shutil

import pytest

from Callback import options
from Callback.options import read_labels, read_settings
from Callback.relay import Relay, parse_url
from programs import program
from recording_relay import SCHEMA
from runs import KEY, PLAYBOOKS, environment, run
from second_user import NOBODY, needs_root


@pytest.mark.parametrize('url, posts_to', [
    ('https://relay.example.com', 'https://relay.example.com/api/reports'),
    (' https://relay.example.com/ \n', 'https://relay.example.com/api/reports'),
    ('https://relay.example.com/api/reports', 'https://relay.example.com/api/reports'),
    ('http://127.0.0.1:7071/other', 'http://127.0.0.1:7071/other'),
    ('https://relay.example.com?code=1', 'https://relay.example.com/api/reports?code=1'),
])
def test_a_url_without_a_path_means_the_reports(url, posts_to):
    assert parse_url(url) == posts_to


@pytest.mark.parametrize('url', [
    None, '', '  ', 'relay/opensesame', 'ftp://h/opensesame', 'https://', 'https://a b/opensesame', 'https://[::1',
    'https://h:99999/', 'https:///x', 'https://user:opensesame@h/',
])
def test_a_malformed_url_is_said_without_repeating_it(url):
    with pytest.raises(ValueError, match='url') as error:
        parse_url(url)

    assert 'opensesame' not in str(error.value)


def test_what_is_shown_of_a_relay_holds_no_secret():
    relay = Relay('https://user:word@relay.example.com:8443/api/reports?code=word', 'word')

    assert relay.origin == 'https://relay.example.com:8443'
    assert "key='word'" not in repr(relay)


@pytest.mark.parametrize('url', [None, 'relay.example.com/api?code=opensesame'])
def test_a_missing_or_malformed_url_is_one_warning_and_the_play_goes_on(tmp_path, spool, url):
    outcome = run('loop.yml', environment(tmp_path, spool, url))

    assert outcome.code == 2
    assert len(outcome.warnings) == 1 and 'url' in outcome.warnings[0]
    assert 'opensesame' not in outcome.err
    assert not spool.exists()


def test_a_spool_that_cannot_be_written_is_one_warning_and_the_play_goes_on(tmp_path, relay, env):
    (tmp_path / 'file').write_text('')
    outcome = run('loop.yml', {**env, 'SLACK_RELAY_SPOOL': str(tmp_path / 'file' / 'spool')})

    assert outcome.code == 2
    assert len(outcome.warnings) == 1
    assert len(relay.events) == 1


def test_options_come_from_ansible_cfg_too(tmp_path, relay, env, spool):
    config = tmp_path / 'ansible.cfg'
    config.write_text(f'''
[defaults]
callbacks_enabled = slack_relay
inventory = {PLAYBOOKS}/inventory/hosts.yml
[callback_slack_relay]
url = {relay.url}
key = from-the-file
spool = {spool}
channel = db
wait = 5
''')
    run('loop.yml', {name: value for name, value in env.items() if not name.startswith('SLACK_RELAY')} | {'ANSIBLE_CONFIG': str(config)})

    assert [report['channel'] for report in relay.accepted] == ['db']
    assert relay.keys == {'from-the-file'}


SECRET = 'open' + 'sesame'
GIVEN = {'url': 'https://relay.example.com', 'key': KEY}


def settings(**given):
    warnings = []
    return read_settings({**GIVEN, **given}.get, warnings.append), warnings


@pytest.mark.parametrize('key', [f'{SECRET}\nsecond', f'a\r{SECRET}', f'{SECRET}\x00', f'{SECRET}\u00e9'])
def test_a_key_that_is_not_one_line_of_printable_characters_is_not_used_and_not_repeated(tmp_path, key):
    (tmp_path / 'key').write_text(key)
    for given in ({'key': key}, {'key': None, 'key_file': str(tmp_path / 'key')}):
        used, (warning,) = settings(**given)
        assert used.relay.key == '' and SECRET not in warning


def test_a_key_file_that_is_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / 'key')
    used, (warning,) = settings(key=None, key_file=str(tmp_path / 'key'))

    assert used.relay.key == '' and 'not a regular file' in warning


def test_no_part_of_a_url_with_a_password_is_said(env):
    code, out, err = program({**env, 'SLACK_RELAY_URL': f'https://user:{SECRET}@relay.invalid/'}, 'test')

    assert code == 1 and SECRET.encode() not in out + err and b'user name or a password' in err


@pytest.mark.parametrize('url', ['http://127.0.0.1:1', 'http://localhost:1', 'http://[::1]:1', 'http://relay.localhost'])
def test_http_is_taken_for_this_machine(url):
    assert settings(url=url)[1] == []


def test_http_to_another_machine_is_refused_or_warned_of():
    with pytest.raises(ValueError, match='http'):
        settings(url='http://relay.example.com')
    assert 'can read the key' in settings(url='http://relay.example.com', allow_http='true')[1][0]
    assert 'can read the key' in settings(validate_certs='false')[1][0]


def test_bounds_are_those_of_the_contract():
    report, run = SCHEMA['properties'], SCHEMA['definitions']['run']['properties']
    (name, value), = run['labels']['patternProperties'].items()

    assert options.CHANNEL_LIMIT == report['channel']['maxLength']
    assert options.HOST_LIMIT == run['source']['maxLength'] and options.LINK_LIMIT == run['link']['maxLength']
    assert options.LABELS_LIMIT == run['labels']['maxProperties'] and options.LABEL_LIMIT == value['maxLength']
    assert f'{{0,{options.LABEL_NAME_LIMIT}}}' in name


@pytest.mark.parametrize('name, taken', [('a' * 90, True), ('a' * 100, True), ('a' * 101, False), ('\U0001f4a5' * 50, True), ('\U0001f4a5' * 51, False)])
def test_a_label_whose_name_is_too_long_is_left_out_with_a_warning(name, taken):
    warnings = []

    assert read_labels([f'{name}=' + 'b' * 300, 'env=prod'], warnings.append) == {**({name: 'b' * 255} if taken else {}), 'env': 'prod'}
    assert len(warnings) == 1 - taken


@needs_root
@pytest.mark.parametrize('key_in_it', [False, True])
def test_an_ansible_cfg_of_another_user_does_not_say_where_a_key_from_elsewhere_goes(relay, env, tmp_path, key_in_it):
    place = tmp_path / 'theirs'
    place.mkdir()
    shutil.copy(PLAYBOOKS / 'loop.yml', place)
    config = place / 'ansible.cfg'
    config.write_text(f'[callback_slack_relay]\nurl = {relay.url}\n' + (f'key = {SECRET}\n' if key_in_it else ''))
    for path in (place, config):
        os.chown(path, NOBODY, NOBODY)
    without = ('SLACK_RELAY_URL', 'ANSIBLE_CONFIG', *(['SLACK_RELAY_KEY'] if key_in_it else []))
    env = {**{name: value for name, value in env.items() if name not in without}, 'ANSIBLE_INVENTORY': f'{PLAYBOOKS}/inventory/hosts.yml'}

    outcome = run('loop.yml', env, directory=place)

    assert outcome.code == 2
    assert relay.keys == ({SECRET} if key_in_it else set())
    assert key_in_it or "is another user's" in outcome.warnings[0]
