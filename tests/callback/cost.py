#!/usr/bin/env python3
"""Measures what the callback costs a play: 200 hosts fail one task, in pairs of a run without and a run with it.

    tests/callback/cost.py [--pairs 6] [--hosts 200] [--relay up|down|hanging|slow]

Both runs of a pair go at once, each with a processor of its own that they swap from pair to pair: what else the machine
does, and how fast it is just then, meets both alike. The sender shares the processor of its run. The wait at the end of a
run is set to 0: it is the one price that an option names.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from recording_relay import RecordingRelay
from runs import ANSIBLE, environment
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
    """Of one run of Ansible with all it started, in seconds; the processor's without the sender's."""

    wall: float
    processor: float


def play(env, inventory, processor):
    """Starts a run on one processor, and returns what waits for its price."""
    began = time.monotonic()
    process = subprocess.Popen(
        [ANSIBLE, '-i', str(inventory), '--forks', '10', str(inventory.with_name('cost.yml'))], env=env,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {processor}),
    )
    prices = []

    def wait():
        _, status, usage = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 2, 'the play did not fail as it should'
        prices.append(Price(time.monotonic() - began, usage.ru_utime + usage.ru_stime))

    waiting = threading.Thread(target=wait)
    waiting.start()

    def price():
        waiting.join()
        return prices[0]

    return price


class DistantRelay(RecordingRelay):
    """A relay is on another machine as a rule: here it does not look at what it gets, which would cost the play its processor."""

    def _read(self, headers, body):
        return {}


def slow(_report):
    time.sleep(10)
    return 202


def measure(pairs, hosts, state):
    relay = DistantRelay()
    relay.answer = {'hanging': relay.hang, 'slow': slow}.get(state, 202)
    url = f'http://127.0.0.1:{closed_port()}' if state == 'down' else relay.url
    processors = sorted(os.sched_getaffinity(0))[:2]
    ratios = []
    with tempfile.TemporaryDirectory() as home:
        inventory = Path(home, 'hosts')
        inventory.write_text(f'[all]\nhost-[001:{hosts:03}] ansible_connection=local ansible_python_interpreter={sys.executable}\n')
        inventory.with_name('cost.yml').write_text(PLAYBOOK)
        for pair in range(pairs):
            env = environment(home, Path(home, f'spool-{pair}'), url, wait=0)
            without = {name: value for name, value in env.items() if name != 'ANSIBLE_CALLBACKS_ENABLED'}
            bare, told = play(without, inventory, processors[pair % 2]), play(env, inventory, processors[1 - pair % 2])
            bare, told = bare(), told()
            stop_senders(home)
            ratios.append((told.wall / bare.wall, told.processor / bare.processor))
            print(
                f'{state:8} without {bare.wall:6.2f} s ({bare.processor:6.2f} s of processor)'
                f'   with {told.wall:6.2f} s ({told.processor:6.2f} s)   ratio {ratios[-1][0]:.3f} ({ratios[-1][1]:.3f})', flush=True,
            )
    relay.close()
    for name, average in (('median', statistics.median), ('mean', statistics.geometric_mean)):
        wall, processor = map(average, zip(*ratios))
        print(f'{state:8} {name} ratio {wall:.3f} ({processor:.3f})', flush=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--pairs', type=int, default=6, help='an even number gives each processor to both alike')
    parser.add_argument('--hosts', type=int, default=200)
    parser.add_argument('--relay', choices=['up', 'down', 'hanging', 'slow'], action='append')
    arguments = parser.parse_args()
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit('cost.py needs two processors.')
    for state in arguments.relay or ['up', 'down', 'hanging', 'slow']:
        measure(arguments.pairs, arguments.hosts, state)
