"""`test` says whether the relay can be reached, and what is at fault if not."""

from __future__ import annotations

import pytest

from programs import program
from runs import environment
from spools import closed_port


@pytest.mark.parametrize('answer, words', [
    (202, b'All is well'), (401, b'The key is at fault'), (403, b'The key is at fault'),
    (404, b'The URL is at fault'), (200, b'The URL is at fault'), (400, b'does not understand'), (503, b'The relay is at fault'),
])
def test_test_says_what_is_at_fault(relay, env, spool, answer, words):
    relay.answer = answer
    code, out, _ = program(env, 'test')

    assert code == (0 if answer == 202 else 1)
    assert out.startswith(words) or words in out
    assert not spool.exists()


def test_a_test_says_that_it_is_one_and_where_it_will_be_seen(relay, env):
    _, out, _ = program({**env, 'SLACK_RELAY_CHANNEL': 'db'}, 'test')

    assert relay.requests[0]['run']['mode'] == 'test'
    assert b"the route 'db', or of the default one" in out


def test_test_says_when_the_url_says_https_but_the_relay_speaks_http(relay, env):
    code, out, _ = program({**env, 'SLACK_RELAY_URL': relay.url.replace('http:', 'https:')}, 'test')

    assert code == 1 and out.startswith(b'The URL is at fault: it says http')


@pytest.mark.parametrize('url', ['http://127.0.0.1:{port}', 'https://no-such-host.invalid'])
def test_test_says_when_the_network_is_at_fault(tmp_path, spool, url):
    code, out, _ = program(environment(tmp_path, spool, url.format(port=closed_port())), 'test')

    assert code == 1 and out.startswith(b'The network is at fault')
