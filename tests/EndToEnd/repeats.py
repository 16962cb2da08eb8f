"""Which hosts a message names, and whether that was news. Hosts are called after their incident: i007h03 is one of i007."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from host_ranges import expanded

NAMES = re.compile(r'i\d{3}h\d\d')


@dataclass(frozen=True)
class Notice:
    """What one message says of one incident."""

    at: float
    incident: str
    hosts: frozenset
    announces: bool


def hosts_in(messages):
    return {found[0] for message in list(messages) for found in NAMES.finditer(expanded(str(message)))}


def notices_of(message):
    at = datetime.fromisoformat(message['receivedAt']).timestamp()
    for attachment in message['payload'].get('attachments', []):
        hosts = frozenset(found[0] for found in NAMES.finditer(expanded(f'{attachment["title"]}\n{attachment["text"]}')))
        yield Notice(at, min(hosts)[:4], hosts, 'in all)' not in attachment['title'])


def doubled(notices):
    """Those that announce what was announced, or name no host that was not named, each with the one that had said so."""
    said, found = {}, []
    for notice in notices:
        known = said.get(notice.incident)
        if known and (notice.announces or notice.hosts <= known.hosts):
            found.append((notice, known))
        if not known or not notice.hosts <= known.hosts:
            said[notice.incident] = replace(notice, hosts=notice.hosts | (known.hosts if known else frozenset()))
    return found
