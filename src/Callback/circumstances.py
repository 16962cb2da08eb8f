"""What two runs must have in common for the later one to say that what failed in the earlier one works again."""

from __future__ import annotations

import hashlib
import json
from typing import Optional

from .run import Run


def circumstances_of(run: Run, variables: Optional[str], job: Optional[str] = None) -> Optional[str]:
    """A hash; nothing where the extra variables cannot be compared. Not in it: hosts, forks, the channel, push or pull, the commit."""
    if variables is None:
        return None
    parts = (run.project, run.playbook, run.inventory, dict(run.labels or {}), run.tags, run.skipTags, run.checkMode, variables, job)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode(errors='surrogatepass')).hexdigest()[:32]
