"""Whatever is posted to the relay, it answers at once and goes on; and what it takes, it tells."""

from __future__ import annotations

import gzip
import http.client
import re
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from bodies import CONTROLS_EVERY, ROUTES, body, controlled
from effort import SEED, scaled, tell
from hostile_values import CONTROL
from processes import peak_memory
from relay_process import AT_ONCE, REPOSITORY
from relay_under_test import JSON, REPORTS, event
from slack_stream import SlackStream
from waiting import wait_for

# Each round has a relay of its own: every ten minutes Azurite tidies up, and after some thousand blobs that takes it minutes.
ROUNDS = scaled(1, 10)
BODIES = scaled(2_000, 5_000)
SENDERS = 4
ARTIFACTS = REPOSITORY / 'artifacts/fuzz'
MARK = re.compile(r'fuzz-\d+-')

# A body may have a MiB and becomes several in memory; what the relay itself needs is part of it.
MOST_MEMORY = 600

# What the log of a relay says that is well, at the levels at which nothing is wrong.
WELL = re.compile(r'(\d\d:\d\d:\d\d\.\d{3} (info: |warn: Relay\.Telemetry\.ReportLog\[\d+\] Channel unknown)|Ansible Slack Relay on |  storage: |  Slack:   )[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*')


class Sender:
    """Posts bodies one after another in one connection, which it opens again where the relay has closed it."""

    def __init__(self, relay):
        self._headers = {**JSON, 'x-functions-key': relay.key}
        self._connection = http.client.HTTPConnection(urllib.parse.urlsplit(relay.url).netloc, timeout=60)

    def send(self, one):
        headers = {**self._headers, 'Content-Encoding': 'gzip'} if one.gzipped else self._headers
        try:
            self._connection.request('POST', REPORTS, one.data, headers)
            response = self._connection.getresponse()
            response.read()
            return response.status
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None

    def send_all(self, bodies):
        """The numbers of the accepted ones that have to be told, how many were answered in which way, and what was answered wrongly."""
        told, answers, wrong = set(), {}, []
        for one in bodies:
            # The relay closes a connection on which more comes than it reads; a second attempt has one of its own.
            status = self.send(one) or self.send(one)
            answers[status] = answers.get(status, 0) + 1
            if status == 202 and one.must_be_told:
                told.add(one.mark)
            if status != 202 and not (status and 400 <= status < 500):
                wrong.append((one, status))
        return told, answers, wrong


@pytest.fixture(scope='module', params=range(ROUNDS), ids='round {}'.format)
def fuzzed(request, given_relay, session_relays):
    """A relay that the bodies of a round were posted to, and that has told what it took."""
    if given_relay:
        pytest.skip('looks into the relay that it starts')
    routes = {f'Relay__Routes__{route}__Webhook': '' for route in ROUTES}
    relay = session_relays.start(**AT_ONCE, **routes)
    relay.tell('warm', event('warm'))
    yield fuzz(relay, request.param * BODIES)
    relay.process.stop()


def fuzz(relay, start):
    """Posts the bodies of the round that begins with this one, and waits until what was taken is told."""
    slack, began = SlackStream(relay.url), time.monotonic()

    with ThreadPoolExecutor(SENDERS) as pool:
        deals = [range(start + first, start + BODIES, SENDERS) for first in range(SENDERS)]
        sent = list(pool.map(lambda deal: Sender(relay).send_all(body(SEED, number) for number in deal), deals))
    seconds = time.monotonic() - began

    accepted = set().union(*(told for told, _, _ in sent))
    missing = wait_for_all(accepted, slack)
    answers = {status: sum(one.get(status, 0) for _, one, _ in sent) for status in {status for _, one, _ in sent for status in one}}
    tell(
        f'hostile bodies {start} to {start + BODIES - 1}: sent within {seconds:.1f} s, answers {answers}; {len(accepted) - len(missing)} of {len(accepted)} told within '
        f'{time.monotonic() - began:.1f} s; the relay had at most {peak_memory(relay.process.pid)} MiB'
    )
    return SimpleNamespace(relay=relay, slack=slack, answers=answers, wrong=[one for _, _, wrong in sent for one in wrong], missing=missing)


def wait_for_all(marks, slack):
    """Those that were not told, if any."""
    missing, seen = set(marks), 0

    def are_told():
        nonlocal seen
        new, seen = slack.messages[seen:], len(slack.messages)
        for message in new:
            missing.difference_update(MARK.findall(str(message)))
        return not missing

    try:
        wait_for(are_told, 'all that was taken in Slack', scaled(60, 300))
    except AssertionError:
        pass
    return missing


def keep(bodies):
    """Where the bodies are that somebody has to look at."""
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    for one in bodies:
        (ARTIFACTS / f'{SEED}-{one.number}{".gz" if one.gzipped else ""}').write_bytes(one.data)
    return f'SEED={SEED}, bodies {[one.number for one in bodies]}, kept in {ARTIFACTS.relative_to(REPOSITORY)}'


def test_every_control_character_is_among_them_as_it_is_and_escaped():
    """In the first round, whatever the seed: chance alone would leave some out."""
    controls = [body(SEED, number) for number in range(0, BODIES, CONTROLS_EVERY)]
    texts = [(gzip.decompress(one.data) if one.gzipped else one.data).decode() for one in controls]

    assert [ascii(form) for character in CONTROL for form in controlled(character) if not any(form in text for text in texts)] == []


def test_every_body_is_taken_or_refused(fuzzed):
    assert not fuzzed.wrong, (keep([one for one, _ in fuzzed.wrong]), [status for _, status in fuzzed.wrong])
    assert fuzzed.answers[202] > BODIES / 10 and fuzzed.answers[400] > BODIES / 10 and fuzzed.answers[413] > 0


def test_what_was_taken_of_them_is_told(fuzzed):
    assert not fuzzed.missing, keep([body(SEED, int(mark.split('-')[1])) for mark in fuzzed.missing])


def test_nothing_of_them_poisons_the_queue(fuzzed):
    assert not any('could not handle' in str(message) for message in fuzzed.slack.messages)


def test_the_log_has_no_failure_and_nothing_that_is_not_text(fuzzed):
    lines = fuzzed.relay.process.out.split('\n')[:-1]

    assert [line for line in lines if not WELL.fullmatch(line)] == []
    assert fuzzed.relay.process.err == ''


def test_memory_stays_within_bounds(fuzzed):
    assert peak_memory(fuzzed.relay.process.pid) < MOST_MEMORY
