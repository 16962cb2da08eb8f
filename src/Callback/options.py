"""The options, valid."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Optional, Sequence

from .home import own_path
from .own_patterns import OwnPattern, read_patterns
from .relay import Relay, parse_url
from .text import KIB
from .trusted_file import is_trusted_owner, read_trusted_file

DEFAULT_SPOOL = '~/.ansible/slack_relay'
KEY_LIMIT = 4 * KIB
# As report.schema.json has them.
CHANNEL_LIMIT = 80
HOST_LIMIT = 255
LINK_LIMIT = 2048
LABELS_LIMIT = 20
LABEL_NAME_LIMIT = 100
LABEL_LIMIT = 255

# Extra variables that say which run or which release it is, and nothing of what is run.
RUN_VARIABLES = ('awx_*', 'tower_*', '*version*', '*revision*', '*commit*', '*_sha', 'build_number')

Warn = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    relay: Relay
    spool: Optional[str]
    wait: float = 3.0
    channel: Optional[str] = None
    host_name: Optional[str] = None
    report_rescued: bool = False
    report_ignored: bool = False
    mask: tuple[OwnPattern, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    link: Optional[str] = None
    run_variables: Sequence[str] = RUN_VARIABLES

    def reports(self, disposition: str) -> bool:
        return {'rescued': self.report_rescued, 'ignored': self.report_ignored}.get(disposition, True)


def read_settings(get: Callable[[str], Any], warn: Warn, source: Callable[[str], Optional[str]] = lambda _: None) -> Settings:
    """The options, from Ansible or as text; `source` is the file that an option stands in.

    Raises ValueError where nothing could ever be reported; less is a warning.
    """
    relay = read_relay(get, warn)
    if (relay.key or relay.auth == 'managed_identity') and (file := foreign_guide(source)):
        raise ValueError(f"{file} is another user's, and says where a key goes that does not stand in it (ANSIBLE_CONFIG trusts it)")
    return Settings(
        relay=relay,
        spool=read_spool(get('spool')),
        wait=as_seconds(get('wait')),
        channel=cut(get('channel') or '', CHANNEL_LIMIT) or None,
        host_name=cut(get('host_name') or '', HOST_LIMIT) or None,
        report_rescued=as_bool(get('report_rescued'), False),
        report_ignored=as_bool(get('report_ignored'), False),
        mask=tuple(read_patterns(get('mask') or '', warn)),
        labels=read_labels(get('labels') or [], warn),
        link=cut(get('link') or '', LINK_LIMIT) or None,
        run_variables=RUN_VARIABLES if (names := get('run_variables')) is None else as_list(names),
    )


def read_relay(get: Callable[[str], Any], warn: Warn) -> Relay:
    auth = get('auth') or 'key'
    if auth not in ('key', 'managed_identity'):
        raise ValueError('auth is neither key nor managed_identity')
    if auth == 'managed_identity' and not get('audience'):
        raise ValueError('auth is managed_identity, but no audience is set')
    relay = Relay(
        url=parse_url(get('url')),
        key=read_key(get, warn),
        auth=auth,
        audience=get('audience') or '',
        validate_certs=as_bool(get('validate_certs'), True),
        ca_file=get('ca_file'),
    )
    if relay.scheme == 'http' and not relay.is_on_this_machine:
        if not as_bool(get('allow_http'), False):
            raise ValueError('the url says http, by which anybody on the way could read the key (allow_http takes it all the same)')
        warn('allow_http is set: anybody on the way to the relay can read the key and the reports')
    if relay.scheme == 'https' and not relay.validate_certs:
        warn('validate_certs is not set: anybody on the way to the relay can read the key and the reports')
    return relay


def foreign_guide(source: Callable[[str], Optional[str]]) -> Optional[str]:
    """The file of another user, not root, that leads a key astray which it does not hold itself.

    Ansible reads that of its working directory, whoever's it is.
    """
    for file in map(source, ('url', 'validate_certs', 'ca_file', 'allow_http')):
        if file and file != source('key') and 'ANSIBLE_CONFIG' not in os.environ and not is_trusted_owner(os.stat(file).st_uid):
            return file
    return None


def read_spool(given: Optional[str]) -> Optional[str]:
    """Ansible has put a home into the default already, and not always a good one."""
    is_default = not given or given in (DEFAULT_SPOOL, os.path.expanduser(DEFAULT_SPOOL))
    return own_path(DEFAULT_SPOOL if is_default else given)


def read_key(get: Callable[[str], Any], warn: Warn) -> str:
    """A report without its key waits in the spool until the key is there."""
    key, path = get('key'), get('key_file')
    if not key and path:
        try:
            key = read_trusted_file(os.path.expanduser(path), KEY_LIMIT, follow_links=True).decode('ascii')
        except (OSError, ValueError) as error:
            why = 'it is not text' if isinstance(error, ValueError) else error.strerror or str(error)
            warn(f'the key_file cannot be read: {why}')
    key = (key or '').strip()
    if key and not re.fullmatch(r'[\x20-\x7e]+', key):
        warn('the key is not one line of printable ASCII characters, so reports go without it')
        return ''
    return key


def as_bool(given: Any, default: bool) -> bool:
    """In Ansible's words."""
    return default if given in (None, '') else str(given).lower() in ('true', 'yes', 'on', 'y', 't', '1')


def as_seconds(given: Any) -> float:
    try:
        return min(max(float(given), 0.0), 60.0)
    except (TypeError, ValueError):
        return 3.0


def as_list(given: Any) -> list[str]:
    """Ansible gives a list, an environment variable one text."""
    return [word.strip() for word in (given.split(',') if isinstance(given, str) else map(str, given)) if word.strip()]


def read_labels(given: Any, warn: Warn) -> dict[str, str]:
    labels: dict[str, str] = {}
    for label in as_list(given):
        name, equals, text = label.partition('=')
        name = name.strip()
        if not (name and equals):
            warn(f'the label {label!r} is not of the form name=value')
        elif cut(name, LABEL_NAME_LIMIT) != name:
            warn(f'the name of the label {name[:20]}... is longer than {LABEL_NAME_LIMIT} characters, so it is left out')
        elif len(labels) < LABELS_LIMIT:
            labels[name] = cut(text.strip(), LABEL_LIMIT)
    return labels


def cut(text: str, limit: int) -> str:
    """As the relay counts characters: those beyond the first 65,536 twice."""
    return text.encode('utf-16-le', 'surrogatepass')[:2 * limit].decode('utf-16-le', 'ignore')
