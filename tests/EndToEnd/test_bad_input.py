"""What is not a report is refused at once, with a reason, and leaves no trace."""

from __future__ import annotations

import gzip
import json

import pytest

from planted import plant
from relay_process import IS_FUNCTIONS
from relay_under_test import REPORTS, event, report

MIB = 1024 * 1024
GZIP = {'Content_Encoding': 'gzip'}

# Stands in every text that must go nowhere.
WORD = plant('zanzi' + 'bar', 'a word in bad input')


def good(**fields):
    return json.dumps(report(WORD, event(WORD, message=WORD, **fields))).encode()


def changed(**fields):
    return json.dumps({**report(WORD), **fields}).encode()


def bomb():
    """A hundred MiB in a tenth of one."""
    return gzip.compress(bytes(100 * MIB))


# Each body is made when its turn comes. The path is that of the first error; None where no field is to blame.
CASES = {
    'no JSON': (lambda: f'{WORD}, {{'.encode(), {}, 400, '$'),
    'nothing at all': (lambda: b'', {}, 400, '$'),
    'no object': (lambda: json.dumps([WORD]).encode(), {}, 400, '$'),
    'a wrong type': (lambda: good(host=[WORD]), {}, 400, '$.events[0].host'),
    'an unknown version': (lambda: changed(version=2), {}, 400, '$.version'),
    'an unknown kind': (lambda: good(kind=WORD), {}, 400, '$.events[0].kind'),
    'no events': (lambda: changed(events=[]), {}, 400, '$.events'),
    'a thousand levels': (lambda: good(details='@').replace(b'"@"', b'{"a":' * 1000 + b'1' + b'}' * 1000), {}, 400, '$'),
    'half a surrogate pair': (lambda: good(play='@').replace(b'@', b'\\ud83d'), {}, 400, '$'),
    'bytes that are not UTF-8': (lambda: good(play='@').replace(b'@', b'\xff'), {}, 400, '$'),
    'a gzip that breaks off': (lambda: gzip.compress(good())[:-20], GZIP, 400, '$'),
    'no gzip under its name': (good, GZIP, 400, '$'),
    'two MiB': (lambda: good(stdout='x' * 2 * MIB), {}, 413, None),
    'a gzip bomb': (bomb, GZIP, 413, None),
    'another content type': (good, {'Content_Type': 'text/plain'}, 415, None),
    'another encoding': (good, {'Content_Encoding': 'br'}, 415, None),
    'no key': (good, {'x_functions_key': None}, 401, None),
    'a wrong key': (good, {'x_functions_key': WORD}, 401, None),
    'two MiB with a wrong key': (lambda: good(stdout='x' * 2 * MIB), {'x_functions_key': WORD}, 401, None),
}


@pytest.mark.parametrize('name', CASES)
def test_bad_input_is_refused_at_once_with_a_reason(relay, name):
    body, headers, status, path = CASES[name]
    body = body()

    answers = [relay.send(body, **headers) for _ in range(3)]

    assert {answer.status for answer in answers} == {status}, answers
    # The Functions host looks at the key, before the relay does, and says no more than 401.
    if status != 401 or (relay.process and not IS_FUNCTIONS):
        assert answers[0].problem['status'] == status and answers[0].problem['title']
    assert path is None or path in [error['path'] for error in answers[0].problem['errors']]
    assert WORD not in answers[0].body
    # The machine may be busy with something else, but not three times in a row.
    assert min(answer.seconds for answer in answers) < 0.1


@pytest.mark.parametrize('method', ['GET', 'PUT', 'DELETE'])
def test_reports_are_only_posted(relay, method):
    assert relay.send(good(), method=method).status == 405


def test_the_key_may_stand_in_the_query_too(relay, slack, label):
    answer = relay.send(json.dumps(report(label)).encode(), f'{REPORTS}?code={relay.key}', x_functions_key=None)

    assert answer.status == 202 and json.loads(answer.body) == {'accepted': 1}
    slack.wait_for_notices(label)


def test_a_wrong_key_in_the_query_is_refused(relay):
    assert relay.send(good(), f'{REPORTS}?code={WORD}', x_functions_key=None).status == 401


def test_nothing_of_bad_input_is_queued_or_logged(relay, slack):
    for body, headers, status, _ in CASES.values():
        assert relay.send(body(), **headers).status == status

    relay.wait_until_all_is_told()

    assert WORD not in slack.text()
    assert relay.process is None or WORD not in relay.process.out + relay.process.err
