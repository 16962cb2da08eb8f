"""More comes in than storage takes, which is nothing at all here: everybody is told when to come again, and the relay does not grow."""

from __future__ import annotations

from effort import scaled, tell
from load import put_on
from relay_process import AT_ONCE

# How many reports the relay takes in at once, and after how many seconds it wants the others again.
PLACES, NO_ROOM = 64, 2

# More than the relay takes in at once, with texts that it would have to hold while it waits for its storage.
SENDERS = scaled(100, 200)
TEXT = scaled(50_000, 900_000)
SECONDS = scaled(1, 30)

# In MiB: what so many reports fill at once, and what was filled and is not collected yet.
MOST_GROWTH = scaled(250, 1000)


def story(stage):
    """Storage stands still, so that every request to it takes as long as the relay has patience; then it is gone."""
    storage = stage.storage()
    relay = stage.own_relay(Relay__Storage=storage.connection_string, **AT_ONCE)
    put_on(relay, 50, 0.5, TEXT)
    ending = {}
    for what, state in {'stands still': storage.frozen, 'is gone': storage.away}.items():
        with state():
            ending[what] = put_on(relay, SENDERS, SECONDS, TEXT)
        tell(f'overload, {SENDERS} senders of {TEXT} bytes for {SECONDS} s while storage {what}: {ending[what]}')
    relay.tell('after-overload')
    relay.slack.wait_for_notices('after-overload')
    return ending


def test_everybody_is_told_when_to_come_again(ending):
    assert [(what, load.errors, load.accepted) for what, load in ending.items()] == [(what, {}, 0) for what in ending]


def test_those_for_whom_there_is_no_room_are_told_before_anybody_waits_for_storage(ending):
    """Each of those who are let in stays for ten seconds, and so nobody comes in their place."""
    assert ending['stands still'].refused[NO_ROOM] >= SENDERS - PLACES


def test_the_relay_does_not_grow(ending):
    assert [(what, load.growth) for what, load in ending.items() if load.growth > MOST_GROWTH] == []
