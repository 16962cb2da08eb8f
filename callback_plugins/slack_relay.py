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
        is meant.
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
  key_file:
    description:
      - A file that holds the key, for when I(key) is not set.
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
      - Whether the relay's certificate must be valid.
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
      - The directory where reports wait for the sender. It is created with mode 0700.
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
      - An expression in which something is repeated that itself repeats, such as C((a+)+), is refused, because it could
        take forever.
    type: str
    env: [{name: SLACK_RELAY_MASK}]
    ini: [{section: callback_slack_relay, key: mask}]
  labels:
    description:
      - What else to say of a run, as C(name=value), separated by commas; at most 20.
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
import threading
import time
import urllib.parse
import uuid
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Container, Iterable, Iterator, Mapping, NamedTuple, Optional


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


# rules.py
# The rule table that the relay reads as well; in the joined file it stands as text, without its examples.

RULES = r'''{
"parts": {
"s": "[ \\t]{0,20}",
"gap": "(?:[ \\t]{1,20}|[\"'],[ \\t\\n]{0,20}[\"'])",
"q": "\\\\{0,4}[\"'`]",
"ending": "(?:[_.-]?(?:%i:value|string|hash|base64|b64|plaintext|plain|text|data|old|new|base%|[0-9]{1,2}))?",
"listed key": "(?:%i:(?:api|access|account|auth|admin|app|application|private|encryption|signing|subscription|shared|storage|service|session|master|functions?|licen(?:s|c)e|consumer|host|hmac|deploy|client|integration|ingest|write)[_.-]?keys?|client[_-]?key[_-]?data%)",
"word": "%i:(?:passw(?:or)?ds?|passphrases?|passcode|secrets?|tokens?|credentials?|creds|authorization|cookies?|requirepass|masterauth|sshpass|secret[_-]?id|secret[_-]?(?:access[_-]?)?keys?|connection[_-]?strings?|sess(?:ion)?[_-]?id|(?:store|key|da)pass|(?:bind|root)pw|pre[_-]?shared[_-]?key|psk)%",
"short": "(?:[^A-Za-z](?:%i:pass|sas|pw|dsn%|[Pp]wd)|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas|Dsn))",
"tail": "[_-](?:%i:pat|auth%)",
"quoted": "(?:[bfru@$]{0,2}(?:\"\"|'')?(?:\"((?:[^\"\\\\\\r\\n]|\\\\[^\\r\\n])+)|'((?:[^'\\\\\\r\\n]|\\\\[^\\r\\n])+))|`([^`\\r\\n]+)|\\\\{1,4}[\"']((?:[^\"'\\\\\\r\\n]|\\\\{1,4}[^\"'\\\\\\r\\n])+))",
"bare": "([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\]~,-](?:[^ \\t\\r\\n;&\"'`\\\\]|\\\\[^\"' \\t\\r\\n])*)",
"item": "([^ \\t\\r\\n,}\\]{\\[\"'`\\\\-][^ \\t\\r\\n,}\\]\"'\\\\]*)",
"strong": "([A-Za-z+/=_.~!$^*#?-]{0,24}[0-9][A-Za-z0-9+/=_.~!$^*#?:@-]{7,})",
"six": "([0-9][!#-&(-~]{5}[^ \\t\\r\\n\"']*|[!#-&(-/:-~]{1}[0-9][!#-&(-~]{4}[^ \\t\\r\\n\"']*|[!#-&(-/:-~]{2}[0-9][!#-&(-~]{3}[^ \\t\\r\\n\"']*|[!#-&(-/:-~]{3}[0-9][!#-&(-~]{2}[^ \\t\\r\\n\"']*|[!#-&(-/:-~]{4}[0-9][!#-&(-~]{1}[^ \\t\\r\\n\"']*|[!#-&(-/:-~]{5,40}[0-9][^ \\t\\r\\n\"']*)",
"glued": "([A-Za-z+=._~!$^*-]{0,20}[0-9][A-Za-z0-9+=._~!$^*-]{5,}|[A-Za-z+=._~!$^*-]{5,40}[0-9][A-Za-z0-9+=._~!$^*-]*)",
"given": "(?:(?:%q%)?%s%=%s%\"([^\"\\r\\n]*)\"%s%->%s%%quoted%|(?:%q%)?\\]?%s%(?:[:?+.|]{0,3}=>?|->)%s%(?:%quoted%|([\\[{])[^{\\x25])|(?:%q%)?\\]?(?:=|[ \\t]{1,20}[:?+.|]{0,3}=[ \\t]{1,20}|[:?+.|]{1,3}=[ \\t]{0,20}|%s%(?:=>|->)%s%)%bare%|%q%\\]?%s%:[ \\t\\r\\n]{0,20}(?:%quoted%|%item%|([\\[{])[^{\\x25])|(?:%s%:|[ \\t]{1,3})%s%(?:%i:string|str%|[*]string|char ?[*]|Secret[sS]tr)%s%:?=%s%%quoted%|%q%[ \\t]{0,5},[ \\t]{0,5}\\\\{0,4}[\"'`]%strong%|,([A-Za-z]{0,24}[0-9][A-Za-z0-9+/_.~!$-]{11,})|(?:[ \\t][A-Za-z:]{1,20}=\"[^\"<>\\r\\n]*\"){0,3}>[ \\t\\r\\n]{0,40}([^ \\t<>\\r\\n][^<>\\r\\n]*)[ \\t\\r\\n]*</|</[A-Za-z:]{1,20}>[ \\t\\r\\n]{0,40}<[A-Za-z:]{1,20}>([^<>\\r\\n]+)|%q%[ \\t\\r\\n]{1,40}%i:value%=%quoted%|(?:%q%)?(?:,[ \\t\\r\\n]{0,40}|[ \\t]{0,5}\\r?\\n[ \\t]{0,40})(?:(?:%q%)?[A-Za-z]{1,20}(?:%q%)?:[ \\t]?[A-Za-z\"]{1,30},[ \\t\\r\\n]{0,40})?(?:%q%)?%i:(?:parameter)?value%(?:%q%)?%s%[:=]%s%(?:%quoted%|%item%|([\\[{])[^{\\x25])|:[ \\t]{1,20}(?:%quoted%|%six%)|:%glued%)",
"indent": "\\n[ \\t]{0,40}(?:[-+<>~*?][ \\t]{0,8}){0,2}(?:export |set |[|] ?)?",
"prefix": "[A-Za-z0-9_.-]{0,60}",
"line value": "(?:[ \\t]{0,12}:[ \\t]{1,20}|[ \\t]{1,20}=[ \\t]{1,20})(?:%quoted%|([^ \\t\\r\\n\"'`\\\\\\[{|>&*!\\x25@=(-](?:[^\\r\\n]*[^ \\t\\r\\n])?))",
"block": ":[ \\t]{0,20}[|>][0-9+-]{0,2}[ \\t]{0,20}\\r?\\n[ \\t]{1,40}([^ \\t\\r\\n:](?:[^:\\r\\n]|:[^ \\t\\r\\n:])*(?:\\r?\\n[ \\t]{1,40}[^ \\t\\r\\n:](?:[^:\\r\\n]|:[^ \\t\\r\\n:])*)*)\\r?\\n",
"word value": "(?:%quoted%|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-](?:[^ \\t\\r\\n;&\"'`\\\\]|\\\\[^\"' \\t\\r\\n])*))",
"cmd": "[^\\r\\n|;&]{0,0}",
"b": "[^A-Za-z0-9]",
"args": "(?:%gap%[\"']?[A-Za-z0-9_./:@=,\\x25+~$\\\\\\\\-]+[\"']?){0,12}?",
"args2": "(?:%gap%[\"']?[A-Za-z0-9_./:@=,+~$*{}-]+[\"']?){0,12}?"
},
"harmless": "(?:[\\[{]?[\\]}]?|[\\[(]?%q%?%i:(?:true|false|yes|no|on|off|none|null|nil|undefined|omit|omitted|always|never|on_create|redacted|masked|hidden|sensitive|required|optional|invalid|missing|expired|denied|empty|incorrect|wrong|rejected|revoked|unknown|unset|not|is|was|has|the|for|file|env|environment|prompt|value|string|str|text|bytes|int|bool|object|default|example|changeme|bearer|basic|digest|ok|failed|permission|sudo|eof|identifier|auto|self|stdin|ask|plain|md5|scram-sha-256|trust|login|peer|ident|gss|cram-md5)%[\\])]?|[*!.?]*|[xX#_-]{3,}|[|>][+-]?|!vault [|>]-?|\\[redacted\\][^ ]*|[0-9]{1,4}[ ,][^\\x00]*|\\([a-z][a-z ]{2,40}\\)|[A-Za-z0-9_.-]{0,40}%i:(?:password|passwd|token|secret|key|cookie|credential|cred|pass|pwd)s?%(?:\\(\\))?|(?:(?:%i:bearer|basic|token|digest%)[ ])?\\$\\{?[A-Za-z_][A-Za-z0-9_:.-]*\\}?|\\$\\([^)\\r\\n]*\\)?|\\$\\{\\{[^}\\r\\n]*\\}\\}|\\{\\{[^\\r\\n]*|\\{\\x25[^\\r\\n]*|\\x25[A-Za-z_][A-Za-z0-9_]*\\x25|\\x25\\(?[a-z_]*\\)?s?|<[^>\\r\\n]*>?|\\{[A-Za-z0-9_.]*\\}|(?:%i:var|local|module|data|self|config|settings|process[.]env|os[.]environ|secrets|env|args|params|options|this|vault|hostvars|item%)[.\\[][A-Za-z0-9_.\\['\"\\]-]*|[a-zA-Z_.]{2,60}\\([^\\r\\n]*|~?\\.{0,2}(?:/[A-Za-z0-9_.-]{0,32}){2,}|~/[A-Za-z0-9_./-]*|[A-Za-z]:\\\\[^\\r\\n]*|[A-Za-z0-9_./-]{1,60}[.](?:ya?ml|json|pem|key|txt|conf|cfg|ini|env|crt|cer|p12|pfx|jks|pub|py|sh|tf|log)|[^\\x00]*[A-Za-z][, ](?:%i:is|are|was|were|not|cannot|must|should|has|have|been|be|could|can|may|required|denied|invalid|failed|expired|missing|incorrect|for|of|to|with|the|from|in|and|or|by|at|on|an|no|does|did|will|please|try%)(?:[ ,.:;!?\"'][^\\x00]*)?|[A-Z][a-z]{1,20}(?: [a-z]{2,20}){1,4}[.!]?)[,;:.)\\]}]{0,3}",
"bracket": "\\\\[^\\x00]|\\\"(?:[^\"\\\\]|\\\\[^\\x00])*\"|'(?:[^'\\\\]|\\\\[^\\x00])*'|[\\[\\]{}]",
"rules": [
{
"needles": [
"-----begin "
],
"pattern": "(-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-[^-])*(?:-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----)?)"
},
{
"needles": [
"-----end "
],
"swallows": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\\r\n",
"pattern": "(-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----)"
},
{
"needles": [
"LS0tLS1CRUdJTiB"
],
"pattern": "(LS0tLS1CRUdJTiB[A-Za-z0-9+/=]{40,}|LS0tLS1CRUdJTiB[A-Za-z0-9+/]{8,})"
},
{
"needles": [
"private-lines:"
],
"pattern": "%i:private-lines%: [0-9]{1,4}\\r?\\n([A-Za-z0-9+/=]+(?:\\r?\\n[A-Za-z0-9+/=]+)*)\\r?\\n"
},
{
"needles": [
"$ansible_vault;"
],
"pattern": "\\$ANSIBLE_VAULT;[0-9.]{1,5};[A-Z0-9]{1,10}(?:;[A-Za-z0-9_.-]{1,40})?(?:[ \\t\\r\\n]|\\\\[nr])*([0-9a-f]{16,}(?:(?:[ \\t\\r\\n]|\\\\[nr])+[0-9a-f]{16,})*)"
},
{
"needles": [
"://"
],
"pattern": "://[^ \\t\\r\\n/:@?#\"'<>]*:([^ \\t\\r\\n/?#\"'<>]+)@"
},
{
"needles": [
":\\/\\/"
],
"pattern": ":\\\\/\\\\/[^ \\t\\r\\n/:@?#\"'<>\\\\]*:([^ \\t\\r\\n/?#\"'<>\\\\]+)@"
},
{
"needles": [
"://"
],
"pattern": "://([A-Za-z0-9_-]{0,24}[0-9][A-Za-z0-9_-]{19,})@"
},
{
"needles": [
"hooks.slack.com",
"hooks.slack-gov.com"
],
"pattern": "%i:hooks[.]slack%(?:-gov)?%i:[.]com%\\\\?/(?:services|workflows|triggers)\\\\?/([A-Za-z0-9/_.\\\\-]+)"
},
{
"needles": [
".webhook.office.com/webhookb2/",
"outlook.office.com/webhook/",
"discord.com/api/webhooks/",
"discordapp.com/api/webhooks/",
"chat.googleapis.com/v1/spaces/"
],
"pattern": "(?:[.]webhook[.]office[.]com/webhookb2/|outlook[.]office[.]com/webhook/|discord(?:app)?[.]com/api/webhooks/|chat[.]googleapis[.]com/v1/spaces/)([A-Za-z0-9/_.@?&=\\x25-]+)"
},
{
"needles": [
":AA"
],
"lead": 1,
"pattern": "[0-9]:(AA[A-Za-z0-9_-]{32,36})"
},
{
"needles": [
"authorization",
"cookie",
"api-key",
"auth-token",
"vault-token",
"functions-key",
"private-token",
"subscription-key",
"security-token",
"sas-key",
"application-key"
],
"pattern": "%i:(?:authorization|cookie|api-key|auth-token|vault-token|functions-key|private-token|subscription-key|security-token|sas-key|application-key)%[ \\t]{0,20}:(?:[ \\t]|\\x2520){0,20}((?:=\"[^\"\\r\\n]*\"|[^ \\t\\r\\n\"'{\\[\\\\])(?:=\"[^\"\\r\\n]*\"|[^\\r\\n\"'\\\\])*)"
},
{
"needles": [
"bearer"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_]%i:bearer%:?(?:[ \\t]|\\x2520){1,20}([A-Za-z._~+/=-]{0,24}[0-9][A-Za-z0-9._~+/=-]{8,}|[A-Za-z._~+/=-]{8,60}[0-9][A-Za-z0-9._~+/=-]*)"
},
{
"needles": [
"basic"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_]%i:basic%[ \\t]{1,20}([A-Za-z+/]{8,40}[0-9=][A-Za-z0-9+/=]*|[A-Za-z+/]{0,40}[0-9][A-Za-z0-9+/=]{8,})"
},
{
"needles": [
"eyJ",
"ewog",
"eyAi",
"ZXlK"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_-](ZXlK[A-Za-z0-9_/+=-]{40,}|e(?:yJ|yAi|wog)[A-Za-z0-9_-]{8,}[.][A-Za-z0-9_/\\\\-]{8,}(?:[.][A-Za-z0-9_/=\\\\-]*)*|eyJrIjoi[A-Za-z0-9+/=_-]{30,})"
},
{
"needles": [
"$1$",
"$2a$",
"$2b$",
"$2x$",
"$2y$",
"$5$",
"$6$",
"$7$",
"$y$",
"$gy$",
"$apr1$",
"$argon2",
"$pbkdf2",
"$scrypt",
"$krb5",
"$8$",
"$9$",
"$14$"
],
"pattern": "(\\$(?:1|2[abxy]|5|6|7|8|9|14|y|gy|apr1|argon2(?:id|i|d)|pbkdf2(?:-sha[0-9]{1,3})?|scrypt|krb5[a-z]{1,8}\\$[0-9]{1,2})(?:\\$[A-Za-z0-9_./=,+-]{1,200}){2,4}|\\$krb5[a-z]{1,8}\\$[^ \\t\\r\\n\\\"']+)"
},
{
"needles": [
"{ssha",
"{sha",
"{smd5}",
"{crypt}",
"{md5}"
],
"pattern": "\\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|md5|ssha)\\}([A-Za-z0-9+/=$.]{16,})"
},
{
"needles": [
"?sig=",
"&sig=",
";sig=",
"\nsig=",
" sig=",
"?signature=",
"&signature=",
"amz-signature=",
"goog-signature=",
"?code=",
"&code=",
"?key=",
"&key=",
"?auth=",
"&auth="
],
"pattern": "(?:[?&; \\n]%i:sig%|[?&](?:%i:signature|code|key|auth%)|%i:(?:amz|goog)-signature%)=([A-Za-z_.+/=~-]{0,40}(?:[0-9]|\\x25[0-9A-Fa-f])[A-Za-z0-9_.\\x25+/=~-]{15,})"
},
{
"needles": [
"AKIA",
"ASIA",
"ABIA",
"ACCA",
"A3T"
],
"pattern": "((?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})"
},
{
"needles": [
"ABSK",
"bedrock-api-key-"
],
"pattern": "(ABSK[A-Za-z0-9+/]{100,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{20,})"
},
{
"needles": [
"Q~"
],
"lead": 4,
"pattern": "([A-Za-z0-9_.~-]{3}[0-9]Q~[A-Za-z0-9_.~-]{31,34})"
},
{
"needles": [
"JQQJ"
],
"lead": 52,
"pattern": "([A-Za-z0-9]{52}JQQJ[A-Za-z0-9]{24,28}(?:==)?)"
},
{
"needles": [
"+ARm",
"+AEh",
"+ASb",
"AIoT",
"AzCa",
"AZEG"
],
"lead": 33,
"pattern": "([A-Za-z0-9+/]{33}(?:[+]A(?:Rm|Eh|Sb)|AIoT|AzCa|AZEG)[A-P][A-Za-z0-9+/]{5}=)"
},
{
"needles": [
"+ASt",
"ACDb",
"+ABa",
"+AMC",
"APIM"
],
"lead": 76,
"pattern": "([A-Za-z0-9+/]{76}(?:[+]A(?:St|Ba|MC)|ACDb|APIM)[A-Za-z0-9+/]{5}[AQgw]==)"
},
{
"needles": [
"AzFu"
],
"lead": 44,
"pattern": "([A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw](?:==|\\x253[Dd]\\x253[Dd])?)"
},
{
"needles": [
"AzSe",
"+ACR"
],
"lead": 42,
"pattern": "([A-Za-z0-9+/]{42}(?:AzSe|[+]ACR)[A-D][A-Za-z0-9]{5})"
},
{
"needles": [
".servicebus.windows",
".documents.azure.com",
".blob.core.windows",
".table.core.windows",
".queue.core.windows",
".azconfig.io",
".azurecr.io",
".redis.cache.windows",
".search.windows.net",
".azure-devices.net",
".communication.azure.com"
],
"pattern": "[.](?:servicebus[.]windows|documents[.]azure[.]com|(?:blob|table|queue)[.]core[.]windows|azconfig[.]io|azurecr[.]io|redis[.]cache[.]windows|search[.]windows[.]net|azure-devices[.]net|communication[.]azure[.]com)[A-Za-z0-9.:/;, ='\\\"_-]{0,120}[ ;,='\\\":]([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==|[A-Za-z0-9]{52}=?)[^A-Za-z0-9+/=]"
},
{
"needles": [
"A==",
"Q==",
"g==",
"w=="
],
"lead": 86,
"pattern": "[^A-Za-z0-9+/=_-]([A-Za-z0-9+/]{85}[AQgw]==)[^A-Za-z0-9+/=_-]"
},
{
"needles": [
"IBAzCC"
],
"lead": 6,
"pattern": "(MI[I-L][A-Za-z0-9+/]{2}[AQgw]IBAzCC[A-Za-z0-9+/=]*)"
},
{
"needles": [
"dapi"
],
"pattern": "(dapi[0-9a-f-]{32,34})"
},
{
"needles": [
"ghp_",
"gho_",
"ghu_",
"ghs_",
"ghr_",
"github_pat_"
],
"pattern": "(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})"
},
{
"needles": [
"glpat-",
"gldt-",
"glrt-",
"glft-",
"glptt-",
"glcbt-",
"glsoat-",
"glimt-",
"glagent-",
"gloas-",
"glffct-",
"glwt-",
"GR1348941"
],
"pattern": "(gl(?:pat|dt|rt|ft|ptt|cbt|soat|imt|agent|oas|ffct|wt)-[A-Za-z0-9_.-]{19,}|GR1348941[A-Za-z0-9_-]{20,})"
},
{
"needles": [
"xox",
"xapp-",
"xwfp-"
],
"pattern": "((?:xox[a-z]|xapp|xwfp)(?:[.]xox[a-z])?-[A-Za-z0-9.-]{9,})"
},
{
"needles": [
"AIza",
"ya29.",
"GOCSPX-",
"1//0"
],
"pattern": "(AIza[A-Za-z0-9_-]{30,}|ya29[.][A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,}|1//0[A-Za-z0-9_-]{40,})"
},
{
"needles": [
"sk-",
"sk_",
"rk_",
"pk-",
"lsv2_",
"gsk_"
],
"lead": 1,
"pattern": "[^A-Za-z0-9](sk-[A-Za-z0-9_-]{20,}|(?:[rs]k_(?:live|test|prod)|gsk)_[A-Za-z0-9]{10,}|sk_[A-Za-z0-9]{24,}|pk-(?:lf|live|test)-[A-Za-z0-9_-]{16,}|lsv2_(?:pt|sk)_[A-Za-z0-9_]{20,})"
},
{
"needles": [
"npm_",
"pypi-",
"hvs.",
"hvb.",
"hvr.",
"dckr_pat_",
"dckr_oat_",
"AGE-SECRET-KEY-1",
"dop_v1_",
"doo_v1_",
"dor_v1_",
"hf_",
"api_org_",
"shpat_",
"shpca_",
"shppa_",
"shpss_",
"sq0atp-",
"sq0csp-",
"sq0idp-",
"NRAK-",
"NRII-",
"NRJS-",
"NRAA-",
"glsa_",
"glc_",
"ATATT3",
"ATCTT3",
"ATBB",
"BBDC-",
"SG.",
"pul-",
"dp.",
"dt0",
"xkeysib-",
"xsmtpsib-",
"PMAK-",
"AKCp",
"cmVmd",
"ops_",
"p8e-",
"LTAI",
"EAAA",
"EAAC",
"EAAM",
"CLOJARS_",
"duffel_",
"EZAK",
"EZTK",
"FLWSECK",
"FLWPUBK",
"fo1_",
"fm1a_",
"fm1r_",
"fm2_",
"fio-u-",
"lin_api_",
"lin_oauth_",
"ntn_",
"pnu_",
"pplx-",
"pscale_tkn_",
"pscale_oauth_",
"pscale_pw_",
"rdme_",
"rubygems_",
"tk-us-",
"sntryu_",
"sntrys_",
"sntrya_",
"sm_aat_",
"sm_pat_",
"sm_sat_",
"shippo_",
"sgp_",
"squ_",
"sqp_",
"sqa_",
"tfp_",
"HRKU-",
"sha256~",
"nvapi-",
"r8_",
"xai-",
"tskey-",
"figd_",
"rnd_",
"AQVN",
"whsec_",
"dnkey-",
"sl.",
"ico-",
"4b1d",
"rpa_",
"e2b_",
"phc_",
"phx_",
"sbp_",
"sb_secret_",
"vercel_",
"cfut_",
"lip_",
"apify_api_",
"tvly-",
"jina_",
"fw_",
"ddp_",
"ddapp_",
"pdus+",
"odt_",
"rootly_",
"salad_cloud_",
"aio_",
"alcht_",
"s-s4t2",
"fc-",
"bkua_",
"bkpat_",
"ccipat_"
],
"pattern": "((?:npm_|dop_v1_|doo_v1_|dor_v1_|hf_|api_org_|shpat_|shpca_|shppa_|shpss_|ATBB|pul-|AKCp|cmVmd|p8e-|EAAC|EAAM|CLOJARS_|EZAK|EZTK|lin_api_|lin_oauth_|ntn_|pnu_|pplx-|rdme_|rubygems_|sntryu_|sntrya_|squ_|sqp_|sqa_|r8_|xai-|rnd_|ico-|4b1d|rpa_|e2b_|phc_|phx_|sbp_|vercel_|cfut_|lip_|apify_api_|ddp_|ddapp_|odt_|rootly_|aio_|alcht_|fc-|bkua_|bkpat_)[A-Za-z0-9]{24,}|(?:pypi-|glsa_|xkeysib-|xsmtpsib-|PMAK-|EAAA|fo1_|tk-us-|shippo_|sgp_|HRKU-|sha256~|nvapi-|figd_|AQVN|dnkey-|sl[.]|tvly-|jina_|s-s4t2|ccipat_)[A-Za-z0-9_-]{24,}|(?:hvs[.]|hvb[.]|hvr[.]|dckr_pat_|dckr_oat_|sq0atp-|sq0csp-|sq0idp-|NRII-|tskey-|sb_secret_|salad_cloud_)[A-Za-z0-9_-]{16,}|(?:AGE-SECRET-KEY-1|NRAK-|NRJS-|NRAA-|LTAI|fw_)[A-Za-z0-9]{16,}|(?:glc_|ATATT3|ATCTT3|BBDC-|SG[.]|dp[.]|dt0|ops_|duffel_|fm1a_|fm1r_|fm2_|fio-u-|pscale_tkn_|pscale_oauth_|pscale_pw_|sntrys_|tfp_|whsec_)[A-Za-z0-9+/=._,@-]{24,}|(?:FLWSECK|FLWPUBK)[A-Za-z0-9_-]{12,}|(?:sm_aat_|sm_pat_|sm_sat_)[A-Za-z0-9]{12,}|pdus[+][A-Za-z0-9+/=._,@-]{16,})"
},
{
"needles": [
"oy2",
"API-",
"v1.0-",
"pat.",
"sat.",
"secret_",
"key-",
"A3-"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](%i:oy2%[A-Za-z0-9]{43}|API-[A-Z0-9]{26,}|v1[.]0-[a-f0-9]{24}-[a-f0-9]{146}|[ps]at[.][A-Za-z0-9_-]{22}[.][A-Za-z0-9]{24}[.][A-Za-z0-9]{20}|b_[A-Za-z0-9=_-]{44}|s[.][A-Za-z0-9]{24}|secret_[A-Za-z0-9]{43}|key-[a-f0-9]{32}|A3-[A-Z0-9]{6}-[A-Z0-9]{6,11}(?:-[A-Z0-9]{5}){3,4})[^A-Za-z0-9_]"
},
{
"needles": [
"NRAL"
],
"lead": 36,
"pattern": "([A-Za-z0-9]{36}NRAL)"
},
{
"needles": [
"_session="
],
"pattern": "_session=([A-Za-z0-9\\x25+/=_.-]{20,})"
},
{
"needles": [
".atlasv1."
],
"lead": 14,
"pattern": "([A-Za-z0-9]{14}[.]atlasv1[.][A-Za-z0-9_=-]{40,})"
},
{
"needles": [
"-us"
],
"lead": 33,
"pattern": "[^0-9a-f]([0-9a-f]{32}-us[0-9]{1,2})[^0-9a-z]"
},
{
"needles": [
"_mmk"
],
"lead": 36,
"pattern": "([A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk)"
},
{
"needles": [
"SK"
],
"lead": 1,
"pattern": "[^A-Za-z0-9](SK[0-9A-Fa-f]{32})[^A-Za-z0-9]"
},
{
"needles": [
"AZDO"
],
"lead": 76,
"pattern": "([A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})"
},
{
"needles": [
"tokens",
"keys",
"secrets",
"passwords",
"credentials",
"cookies"
],
"pattern": "%i:(?:tokens|keys|secrets|passwords|credentials|cookies)%(?:%q%)?%s%[:=]%s%[0-9]{1,9}[^A-Za-z0-9_]"
},
{
"needles": [
"pass",
"pw",
"sas",
"dsn",
"secret",
"token",
"credential",
"creds",
"authorization",
"cookie",
"requirepass",
"masterauth",
"sshpass",
"connectionstring",
"connection_string",
"connection-string",
"sessionid",
"session_id",
"session-id",
"sessid",
"sess_id",
"storepass",
"keypass",
"dapass",
"bindpw",
"rootpw",
"preshared",
"pre-shared",
"pre_shared",
"psk"
],
"lead": 1,
"pattern": "(?:%short%|[^\\x00]%word%)%ending%%given%"
},
{
"needles": [
"key"
],
"between": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-",
"pattern": "[^A-Za-z0-9_.-][A-Za-z0-9_.-]{0,60}%listed key%%ending%%given%"
},
{
"needles": [
"key"
],
"lead": 1,
"pattern": "[^\\x00]%i:keys?%%ending%(?:%q%)?\\]?%s%(?:[:?+.|]{0,3}=>?|->|:|,)[ \\t\\r\\n]{0,20}(?:[\\[{(][ \\t\\r\\n]{0,20})?(?:%q%)?([A-Za-z+/=_.-]{0,40}[0-9][A-Za-z0-9+/=_.~!$-]{15,})"
},
{
"needles": [
"_pat",
"-pat",
"_auth",
"-auth"
],
"pattern": "%tail%%ending%%given%"
},
{
"needles": [
"auth"
],
"lead": 1,
"pattern": "[\"']%i:auth%[\"']%s%:%s%[\"']([A-Za-z0-9+/=]{8,})[\"']"
},
{
"needles": [
"pass",
"pw",
"sas",
"dsn",
"secret",
"token",
"credential",
"creds",
"authorization",
"cookie",
"requirepass",
"masterauth",
"sshpass",
"connectionstring",
"connection_string",
"connection-string",
"sessionid",
"session_id",
"session-id",
"sessid",
"sess_id",
"storepass",
"keypass",
"dapass",
"bindpw",
"rootpw",
"preshared",
"pre-shared",
"pre_shared",
"psk",
"key",
"_auth",
"-auth",
"_pat",
"-pat"
],
"between": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.- \t\"'+<>~*?|",
"pattern": "%indent%[\"']?(?:%prefix%(?:%word%|%listed key%|%tail%|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas))|(?:%prefix%[_.-])?(?:%i:pass|sas|pw|dsn%|[Pp]wd))%ending%[\"']?(?:%line value%|%block%)"
},
{
"needles": [
"pass",
"pw",
"sas",
"dsn",
"secret",
"token",
"credential",
"creds",
"authorization",
"cookie",
"requirepass",
"masterauth",
"sshpass",
"connectionstring",
"connection_string",
"connection-string",
"sessionid",
"session_id",
"session-id",
"sessid",
"sess_id",
"storepass",
"keypass",
"dapass",
"bindpw",
"rootpw",
"preshared",
"pre-shared",
"pre_shared",
"psk",
"key",
"_auth",
"-auth",
"_pat",
"-pat"
],
"between": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.- \t",
"pattern": "[{,]%s%(?:%prefix%(?:%word%|%listed key%|%tail%|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas))|(?:%prefix%[_.-])?(?:%i:pass|sas|pw|dsn%|[Pp]wd))%ending%:[ \\t]{1,20}([^ \\t\\r\\n,}\"'\\\\\\[{=-][^,}\\r\\n\"']*)"
},
{
"needles": [
"pass",
"pw",
"sas",
"dsn",
"secret",
"token",
"credential",
"creds",
"authorization",
"cookie",
"requirepass",
"masterauth",
"sshpass",
"connectionstring",
"connection_string",
"connection-string",
"sessionid",
"session_id",
"session-id",
"sessid",
"sess_id",
"storepass",
"keypass",
"dapass",
"bindpw",
"rootpw",
"preshared",
"pre-shared",
"pre_shared",
"psk",
"key",
"_auth",
"-auth",
"_pat",
"-pat"
],
"between": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/",
"pattern": "(?:[ \\t\\n\"'`(\\[,=](?:--?|/)(?:%i:ask|no%-[A-Za-z0-9-]{0,60}|(?:%prefix%(?:%word%|%listed key%|%tail%|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas))|(?:%prefix%[_.-])?(?:%i:pass|sas|pw|dsn%|[Pp]wd))%ending%(?:[ \\t]{1,20}|:)%word value%)|[\"']--?(?:%prefix%(?:%word%|%listed key%|%tail%|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas))|(?:%prefix%[_.-])?(?:%i:pass|sas|pw|dsn%|[Pp]wd))%ending%[\"'],[ \\t\\r\\n]{0,20}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*))"
},
{
"needles": [
"pass",
"pw",
"sas",
"dsn",
"secret",
"token",
"credential",
"creds",
"authorization",
"cookie",
"requirepass",
"masterauth",
"sshpass",
"connectionstring",
"connection_string",
"connection-string",
"sessionid",
"session_id",
"session-id",
"sessid",
"sess_id",
"storepass",
"keypass",
"dapass",
"bindpw",
"rootpw",
"preshared",
"pre-shared",
"pre_shared",
"psk",
"key",
"_auth",
"-auth",
"_pat",
"-pat"
],
"between": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.- \t",
"pattern": "[ \\t\\n](?:%i:setenv|env|set -x|set -gx|set -gx?|fastcgi_param|arg%)[ \\t]{1,8}(?:%prefix%(?:%word%|%listed key%|%tail%|[_-]PWD|[a-z](?:Pass|Pwd|Pw|Sas))|(?:%prefix%[_.-])?(?:%i:pass|sas|pw|dsn%|[Pp]wd))%ending%[ \\t]{1,8}%word value%"
},
{
"needles": [
"mysql",
"mariadb",
"mongo"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:mysql[a-z]{0,20}|mariadb(?:-[a-z]{1,20})?|mongo(?:sh|dump|restore|import|export)?)%args%(?:[ \\t]{1,8}(?:-p)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-p)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"docker",
"podman",
"buildah",
"skopeo",
"nerdctl",
"az login",
"az\", \"login",
"az', 'login",
"oc login",
"oc\", \"login",
"oc', 'login",
"helm registry",
"argocd",
"cf login"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:(?:docker|podman|buildah|skopeo|nerdctl|registry|az|oc|helm registry|argocd|cf)%gap%login)%args%(?:[ \\t]{1,8}(?:-p)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-p)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"redis-cli"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:redis-cli)%args%(?:[ \\t]{1,8}(?:-a)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-a)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"ldap"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:ldap(?:search|modify|add|delete|passwd|whoami|compare|modrdn))%args%(?:[ \\t]{1,8}(?:-[wy]|-s)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-[wy]|-s)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"sqlcmd",
"ipmitool",
"osql",
"isql",
"bcp"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:sqlcmd|ipmitool|osql|isql|bcp)%args%(?:[ \\t]{1,8}(?:-P)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-P)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"cqlsh",
"7z",
"unrar",
"useradd",
"usermod",
"psexec"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:cqlsh|7z[a-z]?|unrar|useradd|usermod|psexec(?:64)?)%args%(?:[ \\t]{1,8}(?:-p)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-p)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"zip",
"unzip"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:(?:un)?zip)%args%(?:[ \\t]{1,8}(?:-P)(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-P)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"plink",
"pscp",
"psftp"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:plink|pscp|psftp)%args%(?:[ \\t]{1,8}(?:-pw)(?:(?:[ \\t]{1,8}|=)%word value%)|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-pw)(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"snmp"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-](?:snmp[a-z]{2,12})%args%(?:[ \\t]{1,8}(?:-[cAX])(?:(?:[ \\t]{1,8}|=)%word value%|(?:'([^',\\r\\n][^'\\r\\n]*)|\"([^\",\\r\\n][^\"\\r\\n]*)|([^ \\t\\r\\n;&\"'`\\\\=<>|{}()\\[\\],-][^ \\t\\r\\n;&\"'`\\\\]*)))|[\"'],[ \\t\\r\\n]{0,8}[\"'](?:-[cAX])(?:[\"'],[ \\t\\r\\n]{0,8}[\"']([^\"'\\r\\n-][^\"'\\r\\n]*)|([^\"'\\r\\n-][^\"'\\r\\n]*)))"
},
{
"needles": [
"sshpass"
],
"lead": 1,
"pattern": "[^A-Za-z0-9_.-]sshpass(?:%gap%-v)?(?:[ \\t]{1,8}-p[ \\t]{0,8}(?:%quoted%|([^ \\t\\r\\n\"'-][^ \\t\\r\\n\"']*))|[\"'],[ \\t\\r\\n]{0,8}[\"']-p(?:[\"'],[ \\t\\r\\n]{0,8}[\"'])?([^\"'\\r\\n-][^\"'\\r\\n]*))"
},
{
"needles": [
"htpasswd"
],
"pattern": "htpasswd%gap%-[A-Za-z]{0,6}b[A-Za-z]{0,6}%args%%gap%[\"']?[A-Za-z0-9_.@-]{1,60}[\"']?(?:[ \\t]{1,8}%word value%|[\"'],[ \\t]{0,8}[\"']([^\"'\\r\\n]+)[\"'])[ \\t]{0,4}[\\])\"'\\n|;&#>]"
},
{
"needles": [
"curl",
"etcdctl",
"smbclient",
"rpcclient",
"lftp",
"winexe",
"http "
],
"pattern": "(?:curl|etcdctl|smbclient|rpcclient|lftp|winexe|http)%args2%[ \\t\"'](?:-[uUa]|--(?:proxy-)?user|--auth)(?:=|%gap%)?[\"']?[^ \\t\\r\\n:\\x25,\"'-][^ \\t\\r\\n:\\x25,\"']*[:\\x25,]([^ \\t\\r\\n\"']+)"
},
{
"needles": [
"-pass",
"\"pass:",
"'pass:"
],
"pattern": "(?:-pass(?:in|out)?(?:=|%gap%)|[\"'])pass:([^ \\t\\r\\n\"']+)"
},
{
"needles": [
"aws configure set",
"aws\", \"configure",
"aws', 'configure",
"vault login",
"vault\", \"login",
"vault', 'login",
"net user",
"net\", \"user",
"net', 'user",
"convertto-securestring",
"add_user",
"change_password",
"wpa_passphrase",
"snmp-server community",
"enable secret",
"enable password",
"requirepass",
"masterauth",
"bindpw",
"rootpw",
"unseal key",
"operator unseal"
],
"pattern": "(?:%i:aws%%gap%configure%gap%set%gap%[A-Za-z_.-]{0,40}(?:secret|key|token)[a-z_]{0,20}%gap%%word value%|vault%gap%login%gap%(?:-[A-Za-z-]{1,20}%gap%){0,3}%word value%|%i:net%%gap%%i:user%%gap%[^ \\t\\r\\n\"'/*]+%gap%([^ \\t\\r\\n\"'/*][^ \\t\\r\\n\"']*)|%i:convertto-securestring%[ \\t]{1,8}(?:%i:-string%[ \\t]{1,8})?%word value%|(?:add_user|change_password)%gap%[^ \\t\\r\\n\"']+%gap%%word value%|wpa_passphrase%gap%(?:\"[^\"\\r\\n]*\"|[^ \\t\\r\\n\"']+)%gap%%word value%|%i:snmp-server community%[ \\t]{1,8}%word value%|%i:enable (?:secret|password)%[ \\t]{1,8}(?:[0-9][ \\t]{1,8})?%word value%|%i:unseal key% [0-9]{1,2}: ([A-Za-z0-9+/=]{20,})|operator unseal ([A-Za-z0-9+/=]{20,})|(?:requirepass|masterauth|bindpw|rootpw)[ \\t]{1,20}%word value%)"
},
{
"needles": [
"echo",
"printf"
],
"pattern": "(?:echo|printf)[ \\t]{1,8}(?:-[a-z]{1,3}[ \\t]{1,8})?(?:[\"'](?:[A-Za-z0-9_.-]{1,60}:)?([^\"'\\r\\n:$]+)[\"']|(?:[A-Za-z0-9_.-]{1,60}:)?([^ \\t\\r\\n\"'|:$-][^ \\t\\r\\n\"'|]*))[ \\t]{0,8}[|][ \\t]{0,8}(?:sudo[ \\t]{1,8})?(?:-S|chpasswd|passwd|sudo -S|openssl|docker login|podman login|cryptsetup|smbpasswd|kinit|base64[ \\t]{0,8}[|])"
},
{
"needles": [
"identified",
" password"
],
"pattern": "(?:%i:identified%[ \\t]{1,8}(?:%i:with%[ \\t]{1,8}[A-Za-z0-9_'\"]{1,40}[ \\t]{1,8})?%i:(?:by|as)%(?:[ \\t]{1,8}%i:(?:values|password)%)?[ \\t]{1,8}(?:N?'([^'\\r\\n]+)|N?\"([^\"\\r\\n]+)|([A-Za-z0-9_!#$.-]{0,40}[0-9][A-Za-z0-9_!#$.-]*))|[ ]%i:password%[ \\t]{0,8}(?:=[ \\t]{0,8}%i:password%|%i:for%[ \\t]{1,8}[^ \\t\\r\\n=]+[ \\t]{0,8}=[ \\t]{0,8}(?:%i:password%)?)?[ \\t]{0,4}\\(?[ \\t]{0,4}(?:N?'([^'\\r\\n]+)|N?\"([^\"\\r\\n]+)))"
},
{
"needles": [
"login "
],
"lead": 1,
"pattern": "[ \\t\\n]login[ \\t]{1,20}[^ \\t\\r\\n]+[ \\t\\r\\n]{1,20}password[ \\t]{1,20}([^ \\t\\r\\n]+)"
}
]
}'''


