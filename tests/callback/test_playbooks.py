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
def test_playbook_says_of_the_run_what_it_says_it_does(collection, name):
    told = collection[name]

    for report in told.relay.accepted:
        assert matches({'playbook': name, **told.says.get('run', {})}, report['run'])
        assert matches(told.says.get('report', {}), report)


@pytest.mark.parametrize('name', NAMES)
def test_playbook_keeps_its_secrets_and_the_play_its_peace(collection, name):
    told = collection[name]

    for word in [*told.says.get('never', []), 'the-key-of']:
        assert word not in told.relay.text and word not in told.written, word
    assert str(PLAYBOOKS) not in told.relay.text
    assert told.outcome.deprecations == []

    for words, warning in zip(told.says.get('warns', []), told.outcome.warnings, strict=True):
        assert words in warning


@pytest.mark.parametrize('name', NAMES)
def test_playbook_leaves_nothing_behind_but_what_is_still_broken(collection, name):
    told = collection[name]
    broken = any(not {'ignored', 'rescued'} & set(event['details'] or {}) for event in told.relay.events)

    assert told.left == (['failures.jsonl', 'status.json'] if broken else ['status.json'] if told.relay.events else None)
