"""The program finds its options where the callback would."""

from __future__ import annotations

from programs import program


def test_options_come_from_ansible_cfg_without_ansible(relay, env, tmp_path):
    config = tmp_path / 'ansible.cfg'
    config.write_text(f'[callback_slack_relay]\nurl = {relay.url} ; of the tests\nkey_file = key\n')
    (tmp_path / 'key').write_text('from-the-file\n')
    bare = {name: value for name, value in env.items() if not name.startswith('SLACK_RELAY')}

    assert program({**bare, 'ANSIBLE_CONFIG': str(config)}, 'test')[0] == 0
    assert relay.keys == {'from-the-file'}
