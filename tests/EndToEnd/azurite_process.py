"""A storage account that a test can take away and bring back: Azurite on fixed ports, with its data on disk."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import signal
import socket
import subprocess
from pathlib import Path

from planted import plant
from processes import end, free_port
from relay_process import BUILD
from waiting import wait_for

ACCOUNT = 'relay'
ENDS_WELL = Path(__file__).parent / 'azurite-ends-well.cjs'


class AzuriteProcess:
    """The Azurite that the relay has installed."""

    def __init__(self, folder):
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._key = plant(base64.b64encode(secrets.token_bytes(32)).decode(), 'the key of a storage account')
        self._blobs, self._queues = free_port(), free_port()
        self._process = None

    @property
    def connection_string(self):
        return (
            f'AccountName={ACCOUNT};AccountKey={self._key};'
            f'BlobEndpoint=http://127.0.0.1:{self._blobs}/{ACCOUNT};QueueEndpoint=http://127.0.0.1:{self._queues}/{ACCOUNT}'
        )

    def start(self):
        with open(self._folder / 'azurite.log', 'ab') as log:
            self._process = subprocess.Popen(
                [
                    'node', '--require', str(ENDS_WELL), 'node_modules/azurite/dist/src/azurite.js', '--location', str(self._folder),
                    '--silent', '--skipApiVersionCheck', '--disableTelemetry',
                    '--blobHost', '127.0.0.1', '--blobPort', str(self._blobs),
                    '--queueHost', '127.0.0.1', '--queuePort', str(self._queues),
                    '--tableHost', '127.0.0.1', '--tablePort', '0',
                ],
                cwd=BUILD / 'Azurite', env={**os.environ, 'AZURITE_ACCOUNTS': f'{ACCOUNT}:{self._key}'},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )
        wait_for(lambda: all(map(is_listening, (self._blobs, self._queues))), lambda: (self._folder / 'azurite.log').read_text())

    def stop(self):
        """Asked to end, it writes to its disk what it has answered for, as a real account would have."""
        if self._process is not None:
            end(self._process, signal.SIGTERM)
            self._process = None

    @contextlib.contextmanager
    def away(self):
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextlib.contextmanager
    def frozen(self):
        """It takes every connection, and answers none."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


def is_listening(port):
    with socket.socket() as client:
        return client.connect_ex(('127.0.0.1', port)) == 0
