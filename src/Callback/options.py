"""The options, valid."""

from __future__ import annotations

import itertools
import os
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import Any, Callable, Mapping, Optional, Sequence

from .own_patterns import read_patterns
from .text import KIB

DEFAULT_SPOOL = '~/.ansible/slack_relay'

# Extra variables that say which run or which release it is, and nothing of what is run.
RUN_VARIABLES = ('awx_*', 'tower_*', '*version*', '*revision*', '*commit*', '*_sha', 'build_number')

Warn = Callable[[str], None]


@dataclass(frozen=True)
class Relay:
    """Where reports go, and what opens the door there."""

    url: str
    key: str = field(default='', repr=False)
    auth: str = 'key'
    audience: str = ''
    validate_certs: bool = True
    ca_file: Optional[str] = None

    @property
    def origin(self) -> str:
        """The part of the URL that may be shown: no path, no query, no credentials."""
        parts = urllib.parse.urlsplit(self.url)
        return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}'


@dataclass(frozen=True)
class Settings:
    relay: Relay
    spool: str
    wait: float = 3.0
    channel: Optional[str] = None
    host_name: Optional[str] = None
    report_rescued: bool = False
    report_ignored: bool = False
    mask: tuple[re.Pattern[str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    link: Optional[str] = None
    run_variables: Sequence[str] = RUN_VARIABLES

    def reports(self, disposition: str) -> bool:
        return {'rescued': self.report_rescued, 'ignored': self.report_ignored}.get(disposition, True)


def read_settings(get: Callable[[str], Any], warn: Warn) -> Settings:
    """The options, from Ansible or as text. Raises ValueError where nothing could ever be reported; less is a warning."""
    auth = get('auth') or 'key'
    if auth not in ('key', 'managed_identity'):
        raise ValueError('auth is neither key nor managed_identity')
    if auth == 'managed_identity' and not get('audience'):
        raise ValueError('auth is managed_identity, but no audience is set')
    return Settings(
        relay=Relay(
            url=parse_url(get('url')),
            key=read_key(get, warn),
            auth=auth,
            audience=get('audience') or '',
            validate_certs=as_bool(get('validate_certs'), True),
            ca_file=get('ca_file'),
        ),
        spool=os.path.expanduser(get('spool') or DEFAULT_SPOOL),
        wait=as_seconds(get('wait')),
        channel=(get('channel') or '')[:80] or None,
        host_name=(get('host_name') or '')[:255] or None,
        report_rescued=as_bool(get('report_rescued'), False),
        report_ignored=as_bool(get('report_ignored'), False),
        mask=tuple(read_patterns(get('mask') or '', warn)),
        labels=read_labels(get('labels') or [], warn),
        link=(get('link') or '')[:2048] or None,
        run_variables=RUN_VARIABLES if (names := get('run_variables')) is None else as_list(names),
    )


def parse_url(url: Optional[str]) -> str:
    """Raises ValueError, whose text says what is wrong without repeating the URL: it may carry a key."""
    url = (url or '').strip()
    if not url:
        raise ValueError('no url is set')
    try:
        parts = urllib.parse.urlsplit(url)
        good = parts.scheme in ('http', 'https') and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r'[\x00-\x20\x7f]', url):
        raise ValueError('the url is not one (it must look like https://relay.example.com/api/reports)')
    return urllib.parse.urlunsplit(parts._replace(path='/api/reports' if parts.path in ('', '/') else parts.path, fragment=''))


def read_key(get: Callable[[str], Any], warn: Warn) -> str:
    """A report without its key waits in the spool until the key is there."""
    key, path = get('key'), get('key_file')
    if not key and path:
        try:
            with open(os.path.expanduser(path), encoding='utf-8') as file:
                key = file.read(4 * KIB)
        except (OSError, ValueError) as error:
            warn(f'the key_file cannot be read: {getattr(error, "strerror", None) or "it is not text"}')
    return (key or '').strip()


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
    labels = {}
    for label in as_list(given):
        name, equals, text = label.partition('=')
        if name.strip() and equals:
            labels[name.strip()[:100]] = text.strip()[:255]
        else:
            warn(f'the label {label!r} is not of the form name=value')
    return dict(itertools.islice(labels.items(), 20))
