# SPDX-FileCopyrightText: The Ansible Slack Relay contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports what fails in an Ansible run to the Slack relay, at no cost to the play.

Ansible calls the hooks of CallbackModule in its own process, one after another, under a lock: whatever they wait for,
the play waits for. So they only append a line to a spool on the local disk. A sender, which is this same file run as a
program of its own, posts what it finds there and outlives the play if it must.
"""

from __future__ import annotations

DOCUMENTATION = r"""
name: slack_relay
type: notification
short_description: Tell Slack what fails, through the Ansible Slack Relay
author: The Ansible Slack Relay contributors
description:
  - Reports failed and unreachable hosts to an Ansible Slack Relay, which folds them into incidents and tells Slack.
  - A failure costs the play one line in a local spool. A sender, in a process of its own, posts what is in the spool,
    tries again when the relay does not answer, and leaves to the next run what it could not deliver.
  - A run without failures starts no process and writes no file.
  - What a module returned is reported without the module's arguments, and with secrets masked as C([redacted]). Of a
    task with C(no_log) neither the result nor the rendered name is reported.
requirements:
  - enabled with C(callbacks_enabled = slack_relay)
options:
  url:
    description:
      - Where the relay takes reports, such as C(https://relay.example.com/api/reports). Without a path, C(/api/reports)
        is meant.
    type: str
    env:
      - name: SLACK_RELAY_URL
    ini:
      - section: callback_slack_relay
        key: url
  key:
    description:
      - The key that the relay asks for. It is never written to the spool, to a command line or to a log.
    type: str
    env:
      - name: SLACK_RELAY_KEY
    ini:
      - section: callback_slack_relay
        key: key
  channel:
    description:
      - Names the relay's route that tells Slack. Without it, or when the relay does not know it, the default route does.
    type: str
    env:
      - name: SLACK_RELAY_CHANNEL
      - name: SLACK_CHANNEL
    ini:
      - section: callback_slack_relay
        key: channel
  spool:
    description:
      - The directory where reports wait for the sender. It is created with mode 0700.
      - What waits there goes to the I(url) of the next run, so each relay needs a spool of its own.
    type: path
    default: ~/.ansible/slack_relay
    env:
      - name: SLACK_RELAY_SPOOL
    ini:
      - section: callback_slack_relay
        key: spool
  wait:
    description:
      - How many seconds the end of a run that reported something may wait for its reports to be delivered. The sender
        goes on after that, unless something kills it, as a container's end does.
    type: float
    default: 3
    env:
      - name: SLACK_RELAY_WAIT
    ini:
      - section: callback_slack_relay
        key: wait
"""

import datetime
import email.utils
import enum
import fcntl
import functools
import getpass
import gzip
import http.client
import itertools
import json
import math
import os
import random
import re
import select
import shlex
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

if __name__ == '__main__':
    # The sender runs without Ansible: it starts in a fraction of the time, and under any Python that has the file.
    CallbackBase: Any = object
else:
    from ansible.plugins.callback import CallbackBase

KIB = 1024
EVENT_LIMIT = 64 * KIB
SEGMENT_LIMIT = 384 * KIB
BATCH_LIMIT = 512 * KIB
SPOOL_LIMIT = 64 * KIB * KIB
REJECTED_LIMIT = KIB * KIB

MESSAGE_LIMIT = 4 * KIB
STREAM_LIMIT = 8 * KIB
DETAILS_LIMIT = 8 * KIB
TEXT_LIMIT = KIB
ITEMS_LIMIT = 50
LIST_LIMIT = 30

SEGMENT_AGE = 1.0
RIPE_AGE = 1.5
LINGER = 0.25
REQUEST_TIMEOUT = 60
GIVE_UP_AFTER = 600
START_AGAIN_AFTER = 60
DAY = 86400.0

REDACTED = '[redacted]'

Masking = Callable[[str], str]


# What a run says, as values.


@dataclass(frozen=True)
class Relay:
    """Where reports go, and the key that is asked for there."""

    url: str
    key: str = field(default='', repr=False)

    @property
    def place(self) -> str:
        """The part of the URL that may be shown: no path, no query, no credentials."""
        parts = urllib.parse.urlsplit(self.url)
        return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}'


@dataclass(frozen=True)
class Run:
    """One playbook, run once on one machine."""

    id: str
    source: str
    startedAt: str
    playbook: Optional[str] = None
    mode: str = 'push'
    ansibleVersion: Optional[str] = None
    checkMode: bool = False
    user: Optional[str] = None


@dataclass(frozen=True)
class Failure:
    """One task that failed on one host, or could not reach it, out of Ansible's objects.

    With `hidden`, the task sets no_log: then `result` is empty and `task` is the name as it stands in the playbook.
    """

    kind: str
    host: str
    task: Optional[str] = None
    role: Optional[str] = None
    action: Optional[str] = None
    path: Optional[str] = None
    play: Optional[str] = None
    delegated_to: Optional[str] = None
    hidden: bool = False
    ignored: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)


class Verdict(enum.Enum):
    """What an answer of the relay means for the batch."""

    ACCEPTED = 'accepted'
    LATER = 'later'
    NEVER = 'never'
    REFUSED = 'refused'


@dataclass(frozen=True)
class Answer:
    """What the relay answered, or why there was no answer."""

    status: Optional[int] = None
    retry_after: Optional[float] = None
    reason: str = ''

    def __str__(self) -> str:
        return f'HTTP {self.status} {self.reason}'.rstrip() if self.status else self.reason


# Text: readable, without secrets, and short.

ANSI = re.compile(r'\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])')
CONTROL = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]')
LINE_END = re.compile(r'\r+\n?')
LONE_SURROGATE = re.compile(r'[\ud800-\udfff]')

# Secrets are also cut at the edge of an excerpt, where no pattern knows them any more: so much more is masked than kept.
MARGIN = 4 * KIB


def readable(text: str) -> str:
    """Without terminal sequences and control characters, and encodable: bytes that were not UTF-8 arrive as lone surrogates."""
    text = LONE_SURROGATE.sub('\ufffd', str.__str__(text))
    return CONTROL.sub('', LINE_END.sub('\n', ANSI.sub('', text)))


def size(text: str) -> int:
    """In bytes of UTF-8, and at once for ASCII, however long."""
    return len(text) if text.isascii() else len(text.encode('utf-8', 'surrogatepass'))


def first_bytes(text: str, limit: int) -> str:
    return text[:limit].encode()[:limit].decode(errors='ignore')


def last_bytes(text: str, limit: int) -> str:
    return text[-limit:].encode()[-limit:].decode(errors='ignore') if limit else ''


def tell(text: str, limit: int, mask: Masking) -> str:
    """What people may read of a text: masked, and cut in the middle with the number of bytes left out written there."""
    window = limit + MARGIN
    if len(text) <= 2 * window:
        head = tail = mask(readable(text)).strip('\n')
        if size(head) <= limit:
            return head
    else:
        head = mask(readable(text[:window]))[:-MARGIN]
        tail = mask(readable(text[-window:]))[MARGIN:]
    head, tail = first_bytes(head, limit // 3), last_bytes(tail, limit - limit // 3)
    left_out = max(0, size(text) - size(head) - size(tail))
    return f'{head}\n[... {left_out} bytes left out ...]\n{tail}'.strip('\n')


def short(text: Any, limit: int, mask: Masking) -> Optional[str]:
    """A name on one line, or nothing."""
    line = ' '.join(mask(readable(str(text))[:limit + MARGIN]).split()) if text else ''
    return (line[:limit - 3] + '...' if len(line) > limit else line) or None


# Secrets. Each pattern has groups around the secret alone, one of which takes part in a match; one that matches without a group
# says that there is none. Whatever may repeat is bounded or cannot match in two ways: no text takes more than linear time.

SECRET_NAME = (
    r'(?:(?i:passw(?:or)?ds?|passphrases?|secrets?|tokens?|credentials?|authorization|cookies?|api[_-]?keys?'
    r'|(?:access|account|private|secret|encryption|signing|master|functions|subscription)[_-]?keys?'
    r'|connection[_-]?strings?|sess(?:ion)?[_-]?id|secret[_-]?id|client[_-]?key[_-]?data|(?:store|key)pass)'
    r'|[_-](?i:pass|pwd|sas)|[a-z](?:Pass|Pwd|Sas)'
)
NAME_ENDING = r')(?:[_-]?(?i:value|string|hash|b64|base64|old|new|[0-9]{1,2}))?'
NAME_IN_PROSE = rf'(?<!NO(?=PASSWD)){SECRET_NAME}{NAME_ENDING}'
# PWD in capitals is no password but a directory.
NAME = rf'{SECRET_NAME}|\b(?:pwd|Pwd|(?i:pass|sas)){NAME_ENDING}'
NO_VALUE = r'--?(?:ask|no)-[A-Za-z0-9-]*'

# A name of which no part is in the text cannot be there: looking for these first is what makes masking cheap.
NAME_PARTS = (
    'pass', 'pwd', 'sas', 'secret', 'token', 'credential', 'authorization', 'cookie',
    *(first + between + second for first, second in (
        *((owner, 'key') for owner in (
            'api', 'access', 'account', 'private', 'encryption', 'signing', 'master', 'functions', 'subscription', 'client',
        )),
        ('connection', 'string'), ('sess', 'id'), ('session', 'id'),
    ) for between in ('', '_', '-')),
)

HARMLESS = r'(?:(?i:true|false|yes|no|on|off|none|null|omit|always|never|on_create)|[*!]*|[|>][+-]?|!vault [|>]-?),?'
KEY_BEGIN = r'-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----'
KEY_END = r'-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----'
KEY_REST_BACKWARDS = r'(?:(?:\s|[rn]\\)+[A-Za-z0-9+/=]+)?(?:(?:\s|[rn]\\)+[A-Za-z0-9+/=]{16,})*(?:\s|[rn]\\)*'

# A word's, also after a line break that is written out.
START = r'(?:\b|(?<=\\[nrt]))'
GAP = r'(?:[ \t]{1,20}|["\'],[ \t]{0,20}["\'])'
SAME_COMMAND = r'\b[^\r\n|;&]{0,250}?'
LINE = r'(?m:^)[ \t]{0,80}[+<>-]?[ \t]{0,80}(?:- )?'
PREFIX = r'[A-Za-z0-9_.-]*'
WORD = r'[^\s;&"\'\\=<>|-](?:[^\s;&"\'\\]|\\[^"\'\s])*'


def six_with_digit(other: str, any_: str) -> str:
    """At least six characters with a digit among them; `other` is `any_` without the digits."""
    early = '|'.join(f'{other}{{{before}}}[0-9]{any_}{{{5 - before},}}' for before in range(5))
    return f'{early}|{other}{{5,}}[0-9]{any_}*'


def value(bare: str) -> str:
    """In quotes of either kind, also escaped ones, closed or cut off; a template; or as bare as given."""
    return (
        r'(?:[ub]?"((?:[^"\\\r\n]|\\[^\r\n])+)|[ub]?\'((?:[^\'\\\r\n]|\\[^\r\n])+)'
        r'|\\+["\']((?:[^"\'\\\r\n]|\\+[^"\'\\\r\n])+)|(\{\{[^}\r\n]{0,400}\}\}|' + bare + '))'
    )


def argument(option: str) -> str:
    """An option and its value: two words, or two elements of a list."""
    return (
        rf'(?:(?:^|(?<=[\s"\'(])){option}[ \t]{{1,20}}{value(WORD)}'
        rf'|(?<=["\']){option}["\'],[ \t]{{0,20}}["\']([^"\'\r\n-][^"\'\r\n]*))'
    )


def short_argument(option: str) -> str:
    """As above, or both in one word."""
    return rf'(?:{argument(option)}|(?<=[ \t"\']){option}(?:\'([^\',\r\n][^\'\r\n]*)\'|"([^",\r\n][^"\r\n]*)"|({WORD})))'


CLIENTS = (
    (r'mysql[a-z]*|mariadb(?:-[a-z]+)?|mongo(?:sh|dump|restore|import|export)?', ('-p',)),
    (r'(?:docker|podman|buildah|skopeo|nerdctl|registry|az|oc) login', ('-p',)),
    (r'redis-cli', ('-a',)),
    (r'ldap(?:search|modify|add|delete|passwd|whoami|compare|modrdn)', ('-w',)),
    (r'sqlcmd|ipmitool', ('-P',)),
)
# In a list of arguments the next command ends those of the one before it.
LISTED_CLIENTS = (
    *CLIENTS, (r'sshpass', ('-p',)), (r'curl', ('-u', '-U', '--user', '--proxy-user')), (r'ssh|scp|sftp|rsync', ()),
)
CLIENT_PARTS = ('mysql', 'mariadb', 'mongo', 'login', 'redis-cli', 'ldap', 'sqlcmd', 'ipmitool')


@functools.lru_cache(maxsize=None)
def secret_rules() -> list[tuple[tuple[str, ...], str]]:
    """What must be in the text, in lower case, for the pattern to match at all, and the pattern; what is known by its own form first."""
    return [
        (('-----begin',), rf'({KEY_BEGIN}(?s:.)*?(?:{KEY_END}|\Z))'),
        (('@',), r':\\?/\\?/[^\s/:@?#"\'<>]*:([^\s/?#"\'<>]+)@'),
        (('hooks.slack',), r'\bhooks\.slack(?:-gov)?\.com\\?/(?:services|workflows|triggers)\\?/([A-Za-z0-9/_.\\-]+)'),
        (('authorization', 'cookie'), r'(?i:authorization|cookie)[ \t]{0,20}:[ \t]{0,20}((?:="[^"\r\n]*"|[^\s"\'])(?:="[^"\r\n]*"|[^\r\n"\'])*)'),
        (('bearer',), r'(?i:\bbearer)[ \t]{1,20}([A-Za-z._~+/=-]{8,}[0-9][\w.~+/=-]*|[A-Za-z._~+/=-]*[0-9][\w.~+/=-]{8,})'),
        (('basic',), r'(?i:\bbasic)[ \t]{1,20}([A-Za-z+/]{8,}[0-9=][\w+/=]*|[A-Za-z+/]*[0-9][\w+/=]{8,})'),
        (('eyj',), r'(?:(?<![\w-])|(?<=\\[nrt]))(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*)'),
        (('akia', 'asia', 'abia', 'acca'), START + r'((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b'),
        (('gh', 'github_pat_'), START + r'(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})'),
        (('gl',), START + r'(gl(?:pat|dt|rt|ft|ptt|cbt|soat|imt|agent|oas)-[\w.-]{19,}\w)'),
        (('xox', 'xapp-'), START + r'((?:xox[a-z]|xapp)-[A-Za-z0-9.-]{9,}[A-Za-z0-9])'),
        (('aiza', 'ya29.', 'gocspx-'), START + r'(AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})'),
        (('sk-',), START + r'(sk-[\w-]{20,})'),
        (
            ('k_live', 'k_test', 'npm_', 'pypi-', 'hvs.', 'hvb.', 'dckr_pat_', 'age-'),
            START + r'([rs]k_(?:live|test)_\w{16,}|npm_\w{30,}|pypi-[\w-]{30,}|hv[sb]\.[\w-]{20,}|dckr_pat_[\w-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,})',
        ),
        (('$',), r'(\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d))(?:\$[\w./=,+-]+){2,4})'),
        (('sig', 'code'), r'[?&](?i:sig|signature|x-amz-signature|x-goog-signature|code)=([\w.%+/=~-]{16,})'),
        # Known by a name beside it.
        (NAME_PARTS, rf'{NAME}\\*["\'][ \t]{{0,20}}(?::|=>)[ \t]{{0,20}}' + value(r'\[[^\[\]\r\n]+\]|[^\s,}\]{\["\'\\][^\s,}\]"\']*')),
        (NAME_PARTS, rf'{LINE}["\']?{PREFIX}{NAME_IN_PROSE}["\']?(?::[ \t]{{0,20}}|[ \t]{{1,20}}[:=][ \t]{{1,20}})' + value(r'[^\s"\'\\](?:[^\r\n]*[^\s])?')),
        (NAME_PARTS, rf'{NAME}["\']?(?:=|[ \t]{{1,20}}=[ \t]{{1,20}})' + value(r'[^\s;&"\'\\=](?:[^\s;&"\'\\]|\\[^"\'\s])*')),
        (NAME_PARTS, rf'[{{,][ \t]{{0,20}}{PREFIX}{NAME_IN_PROSE}:[ \t]{{1,20}}' + value(r'[^\s,}"\'\\][^,}\r\n"\']*')),
        (NAME_PARTS, rf'{NAME_IN_PROSE}:[ \t]{{1,20}}' + value(six_with_digit(r'[^\s"\'0-9]', r'[^\s"\']'))),
        (NAME_PARTS, rf'{NAME_IN_PROSE}:({six_with_digit("[A-Za-z+=._~!$%^*-]", "[A-Za-z0-9+=._~!$%^*-]")})'),
        (('</',), rf'<{PREFIX}{NAME}(?:[ \t][^<>\r\n]*)?>([^<>\r\n]+)</'),
        # Known by the command that it is given to.
        (NAME_PARTS, rf'(?:^|(?<=[\s"\'(])){NO_VALUE}|' + argument(rf'--?[A-Za-z0-9-]*(?:{NAME})')),
        *((CLIENT_PARTS, rf'\b(?:{command.replace(" ", GAP)}){SAME_COMMAND}{short_argument(options[0])}') for command, options in CLIENTS),
        (('sshpass',), rf'\bsshpass(?:{GAP}-v)?{GAP}' + short_argument('-p')),
        (('curl',), rf'\bcurl{SAME_COMMAND}[ \t"\'](?:-[uU]|--(?:proxy-)?user)(?:=|{GAP})?["\']?[^\s:"\']{{1,200}}:([^\s"\']+)'),
        (('pass:',), rf'-pass(?:in|out)?(?:=|{GAP})pass:([^\s"\']+)'),
        (('identified', 'password'), r'(?i:\bidentified[ \t]{1,20}by|\b(?:with|encrypted)[ \t]{1,20}password)[ \t]{1,20}(?:\'([^\'\r\n]+)|"([^"\r\n]+))'),
        (('login',), r'\blogin\s{1,20}\S{1,200}\s{1,20}password\s{1,20}(\S+)'),
    ]


@functools.lru_cache(maxsize=None)
def compiled(pattern: str) -> re.Pattern[str]:
    """When the first failure needs it: a run without one does not pay for it."""
    return re.compile(pattern)


def is_harmless(text: str) -> bool:
    """Whether a value gives nothing away even under a secret name: a switch, nothing at all, or a mask."""
    return compiled(HARMLESS).fullmatch(text) is not None


def is_secret_name(name: str) -> bool:
    return compiled(rf'(?:{NAME})\Z').search(name) is not None


def is_secret_option(option: str) -> bool:
    """Whether the next argument is its secret."""
    return compiled(rf'(?!{NO_VALUE}\Z)--?[A-Za-z0-9-]*(?:{NAME})\Z').match(option) is not None


def without_secret(match: re.Match[str]) -> str:
    group = match.lastindex
    if group is None or is_harmless(match[group]):
        return match[0]
    (start, end), (first, last) = match.span(), match.span(group)
    return match.string[start:first] + REDACTED + match.string[last:end]


def without_rest_of_key(text: str) -> str:
    """A private key whose beginning was cut off; searched from its end, because every text could be the beginning of one."""
    told, done = '', 0
    for end in compiled(KEY_END).finditer(text):
        rest = compiled(KEY_REST_BACKWARDS).match(text[done:end.start()][::-1])
        told += text[done:end.start() - len(rest[0].rstrip())] + REDACTED
        done = end.end()
    return told + text[done:]


def mask_plain_text(text: str) -> str:
    lower = text.lower()
    for parts, pattern in secret_rules():
        if any(part in lower for part in parts):
            text = compiled(pattern).sub(without_secret, text)
    return without_rest_of_key(text) if '-----END' in text else text


def mask_text(text: str) -> str:
    """The text with every secret masked; one that is JSON as a whole is masked by its keys, too."""
    if text.strip()[:1] in ('{', '['):
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            return mask_plain_text(text)
        masked = mask_value(told)
        return text if masked == told else json.dumps(masked, ensure_ascii=False, separators=(',', ':'))
    return mask_plain_text(text)


class Arguments:
    """Masks the strings of a list as the arguments of a command, one after the other."""

    def __init__(self, mask: Masking) -> None:
        self._mask = mask
        self._previous = ''
        self._options: tuple[str, ...] = ()
        self._secret_next = False

    def __call__(self, argument: str) -> str:
        masked = self._masked(argument)
        self._previous = argument
        return masked

    def _masked(self, argument: str) -> str:
        if self._secret_next and not argument.startswith('-'):
            self._secret_next = False
            return argument if is_harmless(argument) else REDACTED
        words = f'{self._previous} {argument}'[-100:]
        for command, options in LISTED_CLIENTS:
            if compiled(rf'(?:^|[/ ])(?:{command})\Z').search(words):
                self._options = options
                break
        self._secret_next = argument in self._options or is_secret_option(argument[:100])
        name, equals, given = argument.partition('=')
        if equals and is_secret_option(name[:100]) and not is_harmless(given):
            return f'{name}={REDACTED}'
        attached = next((option for option in self._options if len(option) == 2 < len(argument) and argument.startswith(option)), None)
        return attached + REDACTED if attached else self._mask(argument)


def mask_value(given: Any, tell_text: Callable[[str, Masking], str] = lambda text, mask: mask(text), mask: Masking = mask_text) -> Any:
    """JSON with what stands under secret keys masked as a whole, at any depth, and every other text told by `tell_text`."""
    if isinstance(given, str):
        return tell_text(given, mask)
    if isinstance(given, dict):
        return {
            tell_text(key, mask): REDACTED if is_secret_name(key) and not gives_nothing_away(item) else mask_value(item, tell_text, mask)
            for key, item in given.items()
        }
    if isinstance(given, list):
        arguments = Arguments(mask)
        return [mask_value(item, tell_text, arguments if isinstance(item, str) else mask) for item in given]
    return given


def gives_nothing_away(given: Any) -> bool:
    return is_harmless(given) if isinstance(given, str) else given is None or isinstance(given, bool) or given in ([], {})


# What a module returned, told so that a person can act on it.

NOT_DETAILS = frozenset((
    'msg', 'reason', 'stdout', 'stderr', 'stdout_lines', 'stderr_lines', 'module_stdout', 'module_stderr', 'rc', 'results',
    'invocation', 'start', 'end', 'delta', 'warnings', 'deprecations', 'ansible_facts', 'diff', 'attempts', 'retries',
    'failed', 'unreachable', 'skipped', 'censored', 'item', 'ansible_loop_var', 'ansible_index_var', 'ansible_loop',
    'ansible_job_id', 'results_file', 'started', 'finished',
))
NOT_A_MESSAGE = re.compile(
    r'\s*(?:\(traceback unavailable\)|One or more items failed|All items completed'
    r'|MODULE FAILURE(?:\nSee stdout/stderr for the exact error)?)?\s*\Z'
)
MESSAGE_PREFIX = re.compile(r'\A\s*(?:(?:Task|Module|Action) failed: ?)+')
LOCAL_NAMES = frozenset(('localhost', '127.0.0.1', '::1'))


def as_text(value: Any) -> str:
    """A message may be a list or a mapping: the user wrote it."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return '\n'.join(value)
    return '' if value is None else json.dumps(value, default=str, ensure_ascii=False)


def last_lines(text: str, count: int = 5) -> str:
    return '\n'.join([line for line in text[-16 * KIB:].splitlines() if line.strip()][-count:])


def items_of(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items of a loop that failed; a skipped or a good one says nothing."""
    results = result.get('results')
    items = [item for item in results if isinstance(item, Mapping)] if isinstance(results, (list, tuple)) else []
    return [item for item in items if item.get('failed') or item.get('unreachable')]


def message_of(result: Mapping[str, Any]) -> Optional[str]:
    """The most telling text there is, of a loop that of the first item which failed."""
    candidates = [result.get('msg'), result.get('reason')]
    for text in map(as_text, candidates):
        text = MESSAGE_PREFIX.sub('', text)
        if not NOT_A_MESSAGE.match(text):
            return text
    for item in items_of(result):
        if text := message_of(item):
            return text
    for stream in ('stderr', 'module_stderr', 'stdout', 'module_stdout'):
        if text := last_lines(as_text(result.get(stream))):
            return text
    return None


def item_name(item: Mapping[str, Any]) -> str:
    label = item.get('_ansible_item_label', item.get(str(item.get('ansible_loop_var', 'item'))))
    return as_text(label) or '(an item without a name)'


def told_items(result: Mapping[str, Any], mask: Masking) -> Optional[list[dict[str, Any]]]:
    failed = items_of(result)
    if not failed:
        return None
    told = []
    for item in failed[:ITEMS_LIMIT]:
        hidden = item.get('_ansible_no_log') or 'censored' in item
        told.append({
            'item': '(hidden by no_log)' if hidden else short(item_name(item), 200, mask) or '(an item without a name)',
            'message': None if hidden else tell(message_of(item) or '', TEXT_LIMIT // 2, mask) or None,
        })
    if len(failed) > ITEMS_LIMIT:
        told.append({'item': f'+ {len(failed) - ITEMS_LIMIT} more', 'message': None})
    return told


def bounded(given: Any, depth: int = 0) -> Any:
    """The value as JSON can carry it, bounded in width and depth; its texts are as they were."""
    if isinstance(given, str):
        return str.__str__(given)
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int):
        return int(given) if abs(given) < 2 ** 53 else str(given)
    if isinstance(given, float):
        return float(given) if math.isfinite(given) else str(given)
    if depth > 5:
        return '[...]'
    if isinstance(given, Mapping):
        return {str(key)[:200]: bounded(item, depth + 1) for key, item in itertools.islice(given.items(), 40)}
    if isinstance(given, (list, tuple, set, frozenset)):
        more = [f'+ {len(given) - LIST_LIMIT} more'] if len(given) > LIST_LIMIT else []
        return [bounded(item, depth + 1) for item in itertools.islice(given, LIST_LIMIT)] + more
    return str(given)


def command_line(words: Iterable[Any]) -> str:
    return ' '.join(text if re.fullmatch(r'[^\s"\'\\]+', text) else shlex.quote(text) for text in map(str, words))


def details_of(result: Mapping[str, Any], mask: Masking) -> Optional[dict[str, Any]]:
    """Whatever else helps to debug, as much of it as fits."""
    details: dict[str, Any] = {}
    room = DETAILS_LIMIT
    for key, given in result.items():
        key = str(key)
        if key in NOT_DETAILS or key.startswith('_ansible') or given in (None, '', [], {}, '(traceback unavailable)'):
            continue
        told = mask_value({key: bounded(given)}, lambda text, masking: tell(text, TEXT_LIMIT, masking), mask)
        if key == 'cmd' and isinstance(told[key], list):
            told = {key: command_line(told[key])}
        room -= size(json.dumps(told, ensure_ascii=False))
        if room > 0:
            details.update(told)
    return details or None


def number(value: Any, least: int) -> Optional[int]:
    """An integer that the contract takes; modules return return codes as text and as booleans, too."""
    try:
        return int(value) if not isinstance(value, bool) and least <= int(value) < 2 ** 31 else None
    except (TypeError, ValueError, OverflowError):
        return None


def stream_of(result: Mapping[str, Any], name: str, mask: Masking) -> Optional[str]:
    return tell(as_text(result.get(name) or result.get(f'module_{name}')), STREAM_LIMIT, mask) or None


def event_of(failure: Failure, event_id: str, at: str, mask: Masking) -> dict[str, Any]:
    """The failure as the report's contract spells it."""
    result = {} if failure.hidden else failure.result
    message = 'The task sets no_log, so its result is not shown.' if failure.hidden else message_of(result)
    return {
        'id': event_id,
        'kind': failure.kind,
        'at': at,
        'host': short(failure.host, 255, str) or '(a host without a name)',
        'delegatedTo': short(failure.delegated_to, 255, str),
        'play': short(failure.play, 500, mask),
        'task': short(failure.task, 500, mask),
        'role': short(failure.role, 255, mask),
        'action': short(failure.action, 255, mask),
        'path': short(failure.path, 500, str),
        'attempts': number(failure.result.get('attempts'), 1),
        'message': tell(message or '', MESSAGE_LIMIT, mask) or None,
        'returnCode': number(result.get('rc'), -2 ** 31),
        'stdout': stream_of(result, 'stdout', mask),
        'stderr': stream_of(result, 'stderr', mask),
        'items': told_items(result, mask),
        'details': details_of(result, mask),
    }


def cut_texts(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        return tell(value, limit, str)
    if isinstance(value, dict):
        return {key: cut_texts(item, limit) for key, item in value.items()}
    return [cut_texts(item, limit) for item in value] if isinstance(value, list) else value


def line_of(channel: Optional[str], run: Run, event: dict[str, Any]) -> bytes:
    """The line of the spool: all that a report needs, so that any sender can send any line. Never above EVENT_LIMIT."""
    line = b''
    for limit in (EVENT_LIMIT, 4 * KIB, KIB, 300, 100):
        told = event if limit == EVENT_LIMIT else {**cut_texts(event, limit), 'id': event['id']}
        line = json.dumps({'channel': channel, 'run': vars(run), 'event': told}, ensure_ascii=False).encode(errors='replace') + b'\n'
        if len(line) <= EVENT_LIMIT:
            break
    return line


# Where and when.


def utc_now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def parse_relay(url: Optional[str], key: Optional[str]) -> Relay:
    """Raises ValueError, whose text says what is wrong without repeating the URL: it may carry a key."""
    if not url or not url.strip():
        raise ValueError('no url is set')
    try:
        parts = urllib.parse.urlsplit(url.strip())
        good = parts.scheme in ('http', 'https') and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r'[\x00-\x20\x7f]', url.strip()):
        raise ValueError('the url is not one (it must look like https://relay.example.com/api/reports)')
    path = '/api/reports' if parts.path in ('', '/') else parts.path
    return Relay(urllib.parse.urlunsplit(parts._replace(path=path, fragment='')), (key or '').strip())


def machine_name(hosts_file: str = '/etc/hosts') -> str:
    """The machine's full name, without asking a name server: a play does not wait for one."""
    name = socket.gethostname() or 'unknown'
    if '.' in name:
        return name
    try:
        with open(hosts_file, encoding='utf-8', errors='replace') as file:
            lines = [line.partition('#')[0].split()[1:] for line in file]
    except OSError:
        return name
    return next((full for names in lines if name in names for full in names if full.startswith(name + '.')), name)


def user_name() -> Optional[str]:
    try:
        return getpass.getuser()[:255]
    except (KeyError, OSError):
        return None  # A container may run as a number that has no name.


def is_pull(connection: Optional[str]) -> bool:
    """Whether ansible-pull started this; where the system does not say so, the connection it always asks for is the best hint."""
    process = os.getppid()
    try:
        for _ in range(3):
            with open(f'/proc/{process}/cmdline', 'rb') as file:
                if any(os.path.basename(word) == b'ansible-pull' for word in file.read().split(b'\0')):
                    return True
            with open(f'/proc/{process}/stat', 'rb') as file:
                process = int(file.read().rpartition(b')')[2].split()[1])
    except (OSError, ValueError, IndexError):
        return process == os.getppid() and connection == 'local'
    return False


def relative(path: str, base: str, around: str) -> str:
    """Relative to the base if it lies in or around that, else the bare file name: directories elsewhere name users and hosts."""
    path = os.path.normpath(os.path.join(base, path))
    is_inside = around != os.sep and path.startswith(around.rstrip(os.sep) + os.sep)
    return os.path.relpath(path, base) if is_inside else os.path.basename(path)


def task_path(path: str, role_path: Optional[str], playbook_dir: str) -> Optional[str]:
    """The task's file and line as they are called inside the project, the same on every machine."""
    if not path:
        return None
    if role_path and path.startswith(role_path.rstrip(os.sep) + os.sep):
        return os.path.join('roles', os.path.basename(role_path.rstrip(os.sep)), os.path.relpath(path, role_path))
    return relative(path, playbook_dir, os.path.dirname(playbook_dir))


# The spool: a directory of segments, each of them lines that one run wrote.


class Writer:
    """Appends the lines of this process to a segment of its own, without a lock.

    A sender takes a segment by renaming it, and while the run goes on only when it is older than those that are written to.
    Should this process have been stopped in between, the line counts as written only if the file still had its name afterwards;
    otherwise it is written once more, to a new segment. A line that is sent twice has the same id both times.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._tag = uuid.uuid4().hex[:12]
        self._path: Optional[str] = None
        self._written = 0
        self._began = 0.0
        self._total: Optional[int] = None
        self.dropped = 0

    def is_delivered(self) -> bool:
        return not any(self._tag in path for path in self._spool.segments())

    def append(self, line: bytes) -> None:
        for _ in range(3):
            if self._put(line):
                break
        self._make_room(len(line))

    def _put(self, line: bytes) -> bool:
        descriptor = self._open(len(line))
        path, self._path = self._path, None
        try:
            if os.write(descriptor, line) != len(line):
                raise OSError('the disk is full')
            is_mine = os.fstat(descriptor).st_ino == inode(path)
        finally:
            os.close(descriptor)
        self._path = path if is_mine else None
        return is_mine

    def _open(self, length: int) -> int:
        if self._path and self._written + length <= SEGMENT_LIMIT and time.monotonic() - self._began < SEGMENT_AGE:
            try:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
                self._written += length
                return descriptor
            except FileNotFoundError:
                pass
        self._path = os.path.join(self._spool.create(), f'{time.time_ns():020d}-{self._tag}.jsonl')
        self._written, self._began = length, time.monotonic()
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)

    def _make_room(self, length: int) -> None:
        self._total = self._spool.size() if self._total is None else self._total + length
        if self._total > SPOOL_LIMIT:
            self.dropped += self._spool.drop_oldest(SPOOL_LIMIT, keep=self._path)
            self._total = self._spool.size()


class Segment:
    """A segment that this sender has taken: the lock on it ends with the process, however that ends."""

    def __init__(self, path: str, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self.lines = read_lines(descriptor)

    def keep(self, lines: list[Line]) -> None:
        """Only these are still to be sent."""
        if lines and lines == self.lines:
            return
        self.lines = lines
        if not lines:
            remove(self.path)
            os.close(self._descriptor)
            return
        rest = self.path + '.new'
        descriptor = os.open(rest, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        lock(descriptor)
        os.write(descriptor, b''.join(line.raw for line in lines))
        os.replace(rest, self.path)
        os.close(self._descriptor)
        self._descriptor = descriptor


@dataclass(frozen=True)
class Line:
    raw: bytes
    frame: str
    event: dict[str, Any]


def read_lines(descriptor: int) -> list[Line]:
    """Without what is not a line of ours: a run that was killed leaves a torn one at the end."""
    lines = []
    with os.fdopen(os.dup(descriptor), 'rb') as file:
        file.seek(0)
        for raw in file:
            try:
                line = json.loads(raw)
                frame = json.dumps({'channel': line['channel'], 'run': line['run']}, sort_keys=True)
                if isinstance(line['event'], dict) and raw.endswith(b'\n'):
                    lines.append(Line(raw, frame, line['event']))
            except (ValueError, TypeError, KeyError, RecursionError):
                continue
    return lines


class Spool:
    """The directory where lines wait. `.jsonl`: a run writes it; `.sending`: a sender has taken it, and may have died."""

    def __init__(self, root: str) -> None:
        self.root = root

    def create(self) -> str:
        os.makedirs(self.root, 0o700, exist_ok=True)
        if stat.S_IMODE(os.stat(self.root).st_mode) & 0o022:
            raise OSError(f'others may write to {self.root}')
        return self.root

    def segments(self) -> list[str]:
        """Oldest first."""
        try:
            names = sorted(name for name in os.listdir(self.root) if name.endswith(('.jsonl', '.sending')) and name[:20].isdigit())
        except OSError:
            return []
        return [os.path.join(self.root, name) for name in names]

    def size(self) -> int:
        return sum(length(path) for path in self.segments())

    def claim(self, fresh_too: bool = True) -> Iterator[Segment]:
        for path in self.segments():
            if fresh_too or not is_fresh(path):
                if segment := self._take(path):
                    yield segment

    def _take(self, path: str) -> Optional[Segment]:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:
            return None
        taken = os.path.splitext(path)[0] + '.sending'
        try:
            # Whoever had the lock before may have sent and removed the file in the meantime.
            if lock(descriptor) and os.fstat(descriptor).st_ino == inode(path):
                os.rename(path, taken)
                return Segment(taken, descriptor)
        except OSError:
            pass
        os.close(descriptor)
        return None

    def drop_oldest(self, limit: int, keep: Optional[str]) -> int:
        """Removes segments until an eighth of the limit is free again; how many lines were in them."""
        dropped, total = 0, self.size()
        for path in self.segments():
            if total <= limit - limit // 8:
                break
            if path != keep:
                total -= length(path)
                dropped += count_lines(path)
                remove(path)
        return dropped

    @property
    def rejected(self) -> str:
        return os.path.join(self.root, 'rejected.jsonl')

    def reject(self, line: Line) -> None:
        """Sets aside what the relay can never take, for a person to look at."""
        if length(self.rejected) > REJECTED_LIMIT:
            os.replace(self.rejected, self.rejected + '.1')
        descriptor = os.open(self.rejected, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, 'ab') as file:
            file.write(line.raw)

    def status(self) -> dict[str, Any]:
        try:
            with open(os.path.join(self.root, 'status.json'), encoding='utf-8') as file:
                status = json.load(file)
        except (OSError, ValueError):
            return {}
        return status if isinstance(status, dict) else {}

    def note(self, **news: Any) -> None:
        """Writes the status file; a sender that cannot still sends."""
        path = os.path.join(self.root, 'status.json')
        try:
            descriptor = os.open(f'{path}.{os.getpid()}', os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, 'w', encoding='utf-8') as file:
                json.dump({**self.status(), **news}, file)
            os.replace(f'{path}.{os.getpid()}', path)
        except OSError:
            pass


def is_fresh(path: str) -> bool:
    """Whether its run may still write to it; the name says when it was begun."""
    age = time.time() - int(os.path.basename(path)[:20]) / 1e9
    return path.endswith('.jsonl') and 0 <= age < RIPE_AGE


def lock(descriptor: int) -> bool:
    """At once or not at all. A file system without locks gives every sender every segment: sent twice, but never lost."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def inode(path: Optional[str]) -> Optional[int]:
    try:
        return os.lstat(path).st_ino if path else None
    except OSError:
        return None


def length(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def count_lines(path: str) -> int:
    try:
        with open(path, 'rb') as file:
            return sum(1 for _ in file)
    except OSError:
        return 0


def remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


# The sender: a process of its own, started at the first event of a run.


def verdict(status: Optional[int]) -> Verdict:
    """Only a 202 is the relay's yes: a captive portal says 200 to everything."""
    if status == 202:
        return Verdict.ACCEPTED
    if status is None or status in (408, 425, 429) or status >= 500:
        return Verdict.LATER
    if status < 400 or status in (401, 403, 404, 407):
        return Verdict.REFUSED
    return Verdict.NEVER


def pause(attempt: int, retry_after: Optional[float], chance: float) -> float:
    """Exponential with full jitter, from half a second to a minute, and never sooner than the relay asks."""
    return max(retry_after or 0.0, chance * min(60.0, 0.5 * 2 ** min(attempt, 10)))


def parse_retry_after(value: Optional[str], now: float) -> Optional[float]:
    """Seconds or a date, as RFC 9110 10.2.3 has it; a day at most."""
    try:
        text = (value or '').strip()
        seconds = float(text) if text.isdigit() else email.utils.parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), DAY)


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one run and channel together, as many as one report may carry."""
    for _, group in itertools.groupby(lines, key=lambda line: line.frame):
        batch: list[Line] = []
        room = BATCH_LIMIT
        for line in group:
            if batch and len(line.raw) > room:
                yield batch
                batch, room = [], BATCH_LIMIT
            batch.append(line)
            room -= len(line.raw)
        yield batch


def report_of(batch: list[Line]) -> bytes:
    return json.dumps({'version': 1, **json.loads(batch[0].frame), 'events': [line.event for line in batch]}, ensure_ascii=False).encode()


class Refused(Exception):
    """The relay does not take anything from us: the key or the URL is wrong."""


class HttpRelay:
    """Posts reports. It follows no redirect, which would carry the key to another place."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._opener = urllib.request.build_opener(NoRedirects())

    def post(self, report: bytes) -> Answer:
        headers = {'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'User-Agent': 'ansible-slack-relay/1'}
        if self._relay.key:
            headers['x-functions-key'] = self._relay.key
        request = urllib.request.Request(self._relay.url, gzip.compress(report, 6), headers)
        try:
            # The time-out of a socket is for each read; the alarm is for the whole of it.
            signal.alarm(REQUEST_TIMEOUT + 5)
            with self._opener.open(request, timeout=REQUEST_TIMEOUT) as response:
                return Answer(response.status, reason=response.reason)
        except urllib.error.HTTPError as error:
            return Answer(error.code, parse_retry_after(error.headers.get('Retry-After'), time.time()), str(error.reason))
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(reason=f'no answer from {self._relay.place}: {getattr(error, "reason", None) or type(error).__name__}')
        finally:
            signal.alarm(0)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class Bell:
    """The pipe from Ansible's process: a byte says that there is news, the end of it that the run is over."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.run_is_over = False

    def wait(self, seconds: Optional[float] = None) -> None:
        """For news, or for the end of the run."""
        if not self.run_is_over and select.select([self._descriptor], [], [], seconds)[0]:
            heard = os.read(self._descriptor, 4 * KIB)
            self.run_is_over = OVER in heard or not heard


NEWS = b'.'
OVER = b'!'


class Delivery:
    """Sends what is in the spool until it is empty and the run is over, or until the relay has been silent for too long."""

    def __init__(self, spool: Spool, post: Callable[[bytes], Answer], bell: Bell) -> None:
        self._spool = spool
        self._post = post
        self._bell = bell
        self._attempt = 0
        # What the relay asked an earlier sender to wait for holds for this one.
        asked = spool.status().get('notBefore')
        self._not_before = time.monotonic() + (min(asked - time.time(), DAY) if isinstance(asked, (int, float)) else 0)
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def run(self) -> bool:
        """Whether everything was delivered."""
        waiting: deque[Segment] = deque()
        while True:
            waiting.extend(self._spool.claim(fresh_too=self._bell.run_is_over))
            if waiting:
                segment = waiting.popleft()
                segment.keep([line for batch in batches(segment.lines) for line in self._send(batch)])
                if segment.lines:
                    # The next attempt is another segment's: one that the relay chokes on does not hold up the rest.
                    waiting.append(segment)
                if self._not_before > self._give_up_at:
                    return False
                time.sleep(max(0.0, self._not_before - time.monotonic()))
            elif self._bell.run_is_over:
                return True
            else:
                self._bell.wait(LINGER if any(map(is_fresh, self._spool.segments())) else None)
                self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def _send(self, batch: list[Line]) -> list[Line]:
        """The lines that are still to be sent."""
        if time.monotonic() < self._not_before:
            return batch
        answer = self._post(report_of(batch))
        meaning = verdict(answer.status)
        if meaning is Verdict.ACCEPTED:
            self._attempt = 0
            self._give_up_at = time.monotonic() + GIVE_UP_AFTER
            self._spool.note(lastSuccess=utc_now(), lastError=None, notBefore=None)
            return []
        self._spool.note(lastError={'at': utc_now(), 'what': str(answer)}, notBefore=time.time() + (answer.retry_after or 0))
        if meaning is Verdict.REFUSED:
            raise Refused
        if meaning is Verdict.LATER:
            self._not_before = time.monotonic() + pause(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            return batch
        if len(batch) == 1:
            self._spool.reject(batch[0])
            return []
        half = len(batch) // 2
        return self._send(batch[:half]) + self._send(batch[half:])


def sender_main() -> int:
    """Reads from stdin first what it needs to know, the key included, and then the bell."""
    with os.fdopen(os.dup(0), 'rb', buffering=0) as stdin:
        told = json.loads(stdin.readline())
    signal.signal(signal.SIGALRM, raise_timeout)
    os.nice(5)
    delivery = Delivery(Spool(told['spool']), HttpRelay(Relay(told['url'], told['key'])).post, Bell(0))
    try:
        return 0 if delivery.run() else 1
    except Refused:
        return 1


def raise_timeout(*_: Any) -> None:
    raise TimeoutError('timed out')


class Sender:
    """Ansible's end of the sender. The key goes through the pipe: a command line and an environment can be read by others."""

    def __init__(self, spool: Spool, relay: Relay) -> None:
        self._hello = json.dumps({'spool': os.path.abspath(spool.root), 'url': relay.url, 'key': relay.key}).encode() + b'\n'
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._started = -math.inf

    def ring(self) -> None:
        """Says that there is news, to a sender that runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        else:
            self._say(NEWS)

    def _start(self) -> None:
        # One that gave up, or was refused, is not started again for each of the next failures.
        if time.monotonic() - self._started < START_AGAIN_AFTER:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable or 'python3', '-I', '-S', os.path.abspath(__file__), 'send'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0,
            start_new_session=True, cwd='/', env={name: value for name, value in os.environ.items() if name != 'SLACK_RELAY_KEY'},
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        self._say(self._hello)

    def _say(self, what: bytes) -> None:
        try:
            self._process.stdin.write(what)
        except OSError:
            pass  # A full pipe has news enough in it; a broken one is seen at the next event.

    def finish(self, seconds: float, is_done: Callable[[], bool]) -> None:
        """Says that the run is over, and waits for its lines to be delivered, but not for long."""
        if self._process is None:
            return
        self._say(OVER)
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None and not is_done():
            time.sleep(0.02)


# Ansible's side.


def read_failure(kind: str, outcome: Any, play: Optional[str], playbook_dir: str, machine: str) -> Failure:
    """The only function that touches Ansible's result. Never read here: the task's arguments, which no_log does not censor."""
    host, task, result = outcome._host, outcome._task, outcome._result
    result = result if isinstance(result, Mapping) else {}
    hidden = task.no_log not in (None, False) or 'censored' in result
    written = getattr(task, '_ds', None)
    name = written.get('name') if hidden and isinstance(written, Mapping) else None if hidden else task.name
    role = getattr(task, '_role', None)
    host_name = machine if host.get_name() in LOCAL_NAMES else host.get_name()
    delegate = task.delegate_to
    return Failure(
        kind=kind,
        host=host_name,
        task=name or task.action,
        role=role.get_name() if role else None,
        action=getattr(task, 'resolved_action', None) or task.action,
        path=task_path(task.get_path(), getattr(role, '_role_path', None), playbook_dir),
        play=play,
        delegated_to=delegate if delegate and delegate != host.get_name() else None,
        hidden=hidden,
        ignored=kind == 'unreachable' and bool(task.ignore_unreachable),
        result={key: result[key] for key in ('attempts',) if key in result} if hidden else result,
    )


def read_run(playbook: Any, machine: str) -> Run:
    """A run as Ansible knows it at its start."""
    from ansible import context
    from ansible.release import __version__
    name = getattr(playbook, '_file_name', None)
    return Run(
        id=str(uuid.uuid4()),
        source=machine[:255],
        startedAt=utc_now(),
        playbook=relative(str(name), os.getcwd(), os.getcwd())[-1024:] if name else None,
        mode='pull' if is_pull(context.CLIARGS.get('connection')) else 'push',
        ansibleVersion=__version__,
        checkMode=bool(context.CLIARGS.get('check')),
        user=user_name(),
    )


class Reporter:
    """What one process of Ansible has to report, and whether that gets away."""

    def __init__(self, relay: Relay, spool: Spool, channel: Optional[str], wait: float, warn: Callable[[str], None]) -> None:
        self._spool = spool
        self._channel = channel
        self._wait = wait
        self._warn = warn
        self._writer = Writer(spool)
        self._sender = Sender(spool, relay)
        self._machine = machine_name()
        self._run: Optional[Run] = None
        self._playbook_dir = os.getcwd()
        self._play: Optional[str] = None
        self._reported = False
        self._warned_of_dropped = False

    def start(self, playbook: Any = None) -> None:
        """Each playbook of a command line is a run; what earlier ones left in the spool is sent whatever comes of this one."""
        self._run = read_run(playbook, self._machine)
        if name := getattr(playbook, '_file_name', None):
            self._playbook_dir = os.path.dirname(os.path.abspath(name))
        if os.path.lexists(self._spool.rejected):
            self._warn(f'the relay could not take some reports; they are in {self._spool.rejected} until you remove it')
        if self._spool.segments():
            if error := self._spool.status().get('lastError'):
                self._warn(f'reports of earlier runs wait in {self._spool.root}: {error.get("what")} (at {error.get("at")})')
            self._sender.ring()

    def play(self, play: Any) -> None:
        self._play = play.get_name()

    def failed(self, kind: str, outcome: Any) -> None:
        failure = read_failure(kind, outcome, self._play, self._playbook_dir, self._machine)
        if not failure.ignored:
            self._report(event_of(failure, str(uuid.uuid4()), utc_now(), mask_text))

    def _report(self, event: dict[str, Any]) -> None:
        self._run = self._run or read_run(None, self._machine)
        self._reported = True
        self._writer.append(line_of(self._channel, self._run, event))
        self._sender.ring()

    def finish(self) -> None:
        if self._writer.dropped:
            self._warn(f'the spool was full: the oldest {self._writer.dropped} reports were dropped')
        self._sender.finish(self._wait if self._reported else 0, self._writer.is_delivered)


def harmless(hook: Callable[..., None]) -> Callable[..., None]:
    """A hook that fails says so once, and the third time it is the last one: the play never notices."""

    @functools.wraps(hook)
    def call(self: CallbackModule, *args: Any, **kwargs: Any) -> None:
        try:
            hook(self, *args, **kwargs)
        except Exception as error:  # pylint: disable=broad-except
            self.failures += 1
            self.disabled = self.failures >= 3
            if self.failures == 1:
                # Only the system's own errors are repeated: any other could quote what a module returned.
                what = str(error) if isinstance(error, OSError) else f'{type(error).__name__} in line {line_number(error)}'
                self.warn(f'a report could not be written: {what}')

    return call


def line_number(error: BaseException) -> int:
    trace, line = error.__traceback__, 0
    while trace:
        trace, line = trace.tb_next, trace.tb_lineno
    return line


class CallbackModule(CallbackBase):
    """The hooks that Ansible calls."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'slack_relay'
    CALLBACK_NEEDS_ENABLED = True

    failures = 0

    def set_options(self, task_keys: Any = None, var_options: Any = None, direct: Any = None) -> None:
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        try:
            relay = parse_relay(self.get_option('url'), self.get_option('key'))
        except ValueError as error:
            self.disabled = True
            self.warn(f'{error}, so failures are not reported')
            return
        wait = min(max(self.get_option('wait') or 0.0, 0.0), 60.0)
        self.reporter = Reporter(relay, Spool(self.get_option('spool')), self.get_option('channel') or None, wait, self.warn)

    def warn(self, text: str) -> None:
        self._display.warning(f'slack_relay: {text}')

    @harmless
    def v2_playbook_on_start(self, playbook: Any) -> None:
        self.reporter.start(playbook)

    @harmless
    def v2_playbook_on_play_start(self, play: Any) -> None:
        self.reporter.play(play)

    @harmless
    def v2_runner_on_failed(self, result: Any, ignore_errors: Any = False) -> None:
        if not ignore_errors:
            self.reporter.failed('failed', result)

    @harmless
    def v2_runner_on_unreachable(self, result: Any) -> None:
        self.reporter.failed('unreachable', result)

    @harmless
    def v2_playbook_on_stats(self, stats: Any) -> None:
        self.reporter.finish()


if __name__ == '__main__':
    sys.exit(sender_main())
