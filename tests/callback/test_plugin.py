"""The callback is there when it is enabled, with all its options documented."""

from __future__ import annotations

import json
import os
import subprocess

from runs import ANSIBLE, run


def test_without_being_enabled_it_does_nothing(relay, env, spool):
    del env['ANSIBLE_CALLBACKS_ENABLED']
    outcome = run('loop.yml', env)

    assert outcome.code == 2
    assert not spool.exists() and relay.requests == []


def test_ansible_doc_shows_every_option(env):
    shown = subprocess.run(
        [os.path.join(os.path.dirname(ANSIBLE), 'ansible-doc'), '-t', 'callback', '--json', 'slack_relay'],
        env=env, capture_output=True, text=True, check=True,
    )
    options = json.loads(shown.stdout)['slack_relay']['doc']['options']

    assert shown.stderr == ''
    for name, option in options.items():
        assert {'name': f'SLACK_RELAY_{name.upper()}'} in option['env'], name
        assert option['ini'] == [{'section': 'callback_slack_relay', 'key': name}]
        assert option['description']
