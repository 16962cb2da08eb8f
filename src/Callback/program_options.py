"""The options for a program that runs without Ansible."""

from __future__ import annotations

import configparser
import os
import stat
from typing import Iterator, Mapping, Optional

PATHS = ('spool', 'key_file', 'ca_file')


class ProgramOptions:
    """The callback's options, as text: from the environment, then from the ansible.cfg that Ansible would take."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._file = next((path for path in self._files() if os.path.isfile(path)), None)
        self._section: Mapping[str, str] = {}
        if self._file:
            parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(';',))
            parser.read(self._file, encoding='utf-8')
            self._section = parser['callback_slack_relay'] if parser.has_section('callback_slack_relay') else {}

    def _files(self) -> Iterator[str]:
        if given := self._environment.get('ANSIBLE_CONFIG'):
            yield os.path.join(given, 'ansible.cfg') if os.path.isdir(given) else given
        # Ansible does not read this one either where anyone could have put it.
        if not os.stat('.').st_mode & stat.S_IWOTH:
            yield os.path.abspath('ansible.cfg')
        yield os.path.expanduser('~/.ansible.cfg')
        yield '/etc/ansible/ansible.cfg'

    def get(self, name: str) -> Optional[str]:
        for variable in (f'SLACK_RELAY_{name.upper()}', *(('SLACK_CHANNEL',) if name == 'channel' else ())):
            if variable in self._environment:
                return self._environment[variable]
        given = self._section.get(name)
        if given and name in PATHS:
            return os.path.join(os.path.dirname(self._file), os.path.expanduser(given))
        return given
