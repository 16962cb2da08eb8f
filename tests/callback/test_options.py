"""Options: what is wrong with them is one warning, and never the play's problem."""

from __future__ import annotations

import pytest

from Callback.relay import Relay, parse_url
from runs import PLAYBOOKS, environment, run


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