# redaction.py
# Masks secrets by the rule table. The relay has the same table and the same engine, and gives the same answer to every text.

REDACTED = '[redacted]'
# How far before its needle a match can begin, and how deep a value is looked into.
FURTHEST_BEFORE = 100
DEEPEST = 50


class Table:
    """Read when the first failure is masked; a run without one does not pay for it."""

    def __init__(self, text: str) -> None:
        table = json.loads(text)
        self._parts: dict[str, str] = table['parts']
        self.rules = [Rule(order, row, self) for order, row in enumerate(table['rules'])]
        self.harmless = self.compile(table['harmless'])
        self.bracket = self.compile(table['bracket'])

    def compile(self, pattern: str) -> re.Pattern[str]:
        """Puts the parts in, and both cases of what stands in %i:…%."""
        while '%' in pattern:
            pattern = re.sub('%(i:)?([^%]*)%', lambda part: both_cases(part[2]) if part[1] else self._parts[part[2]], pattern)
        return re.compile(pattern)


class Rule:
    """One form of secret. What the groups of its pattern match is masked; a match without a group says that there is none."""

    def __init__(self, order: int, row: dict[str, Any], table: Table) -> None:
        self.order = order
        self.needles: list[str] = row['needles']
        self.swallows: str = row.get('swallows', '')
        self._lead: int = row.get('lead', 0)
        self._between: str = row.get('between', '')
        self._pattern: str = row['pattern']
        self._table = table

    @functools.cached_property
    def match(self) -> Callable[[str, int], Optional[re.Match[str]]]:
        return self._table.compile(self._pattern).match

    def start(self, text: str, needle: int, free: int) -> int:
        """Where a match with this needle begins: a fixed way before it, or at the last character that cannot lie between."""
        if not self._between:
            return needle - self._lead
        first = max(free, needle - FURTHEST_BEFORE)
        return first + len(text[first:needle].rstrip(self._between)) - 1


