"""The joined file as a program."""

from __future__ import annotations

import argparse
import math
import os
import sys

from .connection_test import test_connection
from .exec import execute
from .execution import Execution, end_like
from .options import DEFAULT_SPOOL, read_settings
from .program_options import ProgramOptions
from .redaction import Redactor
from .sender import deliver_spool
from .spool import Spool
from .spool_status import describe_spool

PROGRAM_HELP = """Tells the Ansible Slack Relay what no callback can see, and shows what waits for it.

Options are those of the callback, from the environment (SLACK_RELAY_URL and so on) or from [callback_slack_relay] in ansible.cfg.
"""


def main(arguments: list[str]) -> int:
    if arguments == ['send']:
        return deliver_spool()
    given = parse_arguments(arguments)
    options = ProgramOptions(os.environ)
    if given.command == 'status':
        print('\n'.join(describe_spool(Spool(os.path.expanduser(options.get('spool') or DEFAULT_SPOOL)))))
        return 0
    try:
        settings = read_settings(options.get, warn)
    except ValueError as error:
        warn(f'{error}, so nothing is reported')
        return end_like(Execution(given.words, given.timeout, Redactor()).run(os.environ).code) if given.command == 'exec' else 1
    if given.command == 'test':
        return test_connection(settings)
    return end_like(execute(settings, given.words, given.timeout, warn))


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='slack_relay.py', description=PROGRAM_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    exec_ = commands.add_parser('exec', help='run a command, and report that it failed if the callback did not')
    exec_.add_argument('--timeout', type=positive_seconds, metavar='SECONDS', help='end the command after this time')
    exec_.add_argument('words', nargs=argparse.REMAINDER, metavar='-- command ...')
    commands.add_parser('status', help='print what waits in the spool, the last error and the last success')
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
