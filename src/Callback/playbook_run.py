"""One playbook of the command line: a run of its own."""

from __future__ import annotations

import functools
import os
import socket
from dataclasses import replace
from typing import Any, Optional, Sequence

from .ansible_play import NO_VARIABLES, all_hosts_of, extra_variables_of, hosts_of
from .cause_pattern import HostNames
from .circumstances import circumstances_of
from .clock import utc_now
from .inventory_name import inventory_name
from .machine import is_pull, machine_name
from .open_failures import OpenFailure, OpenFailures
from .options import Settings
from .project import Project
from .redaction import Redactor
from .revision import revision_of
from .run import Run, new_run
from .text import Masking, one_line
from .variables_hash import VariablesKey, lasting_variables, variables_hash

NAMES_LIMIT = 100


class PlaybookRun:
    """What only a report needs to know is found out for the first one."""

    def __init__(self, playbook: Any, settings: Settings, mask: Masking) -> None:
        self._settings = settings
        self._mask = mask
        self._started = utc_now()
        name = getattr(playbook, '_file_name', None)
        self._path = os.path.abspath(name) if name else None
        self._play: Any = None
        self._variables = NO_VARIABLES
        self.open_failures = OpenFailures(settings.spool)

    def begin(self, play: Any) -> None:
        self._play = play
        self._variables = extra_variables_of(play) or self._variables
        self.__dict__.pop('host_count', None)
        self.__dict__.pop('host_names', None)

    @functools.cached_property
    def project(self) -> Project:
        directory = os.path.dirname(self._path) if self._path else os.getcwd()
        hosts = (self._settings.host_name or '', machine_name(), socket.gethostname())
        return Project(directory, os.stat(self._path or directory).st_uid, hosts, os.environ)

    @functools.cached_property
    def host_count(self) -> Optional[int]:
        return len(hosts_of(self._play)) or None

    @functools.cached_property
    def host_names(self) -> HostNames:
        return HostNames((*all_hosts_of(self._play), self.run.source))

    @property
    def run_of_play(self) -> Run:
        return replace(self.run, hostCount=self.host_count)

    @functools.cached_property
    def run(self) -> Run:
        from ansible import context
        from ansible.release import __version__
        project, asked = self.project, context.CLIARGS
        return new_run(
            self._settings,
            startedAt=self._started,
            project=one_line(project.name, 255, Redactor().text),
            playbook=project.path_of(self._path)[-1024:] if self._path else None,
            inventory=one_line(inventory_name(asked.get('inventory') or (), project, self._variables), 255, Redactor().text),
            mode='pull' if is_pull(asked.get('connection')) else 'push',
            tags=self._names(() if list(asked.get('tags') or ()) == ['all'] else asked.get('tags') or ()),
            skipTags=self._names(asked.get('skip_tags') or ()),
            extraVariables=self._names(self._variables),
            ansibleVersion=__version__,
            checkMode=bool(asked.get('check')),
            revision=revision_of(project.git, os.environ),
        )

    def _names(self, names: Any) -> Optional[Sequence[str]]:
        return [one_line(name, 255, self._mask) or '' for name in sorted(map(str, names))][:NAMES_LIMIT] or None

    def _circumstances(self, key: Optional[bytes]) -> Optional[str]:
        lasting = lasting_variables(self._variables, self._settings.run_variables)
        return circumstances_of(self.run, variables_hash(lasting, key))

    @functools.cached_property
    def known(self) -> list[OpenFailure]:
        """What was open when this run began, and can be seen to work in it."""
        if not self.open_failures:
            return []
        circumstances = self._circumstances(VariablesKey(self._settings.spool).read())
        return self.open_failures.of(circumstances) if circumstances else []

    @functools.cached_property
    def circumstances(self) -> Optional[str]:
        """To be remembered with a failure."""
        lasting = lasting_variables(self._variables, self._settings.run_variables)
        return self._circumstances(VariablesKey(self._settings.spool).read_or_make() if lasting else None)
