"""How hard the tests try: little whenever all tests run, much for the make targets that are named after one of them."""

from __future__ import annotations

import os
import random

LONG = os.environ.get('EFFORT') == 'long'

# Every run of all tests does the same; a long one does something new, unless it is to repeat what went wrong.
SEED = int(os.environ.get('SEED') or (random.randrange(1_000_000) if LONG else 1))

_figures = []


def scaled(short, long):
    return long if LONG else short


def tell(line):
    """A line for the end of the run, whether it succeeds or not."""
    _figures.append(line)


def figures():
    return [f'SEED={SEED}', *_figures]
