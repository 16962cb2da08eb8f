"""What only the Functions app can be asked, under a stand-in of its host: a worker that dies, settings that are wrong, Key Vault."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
import uuid
from types import SimpleNamespace

import pytest

from key_vault import KeyVault
from planted import plant
from processes import command_line
from relay_process import AT_ONCE, FUNCTIONS_HOST
from relay_under_test import report
from waiting import wait_for

KEY = plant('the-key-' + 'of-the-app', 'a key in a setting')
SECRET = plant('open' + 'vault', 'the secret of a webhook')

# The relay asks the vault no sooner than five seconds after it was asked last.
PAUSE = 6

# A flush that was killed has the lease of its route for a minute.
DEADLINE = 240


def story(stage):
    """The worker is killed while Slack, which has taken the message, has not answered yet: nothing of it is written."""
    relay = stage.own_relay(
        program=FUNCTIONS_HOST, AzureFunctionsJobHost__extensions__queues__visibilityTimeout='00:00:01', **AT_ONCE)
    before, after = f'e2e-{uuid.uuid4().hex}', f'e2e-{uuid.uuid4().hex}'

    relay.slack.fail(mode='hang', seconds=30, accepted=True, count=1)
    relay.tell(before)
    wait_for(relay.slack.faults_met, 'the first post')
    killed = worker_of(relay.process)
    os.kill(killed, signal.SIGKILL)
    body = json.dumps(report(after)).encode()
    wait_for(lambda: relay.send(body).status == 202, 'a worker that takes the report')  # As a sender does it: again, with the same ids.

    def both():
        notices = relay.slack.notices(before), relay.slack.notices(after)
        return all(notices) and len(notices[0]) > 1 and notices

    told = wait_for(both, lambda: f'{before} twice and {after} in {relay.slack.text()}', DEADLINE)
    return SimpleNamespace(told=told, killed=killed, worker=worker_of(relay.process), log=relay.process.out)


def worker_of(process):
    """The id of the app under its host."""
    (worker,) = [pid for pid in process.processes if 'Functions.dll' in command_line(pid)]
    return worker


def test_a_worker_that_is_killed_after_slack_has_taken_a_message_loses_nothing(ending):
    (_, again, *more), (after,) = ending.told

    assert not more and 'web-01' in again and 'web-01' in after
    assert ending.worker != ending.killed
    assert ending.log.count('The worker has ended.') == 1


@pytest.mark.parametrize('name, value, says', [
    ('Relay__Incidents__GroupWait', 'soon', "Relay__Incidents__GroupWait is 'soon'"),
    ('Relay__KeyVault', 'nonsense', 'Relay__KeyVault is not the https address of a key vault'),
])
def test_a_wrong_setting_is_one_line_and_the_app_is_not_started_again(own_relays, name, value, says):
    process = own_relays.start_process(program=FUNCTIONS_HOST, Relay__Key=KEY, **{name: value})

    assert process.wait(60) == 1, process.out + process.err
    line, end = process.err.splitlines()
    assert line.startswith(says) and end == 'The app ended with exit code 1.'
    assert 'Relay on' not in process.out and process.processes == set()


def test_a_secret_that_is_rotated_in_the_key_vault_is_read_again_once_slack_refuses_the_old_one(own_relays, tmp_path):
    with contextlib.closing(KeyVault(tmp_path / 'vault')) as vault:
        relay = own_relays.start(program=FUNCTIONS_HOST, **vault.settings, **AT_ONCE)
        old, new = (f'{relay.url}/slack/services/T0/{name}/{SECRET}' for name in ('old', 'new'))
        first, second = f'e2e-{uuid.uuid4().hex}', f'e2e-{uuid.uuid4().hex}'

        vault.secret = old
        relay.tell(first)
        relay.slack.wait_for_notices(first)
        wait_for(lambda: time.monotonic() - vault.asked_at > PAUSE, 'a vault that may be asked again')
        vault.secret = new
        relay.slack.fail(mode='status', status=404, body='no_service', destination='T0/old')
        relay.tell(second)
        relay.slack.wait_for_notices(second)

        assert vault.asked == ['slack-webhook-url'] * 2
        assert SECRET not in relay.process.out + relay.process.err
