# SPDX-FileCopyrightText: The Ansible Slack Relay contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Made of src/Callback by `make callback`: what is changed here is lost.
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
        is meant. C(http) is taken for this machine alone, unless I(allow_http) says otherwise.
      - Where Ansible has found it in an C(ansible.cfg) of another user, neither this one nor root, a key that does not
        stand in that file is not sent there, and nothing is reported.
    type: str
    env: [{name: SLACK_RELAY_URL}]
    ini: [{section: callback_slack_relay, key: url}]
  key:
    description:
      - The key that the relay asks for. It is never written to the spool, to a command line or to a log.
    type: str
    secret: true
    env: [{name: SLACK_RELAY_KEY}]
    ini: [{section: callback_slack_relay, key: key}]
  allow_http:
    description:
      - Whether to send to another machine by C(http), where anybody on the way can read the key and the reports. Each run
        warns of it.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_ALLOW_HTTP}]
    ini: [{section: callback_slack_relay, key: allow_http}]
  key_file:
    description:
      - A file that holds the key, on one line, for when I(key) is not set. It is this user's or root's.
    type: path
    env: [{name: SLACK_RELAY_KEY_FILE}]
    ini: [{section: callback_slack_relay, key: key_file}]
  auth:
    description:
      - How to sign in to the relay. With C(managed_identity), the identity that Azure gave this machine signs in, a
        virtual machine of Azure or one that Azure Arc manages; C(AZURE_CLIENT_ID) chooses among several. A I(key) is sent
        all the same, if there is one.
    type: str
    choices: [key, managed_identity]
    default: key
    env: [{name: SLACK_RELAY_AUTH}]
    ini: [{section: callback_slack_relay, key: auth}]
  audience:
    description:
      - Whom the managed identity's token is for, the relay's application ID URI such as C(api://ansible-slack-relay).
    type: str
    env: [{name: SLACK_RELAY_AUDIENCE}]
    ini: [{section: callback_slack_relay, key: audience}]
  validate_certs:
    description:
      - Whether the relay's certificate must be valid. Where it need not be, each run warns of it.
    type: bool
    default: true
    env: [{name: SLACK_RELAY_VALIDATE_CERTS}]
    ini: [{section: callback_slack_relay, key: validate_certs}]
  ca_file:
    description:
      - Certificates of the authorities to trust, in PEM, instead of the system's.
    type: path
    env: [{name: SLACK_RELAY_CA_FILE}]
    ini: [{section: callback_slack_relay, key: ca_file}]
  channel:
    description:
      - Names the relay's route that tells Slack. Without it, or when the relay does not know it, the default route does.
    type: str
    env: [{name: SLACK_RELAY_CHANNEL}, {name: SLACK_CHANNEL}]
    ini: [{section: callback_slack_relay, key: channel}]
  spool:
    description:
      - The directory where reports wait for the sender. It is created with mode 0700, and used only where it is this
        user's and open to nobody else. Otherwise, and where it cannot be written, reports wait in
        C(ansible-slack-relay-UID) in the directory for temporary files, and where that is not possible either, they go to
        the relay at once and are kept nowhere.
      - Root's default is in root's own home, also where C(sudo) kept another C(HOME).
      - What waits there goes to the I(url) of the next run, so each relay needs a spool of its own.
    type: path
    default: ~/.ansible/slack_relay
    env: [{name: SLACK_RELAY_SPOOL}]
    ini: [{section: callback_slack_relay, key: spool}]
  wait:
    description:
      - How many seconds the end of a run that reported something may wait for its reports to be delivered. The sender
        goes on after that, unless something kills it, as a container's end does.
    type: float
    default: 3
    env: [{name: SLACK_RELAY_WAIT}]
    ini: [{section: callback_slack_relay, key: wait}]
  host_name:
    description:
      - What this machine is called in reports, also where the inventory calls it C(localhost). The default is its host
        name, completed from C(/etc/hosts); no name server is asked.
    type: str
    env: [{name: SLACK_RELAY_HOST_NAME}]
    ini: [{section: callback_slack_relay, key: host_name}]
  report_rescued:
    description:
      - Whether to report also failures that a C(rescue) section catches.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_REPORT_RESCUED}]
    ini: [{section: callback_slack_relay, key: report_rescued}]
  report_ignored:
    description:
      - Whether to report also failures that C(ignore_errors) or C(ignore_unreachable) ignores.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_REPORT_IGNORED}]
    ini: [{section: callback_slack_relay, key: report_ignored}]
  mask:
    description:
      - Regular expressions, one a line, for further secrets. What one matches is replaced by C([redacted]); if it has
        groups, only what they match is.
      - An expression in which a repetition is repeated with nothing else between, such as C((a+)+), is refused, because it
        could take forever, and so is what is no regular expression. Until it is put right, every text of a report is
        C([redacted]), with a warning; where a text makes an expression slow all the same, that one and all later ones of the run are.
    type: str
    env: [{name: SLACK_RELAY_MASK}]
    ini: [{section: callback_slack_relay, key: mask}]
  labels:
    description:
      - What else to say of a run, as C(name=value), separated by commas; at most 20, with names of at most 100 characters.
    type: list
    elements: str
    env: [{name: SLACK_RELAY_LABELS}]
    ini: [{section: callback_slack_relay, key: labels}]
  link:
    description:
      - A page about the run. Jenkins, GitHub, GitLab, Azure Pipelines and AWX say by themselves which it is.
    type: str
    env: [{name: SLACK_RELAY_LINK}]
    ini: [{section: callback_slack_relay, key: link}]
"""

import argparse
import configparser
import contextlib
import datetime
import email.utils
import enum
import fcntl
import functools
import getpass
import hashlib
import ipaddress
import itertools
import json
import math
import os
import pwd
import random
import re
import select
import shlex
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Collection, Container, Iterable, Iterator, Mapping, Optional, Union


# text.py
# Text as people can read it: nothing that a terminal acts on, no secret cut in half, and short.

Masking = Callable[[str], str]

KIB = 1024
# A secret that is cut at the edge of an excerpt fits no pattern any more: so much more is masked than kept.
MARGIN = 4 * KIB

ANSI = re.compile(r'\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])')
CONTROL = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]')
LINE_END = re.compile(r'\r+\n?')
LONE_SURROGATE = re.compile(r'[\ud800-\udfff]')


def readable(text: str) -> str:
    """Without terminal sequences and control characters, and encodable: bytes that were not UTF-8 arrive as lone surrogates."""
    text = LONE_SURROGATE.sub('\ufffd', str.__str__(text))
    return CONTROL.sub('', LINE_END.sub('\n', ANSI.sub('', text)))


def byte_length(text: str) -> int:
    """In bytes of UTF-8, and at once for ASCII, however long."""
    return len(text) if text.isascii() else len(text.encode('utf-8', 'surrogatepass'))


def first_bytes(text: str, limit: int) -> str:
    return text[:limit].encode()[:limit].decode(errors='ignore')


def last_bytes(text: str, limit: int) -> str:
    return text[-limit:].encode()[-limit:].decode(errors='ignore') if limit else ''


def excerpt(text: str, limit: int, mask: Masking) -> str:
    """What people may read of a text: masked, and cut in the middle with the number of bytes left out written there."""
    window = limit + MARGIN
    if len(text) <= 2 * window:
        head = tail = mask(readable(text)).strip('\n')
        if byte_length(head) <= limit:
            return head
    else:
        head = mask(readable(text[:window]))[:-MARGIN]
        tail = mask(readable(text[-window:]))[MARGIN:]
    head, tail = first_bytes(head, limit // 3), last_bytes(tail, limit - limit // 3)
    left_out = max(0, byte_length(text) - byte_length(head) - byte_length(tail))
    return f'{head}\n[... {left_out} bytes left out ...]\n{tail}'.strip('\n')


def last_part(text: str, limit: int, mask: Masking) -> str:
    """The end of a text, masked from further back than it is kept."""
    return text if len(text) <= limit else mask(readable(text[-limit - MARGIN:]))[MARGIN:]


def one_line(text: Any, limit: int, mask: Masking) -> Optional[str]:
    """A name on one line, or nothing."""
    line = ' '.join(mask(readable(str(text)[:limit + MARGIN])).split()) if text else ''
    return (line[:limit - 3] + '...' if len(line) > limit else line) or None


# clock.py
# The time, as the contract spells it.

def utc_now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


# time_limit.py
# A bound on how long something may take.

@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeoutError where what is within takes longer.

    There is no limit outside the main thread, where Python gets no signal, and none within another one that has not passed yet.
    """
    if threading.current_thread() is not threading.main_thread() or any(signal.getitimer(signal.ITIMER_REAL)):
        yield
        return
    handler = signal.signal(signal.SIGALRM, time_out)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)


def time_out(*_: Any) -> None:
    raise TimeoutError('timed out')


# redaction.py
# Takes secrets out of what a run reports.

REDACTED = '[redacted]'

# Each pattern has groups around the secret alone, one of which takes part in a match; one that matches without a group
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
# Of a YAML block: a line with a key begins something else.
BLOCK_LINE = r'[^\s:](?:[^:\r\n]|:[^\s:])*'
BARE_WORD = r'[^\s;&"\'\\=<>|-](?:[^\s;&"\'\\]|\\[^"\'\s])*'


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
        rf'(?:(?:^|(?<=[\s"\'(])){option}[ \t]{{1,20}}{value(BARE_WORD)}'
        rf'|(?<=["\']){option}["\'],[ \t]{{0,20}}["\']([^"\'\r\n-][^"\'\r\n]*))'
    )


def short_argument(option: str) -> str:
    """As above, or both in one word."""
    return rf'(?:{argument(option)}|(?<=[ \t"\']){option}(?:\'([^\',\r\n][^\'\r\n]*)\'|"([^",\r\n][^"\r\n]*)"|({BARE_WORD})))'


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
        (
            ('authorization', 'cookie'),
            r'(?i:authorization|cookie)[ \t]{0,20}:[ \t]{0,20}((?:="[^"\r\n]*"|[^\s"\'])(?:="[^"\r\n]*"|[^\r\n"\'])*)',
        ),
        (('bearer',), r'(?i:\bbearer)[ \t]{1,20}([A-Za-z._~+/=-]{8,}[0-9][\w.~+/=-]*|[A-Za-z._~+/=-]*[0-9][\w.~+/=-]{8,})'),
        (('basic',), r'(?i:\bbasic)[ \t]{1,20}([A-Za-z+/]{8,}[0-9=][\w+/=]*|[A-Za-z+/]*[0-9][\w+/=]{8,})'),
        (('eyj',), r'(?:(?<![\w-])|(?<=\\[nrt]))(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*)'),
        (('akia', 'asia', 'abia', 'acca'), START + r'((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})\b'),
        (('ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'), START + r'(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})'),
        (
            ('glpat-', 'gldt-', 'glrt-', 'glft-', 'glptt-', 'glcbt-', 'glsoat-', 'glimt-', 'glagent-', 'gloas-'),
            START + r'(gl(?:pat|dt|rt|ft|ptt|cbt|soat|imt|agent|oas)-[\w.-]{19,}\w)',
        ),
        (('xox', 'xapp-'), START + r'((?:xox[a-z]|xapp)-[A-Za-z0-9.-]{9,}[A-Za-z0-9])'),
        (('aiza', 'ya29.', 'gocspx-'), START + r'(AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})'),
        (('sk-',), START + r'(sk-[\w-]{20,})'),
        (
            ('k_live', 'k_test', 'npm_', 'pypi-', 'hvs.', 'hvb.', 'dckr_pat_', 'age-'),
            START + r'([rs]k_(?:live|test)_\w{16,}|npm_\w{30,}|pypi-[\w-]{30,}|hv[sb]\.[\w-]{20,}'
            r'|dckr_pat_[\w-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,})',
        ),
        (
            ('$1$', '$2', '$5$', '$6$', '$7$', '$y$', '$gy$', '$apr1$', '$argon2'),
            r'(\$(?:1|2[abxy]|5|6|7|y|gy|apr1|argon2(?:id|i|d))(?:\$[\w./=,+-]+){2,4})',
        ),
        (('sig=', 'signature=', 'code='), r'[?&](?i:sig|signature|x-amz-signature|x-goog-signature|code)=([\w.%+/=~-]{16,})'),
        # Known by a name beside it.
        (
            NAME_PARTS,
            rf'\b(?:name|key)\\*["\'][ \t]{{0,20}}:[ \t]{{0,20}}[ub]?\\*["\']{PREFIX}(?:{NAME})\\*["\'],\s{{0,80}}[ub]?\\*["\']value\\*["\']'
            r'[ \t]{0,20}:[ \t]{0,20}' + value(r'[^\s,}\]{\["\'\\][^\s,}\]"\']*'),
        ),
        (
            NAME_PARTS,
            rf'\b(?:name|key):[ \t]{{1,20}}["\']?{PREFIX}(?:{NAME})["\']?[ \t]{{0,20}}\n[ \t]{{1,80}}value:[ \t]{{1,20}}'
            + value(r'[^\s"\'\\](?:[^\r\n]*[^\s])?'),
        ),
        (
            NAME_PARTS,
            rf'{NAME_IN_PROSE}["\']?:[ \t]{{0,20}}[|>][0-9+-]{{0,2}}[ \t]{{0,20}}\n'
            rf'[ \t]{{1,80}}({BLOCK_LINE}(?:\n[ \t]{{1,80}}{BLOCK_LINE})*)(?=\n|\Z)',
        ),
        (NAME_PARTS, rf'(?:{NAME})["\']?[ \t]{{0,20}}=[ \t]{{0,20}}"[^"\r\n]*"[ \t]{{1,20}}->[ \t]{{1,20}}' + value(BARE_WORD)),
        (NAME_PARTS, rf'{NAME}\\*["\'][ \t]{{0,20}}(?::|=>)[ \t]{{0,20}}' + value(r'\[[^\[\]\r\n]+\]|[^\s,}\]{\["\'\\][^\s,}\]"\']*')),
        (
            NAME_PARTS,
            rf'{LINE}["\']?{PREFIX}{NAME_IN_PROSE}["\']?(?::[ \t]{{0,20}}|[ \t]{{1,20}}[:=][ \t]{{1,20}})'
            + value(r'[^\s"\'\\](?:[^\r\n]*[^\s])?'),
        ),
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
        (
            ('identified', 'password'),
            r'(?i:\bidentified[ \t]{1,20}by|\b(?:with|encrypted)[ \t]{1,20}password)[ \t]{1,20}(?:\'([^\'\r\n]+)|"([^"\r\n]+))',
        ),
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


@functools.lru_cache(maxsize=None)
def telltale_parts() -> tuple[str, ...]:
    return tuple({part for parts, _ in secret_rules() for part in parts} | {'-----end'})


