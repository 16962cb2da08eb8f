"""A route of a bot's has one message for each incident, which is edited in place and answered in its thread."""

from __future__ import annotations

import pytest

from relay_process import AT_ONCE
from relay_under_test import event, recovery
from stories import NEEDS_ITS_OWN

GREEN = '#2eb67d'


@pytest.fixture(scope='module')
def relay_with_a_bot(given_relay, session_relays):
    """A relay whose default route is the emulator's bot."""
    if given_relay:
        pytest.skip(NEEDS_ITS_OWN)
    return session_relays.start(Relay__Routes__default__Channel='#ops', **AT_ONCE)


@pytest.fixture
def bot(relay_with_a_bot):
    """The same, with nothing in its Slack."""
    relay_with_a_bot.slack.forget()
    return relay_with_a_bot


def test_an_incident_is_one_message_that_is_edited_and_answered(bot, label):
    one, other = event(label, host='web-01'), event(label, host='web-02')
    bot.tell(label, one)
    bot.slack.wait_for_notices(label)
    bot.tell(label, other)
    bot.slack.wait_for_notices(label, 2)
    bot.tell(label, recovery(one), recovery(other))
    message, update, resolution = bot.slack.wait_for_notices(label, 3)

    assert (message.edited, message.thread, message.title) == (True, None, f'Check {label} is fixed on both hosts')
    assert message.attachment['color'] == GREEN and 'disk on fire' in message.text
    assert update.title == f'Check {label} failed on web-02 too (2 hosts in all)'
    assert [answer.thread for answer in (update, resolution)] == [message.ts] * 2
    assert bot.slack.pace().edited == 2 and bot.slack.pace().refused == 0
    assert bot.slack.pace().smallest_gap >= 1


def test_a_message_that_somebody_has_deleted_is_posted_anew(bot, label):
    bot.tell(label, event(label, host='web-01'))
    bot.slack.wait_for_notices(label)
    bot.slack.forget()

    bot.tell(label, event(label, host='web-02'))
    [message] = bot.slack.wait_for_notices(label)

    assert (message.edited, message.thread, message.title) == (False, None, f'Check {label} failed on 2 hosts')


def test_every_incident_has_a_message_of_its_own(bot, label):
    bot.tell(label, *(event(label, path=f'{label}-{number}.yml:4') for number in range(3)))
    notices = bot.slack.wait_for_notices(label, 3)

    assert len({notice.message for notice in notices}) == 3
    assert bot.slack.pace().smallest_gap >= 1
