"""No secret is in any line that anything has logged, from the first test to the last."""

from __future__ import annotations

import json
import secrets

from planted import found_in, kinds, plant
from processes import free_port
from relay_process import AT_ONCE
from relay_under_test import REPORTS, event, report
from waiting import wait_for

# These tests come last, when every other one has logged what it logs.
AT_THE_END = True

# Put together here, so that no search for secrets takes this file for a leak.
SAID = {
    'a password': 'password=%s',
    'a bearer token': 'Authorization: Bearer %s',
    'a password in an address': 'postgres://deploy:%s@db.example.com/',
    'a Slack webhook': 'https://hooks.slack' + '.com/services/T0/B0/%s',
    'a Slack token': 'xo' + 'xb-%s',
    'a private key': '-----BEGIN ' + 'PRIVATE KEY-----\n%s\n-----END ' + 'PRIVATE KEY-----',
    'an option of a command': 'mysql -u root --password %s -e "select 1"',
}

# What Slack answers, and what the log says then; the one after which nothing is posted for a while comes last.
ANSWERS = {
    'invalid_payload': {'status': 400, 'body': 'invalid_payload'},
    'HTTP 302': {'status': 302},
    'rollup_error': {'status': 500, 'body': 'rollup_error'},
    'RateLimited': {'status': 429, 'retryAfter': 1},
    'no_service': {'status': 404, 'body': 'no_service'},
}


def story(stage):
    """Everything that a relay logs happens to one that logs all it can."""
    url = f'http://127.0.0.1:{free_port()}'
    webhook = plant(secrets.token_hex(12), 'the secret of a webhook')
    token = 'xo' + 'xb-' + plant(secrets.token_hex(12), 'the token of a bot')
    relay = stage.own_relay(
        urls=url, **AT_ONCE, Logging__LogLevel__Default='Trace', SLACK_WEBHOOK_URL=f'{url}/slack/services/T0/B0/{webhook}',
        Relay__Routes__bot__Webhook=token, Relay__Routes__bot__Channel='#ops',
        # Nobody listens there, so that what the bot posts goes nowhere.
        HTTPS_PROXY=f'http://127.0.0.1:{free_port()}',
    )
    for logged, fault in ANSWERS.items():
        relay.slack.fail(mode='status', count=1, **fault)
        speak(relay)
        wait_for(lambda: logged in relay.process.out, f'{logged} in the log')
    speak(relay, channel='bot')
    wait_for(lambda: 'Route: bot' in relay.process.out, 'a post of the bot')
    be_refused(relay)
    return relay


def speak(relay, **fields):
    """A play says secrets wherever it can."""
    said = [form % plant(secrets.token_hex(12), f'{what} that a play said') for what, form in SAID.items()]
    label = secrets.token_hex(8)
    events = [
        event(label, host=f'web-{number}', message=text, stdout=text, stderr=text, items=[{'item': text, 'message': text}]) for number, text in enumerate(said)
    ]
    answer = relay.send(json.dumps({**report(label, *events), **fields}).encode())
    assert answer.status == 202, answer


def be_refused(relay):
    """Requests that are wrong hold secrets, too."""
    secret = plant(secrets.token_hex(12), 'something in a request that was refused')
    body = json.dumps(report(secret)).encode()
    for answer, status in [
        (relay.send(body, x_functions_key=secret), 401),
        (relay.send(body, f'{REPORTS}?code={secret}', x_functions_key=None), 401),
        (relay.send(body, f'/api/{secret}'), 404),
        (relay.send(body, method='PUT'), 405),
        (relay.send(body[:-1]), 400),
        (relay.send(body, Content_Type=secret), 415),
        (relay.send(body, Content_Encoding=secret), 415),
        (relay.send(body, Content_Encoding='gzip'), 400),
        (relay.send(body * 10_000), 413),
    ]:
        assert answer.status == status, answer


def test_no_secret_is_in_any_log_of_the_whole_run(ending, tmp_path_factory):
    logs = {path: path.read_text(errors='replace') for path in tmp_path_factory.getbasetemp().rglob('*.log')}

    assert {path.name: found for path, text in logs.items() if (found := found_in(text))} == {}
    assert any(ending.url in text for text in logs.values()), 'the log of the relay that was told of secrets is not among them'
    assert {'the key of a relay', 'the secret of a webhook', 'the token of a bot', *(f'{what} that a play said' for what in SAID)} < kinds()


def test_the_search_would_find_one():
    secret = plant(secrets.token_hex(12), 'a secret of this test alone')

    assert found_in(f'Something happened. Key: {secret}') == ['a secret of this test alone']
    assert found_in('Something happened. Key: none') == []
