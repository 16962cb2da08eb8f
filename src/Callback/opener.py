"""Opens URLs. What the network needs is imported where it is used, which is in the sender: Ansible's process never pays for it."""

from __future__ import annotations

from typing import Any

from .answer import server_words


def build_opener(*handlers: Any) -> Any:
    """One that follows no redirect, which would carry the key to another place."""
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(NoRedirects(), *handlers)


def reason_of(error: Exception) -> str:
    """Why there was no answer, in the system's words: those of urllib and http.client repeat the URL and the headers, and so a secret."""
    import http.client
    import ssl
    reason = getattr(error, 'reason', None)
    if isinstance(reason, Exception):
        error = reason
    if isinstance(error, TimeoutError):
        return 'timed out'
    if isinstance(error, http.client.RemoteDisconnected):
        return 'the connection was closed without an answer'
    if isinstance(error, http.client.BadStatusLine):
        return 'what answers does not speak HTTP'
    if isinstance(error, ssl.SSLCertVerificationError):
        return f'CERTIFICATE_VERIFY_FAILED: {server_words(error.verify_message)}'
    if isinstance(error, ssl.SSLError):
        return f'SSL: {error.reason or error.strerror or "no TLS"}'
    if isinstance(error, OSError) and error.strerror:
        return server_words(error.strerror)
    tunnel = str(error) if type(error) is OSError and str(error).startswith('Tunnel connection failed') else ''
    return server_words(tunnel) or type(error).__name__
