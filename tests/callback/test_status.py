"""A wait belongs to the relay that asked for it, and to no clock."""

from __future__ import annotations

import pytest

from Callback.folder import Folder
from Callback.status import Status

NOW = 1_800_000_000.0


@pytest.fixture
def status(tmp_path):
    folder = Folder.create(str(tmp_path / 'spool'))
    return Status(lambda: folder)


@pytest.mark.parametrize('began, until, seconds', [
    (NOW, NOW + 30, 30.0), (NOW - 10, NOW + 30, 30.0), (NOW - 60, NOW - 30, 0.0),
    (NOW - 10, NOW + 86400, 3600.0),  # An hour at most.
    (NOW + 5 * 3600, NOW + 5 * 3600 + 30, 0.0), (NOW + 1, NOW + 30, 0.0),  # The clock was set back since.
    (None, NOW + 30, 0.0), ('x', 'y', 0.0), (True, None, 0.0),
])
def test_a_wait_is_an_hour_at_most_and_nothing_where_the_clock_went_back(status, began, until, seconds):
    status.note(wait={'relay': 'one', 'from': began, 'until': until})

    assert status.seconds_to_wait('one', NOW) == seconds
    assert status.seconds_to_wait('another', NOW) == 0.0


def test_what_an_older_callback_has_noted_is_no_wait(status):
    status.note(notBefore=NOW + 5 * 3600)

    assert status.seconds_to_wait('one', NOW) == 0.0


def test_failures_are_counted_for_one_report_alone(status):
    status.note(failing={'id': 'event-1', 'times': 3})

    assert (status.failures_at('event-1'), status.failures_at('event-2')) == (3, 0)
