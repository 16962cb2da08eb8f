"""Runs real playbooks with the real ansible-playbook, the callback enabled, and says what came of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import yaml

from recording_relay import REPOSITORY

PLAYBOOKS = Path(__file__).parent / 'playbooks'
PLUGINS = REPOSITORY / 'callback_plugins'
ANSIBLE = os.environ.get('ANSIBLE_PLAYBOOK') or shutil.which('ansible-playbook')
KEY = 'the-key-' + 'of-the-tests'


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def warnings(self):
        """What Ansible warned of in the name of the callback; it breaks lines as a terminal would."""
        return [warning for warning in self._of('WARNING') if warning.startswith('slack_relay: ')]

    @property
    def deprecations(self):
        return [warning for warning in self._of('DEPRECATION WARNING') if 'callback' in warning]

    def _of(self, kind):
        return ' '.join(self.err.split()).split(f'[{kind}]: ')[1:]


def environment(home, spool, url, **options):
    """Only what a run needs: nothing of the machine's own settings gets in."""
    settings = {'url': url, 'key': KEY, 'spool': str(spool), **options}
    return {
        'PATH': os.environ['PATH'],
        'HOME': str(home),
        'TMPDIR': str(home),
        # The project is the folder of the playbooks, whether this repository is a checkout or not.
        'GIT_CEILING_DIRECTORIES': str(PLAYBOOKS.parent),
        'LANG': 'C.UTF-8',
        'COLUMNS': '2000',
        'ANSIBLE_CONFIG': str(PLAYBOOKS / 'ansible.cfg'),
        'ANSIBLE_CALLBACK_PLUGINS': str(PLUGINS),
        'ANSIBLE_CALLBACKS_ENABLED': 'slack_relay',
        'ANSIBLE_REMOTE_TMP': f'{home}/tmp',
        'ANSIBLE_ASYNC_DIR': f'{home}/async',
        'ANSIBLE_NOCOLOR': '1',
        'ANSIBLE_DEVEL_WARNING': 'false',
        'ANSIBLE_DEPRECATION_WARNINGS': 'true',
        **{name: value for name, value in os.environ.items() if name == 'PYTHONPATH'},
        **{f'SLACK_RELAY_{name.upper()}': str(value) for name, value in settings.items() if value is not None},
    }


def start(playbook, env, *arguments, directory=PLAYBOOKS):
    """In a process group of its own, so that a test can kill it with everything that is not detached."""
    return subprocess.Popen(
        [ANSIBLE, *arguments, str(PLAYBOOKS / playbook)], env=env, cwd=directory, text=True, errors='replace',
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )


def finish(process, seconds=60):
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return Outcome(process.returncode, out, err)


def run(playbook, env, *arguments, directory=PLAYBOOKS):
    return finish(start(playbook, env, *arguments, directory=directory))


def statement(path):
    """What a playbook says at its top must come of it: comment lines, a sentence and then YAML."""
    lines = []
    for line in path.read_text().splitlines():
        if not line.startswith('#'):
            break
        lines.append(line[2:])
    return yaml.safe_load('\n'.join(lines).partition('\n\n')[2]) or {}


def matches(expected, actual):
    """Whether all that is expected is there; a text that begins with ~ need only be contained, and a number is a list's length."""
    if isinstance(expected, dict):
        return isinstance(actual, dict) and all(matches(value, actual.get(key)) for key, value in expected.items())
    if isinstance(expected, int) and isinstance(actual, list):
        return len(actual) == expected
    if isinstance(expected, list):
        return isinstance(actual, list) and len(expected) == len(actual) and all(map(matches, expected, actual))
    if isinstance(expected, str) and expected.startswith('~'):
        return expected[1:] in (actual or '')
    return expected == actual
