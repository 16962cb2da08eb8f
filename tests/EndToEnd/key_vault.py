"""A key vault and a managed identity as the Functions app meets them: over TLS, behind a challenge, by a name that only a proxy knows."""

from __future__ import annotations

import json
import secrets
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from planted import plant

HOST = 'relay-end-to-end.vault.azure.net'
LONG = 3600


class KeyVault:
    """Listens on this machine alone: it is the proxy that leads to the vault as well."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.secret = None
        self.asked = []
        self.asked_at = 0
        self._token = plant(secrets.token_hex(16), 'the token of a managed identity')
        self._certificate = certificate(folder)
        self._server = ThreadingHTTPServer(('127.0.0.1', 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def settings(self):
        """What the app is told so that it finds vault and identity here."""
        address = f'http://127.0.0.1:{self._server.server_port}'
        return {
            'Relay__KeyVault': f'https://{HOST}/', 'HTTPS_PROXY': address, 'SSL_CERT_FILE': str(self._certificate / 'certificate.pem'),
            'IDENTITY_ENDPOINT': f'{address}/identity', 'IDENTITY_HEADER': plant(secrets.token_hex(16), 'the header of a managed identity'),
        }

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path, authorization):
        """Status, headers and body for a request."""
        if path.startswith('/identity'):
            expiry = str(int(time.time()) + 24 * LONG)
            return 200, {}, {'access_token': self._token, 'expires_on': expiry, 'resource': 'https://vault.azure.net', 'token_type': 'Bearer'}
        if authorization != f'Bearer {self._token}':
            challenge = 'Bearer authorization="https://login.microsoftonline.com/common", resource="https://vault.azure.net"'
            return 401, {'WWW-Authenticate': challenge}, {'error': {'code': 'Unauthorized'}}
        name = path.split('/')[2].split('?')[0]
        self.asked.append(name)
        self.asked_at = time.monotonic()
        return 200, {}, {'value': self.secret, 'id': f'https://{HOST}/secrets/{name}/1', 'attributes': {'enabled': True}}

    def _handler(vault):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(vault._certificate / 'certificate.pem', vault._certificate / 'key.pem')

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_CONNECT(self):
                assert self.path == f'{HOST}:443', self.path
                self.send_response(200)
                self.end_headers()
                self.connection = tls.wrap_socket(self.connection, server_side=True)
                self.rfile, self.wfile = self.connection.makefile('rb'), self.connection.makefile('wb', 0)

            def do_GET(self):
                status, headers, body = vault.answer(self.path, self.headers['Authorization'])
                body = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {**headers, 'Content-Type': 'application/json', 'Content-Length': len(body)}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nobody reads it."""

        return Handler


def certificate(folder):
    """Made here, because a private key has no place in a repository."""
    subprocess.run(
        [
            'openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
            '-subj', f'/CN={HOST}', '-addext', f'subjectAltName=DNS:{HOST}',
            '-keyout', folder / 'key.pem', '-out', folder / 'certificate.pem',
        ],
        check=True, capture_output=True,
    )
    return folder
