"""The parts of a path that are the same on every machine and in every run."""

from __future__ import annotations

import os
import re
from typing import Collection

# What mktemp, CI systems, AWX and pytest make, releases named by their time, and what is named by a hash.
TEMPORARY_PART = re.compile(
    r'(?i:te?mp)\Z|tmp\.[A-Za-z0-9]{6,}\Z|tmp[a-z0-9_]{8}\Z|awx_[0-9]+_[a-z0-9_]+\Z|ansible-(?:local|tmp)-|pytest-(?:of-.*|[0-9]+)\Z'
    r'|[0-9]{8,}(?:[-_.Tt][0-9]{4,}Z?)?\Z|(?=[0-9a-f]*[0-9])[0-9a-f]{12,64}\Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z',
)
# Jenkins names the workspaces of one job that run at once site, site@2 and so on.
CONCURRENT = re.compile(r'@[0-9]+\Z')


def lasting_parts(path: str, hosts: Collection[str], count: int = 2) -> str:
    """Its last parts, without those that are named after a host or that only this run has."""
    known = {name.lower() for host in hosts if host for name in (host, host.partition('.')[0])}
    parts = [CONCURRENT.sub('', part) for part in path.split(os.sep) if part not in ('', '.', '..')]
    return '/'.join([part for part in parts if part.lower() not in known and not TEMPORARY_PART.match(part)][-count:])
