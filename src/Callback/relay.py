"""The relay: where reports go, and what opens the door there."""

from __future__ import annotations

import hashlib
import re
import urllib.parse
from dataclasses import dataclass, field
from typing import Optional


@dataclass(frozen=True)
class Relay:
    """As the sender gets it from whoever starts it."""

    url: str
    key: str = field(default='', repr=False)
    auth: str = 'key'
    audience: str = ''
    validate_certs: bool = True
    ca_file: Optional[str] = None

    @property
    def origin(self) -> str:
        """The part of the URL that may be shown: no path, no query, no credentials."""
        return without_credentials(self.url)

    @property
    def scheme(self) -> str:
        return urllib.parse.urlsplit(self.url).scheme

    @property
    def host(self) -> str:
        return urllib.parse.urlsplit(self.url).hostname or ''

    @property
    def is_on_this_machine(self) -> bool:
        return is_loopback(self.host)

    @property
    def fingerprint(self) -> str:
        """Tells one relay from another without saying its URL, which may carry a key."""
        return hashlib.sha256(self.url.encode(errors='replace')).hexdigest()[:16]


def without_credentials(url: str) -> str:
    """Scheme, host and port."""
    parts = urllib.parse.urlsplit(url if '//' in url or not url else f'http://{url}')
    return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}' if parts.netloc else ''


def is_loopback(host: str) -> bool:
    return re.fullmatch(r'(?:.+\.)?localhost|127(?:\.[0-9]{1,3}){3}|::1', host) is not None


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
    if '@' in parts.netloc:
        raise ValueError('the url holds a user name or a password, which the relay does not ask for')
    return urllib.parse.urlunsplit(parts._replace(path='/api/reports' if parts.path in ('', '/') else parts.path, fragment=''))
