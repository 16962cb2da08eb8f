"""What this host itself knows to be secret: the relay's key, and what the option `mask` says."""

from __future__ import annotations

from typing import Callable

from .options import Settings
from .own_patterns import OwnPatterns, masking_key
from .redaction import Redactor
from .text import Masking


def redactor_of(settings: Settings, warn: Callable[[str], None] = lambda warning: None, registered: Masking = str) -> Redactor:
    """Masks the key literally, wherever it stands, since a command may print its whole environment; before it what Ansible registered."""
    own = masking_key(settings.relay.key, OwnPatterns(settings.mask, warn).mask)
    return Redactor(lambda text: own(registered(text)))
