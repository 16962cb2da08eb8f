"""What waits in the spool, for a person."""

from __future__ import annotations

import datetime
import os

from .files import count_lines
from .spool import Spool


def describe_spool(spool: Spool) -> list[str]:
    segments = spool.segments()
    error = spool.status.last_error()
    rejected = count_lines(spool.rejected)
    since = datetime.datetime.fromtimestamp(int(os.path.basename(segments[0])[:20]) / 1e9, datetime.timezone.utc) if segments else None
    return [
        f'spool:        {spool.root}',
        f'waiting:      {sum(map(count_lines, segments))} reports' + (f', since {since:%Y-%m-%dT%H:%M:%SZ}' if since else ''),
        f'last success: {spool.status.read().get("lastSuccess") or "none"}',
        f'last error:   {error["what"]} (at {error["at"]})' if error else 'last error:   none',
        *([f'set aside:    {rejected} reports that the relay cannot take, in {spool.rejected}'] if rejected else []),
    ]
