"""One playbook of the command line: a run of its own."""

from __future__ import annotations

import functools
import json
import os
from typing import Any

from .clock import utc_now
from .machine import is_pull
from .open_failures import OpenFailures
from .options import Settings
from .paths import relative
from .revision import revision_of
from .run import Run, new_run


class PlaybookRun:
    """What only a report needs to know is found out for the first one."""

    def __init__(self, playbook: Any, settings: Settings) -> None:
        self._settings = settings
        self._name = getattr(playbook, '_file_name', None)
        self._started = utc_now()
        path = os.path.abspath(self._name) if self._name else None
        self.directory = os.path.dirname(path) if path else os.getcwd()
        self.open_failures = OpenFailures(settings.spool, path or '')

    @functools.cached_property
    def scope(self) -> str:
        return read_scope()

    @functools.cached_property
    def run(self) -> Run:
        from ansible import context
        from ansible.release import __version__
        return new_run(
            self._settings,
            startedAt=self._started,
            playbook=relative(self._name, os.getcwd(), os.getcwd())[-1024:] if self._name else None,
            mode='pull' if is_pull(context.CLIARGS.get('connection')) else 'push',
            ansibleVersion=__version__,
            checkMode=bool(context.CLIARGS.get('check')),
            revision=revision_of(self.directory, os.environ),
        )


def read_scope() -> str:
    """Which part of the playbook this run is about; nothing for all of it."""
    from ansible import context
    asked = {name: context.CLIARGS.get(name) for name in ('tags', 'skip_tags', 'start_at_task', 'check', 'step')}
    if list(asked['tags'] or []) == ['all']:
        asked['tags'] = None
    return json.dumps({name: asked[name] for name in asked if asked[name]}, sort_keys=True, default=list) if any(asked.values()) else ''