def mask_plain_text(text: str) -> str:
    lower = text.lower()
    if not any(map(lower.__contains__, telltale_parts())):
        return text  # As nearly every text is.
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
        named = next((given[key] for key in ('name', 'key') if isinstance(given.get(key), str)), '') if 'value' in given else ''
        return {
            tell_text(key, mask): REDACTED if is_secret_name(named if named and key == 'value' else key) and not gives_nothing_away(item)
            else mask_value(item, tell_text, mask)
            for key, item in given.items()
        }
    if isinstance(given, list):
        arguments = Arguments(mask)
        return [mask_value(item, tell_text, arguments if isinstance(item, str) else mask) for item in given]
    return given


def gives_nothing_away(given: Any) -> bool:
    return is_harmless(given) if isinstance(given, str) else given is None or isinstance(given, bool) or given in ([], {})


class Redactor:
    """What the rest of the callback knows of redaction. `first` masks what the user calls a secret, the rules above the rest."""

    def __init__(self, first: Masking = str) -> None:
        self._first = first

    def text(self, text: str) -> str:
        return mask_text(self._first(text))

    def value(self, given: Any, shorten: Callable[[str, Masking], str] = lambda text, mask: mask(text)) -> Any:
        """JSON without its secrets, each of its texts as `shorten` makes it with the masking that the text needs where it stands."""
        return mask_value(given, shorten, self.text)


# own_patterns.py
# The option `mask`: patterns of the user's own secrets.

PATTERN_SECONDS = 0.2
# A shorter key is a word, such as `local`.
SHORTEST_KEY = 8

try:
    from re import _parser as re_parser  # type: ignore[attr-defined]
except ImportError:
    import sre_parse as re_parser

# Nothing where a line of the option is no pattern that could be trusted to find what it is for.
OwnPattern = Optional[re.Pattern[str]]


def read_patterns(lines: str, warn: Callable[[str], None]) -> Iterator[OwnPattern]:
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        # Without the line itself, which may be the very secret.
        try:
            pattern = re.compile(line.strip())
            why = 'repeats what repeats itself, which could take forever' if takes_forever(re_parser.parse(line.strip())) else ''
        except (re.error, RecursionError, OverflowError) as error:
            pattern, why = None, f'is not a regular expression ({error})'
        if why:
            warn(f'line {number} of mask {why}: until it is put right, no text is reported')
        yield None if why else pattern


def takes_forever(pattern: Any) -> bool:
    """Whether an endless repetition is repeated with nothing between that must be there, as in (a+)+: one text can match in many ways."""
    return any(
        is_endless(name, given) and any(repeats_alone(given[2])) or any(map(takes_forever, parts_of(given)))
        for name, given in pattern
    )


def is_endless(name: Any, given: Any) -> bool:
    return str(name) in ('MAX_REPEAT', 'MIN_REPEAT') and given[1] == re_parser.MAXREPEAT


def repeats_alone(pattern: Any) -> Iterator[bool]:
    """Of each part that may be all there is: whether it repeats endlessly."""
    for number, (name, given) in enumerate(pattern):
        others = [one for place, one in enumerate(pattern) if place != number]
        if re_parser.SubPattern(pattern.state, others).getwidth()[0] == 0:
            yield is_endless(name, given)
            for part in parts_of(given):
                yield from repeats_alone(part)


def parts_of(given: Any) -> Iterator[Any]:
    """The patterns within an operator's arguments, of whatever form."""
    if isinstance(given, re_parser.SubPattern):
        yield given
    elif isinstance(given, (tuple, list)):
        for part in given:
            yield from parts_of(part)


class OwnPatterns:
    """Masks what the patterns match. From when one takes too long on, no text is told at all: the next may hold what it is for."""

    def __init__(self, patterns: Iterable[OwnPattern], warn: Callable[[str], None]) -> None:
        self._patterns = list(patterns)
        self._hides_all = None in self._patterns
        self._warn = warn

    def mask(self, text: str) -> str:
        try:
            for pattern in () if self._hides_all else self._patterns:
                with time_limit(PATTERN_SECONDS):
                    text = pattern.sub(without_groups, text)
        except TimeoutError:
            self._hides_all = True
            self._warn('an expression of mask takes too long: from here on, no text of this run is reported')
        return REDACTED if self._hides_all and text else text


def without_groups(match: re.Match[str]) -> str:
    """The match without what its groups matched, or without all of it where there are none."""
    spans = [match.span(group) for group in range(1, len(match.groups()) + 1)] or [match.span()]
    masked, done = '', match.start()
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if done <= start < end:
            masked, done = masked + match.string[done:start] + REDACTED, end
    return masked + match.string[done:match.end()]


def masking_key(key: str, first: Callable[[str], str]) -> Callable[[str], str]:
    """Also what opens the relay's door: in a command's environment it has no form that a rule could know."""
    return (lambda text: first(text.replace(key, REDACTED))) if len(key) >= SHORTEST_KEY else first


# files.py
# Files that another process may take away at any time.

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


def file_size(path: str) -> int:
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


def remove_file(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


# trusted_file.py
# Reads a small file that anybody could have put there: it waits for nothing, is never more than asked for, and nobody else's.

LINKS_LIMIT = 8


class NotTrusted(OSError):
    """The file is there, and is nothing to be read: another user's, a pipe, a device, a link where none may be."""


def read_trusted_file(path: str, limit: int, follow_links: bool = False, others: Collection[int] = ()) -> bytes:
    """The file's first `limit` bytes. It is regular, and of this user, of root or of one of the `others`; so is each link on the way to it.

    Raises OSError, of which NotTrusted says that the file is there and was not read.
    """
    path = end_of_links(path, others) if follow_links else path
    # Without O_NONBLOCK, the opening of a pipe waits for whoever writes to it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotTrusted(f'{path} is not a regular file')
        if not is_trusted_owner(status.st_uid, others):
            raise NotTrusted(f"{path} is another user's")
        with open(descriptor, 'rb', closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def end_of_links(path: str, others: Collection[int] = ()) -> str:
    """Where a link leads to; the directories above it may be links, too, of whomever."""
    for _ in range(LINKS_LIMIT):
        status = os.lstat(path)
        if not stat.S_ISLNK(status.st_mode):
            return path
        if not is_trusted_owner(status.st_uid, others):
            raise NotTrusted(f"{path} is another user's link")
        path = os.path.join(os.path.dirname(path), os.readlink(path))
    raise NotTrusted(f'{path} is a link too many')


def is_trusted_owner(owner: int, others: Collection[int] = ()) -> bool:
    return owner in (0, os.geteuid()) or owner in others


# paths.py
# Files as they are called inside the project, the same on every machine.

def relative(path: str, base: str, around: str) -> str:
    """Relative to the base if it lies in or around that, else the bare file name: directories elsewhere name users and hosts."""
    path = os.path.normpath(os.path.join(base, path))
    is_inside = around != os.sep and path.startswith(around.rstrip(os.sep) + os.sep)
    return os.path.relpath(path, base) if is_inside else os.path.basename(path)


def task_path(path: str, role_path: Optional[str], playbook_directory: str) -> Optional[str]:
    """The task's file and line; of a role, from its name on."""
    if not path:
        return None
    if role_path and path.startswith(role_path.rstrip(os.sep) + os.sep):
        return os.path.join('roles', os.path.basename(role_path.rstrip(os.sep)), os.path.relpath(path, role_path))
    return relative(path, playbook_directory, os.path.dirname(playbook_directory))


# home.py
# Where this user's own files lie, whatever the environment says.

def home_directory() -> Optional[str]:
    """`sudo` may keep the HOME of whoever called it: what root wrote there, its owner could not use any more."""
    home = os.environ.get('HOME', '')
    try:
        own = pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        own = ''  # A container may run as a number that has no name.
    try:
        is_foreign = os.geteuid() == 0 and os.stat(home).st_uid != 0
    except OSError:
        is_foreign = False
    home = own if is_foreign or not os.path.isabs(home) else home
    return home if os.path.isabs(home) else None


def own_path(path: str) -> Optional[str]:
    """An absolute path, or nothing where it lies in a home that nobody knows: then `~` would be a directory of that name."""
    first, _, rest = path.partition(os.sep)
    if first == '~':
        home = home_directory()
        return os.path.join(home, rest) if home else None
    try:
        path = os.path.abspath(os.path.expanduser(path))
    except OSError:
        return None  # The working directory has been removed.
    return None if '~' in path.split(os.sep) else path


def temporary_spool() -> str:
    """Python's own search for the directory writes a file into it, and a clean run writes none."""
    given = os.environ.get('TMPDIR', '')
    return os.path.join(given if os.path.isabs(given) else '/tmp', f'ansible-slack-relay-{os.geteuid()}')


# relay.py
# The relay: where reports go, and what opens the door there.

@dataclass(frozen=True)
class Relay:
    """As the sender gets it from whoever starts it."""

    url: str
    key: str = field(default='', repr=False)
    auth: str = 'key'
    audience: str = ''
    validate_certs: bool = True
    ca_file: Optional[str] = None

    @property
    def origin(self) -> str:
        """The part of the URL that may be shown: no path, no query, no credentials."""
        return without_credentials(self.url)

    @property
    def scheme(self) -> str:
        return urllib.parse.urlsplit(self.url).scheme

    @property
    def host(self) -> str:
        return urllib.parse.urlsplit(self.url).hostname or ''

    @property
    def is_on_this_machine(self) -> bool:
        return is_loopback(self.host)

    @property
    def fingerprint(self) -> str:
        """Tells one relay from another without saying its URL, which may carry a key."""
        return hashlib.sha256(self.url.encode(errors='replace')).hexdigest()[:16]


def without_credentials(url: str) -> str:
    """Scheme, host and port."""
    parts = urllib.parse.urlsplit(url if '//' in url or not url else f'http://{url}')
    return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}' if parts.netloc else ''


@functools.lru_cache(maxsize=None)
def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == 'localhost' or host.endswith('.localhost')


def parse_url(url: Optional[str]) -> str:
    """Raises ValueError, whose text says what is wrong without repeating the URL: it may carry a key."""
    url = (url or '').strip()
    if not url:
        raise ValueError('no url is set')
    try:
        parts = urllib.parse.urlsplit(url)
        good = parts.scheme in ('http', 'https') and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r'[\x00-\x20\x7f]', url):
        raise ValueError('the url is not one (it must look like https://relay.example.com/api/reports)')
    if '@' in parts.netloc:
        raise ValueError('the url holds a user name or a password, which the relay does not ask for')
    return urllib.parse.urlunsplit(parts._replace(path='/api/reports' if parts.path in ('', '/') else parts.path, fragment=''))


# options.py
# The options, valid.

DEFAULT_SPOOL = '~/.ansible/slack_relay'
KEY_LIMIT = 4 * KIB
# As report.schema.json has them.
CHANNEL_LIMIT = 80
HOST_LIMIT = 255
LINK_LIMIT = 2048
LABELS_LIMIT = 20
LABEL_NAME_LIMIT = 100
LABEL_LIMIT = 255

