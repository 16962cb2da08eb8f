"""Opens URLs. What the network needs is imported where it is used, which is in the sender: Ansible's process never pays for it."""

from __future__ import annotations

from typing import Any


def build_opener(*handlers: Any) -> Any:
    """One that follows no redirect, which would carry the key to another place."""
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(NoRedirects(), *handlers)
