"""What Ansible itself knows to be secret, from 2.22 on: vaulted values, and those that a play has registered."""

from __future__ import annotations

import functools
from typing import Any


@functools.lru_cache(maxsize=None)
def ansibles_masking() -> Any:
    try:
        from ansible.module_utils.secrets import mask_secrets
    except ImportError:
        return None
    return mask_secrets


def mask_registered(text: str) -> str:
    """It masks results on its own, but not the names of tasks and plays."""
    masking = ansibles_masking()
    return str(masking(text)) if masking else text
