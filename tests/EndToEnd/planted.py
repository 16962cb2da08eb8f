"""Secrets that nothing may write down. Each is remembered as it is handed out, and looked for when everything is over."""

from __future__ import annotations

_planted = {}


def plant(secret, what):
    _planted[secret] = what
    return secret


def found_in(text):
    """What the secrets are that stand in the text: never they themselves, since this is shown."""
    return sorted({what for secret, what in _planted.items() if secret in text})


def kinds():
    return set(_planted.values())