class Needle(NamedTuple):
    text: str
    offset: int
    rule: Rule


@functools.lru_cache(maxsize=None)
def rule_table() -> Table:
    return Table(RULES)


def both_cases(letters: str) -> str:
    return re.sub('[a-z]', lambda letter: f'[{letter[0].upper()}{letter[0]}]', letters)


@functools.lru_cache(maxsize=None)
def finders() -> list[tuple[bool, re.Pattern[str], dict[str, list[Needle]]]]:
    """
    One search for all needles whose rarest letter is the same: it looks for that letter, which is as fast as to look for one
    needle, and then for the letters that follow it in one of them. Needles in one case alone are not looked for in lower case.
    """
    rarest_first = '~$|^`;{}<>@?&+\\#(,[]QZXJKVYWBUGFHPMODLCSNRIATEqzjx=kwvyb:"\'/_-0123456789fgmpuhdlcsnrioate .\n'
    found: dict[tuple[bool, str], dict[str, list[Needle]]] = {}
    for rule in rule_table().rules:
        for text in rule.needles:
            # The letter itself ends what follows it: a search goes on behind what it has found.
            follows = [text[index + 1:index + 4].split(letter)[0] for index, letter in enumerate(text)]
            offset = min(range(len(text)), key=lambda index: (-min(2, len(follows[index])), rarest_first.index(text[index])))
            group = found.setdefault((text == text.lower(), text[offset]), {})
            group.setdefault(follows[offset], []).append(Needle(text, offset, rule))
    return [
        (any_case, re.compile(re.escape(letter) + '(' + '|'.join(map(re.escape, sorted(rests, key=len, reverse=True))) + ')'), {
            rest: [needle for beginning, needles in rests.items() if rest.startswith(beginning) for needle in needles] for rest in rests
        })
        for (any_case, letter), rests in sorted(found.items())
    ]


