"""Which commit is being run."""

from __future__ import annotations

import os
from typing import Mapping, Optional


def revision_of(directory: str, environment: Mapping[str, str]) -> Optional[str]:
    """As the CI system says, else the commit that is checked out, read without running git: a play does not wait for it."""
    for name in ('GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'):
        if environment.get(name):
            return environment[name][:255]
    try:
        return git_commit(directory)
    except (OSError, ValueError):
        return None


def git_commit(directory: str) -> Optional[str]:
    while not os.path.exists(os.path.join(directory, '.git')):
        if directory == os.path.dirname(directory):
            return None
        directory = os.path.dirname(directory)
    git = os.path.join(directory, '.git')
    if os.path.isfile(git):
        git = os.path.join(directory, first_line(git).partition('gitdir: ')[2])
    head = first_line(os.path.join(git, 'HEAD'))
    if not head.startswith('ref: '):
        return head[:255] or None
    common = os.path.join(git, 'commondir')
    shared = os.path.join(git, first_line(common)) if os.path.exists(common) else git
    reference = head[len('ref: '):]
    if os.path.exists(os.path.join(shared, reference)):
        return first_line(os.path.join(shared, reference))[:255]
    with open(os.path.join(shared, 'packed-refs'), encoding='utf-8') as file:
        return next((line.split()[0] for line in file if line.rstrip().endswith(' ' + reference)), None)


def first_line(path: str) -> str:
    with open(path, encoding='utf-8') as file:
        return file.readline().strip()
