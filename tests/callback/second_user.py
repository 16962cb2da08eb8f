"""A second real user: what another user of the machine may do is tried by one."""

from __future__ import annotations

import os

import pytest

NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason='SKIPPED: only root can try what another user could do to it')


def as_nobody(action):
    """In a process of that user."""
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            action()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
