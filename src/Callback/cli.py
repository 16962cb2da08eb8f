"""The joined file as a program."""

from __future__ import annotations

import argparse
import math
import os
import sys
from typing import Callable

from .cause import cause_command
from .connection_test import test_connection
from .exec import CommandReport, execute
from .execution import end_like
from .home import temporary_spool
from .options import Settings, read_settings, read_spool
from .outlet import SpoolOutlet
from .program_options import ProgramOptions
from .redaction import Redactor
from .sender import deliver_spool
from .spool import Spool
from .spool_status import describe_spool

PROGRAM_HELP = """Tells the Ansible Slack Relay what no callback can see, and shows what waits for it.

Options are those of the callback, from the environment (SLACK_RELAY_URL and so on) or from [callback_slack_relay] in ansible.cfg.
"""


RESEND_SECONDS = 10.0


def main(arguments: list[str]) -> int:
    if arguments == ['send']:
        return deliver_spool()
    given = parse_arguments(arguments)
    if given.command == 'exec':
        return end_like(execute(lambda: CommandReport(settings_of(warn), given.words, warn), given.words, given.timeout, warn))
    try:
        return COMMANDS[given.command]()
    except (OSError, ValueError) as error:
        warn(str(error))
        return 1


def settings_of(warn_of: Callable[[str], None]) -> Settings:
    options = ProgramOptions(os.environ, warn_of)
    return read_settings(options.get, warn_of)


def status() -> int:
    print('\n'.join(line for spool in spools() for line in describe_spool(spool)))
    return 0


def spools() -> list[Spool]:
    """That of the options, and the one elsewhere where that is there; raises OSError where the first is not this user's alone."""
    spool = Spool(read_spool(ProgramOptions(os.environ, warn).get('spool')))
    spool.check()
    elsewhere = Spool(temporary_spool())
    return [*([spool] if spool.root else []), *([elsewhere] if elsewhere.folder() else [])]


def resend() -> int:
    """What was set aside goes back to what waits, and is sent."""
    relay = settings_of(warn).relay
    for spool in spools():
        print(f'{spool.take_back_rejected()} reports of {spool.root} wait again')
        outlet = SpoolOutlet(spool, relay)
        if spool.segments():
            outlet.wake()
            outlet.finish_all(RESEND_SECONDS)
    return status()


def clear() -> int:
    for spool in spools():
        print(f'{spool.clear_rejected()} reports of {spool.root} are removed')
    return 0


def cause() -> int:
    """Of a result on stdin: which line tells why it failed, and what makes two failures have one cause."""
    print(cause_command(sys.stdin.read(), filter(None, [os.environ.get('CAUSE_HOST')]), Redactor().text))
    return 0


COMMANDS = {'status': status, 'cause': cause, 'resend': resend, 'clear': clear, 'test': lambda: test_connection(settings_of(warn))}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='slack_relay.py', description=PROGRAM_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    exec_ = commands.add_parser('exec', help='run a command, and report that it failed if the callback did not')
    exec_.add_argument('--timeout', type=positive_seconds, metavar='SECONDS', help='end the command after this time')
    exec_.add_argument('words', nargs=argparse.REMAINDER, metavar='-- command ...')
    commands.add_parser('status', help='print what waits in the spool, the last error and the last success')
    commands.add_parser('resend', help='send again what the relay could not take and was set aside')
    commands.add_parser('clear', help='remove what the relay could not take and was set aside')
    commands.add_parser('cause', help='read the result of a task as JSON from stdin, and print why it failed, as the relay is told')
    commands.add_parser('test', help='send a test report, and say what is at fault if it is not taken')
    given = parser.parse_args(arguments)
    if given.command == 'exec':
        given.words = given.words[1:] if given.words[:1] == ['--'] else given.words
        if not given.words:
            parser.error('exec needs a command')
    return given


def positive_seconds(text: str) -> float:
    """Raises ValueError for what is no time."""
    given = float(text)
    if not 0 < given < math.inf:
        raise ValueError(text)
    return given


def warn(text: str) -> None:
    print(f'slack_relay: {text}', file=sys.stderr)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
