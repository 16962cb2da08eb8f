"""What this host itself knows to be secret: the relay's key, and what the option `mask` says."""

from __future__ import annotations

import re
from typing import Callable

from .options import Settings
from .own_patterns import OwnPatterns
from .redaction import Redactor

# A shorter key, such as that of a relay on this machine, is part of too many words.
SHORTEST_KEY = 8


def redactor_of(settings: Settings, warn: Callable[[str], None] = lambda warning: None) -> Redactor:
    """Masks the key literally, wherever it stands: a command may print its whole environment."""
    key = (re.compile(re.escape(settings.relay.key)),) if len(settings.relay.key) >= SHORTEST_KEY else ()
    return Redactor(OwnPatterns((*key, *settings.mask), warn).mask)
