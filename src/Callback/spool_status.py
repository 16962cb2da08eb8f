"""What waits in the spool, for a person."""

from __future__ import annotations

import datetime

from .dispatch import RESEND_HINT
from .open_failures import OpenFailures
from .relay_warnings import warnings_since
from .spool import Spool


def describe_spool(spool: Spool) -> list[str]:
    segments, status = spool.segments(), spool.status
    error, asked = status.last_error(), status.wait()
    rejected = spool.count_lines(spool.rejected())
    memory = OpenFailures(spool.root)
    since = f', since {as_time(int(segments[0][:20]) / 1e9)}' if segments else ''
    return [
        f'spool:        {spool.root}',
        f'waiting:      {spool.count_lines(segments)} reports{since}',
        f'last success: {status.read().get("lastSuccess") or "none"}',
        f'last error:   {error["what"]} (at {error["at"]})' if error else 'last error:   none',
        *(f'warned of:    {warning}' for warning in warnings_since(status.read(), '')),
        *([f'not before:   {as_time(asked)}, as the relay asked'] if asked else []),
        *([f'open:         {len(memory)} failures that no run has seen fixed yet, the oldest of {as_time(memory.oldest())}'] if memory else []),
        *([f'set aside:    {rejected} reports that the relay could not take, in {spool.rejected_path}: {RESEND_HINT}'] if rejected else []),
    ]


def as_time(seconds: float) -> str:
    return f'{datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}'
