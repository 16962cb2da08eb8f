"""Posts reports to the relay."""

from __future__ import annotations

import functools
import time
from typing import Any

from .answer import Answer, parse_retry_after
from .managed_identity import ManagedIdentity, NoIdentity
from .opener import build_opener, reason_of
from .relay import Relay, without_credentials
from .relay_warnings import parse_warnings
from .text import KIB
from .time_limit import time_limit

READ_SECONDS = 60
POST_SECONDS = 65
ANSWER_LIMIT = 64 * KIB


class RelayClient:
    """Proxies are those of the environment; there is none between this machine and itself."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._identity = ManagedIdentity(relay.audience) if relay.auth == 'managed_identity' else None

    def post(self, report: bytes) -> Answer:
        import http.client
        import urllib.error
        proxy = without_credentials(self._proxies.get(self._relay.scheme, ''))
        try:
            # The time-out of a socket is for each read; this one is for the whole of it.
            with time_limit(POST_SECONDS):
                return self._post(report)
        except urllib.error.HTTPError as error:
            return Answer(error.code, parse_retry_after(error.headers.get('Retry-After'), time.time()), str(error.reason), proxy)
        except NoIdentity as error:
            return Answer(reason=f'no token of a managed identity: {error}')
        except (OSError, http.client.HTTPException, ValueError) as error:
            way = f' through the proxy {proxy}' if proxy else ''
            return Answer(reason=f'no answer from {self._relay.origin}{way}: {reason_of(error)}')

    @functools.cached_property
    def _proxies(self) -> dict[str, str]:
        import urllib.request
        is_direct = self._relay.is_on_this_machine or urllib.request.proxy_bypass(self._relay.host)
        return {} if is_direct else urllib.request.getproxies()

    def _post(self, report: bytes) -> Answer:
        import gzip
        import urllib.request
        headers = {'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'User-Agent': 'ansible-slack-relay/1'}
        if self._relay.key:
            headers['x-functions-key'] = self._relay.key
        if self._identity:
            headers['Authorization'] = f'Bearer {self._identity.token(time.time())}'
        request = urllib.request.Request(self._relay.url, gzip.compress(report, 6), headers)
        with self._opener.open(request, timeout=READ_SECONDS) as response:
            return Answer(response.status, reason=response.reason, warnings=parse_warnings(response.read(ANSWER_LIMIT)))

    @functools.cached_property
    def _opener(self) -> Any:
        import ssl
        import urllib.request
        context = ssl.create_default_context(cafile=self._relay.ca_file or None)
        if not self._relay.validate_certs:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return build_opener(urllib.request.ProxyHandler(self._proxies), urllib.request.HTTPSHandler(context=context))
