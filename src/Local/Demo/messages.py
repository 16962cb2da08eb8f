#!/usr/bin/env python3
"""Waits until the emulated Slack has so many attachments, and prints its messages as text."""
from __future__ import annotations

import argparse
import html
import json
import re
import sys
import textwrap
import time
import urllib.request

WIDTH = 96
TIME = re.compile(r'<!date\^[^|>]*\|([^>]*)>')


def fetch(url: str) -> list[dict]:
    with urllib.request.urlopen(f'{url}/slack/messages', timeout=5) as reply:
        return [message['payload'] for message in json.load(reply)]


def wait(url: str, attachments: int, seconds: float) -> list[dict]:
    end = time.monotonic() + seconds
    while True:
        messages = fetch(url)
        if sum(len(message.get('attachments', [])) for message in messages) >= attachments or time.monotonic() > end:
            return messages
        time.sleep(0.5)
        print('.', end='', flush=True)


def lines_of(attachment: dict) -> list[str]:
    """The attachment as a person reads it: Slack's three entities and its times resolved, the marks of code taken off."""
    text = html.unescape(TIME.sub(r'\1', attachment.get('text', '')))
    return [
        html.unescape(attachment.get('title', '')),
        '',
        *(f'  {line.strip("`")}' for line in text.splitlines()),
        '',
        html.unescape(attachment.get('footer', '')),
    ]


def show(message: dict) -> None:
    print(f'┌─ Slack {"─" * (WIDTH - 8)}')
    for attachment in message.get('attachments', []):
        for line in lines_of(attachment):
            for part in textwrap.wrap(line, WIDTH - 4, subsequent_indent='    ', replace_whitespace=False) or ['']:
                print(f'│ ▌ {part}')
        print('│')
    print(f'└{"─" * (WIDTH - 1)}')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('url')
    parser.add_argument('--attachments', type=int, default=1)
    parser.add_argument('--seconds', type=float, default=30)
    options = parser.parse_args()

    messages = wait(options.url, options.attachments, options.seconds)
    print()
    for message in messages:
        show(message)

    told = sum(len(message.get('attachments', [])) for message in messages)
    if told < options.attachments:
        print(f'Slack was told of {told} of {options.attachments} incidents.', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
