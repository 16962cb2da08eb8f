"""A project with one playbook, which the real ansible-playbook runs with the real callback."""

from __future__ import annotations

import os
import shutil
import signal
import string
import subprocess
from dataclasses import dataclass
from pathlib import Path

from processes import command_line, end_all, files_of, pids
from relay_process import REPOSITORY

HERE = Path(__file__).parent
ANSIBLE = os.environ.get('ANSIBLE_PLAYBOOK') or shutil.which('ansible-playbook')


@dataclass(frozen=True)
class Outcome:
    """How a run ended: 0 when all went well, 2 when a host failed, 4 when one could not be reached."""

    code: int
    out: str
    err: str

    @property
    def warnings(self):
        """What Ansible warned of in the callback's name; it breaks lines as a terminal would."""
        texts = ' '.join(self.err.split()).split('[WARNING]: ')
        return [text for text in texts if text.startswith('slack_relay: ')]


class Project:
    def __init__(self, folder, label):
        self.label = label
        self.spool = folder / 'spool'
        self._folder = folder
        self._playbook = folder / f'{label}.yml'
        self._started = folder / 'started'

    def run(self, playbook, url, key, *, wait=3, **variables):
        """Runs the playbook, in which $label stands for the name that only this test uses."""
        self._playbook.write_text(string.Template(playbook).substitute(label=self.label, **variables))
        return self.run_file(self._playbook, url, key, wait=wait)

    def write(self, name, text):
        """A file of the project, in which $label stands for the name that only this test uses."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(string.Template(text).safe_substitute(label=self.label))
        return path

    def run_file(self, playbook, url, key, *arguments, wait=3, **given):
        """Runs a playbook that is there; what else is given is of the environment."""
        options = {'URL': url, 'KEY': key, 'SPOOL': self.spool, 'WAIT': wait}
        environment = {**self._environment(), **{f'SLACK_RELAY_{name}': str(value) for name, value in options.items() if value is not None}}
        with subprocess.Popen(
            [ANSIBLE, *arguments, str(playbook)], env={**environment, **given}, cwd=self._folder, text=True, errors='replace',
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return Outcome(process.returncode, out, err)

    def line_of(self, text):
        """Where Ansible says that a task is: the line that holds the text, in the playbook of the last run."""
        lines = self._playbook.read_text().splitlines()
        return f'{self._playbook.name}:{next(number for number, line in enumerate(lines, 1) if text in line)}'

    @property
    def waiting(self):
        """The files of reports that wait for a sender, or for its success."""
        return sorted(path.name for path in self.spool.glob('*') if path.suffix in ('.jsonl', '.sending') and path.name[0].isdigit())

    @property
    def spooled(self):
        return '\n'.join(path.read_text() for path in sorted(self.spool.glob('*')))

    @property
    def started_senders(self):
        """The command lines of all senders that runs of this project have started."""
        lines = self._started.read_text().splitlines() if self._started.exists() else []
        return [line for line in lines if line.endswith('slack_relay.py send')]

    def senders(self):
        """The ids of the senders at work: the spool that they hold gives them away."""
        return [
            pid for pid in pids()
            if 'slack_relay.py' in command_line(pid) and any(file == str(self.spool) or file.startswith(f'{self.spool}/') for file in files_of(pid))
        ]

    def stop_senders(self):
        """As the end of a container or of the machine does it."""
        end_all(self.senders)

    def _environment(self):
        """Only what a run needs: nothing of the machine's own settings gets in."""
        return {
            'PATH': os.environ['PATH'],
            'HOME': str(self._folder),
            'TMPDIR': str(self._folder),
            'LANG': 'C.UTF-8',
            'COLUMNS': '2000',
            'ANSIBLE_CONFIG': str(HERE / 'ansible.cfg'),
            'ANSIBLE_CALLBACK_PLUGINS': str(REPOSITORY / 'callback_plugins'),
            'ANSIBLE_CALLBACKS_ENABLED': 'slack_relay',
            'ANSIBLE_REMOTE_TMP': f'{self._folder}/tmp',
            'ANSIBLE_NOCOLOR': '1',
            'PYTHONDONTWRITEBYTECODE': '1',
            'PYTHONPATH': os.pathsep.join([str(HERE / 'recorder'), *filter(None, [os.environ.get('PYTHONPATH')])]),
            'STARTED_PROGRAMS': str(self._started),
        }
