"""Which callback this is."""

from __future__ import annotations

CALLBACK_RELEASE = '1.0.0'
