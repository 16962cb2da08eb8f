"""A relay for tests: it keeps every report, checks it against the contract, and answers what it is told to."""

from __future__ import annotations

import contextlib
import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import jsonschema

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / 'src/Relay/Reports/report.schema.json').read_text())
LIMIT = 1024 * 1024


class RecordingRelay:
    """`answer` is a status, a (status, headers) pair, or a function of the report that returns one of those."""

    def __init__(self, tls=None):
        self.answer = 202
        self.body = {'accepted': 0}
        self.requests = []
        self.accepted = []
        self.breaches = []
        self.keys = set()
        self._changed = threading.Condition()
        self._hanging = threading.Event()
        self._server = ThreadingHTTPServer(('127.0.0.1', 0), handler_of(self))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f'http{"s" if tls else ""}://127.0.0.1:{self._server.server_port}'

    def close(self):
        self._hanging.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def hang(self, _report):
        self._hanging.wait()
        return 503

    @property
    def events(self):
        return [event for report in self.accepted for event in report['events']]

    @property
    def text(self):
        return '\n'.join(json.dumps(report, ensure_ascii=False) for report in self.requests)

    def wait_for(self, condition, seconds=20):
        """Until the condition holds of what has been received."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), seconds), f'not received in {seconds} s: {self.requests}'

    def take(self, path, headers, body):
        report = self._read(headers, body)
        if path != '/api/reports':
            self.breaches.append(f'posted to {path}')
        with self._changed:
            self.keys.add(headers.get('x-functions-key'))
            self.requests.append(report)
            self._changed.notify_all()
        answer = self.answer(report) if callable(self.answer) else self.answer
        status, extra = answer if isinstance(answer, tuple) else (answer, {})
        with self._changed:
            if status == 202:
                self.accepted.append(report)
            self._changed.notify_all()
        return status, extra

    def _read(self, headers, body):
        if headers.get('Content-Encoding') == 'gzip':
            body = gzip.decompress(body)
        if len(body) > LIMIT:
            self.breaches.append(f'{len(body)} bytes')
        report = json.loads(body.decode('utf-8', 'strict'), parse_constant=lambda name: self.breaches.append(name))
        for error in jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).iter_errors(report):
            self.breaches.append(f'{error.json_path}: {error.message[:200]}')
        return report


def handler_of(relay):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_POST(self):
            body = self.rfile.read(int(self.headers['Content-Length']))
            status, headers = relay.take(self.path, self.headers, body)
            answer = json.dumps(relay.body).encode()
            self.send_response(status)
            for name, value in {'Content-Length': str(len(answer)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(answer)  # A sender that was ended in the meantime does not wait for it.

        def do_GET(self):
            relay.breaches.append(f'GET {self.path}')
            self.send_error(405)

        def log_message(self, *_):
            pass

    return Handler
