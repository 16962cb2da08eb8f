"""Senders that wait for nobody, in a process of their own, and what the relay has in memory meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import threading

from processes import memory
from relay_process import REPOSITORY

CLIENT = REPOSITORY / 'tests/Benchmarks/bin/Debug/net10.0/Benchmarks'
OFTEN = 0.2


class Load:
    """What the client says of the answers, and the relay's memory in MiB over the time."""

    def __init__(self, figures, samples):
        self.accepted, self.errors = figures['accepted'], figures['errors']
        self.refused = {int(seconds): count for seconds, count in figures['refused'].items()}
        self.rate = figures['rate']
        self._figures, self._memory = figures, samples

    @property
    def memory_at(self):
        """At the beginning, in the middle and at the end: the least of each tenth, as rubbish that is not collected yet is no growth."""
        tenth, middle = max(1, len(self._memory) // 10), len(self._memory) // 2
        return min(self._memory[:tenth]), min(self._memory[middle:middle + tenth]), min(self._memory[-tenth:])

    @property
    def growth(self):
        """From what there was at first to the most that there was."""
        return max(self._memory) - self._memory[0]

    def __str__(self):
        return (
            f'{self.accepted} accepted, {self.rate}/s, p50 {self._figures["p50"]} ms, p99 {self._figures["p99"]} ms; '
            f'{sum(self.refused.values())} sent away with 503; slowest answer {self._figures["slowest"] / 1000:.1f} s; errors {self.errors or "none"}; '
            f'memory {" → ".join(map(str, self.memory_at))} MiB, at most {max(self._memory)}'
        )


def put_on(relay, senders, seconds, text=1000):
    """Reports with a text of so many bytes, from so many senders, for so long."""
    samples, over = [memory(relay.process.pid)], threading.Event()

    def watch():
        while not over.wait(OFTEN):
            samples.append(memory(relay.process.pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        result = subprocess.run(
            [CLIENT, 'load', relay.url, str(senders), str(seconds), str(text)],
            env={**os.environ, 'RELAY_KEY': relay.key}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, timeout=seconds + 300,
        )
    finally:
        over.set()
        watcher.join()
    return Load(json.loads(result.stdout), samples)
