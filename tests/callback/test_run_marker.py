"""`exec` knows whether everything that failed was reported."""

from __future__ import annotations

import pytest

from Callback.run_marker import RunMarker


@pytest.mark.parametrize('lines, complete', [('', False), ('+-', True), ('+', False), ('+-+', False), ('+-+-', True)])
def test_a_run_that_reported_something_and_came_to_its_end_is_complete(tmp_path, lines, complete):
    path = tmp_path / 'marker'
    marker = RunMarker(str(path))
    for line in lines:
        marker.failure_reported() if line == '+' else marker.playbook_ends()

    assert marker.is_complete() is complete


def test_a_playbook_that_begins_after_one_that_failed_may_die_unreported(tmp_path):
    marker = RunMarker(str(tmp_path / 'marker'))
    for step in (marker.playbook_starts, marker.failure_reported, marker.failure_reported, marker.playbook_ends, marker.playbook_starts):
        step()

    assert not marker.is_complete()