Warn = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    relay: Relay
    spool: Optional[str]
    wait: float = 3.0
    channel: Optional[str] = None
    host_name: Optional[str] = None
    report_rescued: bool = False
    report_ignored: bool = False
    mask: tuple[OwnPattern, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    link: Optional[str] = None

    def reports(self, disposition: str) -> bool:
        return {'rescued': self.report_rescued, 'ignored': self.report_ignored}.get(disposition, True)


def read_settings(get: Callable[[str], Any], warn: Warn, source: Callable[[str], Optional[str]] = lambda _: None) -> Settings:
    """The options, from Ansible or as text; `source` is the file that an option stands in.

    Raises ValueError where nothing could ever be reported; less is a warning.
    """
    relay = read_relay(get, warn)
    if (relay.key or relay.auth == 'managed_identity') and (file := foreign_guide(source)):
        raise ValueError(f"{file} is another user's, and says where a key goes that does not stand in it (ANSIBLE_CONFIG trusts it)")
    return Settings(
        relay=relay,
        spool=read_spool(get('spool')),
        wait=as_seconds(get('wait')),
        channel=cut(get('channel') or '', CHANNEL_LIMIT) or None,
        host_name=cut(get('host_name') or '', HOST_LIMIT) or None,
        report_rescued=as_bool(get('report_rescued'), False),
        report_ignored=as_bool(get('report_ignored'), False),
        mask=tuple(read_patterns(get('mask') or '', warn)),
        labels=read_labels(get('labels') or [], warn),
        link=cut(get('link') or '', LINK_LIMIT) or None,
    )


def read_relay(get: Callable[[str], Any], warn: Warn) -> Relay:
    auth = get('auth') or 'key'
    if auth not in ('key', 'managed_identity'):
        raise ValueError('auth is neither key nor managed_identity')
    if auth == 'managed_identity' and not get('audience'):
        raise ValueError('auth is managed_identity, but no audience is set')
    relay = Relay(
        url=parse_url(get('url')),
        key=read_key(get, warn),
        auth=auth,
        audience=get('audience') or '',
        validate_certs=as_bool(get('validate_certs'), True),
        ca_file=get('ca_file'),
    )
    if relay.scheme == 'http' and not relay.is_on_this_machine:
        if not as_bool(get('allow_http'), False):
            raise ValueError('the url says http, by which anybody on the way could read the key and the reports (allow_http takes it all the same)')
        warn('allow_http is set: anybody on the way to the relay can read the key and the reports')
    if relay.scheme == 'https' and not relay.validate_certs:
        warn('validate_certs is not set: anybody on the way to the relay can read the key and the reports')
    return relay


def foreign_guide(source: Callable[[str], Optional[str]]) -> Optional[str]:
    """The file of another user, not root, that leads a key astray which it does not hold itself; Ansible takes it where somebody stands in its directory."""
    for file in map(source, ('url', 'validate_certs', 'ca_file', 'allow_http')):
        if file and file != source('key') and 'ANSIBLE_CONFIG' not in os.environ and not is_trusted_owner(os.stat(file).st_uid):
            return file
    return None


def read_spool(given: Optional[str]) -> Optional[str]:
    """Ansible has put a home into the default already, and not always a good one."""
    is_default = not given or given in (DEFAULT_SPOOL, os.path.expanduser(DEFAULT_SPOOL))
    return own_path(DEFAULT_SPOOL if is_default else given)


def read_key(get: Callable[[str], Any], warn: Warn) -> str:
    """A report without its key waits in the spool until the key is there."""
    key, path = get('key'), get('key_file')
    if not key and path:
        try:
            key = read_trusted_file(os.path.expanduser(path), KEY_LIMIT, follow_links=True).decode('ascii')
        except (OSError, ValueError) as error:
            why = 'it is not text' if isinstance(error, ValueError) else error.strerror or str(error)
            warn(f'the key_file cannot be read: {why}')
    key = (key or '').strip()
    if key and not re.fullmatch(r'[\x20-\x7e]+', key):
        warn('the key is not one line of printable ASCII characters, so reports go without it')
        return ''
    return key


def as_bool(given: Any, default: bool) -> bool:
    """In Ansible's words."""
    return default if given in (None, '') else str(given).lower() in ('true', 'yes', 'on', 'y', 't', '1')


def as_seconds(given: Any) -> float:
    try:
        return min(max(float(given), 0.0), 60.0)
    except (TypeError, ValueError):
        return 3.0


def read_labels(given: Any, warn: Warn) -> dict[str, str]:
    labels: dict[str, str] = {}
    for label in given.split(',') if isinstance(given, str) else given:
        name, equals, text = str(label).partition('=')
        name = name.strip()
        if not (name and equals):
            if label:
                warn(f'the label {label!r} is not of the form name=value')
        elif cut(name, LABEL_NAME_LIMIT) != name:
            warn(f'the name of the label {name[:20]}... is longer than {LABEL_NAME_LIMIT} characters, so it is left out')
        elif len(labels) < LABELS_LIMIT:
            labels[name] = cut(text.strip(), LABEL_LIMIT)
    return labels


def cut(text: str, limit: int) -> str:
    """As the relay counts characters: those beyond the first 65,536 twice."""
    return text.encode('utf-16-le', 'surrogatepass')[:2 * limit].decode('utf-16-le', 'ignore')


# machine.py
# This machine, and whoever runs Ansible on it, without asking anybody: a play does not wait for a name server.

def machine_name(hosts_file: str = '/etc/hosts') -> str:
    """The full name, where the machine knows it itself."""
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


# revision.py
# Which commit is being run.

def revision_of(directory: str, environment: Mapping[str, str]) -> Optional[str]:
    """As the CI system says, else the commit that is checked out, read without running git: a play does not wait for it."""
    for name in ('GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'):
        if environment.get(name):
            return environment[name][:255]
    try:
        return git_commit(directory)
    except (OSError, ValueError):
        return None


def git_commit(directory: str) -> Optional[str]:
    while not os.path.exists(os.path.join(directory, '.git')):
        if directory == os.path.dirname(directory):
            return None
        directory = os.path.dirname(directory)
    git = os.path.join(directory, '.git')
    if os.path.isfile(git):
        git = os.path.join(directory, first_line(git).partition('gitdir: ')[2])
    head = first_line(os.path.join(git, 'HEAD'))
    if not head.startswith('ref: '):
        return head[:255] or None
    common = os.path.join(git, 'commondir')
    shared = os.path.join(git, first_line(common)) if os.path.exists(common) else git
    reference = head[len('ref: '):]
    if os.path.exists(os.path.join(shared, reference)):
        return first_line(os.path.join(shared, reference))[:255]
    with open(os.path.join(shared, 'packed-refs'), encoding='utf-8') as file:
        return next((line.split()[0] for line in file if line.rstrip().endswith(' ' + reference)), None)


def first_line(path: str) -> str:
    with open(path, encoding='utf-8') as file:
        return file.readline().strip()


# run.py
# One run of Ansible, and what is said of it.

@dataclass(frozen=True)
class Run:
    """One playbook, run once on one machine; the fields are the contract's."""

    id: str
    source: str
    startedAt: str
    playbook: Optional[str] = None
    mode: str = 'push'
    ansibleVersion: Optional[str] = None
    checkMode: bool = False
    user: Optional[str] = None
    revision: Optional[str] = None
    link: Optional[str] = None
    labels: Optional[Mapping[str, str]] = None


def new_run(settings: Settings, **known: Any) -> Run:
    redactor = Redactor()
    return Run(**{
        'id': str(uuid.uuid4()),
        'source': settings.host_name or machine_name()[:255],
        'startedAt': utc_now(),
        'user': user_name(),
        'link': redactor.text(settings.link or link_of(os.environ) or '') or None,
        'labels': redactor.value(dict(settings.labels)) or None,
        **known,
    })


def link_of(environment: Mapping[str, str]) -> Optional[str]:
    """The page of the job that runs us, where the CI system names it."""
    forms = (
        '{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}',
        '{CI_JOB_URL}',
        '{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}',
        '{AWX_HOST}/#/jobs/playbook/{JOB_ID}',
        '{BUILD_URL}',
    )
    for form in forms:
        with contextlib.suppress(KeyError):
            return form.format_map(environment).replace(' ', '%20')[:2048]
    return None


# task_outcome.py
# How a task ended on a host, as a value.

LOCAL_NAMES = frozenset(('localhost', '127.0.0.1', '::1'))


@dataclass(frozen=True)
class TaskKey:
    """Which task of which host it was, as far as another run can know it again."""

    inventory_host: str
    role: Optional[str]
    task: Optional[str]
    action: Optional[str]


@dataclass(frozen=True)
class TaskOutcome:
    """What the callback knows of one result of Ansible.

    `kind` is "failed", "unreachable" or "ok". `disposition` is "rescued" or "ignored" where the playbook expects the failure.
    `caught_by` is the block whose rescue section catches it, `rescues` the one in whose rescue section the task is. With `hidden`, the
    task sets no_log: then `result` is empty and `task` is the name as it stands in the playbook.
    """

    kind: str
    inventory_host: str
    host: str
    task: Optional[str] = None
    role: Optional[str] = None
    action: Optional[str] = None
    path: Optional[str] = None
    play: Optional[str] = None
    delegated_to: Optional[str] = None
    disposition: str = ''
    caught_by: Optional[str] = None
    rescues: Optional[str] = None
    hidden: bool = False
    playbook_directory: str = ''
    result: Mapping[str, Any] = field(default_factory=dict)


def with_machine_name(failure: TaskOutcome, machine: str) -> TaskOutcome:
    """In a fleet that pulls, each host is called localhost: it gets the name of its machine."""
    host, delegate = (machine if name in LOCAL_NAMES else name for name in (failure.host, failure.delegated_to))
    return replace(failure, host=host, delegated_to=delegate if delegate != host else None)


# message.py
# What a module returned, as the words that help a person most.

STREAM_LIMIT = 8 * KIB
NOT_MESSAGES = frozenset((
    '', '(traceback unavailable)', 'Unknown error.', 'One or more items failed', 'All items completed',
    "A 'failed_when' expression evaluated to 'True'.",
    'MODULE FAILURE', 'MODULE FAILURE\nSee stdout/stderr for the exact error',
))
# What ansible-core says from 2.19 on when a module ends without a result.
CRASH = 'Module result deserialization failed'
# Where in the playbook it was, which `path` says better, with an absolute path that may name the host.
MESSAGE_CONTEXT = '\nThe error appears to '
NO_MORE_THAN_FAILED = re.compile(r'\s*(?:The command exited with a )?non-zero return code\.?\s*\Z')
MESSAGE_PREFIX = re.compile(r'\A\s*(?:(?:Task|Module|Action) failed: ?)+')


def as_text(value: Any) -> str:
    """A message may be a list or a mapping: the user wrote it."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return '\n'.join(value)
    return '' if value is None else json.dumps(value, default=str, ensure_ascii=False)


def last_lines(text: str, mask: Masking) -> str:
    return '\n'.join([line for line in last_part(text, STREAM_LIMIT, mask).splitlines() if line.strip()][-5:])


def is_hidden(item: Mapping[str, Any]) -> bool:
    return bool(item.get('_ansible_no_log')) or 'censored' in item


def items_of(result: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items of a loop that failed; a skipped or a good one says nothing."""
    results = result.get('results')
    items = [item for item in results if isinstance(item, Mapping)] if isinstance(results, (list, tuple)) else []
    return [item for item in items if item.get('failed') or item.get('unreachable')]


def message_of(result: Mapping[str, Any], mask: Masking) -> Optional[str]:
    """The most telling text there is, of a loop that of the first item which failed."""
    # A text is what went wrong with the condition itself; else it is only a yes.
    condition = result.get('failed_when_result')
    for text in map(as_text, (condition if isinstance(condition, str) else None, *map(result.get, ('msg', 'reason', 'message')))):
        text = MESSAGE_PREFIX.sub('', text).partition(MESSAGE_CONTEXT)[0].rstrip()
        if text not in NOT_MESSAGES and not text.startswith(CRASH):
            return text
    for item in items_of(result):
        if not is_hidden(item) and (text := message_of(item, mask)):
            return text
    for stream in ('stderr', 'module_stderr', 'stdout', 'module_stdout'):
        if text := last_lines(as_text(result.get(stream)), mask):
            return text
    return MESSAGE_PREFIX.sub('', as_text(result.get('msg'))).strip() or None


def item_name(item: Mapping[str, Any]) -> str:
    label = item.get('_ansible_item_label', item.get(str(item.get('ansible_loop_var', 'item'))))
    if isinstance(label, Mapping) and 'ansible_loop_var' in label:
        return item_name(label)  # What a loop has registered, and another one goes through.
    return as_text(label) or '(an item without a name)'


def item_message(item: Mapping[str, Any], mask: Masking) -> Optional[str]:
    """As a task's, but an item has no output of its own: of a command, its last lines stand in for the words that say nothing."""
    message = message_of(item, mask)
    if message and NO_MORE_THAN_FAILED.match(message):
        output = last_lines(as_text(item.get('stderr')), mask) or last_lines(as_text(item.get('stdout')), mask)
        return f'{output} (rc {item.get("rc")})' if output else f'{message} (rc {item.get("rc")})'
    return message


# details.py
# What else of a result helps to debug, bounded.

DETAILS_LIMIT = 8 * KIB
TEXT_LIMIT = KIB
LIST_LIMIT = 30
NOT_DETAILS = frozenset((
    'msg', 'reason', 'message', 'stdout', 'stderr', 'stdout_lines', 'stderr_lines', 'module_stdout', 'module_stderr', 'rc', 'results',
    'invocation', 'start', 'end', 'delta', 'warnings', 'deprecations', 'ansible_facts', 'diff', 'attempts', 'retries',
    'failed', 'unreachable', 'skipped', 'censored', 'item', 'ansible_loop_var', 'ansible_index_var', 'ansible_loop',
    'ansible_job_id', 'results_file', 'started', 'finished', 'failed_when_result',
))


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
    """As a shell takes it; quoted only where a person would quote, too."""
    return ' '.join(text if re.fullmatch(r'[^\s"\'\\]+', text) else shlex.quote(text) for text in map(str, words))


def details_of(result: Mapping[str, Any], redactor: Redactor) -> Optional[dict[str, Any]]:
    """Whatever else helps to debug, as much of it as fits."""
    details: dict[str, Any] = {}
    room = DETAILS_LIMIT
    for key, given in result.items():
        key = str(key)
        if key in NOT_DETAILS or key.startswith('_ansible') or given in (None, '', [], {}, '(traceback unavailable)'):
            continue
        detail = redactor.value({key: bounded(given)}, lambda text, mask: excerpt(text, TEXT_LIMIT, mask))
        if key == 'cmd' and isinstance(detail[key], list):
            detail = {key: command_line(detail[key])}
        for fitting in (detail, cut_texts(detail, 200)):
            length = byte_length(json.dumps(fitting, ensure_ascii=False))
            if length <= room:
                details.update(fitting)
                room -= length
                break
    return details or None


def cut_texts(value: Any, limit: int) -> Any:
    if isinstance(value, str):
        return excerpt(value, limit, str)
    if isinstance(value, dict):
        return {key: cut_texts(item, limit) for key, item in value.items()}
    return [cut_texts(item, limit) for item in value] if isinstance(value, list) else value


# event.py
# A failure as the report's contract spells it.

MESSAGE_LIMIT = 4 * KIB
ITEMS_LIMIT = 50


def event_of(failure: TaskOutcome, event_id: str, at: str, redactor: Redactor) -> dict[str, Any]:
    mask = redactor.text
    result = {} if failure.hidden else failure.result
    message = 'The task sets no_log, so its result is not shown.' if failure.hidden else message_of(result, mask) or ''
    if failure.playbook_directory.strip(os.sep):
        message = message.replace(failure.playbook_directory + os.sep, '')
    return {
        'id': event_id,
        'kind': failure.kind,
        'at': at,
        'host': one_line(failure.host, 255, str) or '(a host without a name)',
        'delegatedTo': one_line(failure.delegated_to, 255, str),
        'play': one_line(failure.play, 500, mask),
        'task': one_line(failure.task, 500, mask),
        'role': one_line(failure.role, 255, mask),
        'action': one_line(failure.action, 255, mask),
        'path': one_line(failure.path, 500, str),
        'attempts': bounded_integer(failure.result.get('attempts'), 1),
        'message': excerpt(message, MESSAGE_LIMIT, mask) or None,
        'returnCode': bounded_integer(result.get('rc'), -2 ** 31),
        'stdout': stream_of(result, 'stdout', mask),
        'stderr': stream_of(result, 'stderr', mask),
        'items': failed_items(result, mask),
        'details': {**(details_of(result, redactor) or {}), **({failure.disposition: True} if failure.disposition else {})} or None,
    }


def failed_items(result: Mapping[str, Any], mask: Masking) -> Optional[list[dict[str, Any]]]:
    failed = items_of(result)
    if not failed:
        return None
    items = []
    for item in failed[:ITEMS_LIMIT]:
        hidden = is_hidden(item)
        items.append({
            'item': '(hidden by no_log)' if hidden else one_line(item_name(item), 200, mask) or '(an item without a name)',
            'message': None if hidden else excerpt(item_message(item, mask) or '', TEXT_LIMIT // 2, mask) or None,
        })
    if len(failed) > ITEMS_LIMIT:
        items.append({'item': f'+ {len(failed) - ITEMS_LIMIT} more', 'message': None})
    return items


def bounded_integer(value: Any, least: int) -> Optional[int]:
    """One that the contract takes; modules give return codes as text and as booleans, too."""
    try:
        return int(value) if not isinstance(value, bool) and least <= int(value) < 2 ** 31 else None
    except (TypeError, ValueError, OverflowError):
        return None


def stream_of(result: Mapping[str, Any], name: str, mask: Masking) -> Optional[str]:
    return excerpt(as_text(result.get(name) or result.get(f'module_{name}')), STREAM_LIMIT, mask) or None


def with_causes(event: dict[str, Any], causes: Iterable[TaskOutcome], host: str, mask: Masking) -> dict[str, Any]:
    """The event of a failed rescue section with what that was to rescue, a line each, from the nearest to where the trouble began."""
    lines = ''
    for cause in causes:
        where = '' if cause.inventory_host == host else f' on {one_line(cause.inventory_host, 255, str)}'
        message = 'its task sets no_log' if cause.hidden else excerpt(item_message(cause.result, mask) or 'no message', TEXT_LIMIT, mask)
        lines += f'\nThis was to rescue {one_line(cause.task, 500, mask)!r}{where}, which failed: {message}'
    return {**event, 'message': excerpt((event['message'] or 'failed') + lines, MESSAGE_LIMIT, str)} if lines else event


# report.py
# The lines that wait in the spool, and the reports that they become.

EVENT_LIMIT = 64 * KIB
BATCH_LIMIT = 512 * KIB


@dataclass(frozen=True)
class Line:
    """A line as it was read; `frame` is what it must have in common with others to go into one report."""

    raw: bytes
    frame: str
    event: dict[str, Any]


def line_of(channel: Optional[str], run: Run, event: dict[str, Any]) -> bytes:
    """The line of the spool: all that a report needs, so that any sender can send any line. Never above EVENT_LIMIT."""
    line = b''
    for limit in (EVENT_LIMIT, 4 * KIB, KIB, 300, 100):
        fitting = event if limit == EVENT_LIMIT else {**cut_texts(event, limit), 'id': event['id']}
        line = json.dumps({'channel': channel, 'run': vars(run), 'event': fitting}, ensure_ascii=False).encode(errors='replace') + b'\n'
        if len(line) <= EVENT_LIMIT:
            break
    return line


def parse_line(raw: bytes) -> Optional[Line]:
    """Nothing where it is not a line of ours: a run that was killed leaves a torn one at the end."""
    try:
        given = json.loads(raw)
        frame = json.dumps({'channel': given['channel'], 'run': given['run']}, sort_keys=True)
        return Line(raw, frame, given['event']) if isinstance(given['event'], dict) and raw.endswith(b'\n') else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one run and channel together, as many as one report may carry; what came first goes first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.frame, []).append(line)
    for group in groups.values():
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


# folder.py
# A directory of this user's alone, and the files in it.

class NotOurs(OSError):
    """It is there, and nothing in it is to be read or written."""


class Folder:
    """Held by its descriptor: whoever may write above it, nobody puts another directory in its place, or waits for us at the end of a pipe."""

    def __init__(self, path: str) -> None:
        """Raises FileNotFoundError where there is none, and NotOurs where another user could look into it or write to it."""
        try:
            self.descriptor = os.open(path.rstrip(os.sep) or os.sep, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except NotADirectoryError:
            raise NotOurs(f'{path} is not a directory') from None
        status = os.fstat(self.descriptor)
        if why := why_not_ours(status):
            os.close(self.descriptor)
            raise NotOurs(f'{path} {why}')

    @classmethod
    def create(cls, path: str) -> Folder:
        """With what is missing above it, for this user alone, too."""
        before = os.umask(0o077)
        try:
            os.makedirs(path, 0o700, exist_ok=True)
        except FileExistsError:
            raise NotOurs(f'{path} is not a directory') from None
        finally:
            os.umask(before)
        return cls(path)

    def open(self, name: str, flags: int) -> int:
        """A descriptor of a file that is ours, and a file."""
        # Without O_NONBLOCK, the opening of a pipe waits for whoever writes to it.
        descriptor = os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600, dir_fd=self.descriptor)
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
            return descriptor
        os.close(descriptor)
        raise NotOurs(f'{name} is not a file of this user')

    def names(self) -> list[str]:
        return os.listdir(self.descriptor)

    def status(self, name: Optional[str]) -> Optional[os.stat_result]:
        try:
            return os.stat(name, dir_fd=self.descriptor, follow_symlinks=False) if name else None
        except OSError:
            return None

    def size(self, name: str) -> int:
        status = self.status(name)
        return status.st_size if status else 0

    def read(self, name: str) -> bytes:
        """Nothing where there is nothing that may be read."""
        try:
            with os.fdopen(self.open(name, os.O_RDONLY), 'rb') as file:
                return file.read()
        except OSError:
            return b''

    def count_lines(self, name: str) -> int:
        return self.read(name).count(b'\n')

    def append(self, name: str, data: bytes) -> None:
        with os.fdopen(self.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT), 'ab') as file:
            file.write(data)

    def replace(self, name: str, data: bytes) -> None:
        """As a whole or not at all. What a writer that died has left of another one is overwritten."""
        with os.fdopen(self.open(f'{name}.new', os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 'wb') as file:
            file.write(data)
        self.rename(f'{name}.new', name)

    def rename(self, name: str, other: str) -> None:
        os.rename(name, other, src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            os.unlink(name, dir_fd=self.descriptor)

    @contextlib.contextmanager
    def lock(self) -> Iterator[bool]:
        """Whether it is ours, at once; it ends with the process, however that ends. A file system without locks gives it to everybody."""
        ours = True
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            ours = False
        except OSError:
            pass
        try:
            yield ours
        finally:
            with contextlib.suppress(OSError):
                fcntl.flock(self.descriptor, fcntl.LOCK_UN)


def why_not_ours(status: os.stat_result) -> str:
    """Nothing where it is this user's alone."""
    if status.st_uid != os.geteuid():
        return f'belongs to the user {status.st_uid}, and this is {os.geteuid()}'
    rights = stat.S_IMODE(status.st_mode)
    return f'is open to others (mode {rights:04o}; 0700 is needed)' if rights & 0o077 else ''


# segment.py
# Lines that a sender has taken: a part of the spool, or what came through its pipe because it could not be spooled.

class Segment:
    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self.name = name
        self.lines = [line for line in map(parse_line, folder.read(name).splitlines(keepends=True)) if line]

    def forget(self, lines: Iterable[Line]) -> None:
        """Of these lines nothing is to be sent any more."""
        rest = without(self.lines, lines)
        if not rest:
            self._folder.remove(self.name)
        elif len(rest) < len(self.lines):
            # On a full disk it stays as it is: what is sent twice has the same id both times.
            with contextlib.suppress(OSError):
                self._folder.replace(self.name, b''.join(line.raw for line in rest))
        self.lines = rest


class HandedOver:
    """Lines in memory alone. Whoever handed them over learns of each that is dealt with by a byte."""

    def __init__(self, answers: int) -> None:
        self._answers = answers
        self.lines: list[Line] = []

    def forget(self, lines: Iterable[Line]) -> None:
        rest = without(self.lines, lines)
        with contextlib.suppress(OSError):
            os.write(self._answers, b'.' * (len(self.lines) - len(rest)))
        self.lines = rest


def without(lines: list[Line], others: Iterable[Line]) -> list[Line]:
    """By what they are, not by what they say."""
    gone = set(map(id, others))
    return [line for line in lines if id(line) not in gone]


# status.py
# What is remembered of how the sending went.

STATUS_FILE = 'status.json'
REMEMBERED = ('lastSuccess', 'lastError', 'wait', 'failing')
LONGEST_WAIT = 3600.0


class Status:
    """A file beside the segments, written by the sender."""

    def __init__(self, folder: Callable[[], Optional[Folder]]) -> None:
        self._folder = folder

    def read(self) -> dict[str, Any]:
        folder = self._folder()
        try:
            status = json.loads(folder.read(STATUS_FILE)) if folder and folder.size(STATUS_FILE) < 64 * KIB else {}
        except (ValueError, RecursionError):
            return {}
        return status if isinstance(status, dict) else {}

    def last_error(self) -> Optional[dict[str, str]]:
        """What went wrong since reports were last taken, and when: `what` and `at`."""
        error = self.read().get('lastError')
        return {name: str(error.get(name)) for name in ('what', 'at')} if isinstance(error, dict) else None

    def failures_at(self, event_id: str) -> int:
        """How often in a row the relay has failed at the report that begins with this event."""
        failing = self.read().get('failing')
        times = failing.get('times') if isinstance(failing, dict) and failing.get('id') == event_id else 0
        return times if isinstance(times, int) else 0

    def seconds_to_wait(self, relay: str, now: Optional[float] = None) -> float:
        """Until this relay may be asked again; no other one minds."""
        now = time.time() if now is None else now
        until = self.wait(now)
        wait = self.read().get('wait')
        return until - now if until and isinstance(wait, dict) and wait.get('relay') == relay else 0.0

    def wait(self, now: Optional[float] = None) -> float:
        """Until when; nothing where it is over, or where the clock was set back since."""
        wait, now = self.read().get('wait'), time.time() if now is None else now
        began, until = (wait.get('from'), wait.get('until')) if isinstance(wait, dict) else (None, None)
        if not isinstance(began, (int, float)) or not isinstance(until, (int, float)) or not began <= now < until:
            return 0.0
        return min(until, now + LONGEST_WAIT)

    def note(self, **news: Any) -> None:
        """Does its best: a sender that cannot write it still sends."""
        status = self.read()
        try:
            if folder := self._folder():
                folder.replace(STATUS_FILE, json.dumps({**{name: status.get(name) for name in REMEMBERED}, **news}).encode())
        except OSError:
            pass


# spool.py
# The directory where lines wait, in segments: each of them is what one run wrote in about a second.

REJECTED = 'rejected.jsonl'
REJECTED_LIMIT = KIB * KIB
RIPE_AGE = 1.5
# As many bytes as a sender looks at together.
WINDOW = 8 * KIB * KIB
MARKER_PREFIX = 'run-marker-'
MARKER_AGE = 7 * 24 * 3600.0


class Spool:
    """Segments are called `.jsonl` while a run may write to them, and `.sending` once a sender has taken them, which may have died.

    One without a place is always empty, and nothing can be written to it.
    """

    def __init__(self, root: Optional[str]) -> None:
        self.root = root
        self.status = Status(self.folder)
        self._folder: Optional[Folder] = None

    def check(self) -> None:
        """Raises OSError where it is there, but is not this user's alone."""
        if self.root and self._folder is None:
            with contextlib.suppress(FileNotFoundError):
                self._folder = Folder(self.root)

    def folder(self) -> Optional[Folder]:
        """Nothing where there is none that could be trusted."""
        with contextlib.suppress(OSError):
            self.check()
        return self._folder

    def create(self) -> Folder:
        self.check()
        if self._folder is None:
            if not self.root:
                raise OSError('there is no directory for it')
            self._folder = Folder.create(self.root)
        return self._folder

    def create_again(self) -> Folder:
        """Somebody has removed it since."""
        self._folder = None
        return self.create()

    def segments(self) -> list[str]:
        """Their names, oldest first."""
        try:
            names = self._folder.names() if self.folder() else []
        except OSError:
            return []
        return sorted(name for name in names if name.endswith(('.jsonl', '.sending')) and name[:20].isdigit())

    def size(self, name: Optional[str] = None) -> int:
        folder = self.folder()
        return sum(map(folder.size, [name] if name else self.segments())) if folder else 0

    def count_lines(self, names: Iterable[str]) -> int:
        folder = self.folder()
        return sum(map(folder.count_lines, names)) if folder else 0

    def claim(self, fresh_too: bool = True) -> list[Segment]:
        """The oldest ones, for whoever holds the lock."""
        taken, room = [], WINDOW
        for name in self.segments():
            if fresh_too or not is_fresh(name):
                room -= self.size(name)
                if taken and room < 0:
                    break
                if segment := self._take(name):
                    taken.append(segment)
        return taken

    def _take(self, name: str) -> Optional[Segment]:
        taken = os.path.splitext(name)[0] + '.sending'
        try:
            os.close(self._folder.open(name, os.O_RDONLY))
            self._folder.rename(name, taken)
        except OSError:
            return None
        segment = Segment(self._folder, taken)
        if segment.lines:
            return segment
        self._folder.remove(taken)
        return None

    @contextlib.contextmanager
    def lock(self) -> Iterator[bool]:
        """Whether we are the one who may send: in the order of two senders, a failure could overtake its recovery."""
        folder = self.folder()
        with folder.lock() if folder else contextlib.nullcontext(True) as ours:
            yield ours

    def drop_oldest(self, limit: int, keep: Optional[str]) -> int:
        """Removes segments until an eighth of the limit is free again; how many lines were in them."""
        dropped, total = 0, self.size()
        for name in self.segments():
            if total <= limit - limit // 8:
                break
            if name != keep:
                total -= self.size(name)
                dropped += self.count_lines([name])
                self._folder.remove(name)
        return dropped

    def reject(self, line: Line) -> None:
        """Sets aside what the relay cannot take, for a person to look at."""
        folder = self.create()
        if folder.size(REJECTED) > REJECTED_LIMIT:
            folder.rename(REJECTED, REJECTED + '.1')
        folder.append(REJECTED, line.raw)

    @property
    def rejected_path(self) -> str:
        return os.path.join(self.root or '', REJECTED)

    def rejected(self) -> list[str]:
        """Their names, oldest first."""
        folder = self.folder()
        return [name for name in (REJECTED + '.1', REJECTED) if folder and folder.status(name)]

    def take_back_rejected(self) -> int:
        """What was set aside waits again; how many lines."""
        lines = self.count_lines(self.rejected())
        for name in self.rejected():
            self._folder.rename(name, f'{time.time_ns():020d}-again.jsonl')
        return lines

    def clear_rejected(self) -> int:
        lines = self.count_lines(self.rejected())
        for name in self.rejected():
            self._folder.remove(name)
        return lines

    def sweep(self) -> None:
        """Removes what those have left who were killed: for whoever holds the lock."""
        folder = self.folder()
        for name in folder.names() if folder else ():
            if name.startswith(MARKER_PREFIX):
                status = folder.status(name)
                is_left = status is not None and time.time() - status.st_mtime > MARKER_AGE
            else:
                is_left = name.endswith('.sending.new') or (name.startswith('status.json.') and name[len('status.json.'):].isdigit())
            if is_left:
                folder.remove(name)


def is_fresh(name: str) -> bool:
    """Whether its run may still write to it; the name says when it was begun."""
    return name.endswith('.jsonl') and 0 <= age_of(name) < RIPE_AGE


def age_of(name: str) -> float:
    """In seconds; below nothing where a clock was set back."""
    return time.time() - int(name[:20]) / 1e9


# writer.py
# Appends the lines of one process to the spool.

SEGMENT_LIMIT = 384 * KIB
SPOOL_LIMIT = 64 * KIB * KIB
SEGMENT_AGE = 1.0


class Writer:
    """Writes to a segment of its own, without a lock.

    A sender takes a segment by renaming it, and while the run goes on only when it is older than those that are written to.
    Should this process have been stopped in between, the line counts as written only if the file still had its name afterwards;
    otherwise it is written once more, to a new segment. A line that is sent twice has the same id both times.
    """

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._tag = uuid.uuid4().hex[:12]
        self._name: Optional[str] = None
        self._written = 0
        self._began = 0.0
        self._total: Optional[int] = None
        self._dropped = 0

    def take_dropped(self) -> int:
        """How many lines had to be removed since this was last asked."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    def _waiting(self) -> list[str]:
        return [name for name in self._spool.segments() if self._tag in name]

    def is_delivered(self) -> bool:
        return not self._waiting()

    def count_waiting(self) -> int:
        return self._spool.count_lines(self._waiting())

    def append(self, line: bytes) -> None:
        for _ in range(3):
            if self._put(line):
                break
        self._total = self._spool.size() if self._total is None else self._total + len(line)
        if self._total > SPOOL_LIMIT:
            self._dropped += self._spool.drop_oldest(SPOOL_LIMIT, keep=self._name)
            self._total = self._spool.size()

    def _put(self, line: bytes) -> bool:
        descriptor = self._open(len(line))
        name, self._name = self._name, None
        try:
            if os.write(descriptor, line) != len(line):
                raise OSError('the disk is full')
            status = self._spool.create().status(name)
            is_mine = status is not None and os.fstat(descriptor).st_ino == status.st_ino
        finally:
            os.close(descriptor)
        self._name = name if is_mine else None
        return is_mine

    def _open(self, needed: int) -> int:
        folder = self._spool.create()
        if self._name and self._written + needed <= SEGMENT_LIMIT and time.monotonic() - self._began < SEGMENT_AGE:
            try:
                descriptor = folder.open(self._name, os.O_WRONLY | os.O_APPEND)
                self._written += needed
                return descriptor
            except FileNotFoundError:
                pass
        self._name = f'{time.time_ns():020d}-{self._tag}.jsonl'
        self._written, self._began = needed, time.monotonic()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        try:
            return folder.open(self._name, flags)
        except FileNotFoundError:
            return self._spool.create_again().open(self._name, flags)


# answer.py
# What an answer of the relay means, and how long to wait after it.

LONGEST_RETRY_AFTER = 3600.0
# Of a whole fleet that is asked to come back in ten seconds, not all are to come in the same one.
SPREAD = 15.0
SERVER_WORDS_LIMIT = 200


class Verdict(enum.Enum):
    """What becomes of the report."""

    ACCEPTED = 'accepted'
    LATER = 'later'
    NEVER = 'never'
    REFUSED = 'refused'


@dataclass(frozen=True)
class Answer:
    """What the relay answered, or why there was no answer; and by which proxy, if by one."""

    status: Optional[int] = None
    retry_after: Optional[float] = None
    reason: str = ''
    proxy: str = ''

    def __str__(self) -> str:
        if not self.status:
            return self.reason
        return f'HTTP {self.status} {server_words(self.reason)}'.rstrip() + (f', through the proxy {self.proxy}' if self.proxy else '')


def server_words(text: str) -> str:
    """Whatever stands there: nothing that a terminal acts on, and not much of it."""
    return one_line(text, SERVER_WORDS_LIMIT, str) or ''


def verdict_of(status: Optional[int]) -> Verdict:
    """Only a 202 is the relay's yes: a captive portal says 200 to everything."""
    if status == 202:
        return Verdict.ACCEPTED
    if status is None or status in (408, 425, 429) or status >= 500:
        return Verdict.LATER
    if status < 400 or status in (401, 403, 404, 407):
        return Verdict.REFUSED
    return Verdict.NEVER


def pause_after(attempt: int, retry_after: Optional[float], chance: float) -> float:
    """Exponential with full jitter, from half a second to a minute; where the relay asks for a wait, after that."""
    spread = min(60.0, 0.5 * 2 ** min(attempt, 10))
    return retry_after + chance * max(spread, SPREAD) if retry_after else chance * spread


def parse_retry_after(value: Optional[str], now: float) -> Optional[float]:
    """Seconds or a date, as RFC 9110 10.2.3 has it; an hour at most, whoever answers."""
    try:
        text = (value or '').strip()
        seconds = float(text) if text.isdigit() else email.utils.parsedate_to_datetime(text).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER)


# opener.py
# Opens URLs. What the network needs is imported where it is used, which is in the sender: Ansible's process never pays for it.

def build_opener(*handlers: Any) -> Any:
    """One that follows no redirect, which would carry the key to another place."""
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(NoRedirects(), *handlers)


def reason_of(error: Exception) -> str:
    """Why there was no answer, in the system's words: those of urllib and http.client repeat the URL and the headers, and so a secret."""
    import http.client
    import ssl
    reason = getattr(error, 'reason', None)
    if isinstance(reason, Exception):
        error = reason
    if isinstance(error, TimeoutError):
        return 'timed out'
    if isinstance(error, http.client.RemoteDisconnected):
        return 'the connection was closed without an answer'
    if isinstance(error, http.client.BadStatusLine):
        return 'what answers does not speak HTTP'
    if isinstance(error, ssl.SSLCertVerificationError):
        return f'CERTIFICATE_VERIFY_FAILED: {server_words(error.verify_message)}'
    if isinstance(error, ssl.SSLError):
        return f'SSL: {error.reason or error.strerror or "no TLS"}'
    if isinstance(error, OSError) and error.strerror:
        return server_words(error.strerror)
    tunnel = str(error) if type(error) is OSError and str(error).startswith('Tunnel connection failed') else ''
    return server_words(tunnel) or type(error).__name__


# managed_identity.py
# Signs in with the identity that Azure gave this machine.

class NoIdentity(Exception):
    """Azure gave no token; the text says why."""


class ManagedIdentity:
    """Its tokens, kept in memory until five minutes before they end.

    A virtual machine asks its instance metadata service; a machine elsewhere asks the agent of Azure Arc, which wants proof of being
    root in the form of a file that only root can read. Neither may go through a proxy.
    """

    METADATA_SERVICE = 'http://169.254.169.254/metadata/identity/oauth2/token'
    ARC_SERVICE = 'http://localhost:40342/metadata/identity/oauth2/token'
    ARC_AGENT = '/var/opt/azcmagent/bin/himds'
    ARC_KEYS = '/var/opt/azcmagent/tokens'

    def __init__(self, audience: str, environment: Mapping[str, str] = os.environ) -> None:
        self._audience = audience
        self._environment = environment
        self._token = ''
        self._until = 0.0

    def token(self, now: float) -> str:
        import http.client
        import urllib.error
        if now >= self._until - 300:
            try:
                answer = self._ask()
                self._token, self._until = str(answer['access_token']), float(answer['expires_on'])
            except urllib.error.HTTPError as error:
                raise NoIdentity(f'HTTP {error.code} from {urllib.parse.urlsplit(error.url).netloc}') from None
            except (OSError, http.client.HTTPException) as error:
                raise NoIdentity(reason_of(error)) from None
            except (KeyError, TypeError, ValueError):
                raise NoIdentity('the answer has no token') from None
        return self._token

    def _ask(self) -> Any:
        arc = self._environment.get('IDENTITY_ENDPOINT') if 'IMDS_ENDPOINT' in self._environment else None
        if arc or os.path.exists(self.ARC_AGENT):
            return self._ask_arc(arc or self.ARC_SERVICE)
        return self._get(self.METADATA_SERVICE, '2018-02-01', {})

    def _ask_arc(self, service: str) -> Any:
        import urllib.error
        try:
            return self._get(service, '2020-06-01', {})
        except urllib.error.HTTPError as challenge:
            if challenge.code != 401:
                raise
            _, _, path = challenge.headers.get('WWW-Authenticate', '').partition('Basic realm=')
        # The directory is not taken from the answer: whatever listens there could have us send it any file.
        path = os.path.join(self.ARC_KEYS, os.path.basename(path.strip('"')))
        if not path.endswith('.key') or os.path.getsize(path) > 4 * KIB:
            raise NoIdentity('the agent of Azure Arc names no key file')
        with open(path, encoding='ascii') as file:
            return self._get(service, '2020-06-01', {'Authorization': f'Basic {file.read().strip()}'})

    def _get(self, service: str, version: str, headers: dict[str, str]) -> Any:
        import urllib.request
        query = {'api-version': version, 'resource': self._audience}
        if client := self._environment.get('AZURE_CLIENT_ID'):
            query['client_id'] = client
        request = urllib.request.Request(f'{service}?{urllib.parse.urlencode(query)}', headers={'Metadata': 'true', **headers})
        with build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as response:
            return json.load(response)


# transport.py
# Posts reports to the relay.

READ_SECONDS = 60
POST_SECONDS = 65


class RelayClient:
    """Proxies are those of the environment; there is none between this machine and itself."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._identity = ManagedIdentity(relay.audience) if relay.auth == 'managed_identity' else None

    def post(self, report: bytes) -> Answer:
        import http.client
        import urllib.error
        proxy = without_credentials(self._proxies.get(self._relay.scheme, ''))
        try:
            # The time-out of a socket is for each read; this one is for the whole of it.
            with time_limit(POST_SECONDS):
                return self._post(report)
        except urllib.error.HTTPError as error:
            return Answer(error.code, parse_retry_after(error.headers.get('Retry-After'), time.time()), str(error.reason), proxy)
        except NoIdentity as error:
            return Answer(reason=f'no token of a managed identity: {error}')
        except (OSError, http.client.HTTPException, ValueError) as error:
            way = f' through the proxy {proxy}' if proxy else ''
            return Answer(reason=f'no answer from {self._relay.origin}{way}: {reason_of(error)}')

    @functools.cached_property
    def _proxies(self) -> dict[str, str]:
        import urllib.request
        is_direct = self._relay.is_on_this_machine or urllib.request.proxy_bypass(self._relay.host)
        return {} if is_direct else urllib.request.getproxies()

    def _post(self, report: bytes) -> Answer:
        import gzip
        import urllib.request
        headers = {'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'User-Agent': 'ansible-slack-relay/1'}
        if self._relay.key:
            headers['x-functions-key'] = self._relay.key
        if self._identity:
            headers['Authorization'] = f'Bearer {self._identity.token(time.time())}'
        request = urllib.request.Request(self._relay.url, gzip.compress(report, 6), headers)
        with self._opener.open(request, timeout=READ_SECONDS) as response:
            return Answer(response.status, reason=response.reason)

    @functools.cached_property
    def _opener(self) -> Any:
        import ssl
        import urllib.request
        context = ssl.create_default_context(cafile=self._relay.ca_file or None)
        if not self._relay.validate_certs:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return build_opener(urllib.request.ProxyHandler(self._proxies), urllib.request.HTTPSHandler(context=context))


# wake_pipe.py
# The pipe from Ansible's process to the sender: a byte wakes it, and a line is a report that could not be spooled.

NEWS = b'.'
URGENT = b'!'


class WakePipe:
    """Its reading end. `NEWS`: there is something to send; `URGENT`: somebody waits until it is sent; the end: the process is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_urgent = False
        self._rest = b''
        self._lines: list[bytes] = []
        self.is_over = False

    def wait(self, seconds: Optional[float] = None) -> None:
        """For news, or for the end."""
        if not self.is_over and select.select([self._descriptor], [], [], seconds)[0]:
            data = os.read(self._descriptor, 64 * KIB)
            self.is_over = not data
            self._take(self._rest + data)

    def _take(self, data: bytes) -> None:
        while data and not (data.startswith(b'{') and b'\n' not in data):
            if data.startswith(b'{'):
                line, _, data = data.partition(b'\n')
                self._lines.append(line + b'\n')
            else:
                self._is_urgent = self._is_urgent or data.startswith(URGENT)
                data = data[1:]
        self._rest = data

    def take_urgency(self) -> bool:
        """Whether to send also what was written just now; asked once for each time that somebody waits."""
        urgent, self._is_urgent = self._is_urgent, False
        return urgent or self.is_over

    def take_lines(self) -> list[bytes]:
        """All that have come, without waiting for more."""
        while not self.is_over and select.select([self._descriptor], [], [], 0)[0]:
            self.wait(0)
        lines, self._lines = self._lines, []
        return lines


# sender.py
# The sender: a process of its own, started at the first event of a run, which delivers the spool.

LINGER = 0.25
GIVE_UP_AFTER = 600
# So often the relay may fail at one report before others show whether it is the report's fault.
FAILURES_BEFORE_PROBE = 5


class Refused(Exception):
    """The relay does not take anything from us: the key or the URL is wrong."""


class Delivery:
    """Sends what is in the spool, the oldest first, until it is empty and Ansible gone, or until the relay has been silent for too long."""

    def __init__(self, spool: Spool, relay: str, post: Callable[[bytes], Answer], wake_pipe: WakePipe, handed_over: HandedOver) -> None:
        self._spool = spool
        self._relay = relay
        self._post = post
        self._wake_pipe = wake_pipe
        self._handed_over = handed_over
        self._attempt = 0
        self._probes = 0
        self._others_pass = False
        self._oldest = ''
        self._not_before = time.monotonic()
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def run(self) -> bool:
        """Whether everything was delivered."""
        while True:
            self._handed_over.lines += filter(None, map(parse_line, self._wake_pipe.take_lines()))
            waiting = self._spool.segments()
            if not waiting and not self._handed_over.lines:
                if self._wake_pipe.is_over:
                    return True
                self._wake_pipe.wait()
                self._give_up_at = time.monotonic() + GIVE_UP_AFTER
                continue
            # What the relay asked an earlier sender to wait for holds for this one.
            self._not_before = max(self._not_before, time.monotonic() + self._spool.status.seconds_to_wait(self._relay))
            if self._not_before > self._give_up_at:
                return False
            time.sleep(max(0.0, self._not_before - time.monotonic()))
            with self._spool.lock() as is_ours:
                # Another sender may have met a refusal, or been asked to wait, a moment ago.
                if is_ours and not self._spool.status.seconds_to_wait(self._relay):
                    self._deliver()
            if not is_ours:
                time.sleep(LINGER)
                if time.monotonic() > self._give_up_at:
                    return False
            elif waiting and all(map(is_fresh, waiting)) and not self._wake_pipe.is_over:
                self._wake_pipe.wait(LINGER)

    def _deliver(self) -> None:
        """Until nothing is left that may be sent, or a wait begins."""
        fresh_too = self._wake_pipe.take_urgency()
        while taken := self._take(fresh_too):
            for batch in self._in_turn([*batches(line for part in taken for line in part.lines)]):
                if not self._send(batch, taken):
                    return

    def _take(self, fresh_too: bool) -> list[Union[Segment, HandedOver]]:
        return [*self._spool.claim(fresh_too), *([self._handed_over] if self._handed_over.lines else [])]

    def _in_turn(self, waiting: list[list[Line]]) -> Iterator[list[Line]]:
        """In their order; but where the relay keeps failing at the oldest, every other time another one is tried before it."""
        oldest, others = waiting[0], waiting[1:]
        self._others_pass, self._oldest = False, id_of(oldest)
        if others and self._attempt % 2 and self._spool.status.failures_at(self._oldest) >= FAILURES_BEFORE_PROBE:
            probe = others.pop(self._probes % len(others))
            self._probes += 1
            yield probe
            self._others_pass = True
        yield oldest
        self._others_pass = False
        yield from others

    def _send(self, batch: list[Line], taken: list[Union[Segment, HandedOver]]) -> bool:
        """Whether to go on with the next one."""
        answer = self._post(report_of(batch))
        verdict = verdict_of(answer.status)
        if verdict is Verdict.ACCEPTED:
            self._attempt = 0
            self._give_up_at = time.monotonic() + GIVE_UP_AFTER
            self._spool.status.note(lastSuccess=utc_now(), lastError=None, wait=None)
            self._forget(batch, taken)
            return True
        is_at_fault = answer.status is not None and answer.status >= 500
        if verdict is Verdict.NEVER or (is_at_fault and self._others_pass):
            self._spool.status.note(lastError={'at': utc_now(), 'what': str(answer)})
            return self._part(batch, taken)
        self._note_failure(answer, is_at_fault and id_of(batch) == self._oldest)
        if verdict is Verdict.REFUSED:
            raise Refused
        return False

    def _note_failure(self, answer: Answer, is_at_oldest: bool) -> None:
        pause = 0.0
        if verdict_of(answer.status) is Verdict.LATER:
            pause = pause_after(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            self._not_before = time.monotonic() + pause
        now = time.time()
        news = {'lastError': {'at': utc_now(), 'what': str(answer)}, 'wait': {'relay': self._relay, 'from': now, 'until': now + pause}}
        if is_at_oldest:
            news['failing'] = {'id': self._oldest, 'times': self._spool.status.failures_at(self._oldest) + 1}
        self._spool.status.note(**news)

    def _part(self, batch: list[Line], taken: list[Union[Segment, HandedOver]]) -> bool:
        """Finds what the relay cannot take, and sets it aside."""
        if len(batch) > 1:
            half = len(batch) // 2
            return self._send(batch[:half], taken) and self._send(batch[half:], taken)
        try:
            self._spool.reject(batch[0])
        except OSError:
            raise Refused from None  # Neither sent nor set aside: it stays where it is.
        self._forget(batch, taken)
        return True

    @staticmethod
    def _forget(lines: list[Line], taken: list[Union[Segment, HandedOver]]) -> None:
        for part in taken:
            part.forget(lines)


def id_of(batch: list[Line]) -> str:
    return str(batch[0].event.get('id'))


def deliver_spool() -> int:
    """The first line of stdin is what the sender needs to know, the key included; what follows is the wake pipe."""
    with os.fdopen(os.dup(0), 'rb', buffering=0) as stdin:
        given = json.loads(stdin.readline())
    os.nice(5)
    spool, relay = Spool(given['spool']), Relay(**given['relay'])
    with spool.lock() as is_ours:
        if is_ours:
            spool.sweep()
    try:
        return 0 if Delivery(spool, relay.fingerprint, RelayClient(relay).post, WakePipe(0), HandedOver(1)).run() else 1
    except Refused:
        return 1


# sender_process.py
# The sender as Ansible's process sees it: started, woken, and waited for a little.

# Of the joined file, which is the sender's program, too.
SENDER_PROGRAM = os.path.abspath(__file__)
START_AGAIN_AFTER = 60
UNSENT_LIMIT = 4 * KIB * KIB


class SenderProcess:
    """The key goes through the pipe: a command line and an environment can be read by others."""

    def __init__(self, spool: Optional[str], relay: Relay) -> None:
        self._settings = json.dumps({'spool': os.path.abspath(spool) if spool else None, 'relay': vars(relay)}).encode() + b'\n'
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._started = -math.inf
        self._unsent = b''
        self._undelivered = 0

    def wake(self) -> None:
        """There is something to send: starts the sender if none runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        else:
            self._write(NEWS)

    def hand_over(self, line: bytes) -> None:
        """A line that could not be spooled: it is in the memory of two processes, and nowhere else."""
        self._undelivered += 1
        if len(self._unsent) > UNSENT_LIMIT:
            raise OSError('too many reports wait in memory')
        if self._process is None or self._process.poll() is not None:
            self._start()
        if self._process is not None:
            self._write(line)

    def count_undelivered(self) -> int:
        """Of the lines that were handed over; the sender answers each with a byte."""
        if self._process is not None and self._undelivered:
            try:
                self._undelivered -= len(os.read(self._process.stdout.fileno(), 64 * KIB))
            except OSError:
                pass  # It has not answered yet.
        return self._undelivered

    def _start(self) -> None:
        # One that gave up, or was refused, is not started again for each of the next failures.
        if time.monotonic() - self._started < START_AGAIN_AFTER:
            return
        self._started = time.monotonic()
        try:
            self._process = subprocess.Popen(
                [sys.executable or 'python3', '-I', '-S', SENDER_PROGRAM, 'send'],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0,
                start_new_session=True, cwd='/', env={name: value for name, value in os.environ.items() if name != 'SLACK_RELAY_KEY'},
            )
        except OSError:
            return  # No process or no memory is left: what waits is said at the end of the run, and sent by the next.
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(pipe.fileno(), False)
        self._unsent = b''
        self._write(self._settings)

    def _write(self, data: bytes) -> None:
        """As much of it as the pipe takes at once; the rest with what comes next."""
        if data != NEWS or not self._unsent:
            self._unsent += data
        try:
            while self._unsent:
                self._unsent = self._unsent[os.write(self._process.stdin.fileno(), self._unsent):]
        except OSError:
            pass  # A full pipe has news enough in it; a broken one is seen at the next event.

    def finish(self, seconds: float, is_done: Callable[[], bool]) -> None:
        """Has everything sent, and waits for it, but not for long. The sender ends when this process does."""
        if self._process is None:
            return
        self._write(URGENT)
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None and not is_done():
            time.sleep(0.02)
            self._write(b'')


# outlet.py
# The ways that a report can take out of this process.

# What is nowhere but in memory is worth a longer wait.
DIRECT_SECONDS = 5.0


class SpoolOutlet:
    """By a file, which outlives the process."""

    def __init__(self, spool: Spool, relay: Relay) -> None:
        self.spool = spool
        self._writer = Writer(spool)
        self._sender = SenderProcess(spool.root, relay)
        self.is_used = False

    def put(self, line: bytes) -> None:
        self._writer.append(line)
        self.is_used = True
        self.wake()

    def wake(self) -> None:
        self._sender.wake()

    def finish(self, seconds: float) -> None:
        self._sender.finish(seconds, self._writer.is_delivered)

    def finish_all(self, seconds: float) -> None:
        """Waits for what others have written, too."""
        self._sender.finish(seconds, lambda: not self.spool.segments())

    def take_dropped(self) -> int:
        return self._writer.take_dropped()

    def count_undelivered(self) -> int:
        return self._writer.count_waiting()


class DirectOutlet:
    """Straight to a sender, where nothing can be written."""

    def __init__(self, relay: Relay) -> None:
        self.spool = Spool(None)
        self._sender = SenderProcess(None, relay)
        self.is_used = False

    def put(self, line: bytes) -> None:
        self.is_used = True
        self._sender.hand_over(line)

    def wake(self) -> None:
        """Nothing of an earlier run can wait here."""

    def finish(self, seconds: float) -> None:
        if self.is_used:
            self._sender.finish(seconds + DIRECT_SECONDS, lambda: not self._sender.count_undelivered())

    def take_dropped(self) -> int:
        return 0

    def count_undelivered(self) -> int:
        return self._sender.count_undelivered()


Outlet = Union[SpoolOutlet, DirectOutlet]


# dispatch.py
# The way out of a process: its lines in a spool, and the sender that delivers them.

# Of a run beside this one, no report waits for so long without a reason.
LEFT_BEHIND_AGE = 10.0
RESEND_HINT = '`slack_relay.py resend` sends them again, `slack_relay.py clear` removes them'


class Dispatch:
    """What cannot be written to the spool goes to a directory elsewhere, and what cannot be written at all straight to a sender."""

    def __init__(self, settings: Settings, warn: Callable[[str], None], say: Callable[[str], None]) -> None:
        self._channel = settings.channel
        self._wait = settings.wait
        self._relay = settings.relay
        self._warn = warn
        self._say = say
        self._outlets = [*find_spools(settings, warn), DirectOutlet(settings.relay)]
        # Those that have not failed yet.
        self._ways = [*self._outlets]
        self._began = utc_now()
        self._rejected = self._rejected_sizes()
        self._used = False

    @property
    def spool(self) -> Optional[str]:
        """The directory for what else is kept; nothing where there is none that could be trusted."""
        return next((outlet.spool.root for outlet in self._outlets if outlet.spool.root), None)

    def send_what_waits(self) -> None:
        """What earlier runs left is sent whatever comes of this one; what they could not deliver is said."""
        for outlet in self._outlets:
            segments = outlet.spool.segments()
            if rejected := outlet.spool.count_lines(outlet.spool.rejected()):
                self._warn(f'the relay could not take {rejected} reports; they are in {outlet.spool.rejected_path}: {RESEND_HINT}')
            if not segments:
                continue
            if error := outlet.spool.status.last_error():
                self._warn(f'reports of earlier runs wait in {outlet.spool.root}: {error["what"]} (at {error["at"]})')
            elif age_of(segments[0]) > LEFT_BEHIND_AGE:
                self._say(f'{outlet.spool.count_lines(segments)} reports of earlier runs wait in {outlet.spool.root}, and are sent now')
            outlet.wake()

    def put(self, run: Run, event: dict[str, Any]) -> None:
        self._used = True
        line = masking_key(self._relay.key, str)(line_of(self._channel, run, event).decode()).encode()
        while True:
            outlet = self._ways[0]
            try:
                return outlet.put(line)
            except OSError as error:
                if len(self._ways) == 1:
                    raise
                self._ways.pop(0)
                self._warn(
                    f'reports cannot be kept in {outlet.spool.root or "the spool"} ({error.strerror or error}): they go to '
                    f'{self._ways[0].spool.root or "the relay at once, and are lost if it does not take them"}'
                )

    def finish(self) -> None:
        """Waits for what was put, and says what went wrong with it."""
        for outlet in self._outlets:
            outlet.finish(self._wait if self._used else 0)
        for outlet in self._outlets if self._used else ():
            self._judge(outlet)
        if self._rejected != (sizes := self._rejected_sizes()):
            self._rejected = sizes
            where = ' and '.join(outlet.spool.rejected_path for outlet in self._outlets if outlet.spool.rejected())
            self._warn(f'the relay could not take some reports; they are in {where}: {RESEND_HINT}')
        self._used = False

    def _judge(self, outlet: Outlet) -> None:
        if dropped := outlet.take_dropped():
            self._warn(f'the spool was full: the oldest {dropped} reports were dropped')
        if not (waiting := outlet.count_undelivered()):
            return
        error = outlet.spool.status.last_error()
        if not outlet.spool.root:
            self._warn(f'{waiting} failures are not delivered yet, and are lost if the sender does not reach {self._relay.origin} by itself')
        elif error and error['at'] > self._began:
            self._warn(f'what failed is not told yet, and waits in {outlet.spool.root}: {error["what"]}')
        else:
            why = f'the relay has not answered for {self._wait:g} s' if self._wait else 'the run did not wait for the relay'
            self._say(f'{waiting} failures are not delivered yet: {why}; they wait in {outlet.spool.root}')

    def _rejected_sizes(self) -> list[int]:
        return [outlet.spool.size(name) for outlet in self._outlets for name in outlet.spool.rejected()]


def find_spools(settings: Settings, warn: Callable[[str], None]) -> list[Outlet]:
    """That of the options, unless it is not this user's alone, and one elsewhere; before anything in them is even listed."""
    found: list[Outlet] = []
    for root in (settings.spool, temporary_spool()):
        spool = Spool(root)
        try:
            spool.check()
            found.append(SpoolOutlet(spool, settings.relay))
        except OSError as error:
            if root == settings.spool:
                warn(f'the spool is not used: {error.strerror or error}')
    return found


# open_failures.py
# Failures that were reported and are not over yet: what a later run may report as recovered.

IDENTITY = ('host', 'play', 'task', 'role', 'action', 'path', 'message')
OPEN_FAILURES_LIMIT = 4 * KIB * KIB


@dataclass(frozen=True)
class OpenFailure:
    """`scope` is the part of the playbook that the run was about: a run of another part, or a dry one, proves nothing."""

    playbook: str
    scope: str
    inventory_host: str
    kind: str
    identity: Mapping[str, Any]

    @property
    def line(self) -> str:
        return json.dumps(vars(self), sort_keys=True, ensure_ascii=False)

    @property
    def task_key(self) -> TaskKey:
        return TaskKey(self.inventory_host, *(self.identity.get(name) for name in ('role', 'task', 'action')))


def open_failure_of(failure: TaskOutcome, event: Mapping[str, Any], playbook: str, scope: str) -> OpenFailure:
    identity = {name: event[name] for name in IDENTITY}
    # The relay tells incidents apart by less than this.
    identity['message'] = (event['message'] or '')[:2 * KIB] or None
    return OpenFailure(playbook, scope, failure.inventory_host, failure.kind, identity)


class OpenFailures:
    """Those of one playbook, in a file beside the spool; without a failure, nothing is read or written."""

    def __init__(self, directory: str, playbook: str) -> None:
        self._path = os.path.join(directory, 'failures.jsonl')
        self.playbook = playbook
        self.known = [failure for failure in self._read() if failure.playbook == playbook]
        self._lines = {failure.line for failure in self.known}

    def add(self, failure: OpenFailure) -> None:
        if failure.line not in self._lines and file_size(self._path) <= OPEN_FAILURES_LIMIT:
            self._lines.add(failure.line)
            append(self._path, [failure])

    def remove(self, over: Iterable[OpenFailure]) -> None:
        """What another run adds while the file is read gets lost, and grows stale at the relay."""
        lines = {failure.line for failure in over}
        rest = [failure for failure in self._read() if failure.line not in lines]
        temporary = f'{self._path}.{os.getpid()}'
        remove_file(temporary)
        if rest:
            append(temporary, rest)
            os.replace(temporary, self._path)
        else:
            remove_file(self._path)

    def _read(self) -> list[OpenFailure]:
        try:
            with open(self._path, 'rb') as file:
                return [failure for failure in map(parse_open_failure, file) if failure]
        except OSError:
            return []


def parse_open_failure(line: bytes) -> Optional[OpenFailure]:
    with contextlib.suppress(ValueError, TypeError):
        failure = OpenFailure(**json.loads(line))
        return failure if isinstance(failure.identity, dict) else None
    return None


def append(path: str, failures: Iterable[OpenFailure]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, 'ab') as file:
        file.write(''.join(failure.line + '\n' for failure in failures).encode(errors='replace'))


# recap.py
# What Ansible counted by the end of a playbook.

@dataclass(frozen=True)
class Recap:
    """The counts of each host."""

    hosts: Mapping[str, Mapping[str, int]]

    def failed(self, host: str) -> bool:
        return bool(self.hosts[host]['failures'] or self.hosts[host]['unreachable'])

    def reached(self, host: str) -> bool:
        return any(self.hosts[host].get(name) for name in ('ok', 'failures', 'rescued', 'ignored'))

    @property
    def went_through(self) -> bool:
        """Whether nothing can have ended the run early; a rescue may have, for other hosts than its own."""
        return not any(self.failed(host) or self.hosts[host].get('rescued') for host in self.hosts)

    def counted(self) -> Counter[tuple[str, str]]:
        pairs = (('failed', 'failures'), ('unreachable', 'unreachable'))
        return Counter({(kind, host): counts[name] for host, counts in self.hosts.items() for kind, name in pairs})


def unreported(
    recap: Recap, reported: Mapping[tuple[str, str], int], held_back: Mapping[str, list[TaskOutcome]],
) -> Iterator[TaskOutcome]:
    """Failures that Ansible counted and that were not reported: those that looked rescued first, and then a plain one rather than none."""
    for (kind, host), counted in recap.counted().items():
        missing = counted - reported.get((kind, host), 0)
        candidates = held_back.get(host, [])[-missing:] if kind == 'failed' and missing > 0 else []
        yield from (replace(failure, disposition='') for failure in candidates)
        if missing > len(candidates):
            yield TaskOutcome(kind, host, host, result={'msg': 'Ansible counts a failure of this host that no task reported.'})


# recovery.py
# When a failure is over, and how that is reported.

def recovered_event(failure: OpenFailure, event_id: str, at: str) -> dict[str, Any]:
    return {'id': event_id, 'kind': 'recovered', 'of': failure.kind, 'at': at, **failure.identity}


def is_over(failure: OpenFailure, scope: str, recap: Recap, went_well: Container[TaskKey]) -> bool:
    """Whether this run has shown that what failed then works now.

    Where the run may have ended before it came to the task, the task itself must have gone well; of a host that was unreachable, any.
    """
    host = failure.inventory_host
    if scope not in ('', failure.scope) or host not in recap.hosts or recap.failed(host):
        return False
    if failure.kind == 'unreachable' and failure.identity.get('host') == host:
        return recap.reached(host)
    return recap.went_through or failure.task_key in went_well


# run_marker.py
# Lets the `exec` that Ansible runs under know whether everything that failed was reported.

RUN_MARKER_VARIABLE = 'SLACK_RELAY_RUN_MARKER'


class RunMarker:
    """A file with a line when a playbook reports its first failure, and another when that playbook ends.

    Where they are not even, a playbook has died after it reported something: what it died of is still to be reported.
    """

    def __init__(self, path: Optional[str]) -> None:
        self._path = path
        self._is_open = self._has_reported = False

    def playbook_starts(self) -> None:
        """A further playbook of the same command line may die, too."""
        if self._has_reported:
            self.failure_reported()

    def failure_reported(self) -> None:
        if self._path and not self._is_open:
            self._is_open = self._has_reported = True
            self._write(b'+\n')

    def playbook_ends(self) -> None:
        if self._is_open:
            self._is_open = False
            self._write(b'-\n')

    def _write(self, line: bytes) -> None:
        # Where it cannot be written, `exec` reports what was reported already.
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
            with os.fdopen(descriptor, 'wb') as file:
                file.write(line)

    def is_complete(self) -> bool:
        """Whether something was reported, and every playbook that reported came to its end."""
        try:
            lines = read_trusted_file(self._path, KIB * KIB).splitlines(keepends=True) if self._path else []
        except OSError:
            return False
        return bool(lines) and lines.count(b'+\n') == lines.count(b'-\n')


# result.py
# Reads the results that Ansible gives to a hook.

def read_result(kind: str, answer: Any, ignored: bool, play: Optional[str], playbook_directory: str) -> TaskOutcome:
    """The only function that touches Ansible's result, by its public names where it has them, as from 2.19 on.

    Never read here: the task's arguments, which no_log does not censor.
    """
    host, task, result = (getattr(answer, name if hasattr(answer, name) else f'_{name}') for name in ('host', 'task', 'result'))
    result = result if isinstance(result, Mapping) else {}
    role = getattr(task, '_role', None)
    hidden = task.no_log not in (None, False) or 'censored' in result
    # In a loop whose items each have their delegate, this is still the template.
    delegate = task.delegate_to if task.delegate_to not in (None, '', host.get_name()) and '{{' not in task.delegate_to else None
    blocks = [*blocks_with_rescue(task)]
    # That a host is unreachable no section catches.
    caught_by = next((block for block, section in blocks if section == 'block'), None) if kind == 'failed' else None
    return TaskOutcome(
        kind=kind,
        inventory_host=host.get_name(),
        # A delegate that cannot be reached is the dead host: nothing is wrong with the one it was to work for.
        host=delegate if delegate and kind == 'unreachable' else host.get_name(),
        delegated_to=delegate if kind != 'unreachable' else None,
        task=(written_name(task) if hidden else task.name) or task.action,
        role=role.get_name() if role else None,
        action=getattr(task, 'resolved_action', None) or task.action,
        path=task_path(task.get_path(), getattr(role, '_role_path', None), playbook_directory),
        play=play,
        disposition='ignored' if ignored or kind == 'unreachable' and task.ignore_unreachable else 'rescued' if caught_by else '',
        caught_by=caught_by,
        rescues=next((block for block, section in blocks if section == 'rescue'), None),
        hidden=hidden,
        playbook_directory=playbook_directory,
        result={name: result[name] for name in ('attempts',) if name in result} if hidden else result,
    )


def blocks_with_rescue(task: Any) -> Iterator[tuple[str, str]]:
    """The blocks around a task that have a rescue section, from the inside out, each with the section of it that the task is in.

    It is in the block itself unless it is in the other two: what Ansible imported statically is in no section any more, but only the
    tasks of the block itself lose theirs.
    """
    inside = {getattr(task, '_uuid', None)}
    parent = getattr(task, '_parent', None)
    while parent is not None:
        block = getattr(parent, '_uuid', None)
        if getattr(parent, 'rescue', None):
            others = {'rescue': parent.rescue, 'always': parent.always or []}
            held_by = (name for name, tasks in others.items() if any(getattr(child, '_uuid', None) in inside for child in tasks))
            yield block, next(held_by, 'block')
        inside.add(block)
        parent = getattr(parent, '_parent', None)


def written_name(task: Any) -> Optional[str]:
    """As it stands in the playbook: a rendered one can hold what no_log is to hide."""
    written = getattr(task, '_ds', None)
    return written.get('name') if isinstance(written, Mapping) else None


def with_items(failure: TaskOutcome, items: list[Mapping[str, Any]]) -> TaskOutcome:
    """The failed items where the result itself does not tell them from the others."""
    if not items or failure.hidden or items_of(failure.result):
        return failure
    return replace(failure, result={**failure.result, 'results': [{**item, 'failed': True} for item in items]})


# playbook_run.py
# One playbook of the command line: a run of its own.

class PlaybookRun:
    """What only a report needs to know is found out for the first one."""

    def __init__(self, playbook: Any, settings: Settings) -> None:
        self._settings = settings
        self._name = getattr(playbook, '_file_name', None)
        self._started = utc_now()
        path = os.path.abspath(self._name) if self._name else None
        self.directory = os.path.dirname(path) if path else os.getcwd()
        self.open_failures = OpenFailures(settings.spool, path or '')

    @functools.cached_property
    def scope(self) -> str:
        return read_scope()

    @functools.cached_property
    def run(self) -> Run:
        from ansible import context
        from ansible.release import __version__
        return new_run(
            self._settings,
            startedAt=self._started,
            playbook=relative(self._name, os.getcwd(), os.getcwd())[-1024:] if self._name else None,
            mode='pull' if is_pull(context.CLIARGS.get('connection')) else 'push',
            ansibleVersion=__version__,
            checkMode=bool(context.CLIARGS.get('check')),
            revision=revision_of(self.directory, os.environ),
        )


def read_scope() -> str:
    """Which part of the playbook this run is about; nothing for all of it."""
    from ansible import context
    asked = {name: context.CLIARGS.get(name) for name in ('tags', 'skip_tags', 'start_at_task', 'check', 'step')}
    if list(asked['tags'] or []) == ['all']:
        asked['tags'] = None
    return json.dumps({name: asked[name] for name in asked if asked[name]}, sort_keys=True, default=list) if any(asked.values()) else ''


# reporter.py
# What one process of Ansible reports.

class Reporter:
    def __init__(self, settings: Settings, warn: Callable[[str], None], say: Callable[[str], None]) -> None:
        self._redactor = Redactor(masking_key(settings.relay.key, OwnPatterns(settings.mask, warn).mask))
        self._dispatch = Dispatch(settings, warn, say)
        # The failures that are remembered lie where the reports do.
        self._settings = replace(settings, spool=self._dispatch.spool)
        self._marker = RunMarker(os.environ.get(RUN_MARKER_VARIABLE))
        self._playbook: Optional[PlaybookRun] = None
        self._play: Optional[str] = None
        # What was reported so far, to be compared with the recap, and what a rescue section is expected to catch.
        self._reported: Counter[tuple[str, str]] = Counter()
        self._held_back: dict[str, list[TaskOutcome]] = {}
        self._failed_items: dict[tuple[str, Optional[str]], list[Mapping[str, Any]]] = {}
        self._went_well: set[TaskKey] = set()

    def start(self, playbook: Any = None) -> PlaybookRun:
        self._playbook = PlaybookRun(playbook, self._settings)
        self._went_well.clear()
        self._marker.playbook_starts()
        self._dispatch.send_what_waits()
        return self._playbook

    @property
    def _current(self) -> PlaybookRun:
        # Commands without a playbook do not say that they start.
        return self._playbook or self.start()

    def play(self, play: Any) -> None:
        self._play = play.get_name()

    def _read(self, kind: str, result: Any, ignored: bool = False) -> TaskOutcome:
        return read_result(kind, result, ignored, self._play, self._current.directory)

    def failed(self, kind: str, result: Any, ignored: bool = False) -> None:
        failure = self._read(kind, result, ignored)
        failure = with_items(failure, self._failed_items.pop((failure.inventory_host, failure.path), []))
        if not failure.disposition:
            self._reported[kind, failure.inventory_host] += 1
        if self._settings.reports(failure.disposition):
            self._report(failure, self._causes_of(failure))
        elif failure.disposition == 'rescued':
            # In memory, and few of them: a rescue that does not come is seen in the recap.
            self._held_back[failure.inventory_host] = [*self._held_back.get(failure.inventory_host, [])[-4:], failure]

    def _causes_of(self, failure: TaskOutcome) -> Iterator[TaskOutcome]:
        """Where a rescue section fails, what it was to rescue: that was not reported, and is where the trouble began."""
        candidates = {cause.caught_by: cause for cause in self._held_back.get(failure.inventory_host, [])}
        while cause := candidates.pop(failure.rescues, None):
            yield cause
            failure = cause

    def item_failed(self, result: Any) -> None:
        """Kept until the loop has ended: from 2.21 on, its result does not say which of its items failed."""
        failure = self._read('failed', result)
        self._failed_items.setdefault((failure.inventory_host, failure.path), []).append(failure.result)

    def went_well(self, result: Any) -> None:
        """Of interest only where something failed before."""
        if self._current.open_failures.known:
            done = self._read('ok', result)
            self._went_well.add(TaskKey(
                done.inventory_host, *(one_line(name, 500, self._redactor.text) for name in (done.role, done.task, done.action)),
            ))

    def _report(self, failure: TaskOutcome, causes: Iterable[TaskOutcome] = ()) -> None:
        run, open_failures = self._current.run, self._current.open_failures
        event = event_of(with_machine_name(failure, run.source), str(uuid.uuid4()), utc_now(), self._redactor)
        event = with_causes(event, causes, failure.host, self._redactor.text)
        self._dispatch.put(run, event)
        if not failure.disposition:
            self._marker.failure_reported()
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                open_failures.add(open_failure_of(failure, event, open_failures.playbook, self._current.scope))

    def finish(self, stats: Any) -> None:
        """After each playbook of the command line; the recap counts all of them so far."""
        recap = Recap({host: stats.summarize(host) for host in stats.processed})
        for failure in unreported(recap, self._reported, self._held_back):
            self._report(failure)
        self._reported, self._held_back = recap.counted(), {}
        self._report_recovered(recap)
        self._dispatch.finish()
        self._marker.playbook_ends()

    def _report_recovered(self, recap: Recap) -> None:
        current = self._current
        over = [failure for failure in current.open_failures.known if is_over(failure, current.scope, recap, self._went_well)]
        for failure in over:
            self._dispatch.put(current.run, recovered_event(failure, str(uuid.uuid4()), utc_now()))
        if over:
            current.open_failures.remove(over)


# plugin.py
# The callback that Ansible loads.

if __name__ == '__main__':
    # As a program, this file runs without Ansible: it starts in a fraction of the time, and under any Python that has the file.
    CallbackBase: Any = object
else:
    from ansible.plugins.callback import CallbackBase

ERRORS_LIMIT = 20


def harmless(hook: Callable[..., None]) -> Callable[..., None]:
    """A hook that fails says so once, and after many times it is the last one: the play never notices."""

    @functools.wraps(hook)
    def call(self: CallbackModule, *args: Any, **kwargs: Any) -> None:
        try:
            hook(self, *args, **kwargs)
        except Exception as error:  # pylint: disable=broad-except
            self.hook_errors += 1
            self.disabled = self.hook_errors >= ERRORS_LIMIT
            if self.hook_errors == 1:
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

    hook_errors = 0

    def set_options(self, task_keys: Any = None, var_options: Any = None, direct: Any = None) -> None:
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        try:
            self.reporter = Reporter(read_settings(self.get_option, self.warn, self.source_of), self.warn, self.say)
        except ValueError as error:
            self.disabled = True
            self.warn(f'{error}, so failures are not reported')

    def source_of(self, option: str) -> Optional[str]:
        """The file that the option stands in."""
        from ansible import constants
        _, origin = constants.config.get_config_value_and_origin(option, plugin_type=self.plugin_type, plugin_name=self._load_name)
        return str(origin) if origin and os.path.isfile(str(origin)) else None

    def warn(self, text: str) -> None:
        self._display.warning(f'slack_relay: {text}')

    def say(self, text: str) -> None:
        """Nothing is wrong, but to be silent would be."""
        self._display.display(f'slack_relay: {text}', stderr=True)

    @harmless
    def v2_playbook_on_start(self, playbook: Any) -> None:
        self.reporter.start(playbook)

    @harmless
    def v2_playbook_on_play_start(self, play: Any) -> None:
        self.reporter.play(play)

    @harmless
    def v2_runner_item_on_failed(self, result: Any) -> None:
        self.reporter.item_failed(result)

    @harmless
    def v2_runner_on_failed(self, result: Any, ignore_errors: Any = False) -> None:
        self.reporter.failed('failed', result, bool(ignore_errors))

    @harmless
    def v2_runner_on_unreachable(self, result: Any) -> None:
        self.reporter.failed('unreachable', result)

    @harmless
    def v2_runner_on_ok(self, result: Any) -> None:
        self.reporter.went_well(result)

    @harmless
    def v2_runner_on_skipped(self, *result: Any) -> None:
        # For meta: end_host, ansible-core 2.21 calls this with three things that are no result.
        if len(result) == 1:
            self.reporter.went_well(result[0])

    @harmless
    def v2_playbook_on_stats(self, stats: Any) -> None:
        self.reporter.finish(stats)


# program_options.py
# The options for a program that runs without Ansible.

PATHS = ('spool', 'key_file', 'ca_file')
CONFIG_LIMIT = 1024 * KIB


class ProgramOptions:
    """The callback's options, as text: from the environment, then from the ansible.cfg that Ansible would take."""

    def __init__(self, environment: Mapping[str, str], warn: Callable[[str], None]) -> None:
        self._environment = environment
        self._file = next((path for path in self._files(warn) if os.path.isfile(path)), None)
        self._section: Mapping[str, str] = read_section(self._file, warn) if self._file else {}

    def _files(self, warn: Callable[[str], None]) -> Iterator[str]:
        if given := self._environment.get('ANSIBLE_CONFIG'):
            yield os.path.join(given, 'ansible.cfg') if os.path.isdir(given) else given
        try:
            here, path = os.stat('.'), os.path.abspath('ansible.cfg')
            # Ansible does not read this one either where anyone could have put it.
            if not here.st_mode & stat.S_IWOTH and os.path.isfile(path):
                if is_trusted_owner(os.stat(path).st_uid):
                    yield path
                else:
                    warn(f"{path} is another user's, and is not read (ANSIBLE_CONFIG trusts it)")
        except OSError:
            pass  # The working directory has been removed.
        yield os.path.expanduser('~/.ansible.cfg')
        yield '/etc/ansible/ansible.cfg'

    def get(self, name: str) -> Optional[str]:
        for variable in (f'SLACK_RELAY_{name.upper()}', *(('SLACK_CHANNEL',) if name == 'channel' else ())):
            if variable in self._environment:
                return self._environment[variable]
        given = self._section.get(name)
        if given and name in PATHS:
            return os.path.join(os.path.dirname(self._file), os.path.expanduser(given))
        return given


def read_section(path: str, warn: Callable[[str], None]) -> Mapping[str, str]:
    """Without what cannot be read: a line that is quoted could hold the key."""
    parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(';',))
    try:
        owner = os.stat(path).st_uid
        parser.read_string(read_trusted_file(path, CONFIG_LIMIT, follow_links=True, others=[owner]).decode())
    except (OSError, ValueError, configparser.Error) as error:
        warn(f'{path} cannot be read ({type(error).__name__})')
    return parser['callback_slack_relay'] if parser.has_section('callback_slack_relay') else {}


# execution.py
# Runs a command as if nothing were between it and its caller.

# As timeout(1) has it.
TIMED_OUT = 124


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, negative for a signal that it got, what else there is to say, and the last it wrote."""

    code: int
    why: str = ''
    stdout: str = ''
    stderr: str = ''


class Execution:
    """Runs a command with its output as it is, keeping the end of it, and passes signals on."""

    PASSED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
    KEPT = 32 * KIB
    GRACE = 10.0

    def __init__(self, command: list[str], timeout: Optional[float], redactor: Redactor) -> None:
        self._command = command
        self._redactor = redactor
        self._timeout = timeout
        self._tails = {1: b'', 2: b''}
        self.interrupted = False

    def run(self, environment: Mapping[str, str]) -> Ended:
        # A terminal's output is left to it: a pipe would take the colours away, and the person saw it anyway.
        kept = {descriptor: None if os.isatty(descriptor) else subprocess.PIPE for descriptor in (1, 2)}
        try:
            process = subprocess.Popen(
                self._command, stdout=kept[1], stderr=kept[2], env=environment,
                # Away from a terminal, a group of its own: a signal must reach what the command started, too.
                preexec_fn=None if os.isatty(0) else os.setpgrp,
            )
        except OSError as error:
            return Ended(127 if isinstance(error, FileNotFoundError) else 126, f'it could not be started: {error.strerror}')
        before = {number: signal.signal(number, functools.partial(self._pass_on, process)) for number in self.PASSED_ON}
        why = self._follow(process)
        for number, handler in before.items():
            signal.signal(number, handler)
        code = TIMED_OUT if why else process.returncode
        if code < 0:
            why = f'it was ended by {signal_name(-code)}'
        return Ended(code, why, self._end_of(1), self._end_of(2))

    def _end_of(self, descriptor: int) -> str:
        return last_part(self._tails[descriptor].decode(errors='replace'), self.KEPT - MARGIN, self._redactor.text)

    def _pass_on(self, process: subprocess.Popen[bytes], number: int, _frame: Any) -> None:
        self.interrupted = self.interrupted or number == signal.SIGINT
        # The terminal sends its own to everything in it.
        if not (number in (signal.SIGINT, signal.SIGQUIT) and os.isatty(0)):
            self._kill(process, number)

    @staticmethod
    def _kill(process: subprocess.Popen[bytes], number: int) -> None:
        try:
            if os.isatty(0):
                process.send_signal(number)
            else:
                os.killpg(process.pid, number)
        except ProcessLookupError:
            pass

    def _follow(self, process: subprocess.Popen[bytes]) -> str:
        """Until it has ended and is silent; why it was ended, if we did it."""
        why, silent_by = '', math.inf
        deadline = time.monotonic() + self._timeout if self._timeout else math.inf
        pipes = {pipe: descriptor for pipe, descriptor in ((process.stdout, 1), (process.stderr, 2)) if pipe}
        while True:
            ended = process.poll() is not None
            if ended:
                silent_by = min(silent_by, time.monotonic() + 1)  # What it left behind may go on writing.
            ready, _, _ = select.select(list(pipes), [], [], 0.1)
            for pipe in ready:
                if not self._copy(pipe.fileno(), pipes[pipe]):
                    del pipes[pipe]
            if ended and (not ready or time.monotonic() > silent_by):
                return why
            if time.monotonic() > deadline and not ended:
                self._kill(process, signal.SIGKILL if why else signal.SIGTERM)
                why = f'it did not end within {self._timeout:g} seconds'
                deadline = time.monotonic() + self.GRACE

    def _copy(self, source: int, target: int) -> bool:
        data = os.read(source, 64 * KIB)
        self._tails[target] = (self._tails[target] + data)[-self.KEPT:]
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(target, left):]
        except OSError:
            pass  # Whoever read this has gone; the command is to go on.
        return bool(data)


def signal_name(number: int) -> str:
    """The real-time ones have no name."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f'signal {number}'


def end_like(code: int) -> int:
    """A signal that ended the command ends us, too: whoever waits for us is to see the same."""
    if code >= 0:
        return code
    if -code != signal.SIGKILL:
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
    return 128 - code


# exec.py
# Runs a command, and reports that it failed if nothing else did.

class CommandReport:
    """What is reported of a command: prepared before it runs, and never its problem."""

    def __init__(self, settings: Settings, command: list[str], warn: Callable[[str], None]) -> None:
        self.redactor = Redactor(masking_key(settings.relay.key, OwnPatterns(settings.mask, warn).mask))
        self._command = command
        self._dispatch = Dispatch(settings, warn, warn)
        self._run = new_run(settings, mode='pull' if os.path.basename(command[0]) == 'ansible-pull' else 'push')
        # Its whole command line tells one job of a machine from another.
        self._job = command_line(self.redactor.value(list(command)))
        directory = self._dispatch.spool
        self._open_failures = OpenFailures(directory, f'exec {self._job}') if directory else None
        self.marker = os.path.join(directory, f'{MARKER_PREFIX}{self._run.id}') if directory else None

    def is_made_by_callback(self, ended: Ended) -> bool:
        complete = RunMarker(self.marker).is_complete()
        if self.marker:
            remove_file(self.marker)
        # A playbook that failed and was ended for being slow has not reported the latter.
        return complete and ended.code != TIMED_OUT

    def finish(self, ended: Ended, interrupted: bool) -> None:
        is_made, known = self.is_made_by_callback(ended), self._open_failures
        if ended.code and not is_made and not interrupted:
            failure = failed_command(self._job, self._command, ended, self._run.source, self.redactor.text)
            event = event_of(failure, str(uuid.uuid4()), utc_now(), self.redactor)
            self._dispatch.put(self._run, event)
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                if known:
                    known.add(open_failure_of(failure, event, known.playbook, ''))
        elif not ended.code and known and known.known:
            for failure in known.known:
                self._dispatch.put(self._run, recovered_event(failure, str(uuid.uuid4()), utc_now()))
            known.remove(known.known)
        self._dispatch.finish()


def execute(prepare: Callable[[], CommandReport], command: list[str], timeout: Optional[float], warn: Callable[[str], None]) -> int:
    """The command's exit code, negative for a signal that ended it. It is run whatever is wrong around it."""
    report = attempt(prepare, warn)
    execution = Execution(command, timeout, report.redactor if report else Redactor())
    marker = {RUN_MARKER_VARIABLE: report.marker} if report and report.marker else {}
    ended = execution.run({**os.environ, **marker})
    if report:
        attempt(lambda: report.finish(ended, execution.interrupted), warn)
    return ended.code


def attempt(step: Callable[[], Any], warn: Callable[[str], None]) -> Any:
    """What it returns, or nothing and a warning."""
    try:
        return step()
    except Exception as error:  # pylint: disable=broad-except
        # What is said of the options is ours, and of files the system's; any other text could quote what must stay here.
        what = error if type(error) is ValueError or isinstance(error, OSError) else f'{type(error).__name__} in line {line_number(error)}'
        warn(f'{what}, so nothing is reported')
    return None


def failed_command(job: str, command: list[str], ended: Ended, machine: str, mask: Masking) -> TaskOutcome:
    why = ended.why or f'it ended with exit code {ended.code}'
    return TaskOutcome(
        kind='failed', host=machine, inventory_host=machine, task=job,
        result={
            'msg': '\n'.join(filter(None, (f'{os.path.basename(command[0])}: {why}', error_lines(ended, mask)))),
            # A signal as a shell says it.
            'rc': ended.code if ended.code >= 0 else 128 - ended.code,
            'stdout': ended.stdout, 'stderr': ended.stderr, 'cmd': list(command),
        },
    )


def error_lines(ended: Ended, mask: Masking) -> str:
    """The message of the result that ended it, else Ansible's last error, which no rescue has caught, else the last lines."""
    texts = [readable(text) for text in (ended.stderr, ended.stdout)]
    for text in texts:
        if message := message_of(printed_result(text), mask):
            return message
        if errors := [*re.finditer(r'(?m)^(?:ERROR!|\[ERROR\]|fatal:)', text)]:
            return '\n'.join([line for line in text[errors[-1].start():].splitlines() if line.strip()][:5])
    return next(filter(None, (last_lines(text, mask) for text in texts)), '')


def printed_result(output: str) -> Mapping[str, Any]:
    """The first failed result that Ansible printed, such as that of the checkout which ansible-pull begins with."""
    result = re.search(r'(?m)^\S+ \| (?:FAILED|UNREACHABLE)! => (?=\{)', output)
    try:
        return json.JSONDecoder().raw_decode(output, result.end())[0] if result else {}
    except ValueError:
        return {}  # Its beginning is there, but not its end.


# spool_status.py
# What waits in the spool, for a person.

def describe_spool(spool: Spool) -> list[str]:
    segments, status = spool.segments(), spool.status
    error, asked = status.last_error(), status.wait()
    rejected = spool.count_lines(spool.rejected())
    since = f', since {as_time(int(segments[0][:20]) / 1e9)}' if segments else ''
    return [
        f'spool:        {spool.root}',
        f'waiting:      {spool.count_lines(segments)} reports{since}',
        f'last success: {status.read().get("lastSuccess") or "none"}',
        f'last error:   {error["what"]} (at {error["at"]})' if error else 'last error:   none',
        *([f'not before:   {as_time(asked)}'] if asked else []),
        *([f'set aside:    {rejected} reports that the relay could not take, in {spool.rejected_path}',
           '              `slack_relay.py resend` sends them again, `slack_relay.py clear` removes them'] if rejected else []),
    ]


def as_time(seconds: float) -> str:
    return f'{datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}'


# connection_test.py
# Whether the relay can be reached, and what is at fault if not.

def test_connection(settings: Settings) -> int:
    """Sends one report by the shortest way, without the spool, and prints what came of it; the program's exit code."""
    run = new_run(settings, mode='test')
    # With the time in its name each test is an incident of its own; a second one would be no news.
    task = f'Test of the Slack relay at {time.strftime("%H:%M:%S")}'
    failure = TaskOutcome('failed', run.source, run.source, task=task, result={'msg': 'This is a test: nothing is wrong.'})
    line = parse_line(line_of(settings.channel, run, event_of(failure, str(uuid.uuid4()), utc_now(), Redactor())))
    answer = RelayClient(settings.relay).post(report_of([line]))
    print(explain(answer, settings.relay, settings.channel))
    return 0 if verdict_of(answer.status) is Verdict.ACCEPTED else 1


def explain(answer: Answer, relay: Relay, channel: Optional[str]) -> str:
    """Whether the URL, the key or the network is at fault."""
    meaning = verdict_of(answer.status)
    if meaning is Verdict.ACCEPTED:
        where = f'the route {channel!r}, or of the default one if the relay knows no such route' if channel else 'the default route'
        return f'All is well: {relay.origin} took the report. Slack will show it in the channel of {where}.'
    if answer.status in (401, 403):
        return f'The key is at fault: {relay.origin} is a relay, but does not let us in ({answer}).'
    if meaning is Verdict.REFUSED or answer.status == 405:
        return f'The URL is at fault: something answers at {relay.origin}, but takes no reports there ({answer}).'
    if meaning is Verdict.NEVER:
        return f'Neither the URL nor the key is at fault, but {relay.origin} does not understand the report ({answer}).'
    if answer.status:
        return f'The relay is at fault: {relay.origin} is there, but cannot take reports now ({answer}).'
    if answer.reason.startswith('no token'):
        return f'The managed identity is at fault: {answer.reason}.'
    if 'CERTIFICATE' in answer.reason:
        return f'The certificate is at fault: {answer.reason}.'
    if re.search(r'SSL|closed without an answer|does not speak HTTP', answer.reason):
        return f'The URL is at fault: it says http where the relay speaks https, or the other way ({answer.reason}).'
    return f'The network is at fault, or the name in the URL: {answer.reason}.'


# cli.py
# The joined file as a program.

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
    return [spool, *([elsewhere] if elsewhere.folder() else [])]


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


COMMANDS = {'status': status, 'resend': resend, 'clear': clear, 'test': lambda: test_connection(settings_of(warn))}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog='slack_relay.py', description=PROGRAM_HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest='command', required=True)
    exec_ = commands.add_parser('exec', help='run a command, and report that it failed if the callback did not')
    exec_.add_argument('--timeout', type=positive_seconds, metavar='SECONDS', help='end the command after this time')
    exec_.add_argument('words', nargs=argparse.REMAINDER, metavar='-- command ...')
    commands.add_parser('status', help='print what waits in the spool, the last error and the last success')
    commands.add_parser('resend', help='send again what the relay could not take and was set aside')
    commands.add_parser('clear', help='remove what the relay could not take and was set aside')
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
