"""The relay as a program, started with settings of its own and ended by a test.

It is `src/Local` as it was built; with RELAY_HEAD=functions it is `src/Functions`, under the stand-in of its host.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import uuid
from pathlib import Path

from processes import MARK, end, marked
from waiting import wait_for

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = REPOSITORY / 'src/Local/bin/Debug/net10.0'
FUNCTIONS_HOST = REPOSITORY / 'tests/FunctionsHost/bin/Debug/net10.0/FunctionsHost'
IS_FUNCTIONS = os.environ.get('RELAY_HEAD') == 'functions'
PROGRAM = FUNCTIONS_HOST if IS_FUNCTIONS else BUILD / 'Local'

# The first start on a machine installs Azurite.
FIRST_START = 300
SETTINGS_OF_A_RELAY = re.compile(r'(relay_|slack_|aspnetcore_|urls$)', re.IGNORECASE)

# So that no test waits for what is not its subject.
AT_ONCE = {'Relay__Incidents__GroupWait': '00:00:00', 'Relay__Incidents__GroupInterval': '00:00:01'}


class RelayProcess:
    """A relay that is starting; what it writes goes to files, and whatever it starts carries the mark."""

    def __init__(self, folder, *, program=PROGRAM, urls='http://127.0.0.1:0', **settings):
        folder.mkdir(parents=True, exist_ok=True)
        self.mark = uuid.uuid4().hex
        self._out, self._err = folder / 'out.log', folder / 'err.log'
        with open(self._out, 'wb') as out, open(self._err, 'wb') as err:
            self._process = subprocess.Popen(
                [program, '--urls', urls], cwd=folder, env=environment(self.mark, settings),
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True, preexec_fn=listen_to_interrupts,
            )

    @property
    def out(self):
        return self._out.read_text(errors='replace')

    @property
    def err(self):
        return self._err.read_text(errors='replace')

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_running(self):
        return self._process.poll() is None

    @property
    def processes(self):
        """The ids of the relay and of everything it has started, as long as they run."""
        return marked(self.mark)

    def wait_for_url(self):
        """The address that its first lines name."""
        def url():
            assert self._process.poll() is None, f'the relay ended with {self._process.returncode}: {self.out}{self.err}'
            return re.search(r'^Ansible Slack Relay on (http://\S+)$', self.out, re.MULTILINE)

        return wait_for(url, lambda: f'the relay did not start: {self.out}{self.err}', FIRST_START)[1]

    def press_control_c(self):
        """As a terminal does it: every process of the group gets the signal. Returns the exit code."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self.wait()

    def kill(self):
        return end(self._process)

    def wait(self, seconds=15):
        return self._process.wait(seconds)

    def stop(self):
        """However it fares, nothing of it is left."""
        if self._process.poll() is None:
            end(self._process, signal.SIGTERM)
        wait_for(lambda: not self.processes, lambda: f'left behind: {self.processes}')


def environment(mark, settings):
    """The machine's own, without whatever is meant for a relay in it."""
    own = {name: value for name, value in os.environ.items() if not SETTINGS_OF_A_RELAY.match(name)}
    return {**own, MARK: mark, **settings}


def listen_to_interrupts():
    """A shell that runs the tests in its background has the signal ignored, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
