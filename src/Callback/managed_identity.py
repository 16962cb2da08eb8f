"""Signs in with the identity that Azure gave this machine."""

from __future__ import annotations

import json
import os
import urllib.parse
from typing import Any, Mapping

from .opener import build_opener, reason_of
from .text import KIB


class NoIdentity(Exception):
    """Azure gave no token; the text says why."""


class ManagedIdentity:
    """Its tokens, kept in memory until five minutes before they end.

    A virtual machine asks its instance metadata service; a machine elsewhere asks the agent of Azure Arc, which wants proof of being
    root in the form of a file that only root can read. Neither may go through a proxy.
    """

    METADATA_SERVICE = 'http://169.254.169.254/metadata/identity/oauth2/token'
    ARC_SERVICE = 'http://localhost:40342/metadata/identity/oauth2/token'
    ARC_AGENT = '/var/opt/azcmagent/bin/himds'
    ARC_KEYS = '/var/opt/azcmagent/tokens'

    def __init__(self, audience: str, environment: Mapping[str, str] = os.environ) -> None:
        self._audience = audience
        self._environment = environment
        self._token = ''
        self._until = 0.0

    def token(self, now: float) -> str:
        import http.client
        import urllib.error
        if now >= self._until - 300:
            try:
                answer = self._ask()
                self._token, self._until = str(answer['access_token']), float(answer['expires_on'])
            except urllib.error.HTTPError as error:
                raise NoIdentity(f'HTTP {error.code} from {urllib.parse.urlsplit(error.url).netloc}') from None
            except (OSError, http.client.HTTPException) as error:
                raise NoIdentity(reason_of(error)) from None
            except (KeyError, TypeError, ValueError):
                raise NoIdentity('the answer has no token') from None
        return self._token

    def _ask(self) -> Any:
        arc = self._environment.get('IDENTITY_ENDPOINT') if 'IMDS_ENDPOINT' in self._environment else None
        if arc or os.path.exists(self.ARC_AGENT):
            return self._ask_arc(arc or self.ARC_SERVICE)
        return self._get(self.METADATA_SERVICE, '2018-02-01', {})

    def _ask_arc(self, service: str) -> Any:
        import urllib.error
        try:
            return self._get(service, '2020-06-01', {})
        except urllib.error.HTTPError as challenge:
            if challenge.code != 401:
                raise
            _, _, path = challenge.headers.get('WWW-Authenticate', '').partition('Basic realm=')
        # The directory is not taken from the answer: whatever listens there could have us send it any file.
        path = os.path.join(self.ARC_KEYS, os.path.basename(path.strip('"')))
        if not path.endswith('.key') or os.path.getsize(path) > 4 * KIB:
            raise NoIdentity('the agent of Azure Arc names no key file')
        with open(path, encoding='ascii') as file:
            return self._get(service, '2020-06-01', {'Authorization': f'Basic {file.read().strip()}'})

    def _get(self, service: str, version: str, headers: dict[str, str]) -> Any:
        import urllib.request
        query = {'api-version': version, 'resource': self._audience}
        if client := self._environment.get('AZURE_CLIENT_ID'):
            query['client_id'] = client
        request = urllib.request.Request(f'{service}?{urllib.parse.urlencode(query)}', headers={'Metadata': 'true', **headers})
        with build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as response:
            return json.load(response)
