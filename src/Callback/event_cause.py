"""The cause of a failure as a report says it: chosen from the whole result, and never with a secret that only its surroundings give away."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional

from .cause import Cause, as_plain_text, cause_from, telling_line
from .message import is_hidden
from .paths import without_project
from .redaction import REDACTED
from .task_outcome import TaskOutcome
from .text import MARGIN, Masking, readable

HIDDEN_CAUSE = 'The task sets no_log, so its result is not shown.'
STREAMS = ('msg', 'stderr', 'module_stderr', 'stdout', 'module_stdout', 'exception')


def raw_cause(failure: TaskOutcome) -> Optional[str]:
    """As it stands in the result, to be found again in it."""
    if failure.hidden:
        return HIDDEN_CAUSE
    items = failure.result.get('results')
    if isinstance(items, (list, tuple)):
        shown = [item for item in items if not (isinstance(item, Mapping) and is_hidden(item))]
        return telling_line({**failure.result, 'results': shown})
    return telling_line(failure.result)


def event_cause(failure: TaskOutcome, raw: Optional[str], hosts: Iterable[str], mask: Masking) -> Optional[Cause]:
    """Nothing where the result says nothing."""
    if not raw or not raw.strip():
        return None
    line = readable(masked_in_place(raw, failure.result, mask))
    return cause_from(without_project(line, failure.playbook_directory), hosts)


def masked_in_place(line: str, result: Mapping[str, Any], mask: Masking) -> str:
    """A line within a private key says of itself that it is a secret only together with the lines around it."""
    for name in STREAMS:
        text = as_plain_text(result.get(name))
        place = text.find(line)
        if place < 0:
            continue
        before, after = text[max(0, place - MARGIN):place], text[place + len(line):place + len(line) + MARGIN]
        if not before.strip() and not after.strip():
            return mask(line)
        return mask(line) if mask(line) in mask(before + line + after) else REDACTED
    return mask(line)
