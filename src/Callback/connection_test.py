"""Whether the relay can be reached, and what is at fault if not."""

from __future__ import annotations

import re
import time
import uuid
from typing import Optional

from .answer import Answer, Verdict, verdict_of
from .clock import utc_now
from .event import event_of
from .options import Settings
from .redaction import Redactor
from .relay import Relay
from .report import line_of, parse_line, report_of
from .run import new_run
from .task_outcome import TaskOutcome
from .transport import RelayClient


def test_connection(settings: Settings) -> int:
    """Sends one report by the shortest way, without the spool, and prints what came of it; the program's exit code."""
    run = new_run(settings, mode='test')
    # With the time in its name each test is an incident of its own; a second one would be no news.
    task = f'Test of the Slack relay at {time.strftime("%H:%M:%S")}'
    failure = TaskOutcome('failed', run.source, run.source, task=task, result={'msg': 'This is a test: nothing is wrong.'})
    line = parse_line(line_of(settings.channel, run, event_of(failure, str(uuid.uuid4()), utc_now(), Redactor())))
    answer = RelayClient(settings.relay).post(report_of([line]))
    print(explain(answer, settings.relay, settings.channel))
    for warning in answer.warnings:
        print(f'The relay warns: {warning}')
    return 0 if verdict_of(answer.status) is Verdict.ACCEPTED and not answer.warnings else 1


def explain(answer: Answer, relay: Relay, channel: Optional[str]) -> str:
    """Whether the URL, the key or the network is at fault."""
    meaning = verdict_of(answer.status)
    if meaning is Verdict.ACCEPTED:
        where = f'the route {channel!r}, or of the default one if the relay knows no such route' if channel else 'the default route'
        return f'All is well: {relay.origin} took the report. Slack will show it in the channel of {where}.'
    if answer.status in (401, 403):
        return f'The key is at fault: {relay.origin} is a relay, but does not let us in ({answer}).'
    if meaning is Verdict.REFUSED or answer.status == 405:
        return f'The URL is at fault: something answers at {relay.origin}, but takes no reports there ({answer}).'
    if meaning is Verdict.NEVER:
        return f'Neither the URL nor the key is at fault, but {relay.origin} does not understand the report ({answer}).'
    if answer.status:
        return f'The relay is at fault: {relay.origin} is there, but cannot take reports now ({answer}).'
    if answer.reason.startswith('no token'):
        return f'The managed identity is at fault: {answer.reason}.'
    if 'CERTIFICATE' in answer.reason:
        return f'The certificate is at fault: {answer.reason}.'
    if re.search(r'SSL|closed without an answer|does not speak HTTP', answer.reason):
        return f'The URL is at fault: it says http where the relay speaks https, or the other way ({answer.reason}).'
    return f'The network is at fault, or the name in the URL: {answer.reason}.'