def occurrences(text: str) -> list[tuple[int, int, Rule]]:
    """Where the needles are, with the rule that may match there, in the order in which they are tried."""
    # These two alone become ASCII in lower case, one of them together with a second character.
    lower = (text if text.isascii() else text.replace('\u0130', '\0').replace('\u212a', '\0')).lower()
    found = {
        (match.start() - needle.offset, needle.rule.order, needle.rule)
        for any_case, finder, needles in finders() for searched in (lower if any_case else text,)
        for match in finder.finditer(searched) for needle in needles[match[1]]
        if match.start() >= needle.offset and searched.startswith(needle.text, match.start() - needle.offset)
    }
    return sorted(found, key=lambda occurrence: occurrence[:2])


def secrets_of(text: str) -> Iterator[tuple[int, int]]:
    """From where to where, in order. The text begins and ends with a line break, so that no rule needs to know of its ends."""
    free = 1
    for needle, _, rule in occurrences(text):
        start = rule.start(text, needle, free - 1) if needle >= free else -1
        match = rule.match(text, start) if start >= free - 1 else None
        if match is None:
            continue
        if match.lastindex is None:
            free = max(free, match.end())
        for first, last in filter(lambda span: span[0] >= 0, map(match.span, range(1, match.re.groups + 1))):
            last = closed(text, first) if text[first:last] in ('[', '{') else min(last, len(text) - 1)
            first = free + len(text[free:first].rstrip(rule.swallows)) if rule.swallows else first
            if not rule_table().harmless.fullmatch(text, first, last):
                yield first, last
                free = last


