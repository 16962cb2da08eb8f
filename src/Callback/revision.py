"""Which commit is being run."""

from __future__ import annotations

from typing import Mapping, Optional

from .git_folder import GitFolder


def revision_of(git: Optional[GitFolder], environment: Mapping[str, str]) -> Optional[str]:
    """As the CI system says, else the commit that is checked out."""
    for name in ('GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'):
        if environment.get(name):
            return environment[name][:255]
    try:
        return git.commit() if git else None
    except (OSError, ValueError):
        return None
