"""What takes too long is interrupted, and what set an alarm before finds it as it was."""

from __future__ import annotations

import signal
import threading

import pytest

from Callback.time_limit import time_limit


def test_what_takes_longer_is_interrupted():
    with pytest.raises(TimeoutError, match='timed out'), time_limit(0.01):
        threading.Event().wait(20)


def test_afterwards_no_alarm_is_left():
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(20):
        assert signal.getsignal(signal.SIGALRM) is not before

    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


def test_an_alarm_of_somebody_else_stays():
    with time_limit(20), time_limit(0.01):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 1


def test_outside_the_main_thread_there_is_no_limit():
    ends = []

    def work():
        with time_limit(0.001):
            ends.append(signal.getitimer(signal.ITIMER_REAL)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert ends == [0.0]