def closed(text: str, opening: int) -> int:
    """Where the list or object that opens here is closed, or the end of the text, which may be cut off."""
    depth = 0
    for bracket in rule_table().bracket.finditer(text, opening):
        depth += 1 if bracket[0] in '[{' else -1 if bracket[0] in ']}' else 0
        if not depth:
            return bracket.end()
    return len(text) - 1


def mask_text(text: str) -> str:
    """The text with every secret masked."""
    masked, done, padded = '', 1, f'\n{text}\n'
    for first, last in secrets_of(padded):
        masked, done = masked + padded[done:first] + REDACTED, last
    return masked + padded[done:-1] if done > 1 else text


def is_secret(name: str, given: Any) -> bool:
    """Whether what stands under this name would be masked in a line of text."""
    plain = isinstance(given, (str, int, float)) and re.fullmatch('[A-Za-z0-9+/=_.:-]{1,200}', str(given))
    return mask_text(f'{name}={given if plain else "x7"}').endswith(f'={REDACTED}')


def gives_nothing_away(given: Any) -> bool:
    if isinstance(given, str):
        return rule_table().harmless.fullmatch(given) is not None
    return given is None or isinstance(given, bool) or given in ([], {})


NAMES_OF_PAIRS = ('name', 'Name', 'NAME', 'key', 'Key', 'KEY', 'parameterKey', 'ParameterKey')
VALUES_OF_PAIRS = ('value', 'Value', 'VALUE', 'parameterValue', 'ParameterValue')


