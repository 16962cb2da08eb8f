"""The names of the options: one that is misspelt is ignored by Ansible, and by whoever trusts in it noticed too late."""

from __future__ import annotations

import difflib
from typing import Iterable, Iterator

OPTION_NAMES = (
    'url', 'key', 'allow_http', 'key_file', 'auth', 'audience', 'validate_certs', 'ca_file', 'channel', 'spool', 'wait',
    'host_name', 'report_rescued', 'report_ignored', 'mask', 'labels', 'link', 'run_variables',
)


def unknown_options(names: Iterable[str]) -> Iterator[str]:
    """What to say of each name in the section of ansible.cfg that is no option."""
    for name in names:
        if name not in OPTION_NAMES:
            nearest = difflib.get_close_matches(name, OPTION_NAMES, 1, 0.0)[0]
            yield f'{name[:80]!r} in [callback_slack_relay] is no option; the nearest one is {nearest!r}'
