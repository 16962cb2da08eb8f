"""Each playbook says at its top which events must arrive and which words must never; here it is held to that."""

from __future__ import annotations

import pytest

from runs import PLAYBOOKS, matches

NAMES = sorted(path.name for path in PLAYBOOKS.glob('*.yml'))


@pytest.mark.parametrize('name', NAMES)
def test_playbook_tells_what_it_says_it_does(collection, name):
    told = collection[name]
    expected, left = told.says['arrives'], list(told.relay.events)

    for event in expected:
        match = next((actual for actual in left if matches(event, actual)), None)
        assert match, f'{event} is not among {left}'
        left.remove(match)

    assert left == [], 'events that nobody expected'
    assert told.relay.breaches == []
    assert told.outcome.code == told.says.get('exit', 2), told.outcome.out + told.outcome.err


@pytest.mark.parametrize('name', NAMES)
def test_playbook_keeps_its_secrets_and_the_play_its_peace(collection, name):
    told = collection[name]

    for word in [*told.says.get('never', []), '/root/', str(PLAYBOOKS), 'the-key-of']:
        assert word not in told.relay.text and word not in told.spooled, word

    assert 'DEPRECATION' not in told.outcome.err
    assert told.outcome.warnings == []
    assert told.left == (['status.json'] if told.says['arrives'] else None)