def mask_value(given: Any, shorten: Callable[[str, Masking], str] = lambda text, mask: mask(text), mask: Masking = mask_text, depth: int = 0) -> Any:
    """JSON with what stands under secret names masked as a whole, and every other text made by `shorten`."""
    if isinstance(given, str):
        return shorten(given, mask)
    if depth == DEEPEST and isinstance(given, (dict, list)):
        return REDACTED
    if isinstance(given, dict):
        named = next((given[key] for key in NAMES_OF_PAIRS if isinstance(given.get(key), str)), '')
        return {
            shorten(key, mask): REDACTED
            if not gives_nothing_away(item) and is_secret(named if named and key in VALUES_OF_PAIRS else key, item)
            else mask_value(item, shorten, mask, depth + 1)
            for key, item in given.items()
        }
    if isinstance(given, list):
        return [
            item if item is not given[index] else mask_value(item, shorten, mask, depth + 1)
            for index, item in enumerate(masked_arguments(given))
        ]
    return given


def masked_arguments(given: list[Any]) -> list[Any]:
    """The list with what would be masked if it were the words of a command; where a rule goes over several words, none."""
    words = [re.sub('[\0- "\'`;&|<>\\\\]', 'x', item) or 'x' if isinstance(item, str) else 'x' for item in given]
    masked = mask_text(' '.join(words)).split(' ')
    if len(masked) != len(words):
        return given
    return [
        item if word == after or not isinstance(item, str) else item[:after.index(REDACTED)] + REDACTED
        for item, word, after in zip(given, words, masked)
    ]


class Redactor:
    """What the rest of the callback knows of redaction. `first` masks what the user calls a secret, the table the rest."""

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


def read_patterns(lines: str, warn: Callable[[str], None]) -> Iterator[re.Pattern[str]]:
    for number, line in enumerate(lines.splitlines(), 1):
        try:
            if line.strip():
                yield re.compile(line.strip())
        except (re.error, RecursionError, OverflowError) as error:
            # Without the line itself, which may be the very secret.
            warn(f'line {number} of mask is not a regular expression: {error}')


class OwnPatterns:
    """Masks what the patterns match. One that takes too long hides the text, and is left out from then on."""

    def __init__(self, patterns: Iterable[re.Pattern[str]], warn: Callable[[str], None]) -> None:
        self._patterns = list(patterns)
        self._warn = warn

    def mask(self, text: str) -> str:
        for pattern in tuple(self._patterns):
            try:
                with time_limit(PATTERN_SECONDS):
                    text = pattern.sub(without_groups, text)
            except TimeoutError:
                self._patterns.remove(pattern)
                self._warn('an expression of mask takes too long and is no longer used')
                return REDACTED
        return text


def without_groups(match: re.Match[str]) -> str:
    """The match without what its groups matched, or without all of it where there are none."""
    spans = [match.span(group) for group in range(1, len(match.groups()) + 1)] or [match.span()]
    masked, done = '', match.start()
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if done <= start < end:
            masked, done = masked + match.string[done:start] + REDACTED, end
    return masked + match.string[done:match.end()]


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


# options.py
# The options, valid.

DEFAULT_SPOOL = '~/.ansible/slack_relay'

Warn = Callable[[str], None]


@dataclass(frozen=True)
class Relay:
    """Where reports go, and what opens the door there."""

    url: str
    key: str = field(default='', repr=False)
    auth: str = 'key'
    audience: str = ''
    validate_certs: bool = True
    ca_file: Optional[str] = None

    @property
    def origin(self) -> str:
        """The part of the URL that may be shown: no path, no query, no credentials."""
        parts = urllib.parse.urlsplit(self.url)
        return f'{parts.scheme}://{parts.netloc.rpartition("@")[2]}'


