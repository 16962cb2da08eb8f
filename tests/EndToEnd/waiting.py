"""Waiting is asking again until something holds, and never longer than a deadline."""

from __future__ import annotations

import os
import time

# A relay that is only given by its address keeps its own pace, which is slower than that of the relays started here.
DEADLINE = 180 if 'RELAY_URL' in os.environ else 60


def wait_for(condition, what, seconds=DEADLINE):
    """What the condition returns, as soon as that is something."""
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, f'not within {seconds} s: {what() if callable(what) else what}'
        time.sleep(0.1)
    return found
