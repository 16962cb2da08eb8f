"""What the relay warns of although it has taken a report, such as a channel that it does not know."""

from __future__ import annotations

import datetime
import json
import time
from typing import Any, Mapping, Optional

from .clock import utc_now
from .text import readable

WARNINGS_LIMIT = 5
WARNING_LENGTH = 200
WARNED_SECONDS = 86400.0


def parse_warnings(body: bytes) -> tuple[str, ...]:
    """Of an answer; whatever else that is, it warns of nothing."""
    try:
        given = json.loads(body)
        warnings = given.get('warnings') if isinstance(given, dict) else None
    except (ValueError, RecursionError):
        return ()
    lines = (' '.join(readable(warning).split())[:WARNING_LENGTH] for warning in warnings or () if isinstance(warning, str))
    return tuple(line for line in lines if line)[:WARNINGS_LIMIT] if isinstance(warnings, list) else ()


def noted_warnings(before: Any, warnings: tuple[str, ...], channel: Optional[str]) -> Optional[dict[str, Any]]:
    """What is kept of them: until a report to the same channel is taken without any."""
    if warnings:
        return {'at': utc_now(), 'channel': channel, 'what': list(warnings)}
    return before if isinstance(before, dict) and before.get('channel') != channel else None


def warnings_since(status: Mapping[str, Any], since: str) -> list[str]:
    noted = status.get('warnings')
    if not isinstance(noted, dict) or not isinstance(noted.get('what'), list) or str(noted.get('at')) < since:
        return []
    return [str(warning) for warning in noted['what']]


def lasting_warnings(status: Mapping[str, Any], channel: Optional[str]) -> list[str]:
    """Those of the last day that this channel's reports met: another channel is another matter."""
    noted = status.get('warnings')
    day_ago = datetime.datetime.fromtimestamp(time.time() - WARNED_SECONDS, datetime.timezone.utc)
    since = day_ago.strftime('%Y-%m-%dT%H:%M:%S.%fZ')
    return warnings_since(status, since) if isinstance(noted, dict) and noted.get('channel') == channel else []
