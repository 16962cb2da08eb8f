"""A relay that cannot start says in one line why. However it ends, it leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal

import pytest

from planted import plant
from processes import command_line, free_port

# Pieces, so that no search for secrets takes this file for a leak.
SECRET = plant('open' + 'sesame', 'a secret in a setting')
KEY = plant('the-key-' + 'of-the-tests', 'a key in a setting')


def only_line(process):
    """The one line on standard error with which the program ended, which names no secret."""
    assert process.wait(30) == 1, process.out + process.err
    assert SECRET not in process.out + process.err and KEY not in process.out + process.err
    assert 'Relay on' not in process.out
    (line,) = process.err.splitlines()
    return line


def test_a_port_in_use_is_one_line(own_relays, relay):
    process = own_relays.start_process(urls=relay.url, Relay__Key=KEY)

    assert relay.url in only_line(process)
    assert process.processes == set()


@pytest.mark.parametrize('urls', ['nonsense', 'http://127.0.0.1:99999'])
def test_an_address_that_is_none_is_one_line(own_relays, urls):
    assert '--urls' in only_line(own_relays.start_process(urls=urls, Relay__Key=KEY))


def test_node_missing_is_one_line(own_relays, tmp_path):
    dotnet = os.environ.get('DOTNET_ROOT') or os.path.dirname(os.path.realpath(shutil.which('dotnet')))
    process = own_relays.start_process(PATH=str(tmp_path), DOTNET_ROOT=dotnet, Relay__Key=KEY)

    assert 'Node' in only_line(process)


@pytest.mark.parametrize('webhook', [
    f'https://hooks.example.com/services/T0/B0/{SECRET}', f'http://hooks.slack.com/services/T0/B0/{SECRET}', SECRET, f'xoxb-{SECRET}',
])
def test_a_webhook_that_leads_nowhere_is_one_line(own_relays, webhook):
    process = own_relays.start_process(SLACK_WEBHOOK_URL=webhook, Relay__Key=KEY)

    assert 'leads nowhere' in only_line(process)
    assert process.processes == set()


@pytest.mark.parametrize('storage, says', [
    (SECRET, 'not a connection string'),
    (f'AccountName=relay;AccountKey={SECRET};BlobEndpoint=nonsense', 'not a connection string'),
    (f'AccountName=relay;AccountKey={SECRET}{SECRET};BlobEndpoint=@/relay;QueueEndpoint=@/relay', 'does not answer'),
])
def test_storage_that_cannot_be_had_is_one_line(own_relays, storage, says):
    process = own_relays.start_process(Relay__Storage=storage.replace('@', f'http://127.0.0.1:{free_port()}'), Relay__Key=KEY)

    assert says in only_line(process)


@pytest.mark.parametrize('name, value', [('GroupWait', 'soon'), ('GroupInterval', '-00:00:01')])
def test_a_time_that_is_none_is_one_line(own_relays, name, value):
    process = own_relays.start_process(**{f'Relay__Incidents__{name}': value}, Relay__Key=KEY)

    assert name in only_line(process)


def test_an_azurite_that_hangs_ends_with_its_relay(own_relays):
    process = own_relays.start_process(Relay__Key=KEY)
    process.wait_for_url()
    (azurite,) = (pid for pid in process.processes if 'azurite' in command_line(pid))
    os.kill(azurite, signal.SIGSTOP)

    assert process.press_control_c() == 0
    assert process.processes == set()