@dataclass(frozen=True)
class Settings:
    relay: Relay
    spool: str
    wait: float = 3.0
    channel: Optional[str] = None
    host_name: Optional[str] = None
    report_rescued: bool = False
    report_ignored: bool = False
    mask: tuple[re.Pattern[str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    link: Optional[str] = None

    def reports(self, disposition: str) -> bool:
        return {'rescued': self.report_rescued, 'ignored': self.report_ignored}.get(disposition, True)


def read_settings(get: Callable[[str], Any], warn: Warn) -> Settings:
    """The options, from Ansible or as text. Raises ValueError where nothing could ever be reported; less is a warning."""
    auth = get('auth') or 'key'
    if auth not in ('key', 'managed_identity'):
        raise ValueError('auth is neither key nor managed_identity')
    if auth == 'managed_identity' and not get('audience'):
        raise ValueError('auth is managed_identity, but no audience is set')
    return Settings(
        relay=Relay(
            url=parse_url(get('url')),
            key=read_key(get, warn),
            auth=auth,
            audience=get('audience') or '',
            validate_certs=as_bool(get('validate_certs'), True),
            ca_file=get('ca_file'),
        ),
        spool=os.path.expanduser(get('spool') or DEFAULT_SPOOL),
        wait=as_seconds(get('wait')),
        channel=(get('channel') or '')[:80] or None,
        host_name=(get('host_name') or '')[:255] or None,
        report_rescued=as_bool(get('report_rescued'), False),
        report_ignored=as_bool(get('report_ignored'), False),
        mask=tuple(read_patterns(get('mask') or '', warn)),
        labels=read_labels(get('labels') or [], warn),
        link=(get('link') or '')[:2048] or None,
    )


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
    return urllib.parse.urlunsplit(parts._replace(path='/api/reports' if parts.path in ('', '/') else parts.path, fragment=''))


def read_key(get: Callable[[str], Any], warn: Warn) -> str:
    """A report without its key waits in the spool until the key is there."""
    key, path = get('key'), get('key_file')
    if not key and path:
        try:
            with open(os.path.expanduser(path), encoding='utf-8') as file:
                key = file.read(4 * KIB)
        except (OSError, ValueError) as error:
            warn(f'the key_file cannot be read: {getattr(error, "strerror", None) or "it is not text"}')
    return (key or '').strip()


def as_bool(given: Any, default: bool) -> bool:
    """In Ansible's words."""
    return default if given in (None, '') else str(given).lower() in ('true', 'yes', 'on', 'y', 't', '1')


def as_seconds(given: Any) -> float:
    try:
        return min(max(float(given), 0.0), 60.0)
    except (TypeError, ValueError):
        return 3.0


def read_labels(given: Any, warn: Warn) -> dict[str, str]:
    labels = {}
    for label in given.split(',') if isinstance(given, str) else given:
        name, equals, text = str(label).partition('=')
        if name.strip() and equals:
            labels[name.strip()[:100]] = text.strip()[:255]
        elif label:
            warn(f'the label {label!r} is not of the form name=value')
    return dict(itertools.islice(labels.items(), 20))


# own_secrets.py
# What this host itself knows to be secret: the relay's key, and what the option `mask` says.

# A shorter key, such as that of a relay on this machine, is part of too many words.
SHORTEST_KEY = 8


def redactor_of(settings: Settings, warn: Callable[[str], None] = lambda warning: None) -> Redactor:
    """Masks the key literally, wherever it stands: a command may print its whole environment."""
    key = (re.compile(re.escape(settings.relay.key)),) if len(settings.relay.key) >= SHORTEST_KEY else ()
    return Redactor(OwnPatterns((*key, *settings.mask), warn).mask)


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
    redactor = redactor_of(settings)
    run = {
        'id': str(uuid.uuid4()),
        'source': settings.host_name or machine_name()[:255],
        'startedAt': utc_now(),
        'user': user_name(),
        'link': settings.link or link_of(os.environ),
        'labels': dict(settings.labels),
        **known,
    }
    return Run(**{name: redactor.value(value) or None if isinstance(value, (str, dict)) else value for name, value in run.items()})


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
        'host': one_line(failure.host, 255, mask) or '(a host without a name)',
        'delegatedTo': one_line(failure.delegated_to, 255, mask),
        'play': one_line(failure.play, 500, mask),
        'task': one_line(failure.task, 500, mask),
        'role': one_line(failure.role, 255, mask),
        'action': one_line(failure.action, 255, mask),
        'path': one_line(failure.path, 500, mask),
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


# segment.py
# A part of the spool that a sender has taken.

class Segment:
    """The lock on it ends with the process, however that ends."""

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
            remove_file(self.path)
            os.close(self._descriptor)
            return
        rest = self.path + '.new'
        descriptor = os.open(rest, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        lock(descriptor)
        with os.fdopen(os.dup(descriptor), 'wb') as file:
            file.writelines(line.raw for line in lines)
        os.replace(rest, self.path)
        os.close(self._descriptor)
        self._descriptor = descriptor


def read_lines(descriptor: int) -> list[Line]:
    with os.fdopen(os.dup(descriptor), 'rb') as file:
        file.seek(0)
        return [line for line in map(parse_line, file) if line]


# status.py
# What is remembered of how the sending went.

class Status:
    """A file beside the segments, written by senders."""

    def __init__(self, directory: str) -> None:
        self._path = os.path.join(directory, 'status.json')

    def read(self) -> dict[str, Any]:
        try:
            with open(self._path, encoding='utf-8') as file:
                status = json.load(file)
        except (OSError, ValueError):
            return {}
        return status if isinstance(status, dict) else {}

    def last_error(self) -> Optional[dict[str, str]]:
        """What went wrong since reports were last taken, and when: `what` and `at`."""
        error = self.read().get('lastError')
        return {name: str(error.get(name)) for name in ('what', 'at')} if isinstance(error, dict) else None

    def note(self, **news: Any) -> None:
        """Does its best: a sender that cannot write it still sends."""
        temporary = f'{self._path}.{os.getpid()}'
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, 'w', encoding='utf-8') as file:
                json.dump({**self.read(), **news}, file)
            os.replace(temporary, self._path)
        except OSError:
            pass


# spool.py
# The directory where lines wait, in segments: each of them is what one run wrote in about a second.

REJECTED_LIMIT = KIB * KIB
RIPE_AGE = 1.5


class Spool:
    """Segments are called `.jsonl` while a run may write to them, and `.sending` once a sender has taken them, which may have died."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.status = Status(root)

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
        return sum(file_size(path) for path in self.segments())

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
                total -= file_size(path)
                dropped += count_lines(path)
                remove_file(path)
        return dropped

    @property
    def rejected(self) -> str:
        return os.path.join(self.root, 'rejected.jsonl')

    def reject(self, line: Line) -> None:
        """Sets aside what the relay can never take, for a person to look at."""
        if file_size(self.rejected) > REJECTED_LIMIT:
            os.replace(self.rejected, self.rejected + '.1')
        descriptor = os.open(self.rejected, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, 'ab') as file:
            file.write(line.raw)


def is_fresh(path: str) -> bool:
    """Whether its run may still write to it; the name says when it was begun."""
    age = time.time() - int(os.path.basename(path)[:20]) / 1e9
    return path.endswith('.jsonl') and 0 <= age < RIPE_AGE


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
        self._path: Optional[str] = None
        self._written = 0
        self._began = 0.0
        self._total: Optional[int] = None
        self._dropped = 0

    def take_dropped(self) -> int:
        """How many lines had to be removed since this was last asked."""
        dropped, self._dropped = self._dropped, 0
        return dropped

    def is_delivered(self) -> bool:
        return not any(self._tag in path for path in self._spool.segments())

    def append(self, line: bytes) -> None:
        for _ in range(3):
            if self._put(line):
                break
        self._total = self._spool.size() if self._total is None else self._total + len(line)
        if self._total > SPOOL_LIMIT:
            self._dropped += self._spool.drop_oldest(SPOOL_LIMIT, keep=self._path)
            self._total = self._spool.size()

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

    def _open(self, needed: int) -> int:
        if self._path and self._written + needed <= SEGMENT_LIMIT and time.monotonic() - self._began < SEGMENT_AGE:
            try:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
                self._written += needed
                return descriptor
            except FileNotFoundError:
                pass
        self._path = os.path.join(self._spool.create(), f'{time.time_ns():020d}-{self._tag}.jsonl')
        self._written, self._began = needed, time.monotonic()
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)


# answer.py
# What an answer of the relay means, and how long to wait after it.

DAY = 86400.0


class Verdict(enum.Enum):
    """What becomes of the report."""

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


# opener.py
# Opens URLs. What the network needs is imported where it is used, which is in the sender: Ansible's process never pays for it.

def build_opener(*handlers: Any) -> Any:
    """One that follows no redirect, which would carry the key to another place."""
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    return urllib.request.build_opener(NoRedirects(), *handlers)


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
                raise NoIdentity(str(getattr(error, 'reason', None) or error)) from None
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
    """Proxies are those of the environment."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._identity = ManagedIdentity(relay.audience) if relay.auth == 'managed_identity' else None

    def post(self, report: bytes) -> Answer:
        import http.client
        import urllib.error
        try:
            # The time-out of a socket is for each read; this one is for the whole of it.
            with time_limit(POST_SECONDS):
                return self._post(report)
        except urllib.error.HTTPError as error:
            return Answer(error.code, parse_retry_after(error.headers.get('Retry-After'), time.time()), str(error.reason))
        except NoIdentity as error:
            return Answer(reason=f'no token of a managed identity: {error}')
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(reason=f'no answer from {self._relay.origin}: {getattr(error, "reason", None) or error or type(error).__name__}')

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
        return build_opener(urllib.request.HTTPSHandler(context=context))


# wake_pipe.py
# The pipe from Ansible's process to the sender: a byte wakes it.

NEWS = b'.'
URGENT = b'!'


class WakePipe:
    """Its reading end. `NEWS`: there is something to send; `URGENT`: somebody waits until it is sent; the end: the process is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_urgent = False
        self.is_over = False

    def wait(self, seconds: Optional[float] = None) -> None:
        """For news, or for the end."""
        if not self.is_over and select.select([self._descriptor], [], [], seconds)[0]:
            data = os.read(self._descriptor, 4096)
            self.is_over = not data
            self._is_urgent = self._is_urgent or URGENT in data

    def take_urgency(self) -> bool:
        """Whether to send also what was written just now; asked once for each time that somebody waits."""
        urgent, self._is_urgent = self._is_urgent, False
        return urgent or self.is_over


# sender.py
# The sender: a process of its own, started at the first event of a run, which delivers the spool.

CLAIM_LIMIT = 64
LINGER = 0.25
GIVE_UP_AFTER = 600


class Refused(Exception):
    """The relay does not take anything from us: the key or the URL is wrong."""


class Delivery:
    """Sends what is in the spool until it is empty and Ansible gone, or until the relay has been silent for too long."""

    def __init__(self, spool: Spool, post: Callable[[bytes], Answer], wake_pipe: WakePipe) -> None:
        self._spool = spool
        self._post = post
        self._wake_pipe = wake_pipe
        self._attempt = 0
        # What the relay asked an earlier sender to wait for holds for this one.
        asked = spool.status.read().get('notBefore')
        self._not_before = time.monotonic() + (min(asked - time.time(), DAY) if isinstance(asked, (int, float)) else 0)
        self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def run(self) -> bool:
        """Whether everything was delivered."""
        waiting: deque[Segment] = deque()
        while True:
            waiting.extend(itertools.islice(self._spool.claim(fresh_too=self._wake_pipe.take_urgency()), CLAIM_LIMIT - len(waiting)))
            if waiting:
                segment = waiting.popleft()
                segment.keep([line for batch in batches(segment.lines) for line in self._send(batch)])
                if segment.lines:
                    # The next attempt is another segment's: one that the relay chokes on does not hold up the rest.
                    waiting.append(segment)
                if self._not_before > self._give_up_at:
                    return False
                time.sleep(max(0.0, self._not_before - time.monotonic()))
            elif self._wake_pipe.is_over:
                return True
            else:
                self._wake_pipe.wait(LINGER if any(map(is_fresh, self._spool.segments())) else None)
                self._give_up_at = time.monotonic() + GIVE_UP_AFTER

    def _send(self, batch: list[Line]) -> list[Line]:
        """The lines that are still to be sent."""
        if time.monotonic() < self._not_before:
            return batch
        answer = self._post(report_of(batch))
        meaning = verdict_of(answer.status)
        if meaning is Verdict.ACCEPTED:
            self._attempt = 0
            self._give_up_at = time.monotonic() + GIVE_UP_AFTER
            self._spool.status.note(lastSuccess=utc_now(), lastError=None, notBefore=None)
            return []
        self._spool.status.note(lastError={'at': utc_now(), 'what': str(answer)}, notBefore=time.time() + (answer.retry_after or 0))
        if meaning is Verdict.REFUSED:
            raise Refused
        if meaning is Verdict.LATER:
            self._not_before = time.monotonic() + pause_after(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            return batch
        if len(batch) == 1:
            self._spool.reject(batch[0])
            return []
        half = len(batch) // 2
        return self._send(batch[:half]) + self._send(batch[half:])


def deliver_spool() -> int:
    """The first line of stdin is what the sender needs to know, the key included; what follows is the wake pipe."""
    with os.fdopen(os.dup(0), 'rb', buffering=0) as stdin:
        given = json.loads(stdin.readline())
    os.nice(5)
    try:
        return 0 if Delivery(Spool(given['spool']), RelayClient(Relay(**given['relay'])).post, WakePipe(0)).run() else 1
    except Refused:
        return 1


# sender_process.py
# The sender as Ansible's process sees it: started, woken, and waited for a little.

# Of the joined file, which is the sender's program, too.
SENDER_PROGRAM = os.path.abspath(__file__)
START_AGAIN_AFTER = 60


class SenderProcess:
    """The key goes through the pipe: a command line and an environment can be read by others."""

    def __init__(self, spool: Spool, relay: Relay) -> None:
        self._settings = json.dumps({'spool': os.path.abspath(spool.root), 'relay': vars(relay)}).encode() + b'\n'
        self._process: Optional[subprocess.Popen[bytes]] = None
        self._started = -math.inf

    def wake(self) -> None:
        """There is something to send: starts the sender if none runs."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        else:
            self._write(NEWS)

    def _start(self) -> None:
        # One that gave up, or was refused, is not started again for each of the next failures.
        if time.monotonic() - self._started < START_AGAIN_AFTER:
            return
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable or 'python3', '-I', '-S', SENDER_PROGRAM, 'send'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0,
            start_new_session=True, cwd='/', env={name: value for name, value in os.environ.items() if name != 'SLACK_RELAY_KEY'},
        )
        os.set_blocking(self._process.stdin.fileno(), False)
        self._write(self._settings)

    def _write(self, data: bytes) -> None:
        try:
            self._process.stdin.write(data)
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


# dispatch.py
# The way out of a process: its lines in the spool, and the sender that delivers them.

class Dispatch:
    def __init__(self, settings: Settings) -> None:
        self.spool = Spool(settings.spool)
        self._channel = settings.channel
        self._wait = settings.wait
        self._writer = Writer(self.spool)
        self._sender = SenderProcess(self.spool, settings.relay)
        self._began = utc_now()
        self._rejected = inode(self.spool.rejected), file_size(self.spool.rejected)
        self._used = False

    def send_what_waits(self) -> None:
        self._sender.wake()

    def put(self, run: Run, event: dict[str, Any]) -> None:
        self._used = True
        self._writer.append(line_of(self._channel, run, event))
        self._sender.wake()

    def finish(self) -> list[str]:
        """Waits for what was put, and returns what went wrong with it."""
        self._sender.finish(self._wait if self._used else 0, self._writer.is_delivered)
        warnings = []
        if dropped := self._writer.take_dropped():
            warnings.append(f'the spool was full: the oldest {dropped} reports were dropped')
        if self._used and not self._writer.is_delivered() and (error := self.spool.status.last_error()) and error['at'] > self._began:
            warnings.append(f'what failed is not told yet, and waits in {self.spool.root}: {error["what"]}')
        if self._rejected != (inode(self.spool.rejected), file_size(self.spool.rejected)):
            warnings.append(f'the relay could not take some reports; they are in {self.spool.rejected} until you remove it')
        self._used = False
        return warnings


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
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, 'wb') as file:
            file.write(line)

    def is_complete(self) -> bool:
        """Whether something was reported, and every playbook that reported came to its end."""
        try:
            with open(self._path, 'rb') as file:
                lines = file.readlines()
        except OSError:
            return False
        return lines.count(b'+\n') == lines.count(b'-\n')


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
    def __init__(self, settings: Settings, warn: Callable[[str], None]) -> None:
        self._settings = settings
        self._warn = warn
        self._redactor = redactor_of(settings, warn)
        self._dispatch = Dispatch(settings)
        self._marker = RunMarker(os.environ.get(RUN_MARKER_VARIABLE))
        self._playbook: Optional[PlaybookRun] = None
        self._play: Optional[str] = None
        # What was reported so far, to be compared with the recap, and what a rescue section is expected to catch.
        self._reported: Counter[tuple[str, str]] = Counter()
        self._held_back: dict[str, list[TaskOutcome]] = {}
        self._failed_items: dict[tuple[str, Optional[str]], list[Mapping[str, Any]]] = {}
        self._went_well: set[TaskKey] = set()

    def start(self, playbook: Any = None) -> PlaybookRun:
        """What earlier runs left in the spool is sent whatever comes of this one."""
        spool = self._dispatch.spool
        self._playbook = PlaybookRun(playbook, self._settings)
        self._went_well.clear()
        self._marker.playbook_starts()
        if os.path.lexists(spool.rejected):
            self._warn(f'the relay could not take some reports; they are in {spool.rejected} until you remove it')
        if spool.segments():
            if error := spool.status.last_error():
                self._warn(f'reports of earlier runs wait in {spool.root}: {error["what"]} (at {error["at"]})')
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
            open_failures.add(open_failure_of(failure, event, open_failures.playbook, self._current.scope))

    def finish(self, stats: Any) -> None:
        """After each playbook of the command line; the recap counts all of them so far."""
        recap = Recap({host: stats.summarize(host) for host in stats.processed})
        for failure in unreported(recap, self._reported, self._held_back):
            self._report(failure)
        self._reported, self._held_back = recap.counted(), {}
        self._report_recovered(recap)
        for warning in self._dispatch.finish():
            self._warn(warning)
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
            self.reporter = Reporter(read_settings(self.get_option, self.warn), self.warn)
        except ValueError as error:
            self.disabled = True
            self.warn(f'{error}, so failures are not reported')

    def warn(self, text: str) -> None:
        self._display.warning(f'slack_relay: {text}')

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


