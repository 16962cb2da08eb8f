"""When Slack does not take a message, it is told later, never faster than Slack allows, and once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from relay_process import AT_ONCE
from slack_inbox import Notice, Pace
from waiting import DEADLINE, wait_for


@dataclass(frozen=True)
class Told:
    """What came of a failure that Slack did not take at first."""

    notices: list[Notice]
    pace: Pace
    seconds_to_report: float


def story(stage):
    """Slack misbehaves in one way after another."""
    relay = stage.relay(**AT_ONCE)
    try:
        return {
            429: tell(relay, mode='status', status=429, retryAfter=3, count=1),
            500: tell(relay, mode='status', status=500, count=2),
            'hang': tell(relay, mode='hang', seconds=60, count=1),
        }
    finally:
        relay.slack.recover()


def tell(relay, **fault):
    label = f'e2e-{uuid.uuid4().hex}'
    relay.slack.forget()
    relay.slack.fail(**fault)

    relay.tell(label)
    wait_for(relay.slack.faults_met, 'the first post')
    taken = relay.tell(label)

    # What may have arrived is not repeated before a minute has passed.
    return Told(relay.slack.wait_for_notices(label, seconds=2 * DEADLINE), relay.slack.pace(), taken.seconds)


def test_each_failure_is_told_once_and_never_faster_than_slack_allows(ending):
    for told in ending.values():
        assert len(told.notices) == told.pace.accepted == 1
        assert told.pace.smallest_gap >= 1


def test_after_a_429_nothing_is_posted_before_slack_says_so(ending):
    pace = ending[429].pace

    assert (pace.rate_limited, pace.refused) == (1, 0)
    assert pace.smallest_gap >= 3


def test_after_a_500_it_is_posted_again(ending):
    pace = ending[500].pace

    assert (pace.rate_limited, pace.refused) == (0, 2)


def test_a_slack_that_hangs_is_given_up_on_and_tried_again(ending):
    pace = ending['hang'].pace

    assert (pace.rate_limited, pace.refused) == (0, 1)


def test_reports_are_taken_as_ever_while_slack_is_away(ending):
    assert max(told.seconds_to_report for told in ending.values()) < 1
