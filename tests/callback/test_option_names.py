"""An option that is misspelt is named, with the one that was meant."""

from __future__ import annotations

import re

from Callback.documentation import DOCUMENTATION
from Callback.option_names import OPTION_NAMES, unknown_options
from runs import PLAYBOOKS, run


def test_the_names_are_those_of_the_documentation():
    assert list(OPTION_NAMES) == re.findall(r'ini: \[\{section: callback_slack_relay, key: (\w+)\}\]', DOCUMENTATION)


def test_the_nearest_name_is_given():
    (said,) = unknown_options(['url', 'chanel', 'key'])
    assert "'chanel'" in said and said.endswith("the nearest one is 'channel'")


def test_a_run_says_once_which_option_it_does_not_know(env, tmp_path):
    settings = (PLAYBOOKS / 'ansible.cfg').read_text().replace('inventory/', f'{PLAYBOOKS}/inventory/')
    (tmp_path / 'ansible.cfg').write_text(f'{settings}\n[callback_slack_relay]\nlables = env=prod\nwait = 3\n')

    outcome = run('nothing_wrong.yml', {**env, 'ANSIBLE_CONFIG': str(tmp_path / 'ansible.cfg')})

    (warning,) = outcome.warnings
    assert "'lables'" in warning and "'labels'" in warning
