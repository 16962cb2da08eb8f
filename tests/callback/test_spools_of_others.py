"""Who makes the spool first does not read what root reports, has nothing sent by it, and holds up no play."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from lines import line
from runs import run
from second_user import as_nobody, needs_root


@pytest.fixture
def open_directory():
    """One in which anybody may make something, such as /tmp."""
    path = Path(tempfile.mkdtemp(dir='/tmp'))
    path.chmod(0o1777)
    yield path
    shutil.rmtree(path)


@needs_root
@pytest.mark.parametrize('playbook, events', [('loop.yml', 1), ('nothing_wrong.yml', 0)])
def test_a_spool_of_another_user_is_left_alone_and_what_fails_is_reported_all_the_same(relay, env, open_directory, playbook, events):
    planted = open_directory / 'spool'

    def plant():
        planted.mkdir(0o777)
        (planted / f'{1:020d}-planted.jsonl').write_bytes(line('planted', host='theirs'))
        os.mkfifo(planted / 'status.json')
        os.mkfifo(planted / 'failures.jsonl')

    as_nobody(plant)
    before = sorted(os.listdir(planted))
    outcome = run(playbook, {**env, 'SLACK_RELAY_SPOOL': str(planted)})

    assert outcome.code == (2 if events else 0)
    assert len(outcome.warnings) == 1 and 'belongs to the user 65534' in outcome.warnings[0]
    assert len(relay.events) == events and 'theirs' not in relay.text
    assert sorted(os.listdir(planted)) == before


def test_pipes_in_a_spool_of_ours_do_not_hold_up_the_play(relay, env, spool):
    spool.mkdir(0o700)
    for name in ('status.json', 'rejected.jsonl', f'{1:020d}-planted.jsonl', f'{2:020d}-planted.sending'):
        os.mkfifo(spool / name)

    assert run('loop.yml', env).code == 2
    assert len(relay.events) == 1
