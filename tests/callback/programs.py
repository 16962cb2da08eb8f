"""Runs the file that hosts get as a program."""

from __future__ import annotations

import subprocess
import sys

from runs import PLAYBOOKS, PLUGINS

PROGRAM = PLUGINS / 'slack_relay.py'


def start(env, *arguments):
    return subprocess.Popen(
        [sys.executable, '-B', PROGRAM, *arguments], env=env, cwd=PLAYBOOKS,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )


def program(env, *arguments, seconds=40):
    process = start(env, *arguments)
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err
