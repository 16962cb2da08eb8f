"""The options for a program that runs without Ansible."""

from __future__ import annotations

import configparser
import os
import stat
from typing import Callable, Iterator, Mapping, Optional

from .option_names import unknown_options
from .text import KIB
from .trusted_file import is_trusted_owner, read_trusted_file

PATHS = ('spool', 'key_file', 'ca_file')
SETTINGS_LIMIT = 1024 * KIB


class ProgramOptions:
    """The callback's options, as text: from the environment, then from the ansible.cfg that Ansible would take."""

    def __init__(self, environment: Mapping[str, str], warn: Callable[[str], None]) -> None:
        self._environment = environment
        self._file = next((path for path in self._files(warn) if os.path.isfile(path)), None)
        self._section: Mapping[str, str] = read_section(self._file, warn) if self._file else {}
        for warning in unknown_options(self._section):
            warn(warning)

    def _files(self, warn: Callable[[str], None]) -> Iterator[str]:
        if given := self._environment.get('ANSIBLE_CONFIG'):
            yield os.path.join(given, 'ansible.cfg') if os.path.isdir(given) else given
        try:
            here, path = os.stat('.'), os.path.abspath('ansible.cfg')
            # Ansible does not read this one either where anyone could have put it.
            if not here.st_mode & stat.S_IWOTH and os.path.isfile(path):
                if is_trusted_owner(os.stat(path).st_uid):
                    yield path
                else:
                    warn(f"{path} is another user's, and is not read (ANSIBLE_CONFIG trusts it)")
        except OSError:
            pass  # The working directory has been removed.
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


def read_section(path: str, warn: Callable[[str], None]) -> Mapping[str, str]:
    """Without what cannot be read: a line that is quoted could hold the key."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(';',))
    try:
        owner = os.stat(path).st_uid
        parser.read_string(read_trusted_file(path, SETTINGS_LIMIT, follow_links=True, others=[owner]).decode())
    except (OSError, ValueError, configparser.Error) as error:
        warn(f'{path} cannot be read ({type(error).__name__})')
    # Without what stands in [DEFAULT], which is every section's.
    section = 'callback_slack_relay'
    names = parser.options(section) if parser.has_section(section) else ()
    return {name: parser[section][name] for name in names if name not in parser.defaults()}
