#!/usr/bin/env python3
"""Measures what the callback costs a play: 200 hosts fail one task, in pairs of a run without and a run with it.

    tests/callback/cost.py [--pairs 5] [--hosts 200] [--relay up|down|hanging|slow]

The wait at the end of a run is set to 0: it is the one price that an option names.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from recording_relay import RecordingRelay
from runs import environment, finish, start
from spools import closed_port, stop_senders

PLAYBOOK = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Fails everywhere
      ansible.builtin.command: sh -c 'echo out; echo err >&2; exit 1'
"""


@dataclass(frozen=True)
class Price:
    """Of one run of Ansible with all it started, the sender aside: that one runs beside the play."""

    seconds: float
    processor: float


def play(env, inventory):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    outcome = finish(start(inventory.with_name('cost.yml'), env, '-i', str(inventory), '--forks', '10'), seconds=600)
    assert outcome.code == 2, outcome.err
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Price(time.monotonic() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def slow(_report):
    time.sleep(10)
    return 202


def measure(pairs, hosts, state):
    relay = RecordingRelay()
    relay.answer = {'hanging': relay.hang, 'slow': slow}.get(state, 202)
    url = f'http://127.0.0.1:{closed_port()}' if state == 'down' else relay.url
    ratios = []
    with tempfile.TemporaryDirectory() as home:
        inventory = Path(home, 'hosts')
        inventory.write_text(f'[all]\nhost-[001:{hosts:03}] ansible_connection=local ansible_python_interpreter={sys.executable}\n')
        (Path(home) / 'cost.yml').write_text(PLAYBOOK)
        for pair in range(pairs):
            env = environment(home, Path(home, f'spool-{pair}'), url, wait=0)
            without = {name: value for name, value in env.items() if name != 'ANSIBLE_CALLBACKS_ENABLED'}
            first, second = (without, env) if pair % 2 else (env, without)
            prices = [play(first, inventory), play(second, inventory)]
            stop_senders(home)
            bare, told = prices if pair % 2 else reversed(prices)
            ratios.append((told.seconds / bare.seconds, told.processor / bare.processor))
            print(
                f'{state:8} without {bare.seconds:6.2f} s ({bare.processor:6.2f} s of processor)'
                f'   with {told.seconds:6.2f} s ({told.processor:6.2f} s)   ratio {ratios[-1][0]:.3f} ({ratios[-1][1]:.3f})', flush=True,
            )
    relay.close()
    median, processor = (statistics.median(column) for column in zip(*ratios))
    print(f'{state:8} median ratio {median:.3f} ({processor:.3f}); {len(relay.events)} events told so far', flush=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--pairs', type=int, default=5)
    parser.add_argument('--hosts', type=int, default=200)
    parser.add_argument('--relay', choices=['up', 'down', 'hanging', 'slow'], action='append')
    arguments = parser.parse_args()
    for state in arguments.relay or ['up', 'down', 'hanging', 'slow']:
        measure(arguments.pairs, arguments.hosts, state)
