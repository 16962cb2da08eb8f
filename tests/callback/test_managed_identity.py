"""A managed identity signs in where Azure gave the machine one, and no answer makes it send a file that is not its proof."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from Callback.managed_identity import ManagedIdentity, NoIdentity


class Metadata:
    """Stands in for Azure's metadata service, and with a `proof` for the agent of Azure Arc, which asks for that first."""

    def __init__(self):
        self.proof = None
        self.realm = ''
        self.status = 200
        self.seen = []
        metadata = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                metadata.seen.append((parse_qs(urlsplit(self.path).query), dict(self.headers)))
                wants_proof = metadata.proof and self.headers.get('Authorization') != f'Basic {metadata.proof}'
                self.send_response(401 if wants_proof else metadata.status)
                if wants_proof:
                    self.send_header('WWW-Authenticate', f'Basic realm={metadata.realm}')
                self.end_headers()
                self.wfile.write(json.dumps({'access_token': f'token-{len(metadata.seen)}', 'expires_on': '10000'}).encode())

            def log_message(self, *_):
                pass

        self._server = HTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_port}/metadata/identity/oauth2/token'
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def metadata(monkeypatch, tmp_path):
    metadata = Metadata()
    monkeypatch.setattr(ManagedIdentity, 'METADATA_SERVICE', metadata.url)
    monkeypatch.setattr(ManagedIdentity, 'ARC_AGENT', str(tmp_path / 'no-agent'))
    monkeypatch.setattr(ManagedIdentity, 'ARC_KEYS', str(tmp_path / 'keys'))
    (tmp_path / 'keys').mkdir()
    yield metadata
    metadata.close()


def test_a_virtual_machine_asks_its_metadata_service_for_the_audience(metadata):
    token = ManagedIdentity('api://relay', {'AZURE_CLIENT_ID': 'client-1', 'http_proxy': 'http://127.0.0.1:9'}).token(0)

    ((query, headers),) = metadata.seen
    assert token == 'token-1'
    assert query == {'api-version': ['2018-02-01'], 'resource': ['api://relay'], 'client_id': ['client-1']}
    assert headers['Metadata'] == 'true'


def test_a_token_is_kept_until_shortly_before_it_ends(metadata):
    identity = ManagedIdentity('api://relay', {})

    assert [identity.token(now) for now in (0, 5000, 9699, 9700)] == ['token-1', 'token-1', 'token-1', 'token-2']


def test_azure_arc_wants_proof_from_a_file(metadata, tmp_path):
    metadata.proof, metadata.realm = 'proof-1', '/somewhere/else/given.key'
    (tmp_path / 'keys' / 'given.key').write_text('proof-1')

    token = ManagedIdentity('api://relay', {'IMDS_ENDPOINT': 'x', 'IDENTITY_ENDPOINT': metadata.url}).token(0)

    assert token == 'token-2'
    assert metadata.seen[0][0]['api-version'] == ['2020-06-01']


@pytest.mark.parametrize('realm', ['/etc/passwd', '/var/opt/../../etc/passwd', 'large.key', '', '.key/..'])
def test_only_a_small_key_file_of_the_agent_is_ever_sent(metadata, tmp_path, realm):
    metadata.proof, metadata.realm = 'proof-1', realm
    (tmp_path / 'keys' / 'large.key').write_text('x' * 5000)

    with pytest.raises(NoIdentity):
        ManagedIdentity('api://relay', {'IMDS_ENDPOINT': 'x', 'IDENTITY_ENDPOINT': metadata.url}).token(0)

    assert all('Authorization' not in headers for _, headers in metadata.seen)


@pytest.mark.parametrize('status', [400, 404, 429, 500])
def test_no_token_is_said_with_the_reason(metadata, status):
    metadata.status = status

    with pytest.raises(NoIdentity, match=f'HTTP {status}'):
        ManagedIdentity('api://relay', {}).token(0)
