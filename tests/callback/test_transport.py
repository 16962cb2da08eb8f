"""Over TLS the relay must prove who it is, unless the user says otherwise; a proxy is the environment's."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

import pytest

from programs import program
from recording_relay import RecordingRelay
from spools import closed_port


@pytest.fixture(scope='module')
def certificate(tmp_path_factory):
    """One that nobody has signed, made here because a private key has no place in a repository."""
    directory = tmp_path_factory.mktemp('tls')
    subprocess.run(
        [
            'openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
            '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
            '-keyout', directory / 'key.pem', '-out', directory / 'certificate.pem',
        ],
        check=True, capture_output=True,
    )
    return directory


@pytest.fixture
def secure_relay(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / 'certificate.pem', certificate / 'key.pem')
    relay = RecordingRelay(context)
    yield relay
    relay.close()


@pytest.mark.parametrize('options, code', [
    ({}, 1), ({'SLACK_RELAY_VALIDATE_CERTS': 'false'}, 0),
    ({'SLACK_RELAY_CA_FILE': 'certificate.pem'}, 0), ({'SLACK_RELAY_CA_FILE': 'missing.pem'}, 1),
])
def test_the_relay_must_prove_who_it_is(secure_relay, certificate, env, options, code):
    options = {name: str(Path(certificate, value)) if name.endswith('FILE') else value for name, value in options.items()}

    result = program({**env, 'SLACK_RELAY_URL': secure_relay.url, **options}, 'test')

    assert result[0] == code, result
    assert len(secure_relay.events) == 1 - code


def test_the_proxy_of_the_environment_is_used(relay, env):
    code, out, _ = program({**env, 'http_proxy': relay.url, 'SLACK_RELAY_URL': 'http://relay.invalid', 'SLACK_RELAY_ALLOW_HTTP': 'true'}, 'test')

    assert code == 0 and b'All is well: http://relay.invalid' in out
    relay.breaches.clear()  # A proxy is asked for the whole URL.


def test_the_proxy_that_fails_is_named_without_its_password(env):
    proxy = f'http://user:{"open" + "sesame"}@127.0.0.1:{closed_port()}'
    _, out, _ = program({**env, 'https_proxy': proxy, 'SLACK_RELAY_URL': 'https://relay.invalid'}, 'test')

    assert b'through the proxy http://127.0.0.1:' in out and b'opensesame' not in out


def test_there_is_no_proxy_to_this_machine_nor_where_no_proxy_says_so(relay, env):
    nowhere = f'http://127.0.0.1:{closed_port()}'

    assert program({**env, 'http_proxy': nowhere}, 'test')[0] == 0
    _, out, _ = program({**env, 'https_proxy': nowhere, 'no_proxy': 'relay.invalid', 'SLACK_RELAY_URL': 'https://relay.invalid'}, 'test')
    assert b'proxy' not in out