class ProgramOptions:
    """The callback's options, as text: from the environment, then from the ansible.cfg that Ansible would take."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._file = next((path for path in self._files() if os.path.isfile(path)), None)
        self._section: Mapping[str, str] = {}
        if self._file:
            parser = configparser.ConfigParser(interpolation=None, strict=False, inline_comment_prefixes=(';',))
            parser.read(self._file, encoding='utf-8')
            self._section = parser['callback_slack_relay'] if parser.has_section('callback_slack_relay') else {}

    def _files(self) -> Iterator[str]:
        if given := self._environment.get('ANSIBLE_CONFIG'):
            yield os.path.join(given, 'ansible.cfg') if os.path.isdir(given) else given
        # Ansible does not read this one either where anyone could have put it.
        if not os.stat('.').st_mode & stat.S_IWOTH:
            yield os.path.abspath('ansible.cfg')
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

def execute(settings: Settings, command: list[str], timeout: Optional[float], warn: Callable[[str], None]) -> int:
    """The command's exit code, negative for a signal that ended it."""
    dispatch = Dispatch(settings)
    run = new_run(settings, mode='pull' if os.path.basename(command[0]) == 'ansible-pull' else 'push')
    redactor = redactor_of(settings, warn)
    # Its whole command line tells one job of a machine from another.
    job = command_line(redactor.value(list(command)))
    open_failures = OpenFailures(settings.spool, f'exec {job}')
    marker = os.path.join(os.path.abspath(settings.spool), f'run-marker-{run.id}')
    execution = Execution(command, timeout, redactor)
    ended = execution.run({**os.environ, RUN_MARKER_VARIABLE: marker})
    # A playbook that failed and was ended for being slow has not reported the latter.
    is_reported = RunMarker(marker).is_complete() and ended.code != TIMED_OUT
    remove_file(marker)
    try:
        if ended.code and not is_reported and not execution.interrupted:
            failure = failed_command(job, command, ended, run.source, redactor.text)
            event = event_of(failure, str(uuid.uuid4()), utc_now(), redactor)
            dispatch.put(run, event)
            open_failures.add(open_failure_of(failure, event, open_failures.playbook, ''))
        elif not ended.code and open_failures.known:
            for failure in open_failures.known:
                dispatch.put(run, recovered_event(failure, str(uuid.uuid4()), utc_now()))
            open_failures.remove(open_failures.known)
        for warning in dispatch.finish():
            warn(warning)
    except OSError as error:
        warn(f'a report could not be written: {error}')
    return ended.code


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
    segments = spool.segments()
    error = spool.status.last_error()
    rejected = count_lines(spool.rejected)
    since = datetime.datetime.fromtimestamp(int(os.path.basename(segments[0])[:20]) / 1e9, datetime.timezone.utc) if segments else None
    return [
        f'spool:        {spool.root}',
        f'waiting:      {sum(map(count_lines, segments))} reports' + (f', since {since:%Y-%m-%dT%H:%M:%SZ}' if since else ''),
        f'last success: {spool.status.read().get("lastSuccess") or "none"}',
        f'last error:   {error["what"]} (at {error["at"]})' if error else 'last error:   none',
        *([f'set aside:    {rejected} reports that the relay cannot take, in {spool.rejected}'] if rejected else []),
    ]


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
    if re.search(r'SSL|(?i:remote end closed|bad ?status ?line)', answer.reason):
        return f'The URL is at fault: it says http where the relay speaks https, or the other way ({answer.reason}).'
    return f'The network is at fault, or the name in the URL: {answer.reason}.'


# cli.py
# The joined file as a program.

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
