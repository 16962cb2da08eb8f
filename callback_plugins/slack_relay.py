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
      - Names the relay's route that tells Slack. Without it, or when the relay does not know it, the default route does; the
        run then warns of it, and C(slack_relay.py test) fails.
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
      - It also holds which failures are open. Where it does not outlive the run, as in a container, nothing is ever said to be
        fixed; put it on a volume that does.
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
      - Where a run belongs, as C(name=value), separated by commas; at most 20 with names of at most 100 characters, such as
        C(env=prod). They are part of what makes an incident, so they never say when it ran, as a build number does.
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
  run_variables:
    description:
      - Extra variables that say which run or which release it is, as globs separated by commas. A failure counts as fixed only
        when a run with the same extra variables went well; these are left out of the comparison, so that the next version
        that deploys well closes what the last one broke.
    type: list
    elements: str
    default: [awx_*, tower_*, '*version*', '*revision*', '*commit*', '*_sha', build_number]
    env: [{name: SLACK_RELAY_RUN_VARIABLES}]
    ini: [{section: callback_slack_relay, key: run_variables}]
"""

import argparse
import configparser
import contextlib
import datetime
import difflib
import email.utils
import enum
import fcntl
import fnmatch
import functools
import getpass
import hashlib
import hmac
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
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Callable, Collection, Iterable, Iterator, Mapping, NamedTuple, Optional, Sequence, Union


# text.py
# Text as people can read it: nothing that a terminal acts on, no secret cut in half, and short.

Masking = Callable[[str], str]

KIB = 1024
# A secret that is cut at the edge of an excerpt fits no pattern any more: so much more is masked than kept.
MARGIN = 4 * KIB
# No control character, which would not stay in, and nothing that anybody writes.
PASSAGE_EDGE = '\ue000'
LEFT_OUT = '\n[...]\n'

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


def excerpt(text: str, limit: int, mask: Masking, around: Optional[str] = None) -> str:
    """What people may read of a text: masked, and cut in the middle with the number of bytes left out written there.

    Where `around` would be left out, the lines around it stay, too: it is why somebody reads the text.
    """
    window = limit + MARGIN
    if len(text) <= 2 * window:
        head = tail = mask(readable(text)).strip('\n')
        if byte_length(head) <= limit:
            return head
    else:
        head = mask(readable(text[:window]))[:-MARGIN]
        tail = mask(readable(text[-window:]))[MARGIN:]
    head, tail = first_bytes(head, limit // 3), last_bytes(tail, limit - limit // 3)
    middle = passage(text, around, limit // 3, mask) if around and around not in head and around not in tail else ''
    if middle:
        tail = last_bytes(tail, byte_length(tail) // 2)
    left_out = max(0, byte_length(text) - byte_length(head) - byte_length(middle) - byte_length(tail))
    return f'{head}\n[... {left_out} bytes left out ...]\n{middle and middle + LEFT_OUT}{tail}'.strip('\n')


def passage(text: str, around: str, limit: int, mask: Masking) -> str:
    """The lines around a part of a text, masked from further off than they are kept."""
    place = text.find(around[:200])
    if place < 0:
        return ''
    start, end = max(0, place - limit // 2), place + limit // 2
    before, after = text[max(0, start - MARGIN):start], text[end:end + MARGIN]
    masked = mask(readable(f'{before}{PASSAGE_EDGE}{text[start:end]}{PASSAGE_EDGE}{after}')).split(PASSAGE_EDGE)
    # A secret that goes over an edge takes the edge with it: then rather nothing.
    return first_bytes(masked[1], limit).strip('\n') if len(masked) == 3 else ''


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

def file_size(path: str) -> int:
    try:
        return os.lstat(path).st_size
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


def task_path(path: str, role_path: Optional[str], project: str) -> Optional[str]:
    """The task's file and line; of a role, from its name on. `project` is the directory that all of it lies in or beside."""
    if not path:
        return None
    if role_path and path.startswith(role_path.rstrip(os.sep) + os.sep):
        return os.path.join('roles', os.path.basename(role_path.rstrip(os.sep)), os.path.relpath(path, role_path))
    return relative(path, project, os.path.dirname(project))


def without_project(text: str, project: str) -> str:
    """Where the project lies differs from machine to machine: its files are called as they are inside, and it is a dot."""
    if not project.strip(os.sep):
        return text
    place = rf'(?<![\w.-]){re.escape(project.rstrip(os.sep))}(?:(/)|(?![\w-]|\.\w))'
    return re.sub(place, lambda found: '' if found[1] else '.', text)


# release.py
# Which callback this is.

CALLBACK_RELEASE = '1.0.0'


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


def can_be_written(path: str) -> bool:
    """Or made, where it is not there."""
    while path != os.path.dirname(path) and not os.path.lexists(path):
        path = os.path.dirname(path)
    return os.access(path, os.W_OK | os.X_OK)


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


def is_loopback(host: str) -> bool:
    return re.fullmatch(r'(?:.+\.)?localhost|127(?:\.[0-9]{1,3}){3}|::1', host) is not None


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


# option_names.py
# The names of the options: one that is misspelt is ignored by Ansible, and by whoever trusts in it noticed too late.

OPTION_NAMES = (
    'url', 'key', 'allow_http', 'key_file', 'auth', 'audience', 'validate_certs', 'ca_file', 'channel', 'spool', 'wait',
    'host_name', 'report_rescued', 'report_ignored', 'mask', 'labels', 'link', 'run_variables',
)


def unknown_options(names: Iterable[str]) -> Iterator[str]:
    """What to say of each name in the section of ansible.cfg that is no option."""
    for name in names:
        if name not in OPTION_NAMES:
            nearest = difflib.get_close_matches(name, OPTION_NAMES, 1, 0.0)[0]
            yield f'{name[:80]!r} in [callback_slack_relay] is no option; the nearest one is {nearest!r}'


# program_options.py
# The options for a program that runs without Ansible.

PATHS = ('spool', 'key_file', 'ca_file')
SETTINGS_LIMIT = 1024 * KIB


class ProgramOptions:
    """The callback's options, as text: from the environment, then from the ansible.cfg that Ansible would take."""

    def __init__(self, environment: Mapping[str, str], warn: Callable[[str], None]) -> None:
        self._environment = environment
        self._file = next((path for path in self._files(warn) if os.path.isfile(path)), None)
        self._section: Mapping[str, str] = read_section(self._file, warn) if self._file else {}
        for warning in unknown_options(self._section):
            warn(warning)

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
        parser.read_string(read_trusted_file(path, SETTINGS_LIMIT, follow_links=True, others=[owner]).decode())
    except (OSError, ValueError, configparser.Error) as error:
        warn(f'{path} cannot be read ({type(error).__name__})')
    # Without what stands in [DEFAULT], which is every section's.
    section = 'callback_slack_relay'
    names = parser.options(section) if parser.has_section(section) else ()
    return {name: parser[section][name] for name in names if name not in parser.defaults()}


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

# Extra variables that say which run or which release it is, and nothing of what is run.
RUN_VARIABLES = ('awx_*', 'tower_*', '*version*', '*revision*', '*commit*', '*_sha', 'build_number')

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
    run_variables: Sequence[str] = RUN_VARIABLES

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
        run_variables=RUN_VARIABLES if (names := get('run_variables')) is None else as_list(names),
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
            raise ValueError('the url says http, by which anybody on the way could read the key (allow_http takes it all the same)')
        warn('allow_http is set: anybody on the way to the relay can read the key and the reports')
    if relay.scheme == 'https' and not relay.validate_certs:
        warn('validate_certs is not set: anybody on the way to the relay can read the key and the reports')
    return relay


def foreign_guide(source: Callable[[str], Optional[str]]) -> Optional[str]:
    """The file of another user, not root, that leads a key astray which it does not hold itself.

    Ansible reads that of its working directory, whoever's it is.
    """
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


def as_list(given: Any) -> list[str]:
    """Ansible gives a list, an environment variable one text."""
    return [word.strip() for word in (given.split(',') if isinstance(given, str) else map(str, given)) if word.strip()]


def read_labels(given: Any, warn: Warn) -> dict[str, str]:
    labels: dict[str, str] = {}
    for label in as_list(given):
        name, equals, text = label.partition('=')
        name = name.strip()
        if not (name and equals):
            warn(f'the label {label!r} is not of the form name=value')
        elif cut(name, LABEL_NAME_LIMIT) != name:
            warn(f'the name of the label {name[:20]}... is longer than {LABEL_NAME_LIMIT} characters, so it is left out')
        elif len(labels) < LABELS_LIMIT:
            labels[name] = cut(text.strip(), LABEL_LIMIT)
    return labels


def cut(text: str, limit: int) -> str:
    """As the relay counts characters: those beyond the first 65,536 twice."""
    return text.encode('utf-16-le', 'surrogatepass')[:2 * limit].decode('utf-16-le', 'ignore')


# own_secrets.py
# What this host itself knows to be secret: the relay's key, and what the option `mask` says.

def redactor_of(settings: Settings, warn: Callable[[str], None] = lambda warning: None, registered: Masking = str) -> Redactor:
    """Masks the key literally, wherever it stands, since a command may print its whole environment; before it what Ansible registered."""
    own = masking_key(settings.relay.key, OwnPatterns(settings.mask, warn).mask)
    return Redactor(lambda text: own(registered(text)))


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


# git_folder.py
# The git checkout that a playbook lies in, read without running git: a play does not wait for it, and git refuses root another's checkout.

COMMIT = re.compile(r'[0-9a-f]{1,64}\Z')
REFERENCE = re.compile(r'refs/[^\x00-\x20\x7f~^:?*\[\\]+\Z')
REMOTE_SECTION = re.compile(r'\s*\[\s*remote\s+"((?:[^"\\]|\\.)*)"\s*\]\s*', re.I)
REMOTE_URL = re.compile(r'\s*url\s*=\s*"?([^\s"#;][^\s"]*)', re.I)
POINTER_LIMIT = KIB
CONFIG_LIMIT = 64 * KIB
PACKED_LIMIT = 4 * KIB * KIB


class GitFolder:
    """`root` is the directory of the checkout. What is read is only this user's, root's or that of the playbook's owner, whom this run obeys anyway."""

    def __init__(self, root: str, owner: int) -> None:
        self.root = root
        self._owners = (owner,)
        folder = end_of_links(os.path.join(root, '.git'), self._owners)
        status = os.lstat(folder)
        if not is_trusted_owner(status.st_uid, self._owners):
            raise OSError(f"{folder} is another user's")
        if not stat.S_ISDIR(status.st_mode):  # Of a worktree or a submodule, it is a file that says where.
            folder = os.path.join(root, self._line(folder).partition('gitdir: ')[2])
        self._folder = folder

    @functools.cached_property
    def _common(self) -> str:
        """What all worktrees share."""
        try:
            return os.path.join(self._folder, self._line(os.path.join(self._folder, 'commondir')))
        except OSError:
            return self._folder

    def commit(self) -> Optional[str]:
        head = self._line(os.path.join(self._folder, 'HEAD'))
        if not head.startswith('ref: '):
            return head if COMMIT.match(head) else None
        reference = head[len('ref: '):]
        if not REFERENCE.match(reference) or '..' in reference.split('/'):
            return None
        path = os.path.join(self._common, reference)
        # A directory in between may be a link to anywhere.
        if os.path.realpath(path).startswith(os.path.realpath(self._common) + os.sep) and os.path.lexists(path):
            commit = self._line(path)
        else:
            commit = next((line.split()[0] for line in self._lines('packed-refs', PACKED_LIMIT) if line.endswith(' ' + reference)), '')
        return commit if COMMIT.match(commit) else None

    def remote(self) -> Optional[str]:
        """The URL of origin, else of the first remote."""
        remotes: dict[str, str] = {}
        name = None
        for line in self._lines('config', CONFIG_LIMIT):
            if line.lstrip().startswith('['):
                section = REMOTE_SECTION.match(line)
                name, line = (section[1], line[section.end():]) if section else (None, '')
            if name is not None and (url := REMOTE_URL.match(line)):
                remotes.setdefault(name, url[1])
        return remotes.get('origin') or next(iter(remotes.values()), None)

    def _line(self, path: str) -> str:
        first, _, _ = read_trusted_file(path, POINTER_LIMIT, others=self._owners).partition(b'\n')
        return first.decode(errors='replace').strip()

    def _lines(self, name: str, limit: int) -> Iterator[str]:
        text = read_trusted_file(os.path.join(self._common, name), limit, others=self._owners).decode(errors='replace')
        return (line.rstrip() for line in text.split('\n'))


def find_git_folder(directory: str, owner: int, environment: Mapping[str, str]) -> Optional[GitFolder]:
    """The nearest one around a directory, by its path as given, and where there is none, without the links in it."""
    # As git has it: these are not searched, nor what is above them.
    ceilings = {path.rstrip(os.sep) for path in environment.get('GIT_CEILING_DIRECTORIES', '').split(os.pathsep) if path}
    for start in dict.fromkeys((directory, os.path.realpath(directory))):
        above = start
        while above.rstrip(os.sep) not in ceilings:
            if os.path.lexists(os.path.join(above, '.git')):
                try:
                    return GitFolder(above, owner)
                except (OSError, ValueError):
                    return None
            if above == os.path.dirname(above):
                break
            above = os.path.dirname(above)
    return None


# path_parts.py
# The parts of a path that are the same on every machine and in every run.

# What mktemp, CI systems, AWX and pytest make, releases named by their time, and what is named by a hash.
TEMPORARY_PART = re.compile(
    r'(?i:te?mp)\Z|tmp\.[A-Za-z0-9]{6,}\Z|tmp[a-z0-9_]{8}\Z|awx_[0-9]+_[a-z0-9_]+\Z|ansible-(?:local|tmp)-|pytest-(?:of-.*|[0-9]+)\Z'
    r'|[0-9]{8,}(?:[-_.Tt][0-9]{4,}Z?)?\Z|(?=[0-9a-f]*[0-9])[0-9a-f]{12,64}\Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z',
)
# Jenkins names the workspaces of one job that run at once site, site@2 and so on.
CONCURRENT = re.compile(r'@[0-9]+\Z')


def lasting_parts(path: str, hosts: Collection[str], count: int = 2) -> str:
    """Its last parts, without those that are named after a host or that only this run has."""
    known = {name.lower() for host in hosts if host for name in (host, host.partition('.')[0])}
    parts = [CONCURRENT.sub('', part) for part in path.split(os.sep) if part not in ('', '.', '..')]
    return '/'.join([part for part in parts if part.lower() not in known and not TEMPORARY_PART.match(part)][-count:])


# project.py
# Where a playbook comes from, told apart from any other, and the same on every machine that has it.

SCP_FORM = re.compile(r'(?:[^@/\s]+@)?(\[[^\]/]+\]|[^:/\s]+):(?!//)(.+)')
PROJECT_LIMIT = 255


class Project:
    """Of the directory that a playbook lies in. `owner` is whose the playbook is, `hosts` what this machine is called."""

    def __init__(self, directory: str, owner: int, hosts: Collection[str], environment: Mapping[str, str]) -> None:
        self._directory = directory
        self._hosts = hosts
        self.git: Optional[GitFolder] = find_git_folder(directory, owner, environment)
        self.root = self.git.root if self.git else directory

    @functools.cached_property
    def name(self) -> Optional[str]:
        remote = None
        try:
            remote = self.git.remote() if self.git else None
        except (OSError, ValueError):
            pass  # A checkout whose config is not ours to read.
        name = remote_project(remote, self.root) if remote else lasting_parts(self.root, self._hosts)
        return name[-PROJECT_LIMIT:] or None

    def path_of(self, path: str) -> str:
        """A file's path in the project, if it lies in it, without what links hide; else its last two parts that last."""
        for root, given in ((self.root, path), (os.path.realpath(self.root), os.path.realpath(path))):
            if given.startswith(root.rstrip(os.sep) + os.sep):
                return os.path.relpath(given, root)
        return lasting_parts(path, self._hosts)


def remote_project(url: str, root: str) -> str:
    """Host and path, without scheme, user, port and .git: those who fetch by ssh and by https have one project."""
    scheme, is_url, _ = url.partition('://')
    if is_url and scheme != 'file':
        parts = urllib.parse.urlsplit(url)
        host, path = parts.hostname or '', urllib.parse.unquote(parts.path)
    elif not is_url and (scp := SCP_FORM.match(url)):
        host, path = scp[1].strip('[]').lower(), scp[2]
    else:
        local = urllib.parse.unquote(urllib.parse.urlsplit(url).path) if is_url else os.path.normpath(os.path.join(root, url))
        return '/'.join([part for part in without_git(local).split('/') if part][-2:])
    return f'{host}/{without_git(path)}'.strip('/')


def without_git(path: str) -> str:
    path = path.strip('/')
    return path[:-len('.git')].rstrip('/') if path.endswith('.git') else path


# inventory_name.py
# What an inventory is called: the same in every run and on every machine that uses it.

INVENTORY_LIMIT = 255


def inventory_name(sources: Iterable[Any], project: Project, extra_variables: Mapping[str, Any]) -> Optional[str]:
    """The sources as Ansible was given them. AWX writes each of its inventories to one and the same place, and says which it is."""
    for name in ('awx_inventory_id', 'tower_inventory_id'):
        if name in extra_variables:
            return f'awx:{extra_variables[name]}'[:INVENTORY_LIMIT]
    names = ','.join(dict.fromkeys(source_name(str(source), project) for source in sources))
    if len(names) > INVENTORY_LIMIT:
        digest = hashlib.sha256(names.encode(errors='replace')).hexdigest()[:16]
        names = f'{names[:INVENTORY_LIMIT - 17]}:{digest}'
    return names or None


def source_name(source: str, project: Project) -> str:
    return 'inline' if ',' in source else project.path_of(os.path.abspath(source)) or 'temporary'


# revision.py
# Which commit is being run.

def revision_of(git: Optional[GitFolder], environment: Mapping[str, str]) -> Optional[str]:
    """As the CI system says, else the commit that is checked out."""
    for name in ('GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'):
        if environment.get(name):
            return environment[name][:255]
    try:
        return git.commit() if git else None
    except (OSError, ValueError):
        return None


# run.py
# One run of Ansible, and what is said of it.

@dataclass(frozen=True)
class Run:
    """One playbook, run once on one machine; the fields are the contract's."""

    id: str
    source: str
    startedAt: str
    project: Optional[str] = None
    playbook: Optional[str] = None
    inventory: Optional[str] = None
    mode: str = 'push'
    tags: Optional[Sequence[str]] = None
    skipTags: Optional[Sequence[str]] = None
    extraVariables: Optional[Sequence[str]] = None
    hostCount: Optional[int] = None
    callbackVersion: str = CALLBACK_RELEASE
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


# phrases.py
# Phrases that are looked for in a line, without a regular expression: compiling a hundred alternatives costs more than a failure may.

class LazyPattern:
    """A pattern that is compiled when it is first needed: a run in which nothing fails pays for none."""

    def __init__(self, *alternatives: str, flags: int = 0) -> None:
        self.source, self.flags = '|'.join(alternatives), flags

    @functools.cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    def match(self, *given: Any) -> Optional[re.Match[str]]:
        return self.compiled.match(*given)

    def search(self, *given: Any) -> Optional[re.Match[str]]:
        return self.compiled.search(*given)

    def sub(self, *given: Any) -> str:
        return self.compiled.sub(*given)

    def finditer(self, *given: Any) -> Any:
        return self.compiled.finditer(*given)


FIRST_LETTERS = LazyPattern(r'(?<![^\W_])[a-z0-9]{2,3}')


class Phrases:
    """Beginnings of phrases, one a line, of lower case: `violat` is in `violates the constraint`, and not in `inviolate`."""

    def __init__(self, table: str) -> None:
        self.table = table

    @functools.cached_property
    def by_first_letters(self) -> dict[str, tuple[str, ...]]:
        phrases: dict[str, list[str]] = {}
        for line in self.table.strip('\n').split('\n'):
            for phrase in line.strip().split(' | '):
                phrases.setdefault(phrase[:2], []).append(phrase.replace('_', ' '))
        return {letters: tuple(found) for letters, found in phrases.items()}

    def last_end(self, lower: str, start: int = 0) -> Optional[int]:
        """Behind the last one in a text."""
        end = None
        for place in self.places(lower, start):
            end = place
        return end

    def places(self, lower: str, start: int = 0) -> Any:
        table = self.by_first_letters
        for match in FIRST_LETTERS.finditer(lower, start):
            place = match.start()
            phrases = table.get(lower[place:place + 2])
            if phrases and lower.startswith(phrases, place):
                yield place

    def are_in(self, lower: str, start: int = 0) -> bool:
        return next(self.places(lower, start), None) is not None


# cause_forms.py
# The forms of a line that many programs share: what is in front of it, its level, a compiler's or an exception's, and noise.

DAY_AND_TIME = r'\d{4}[-/]\d\d[-/]\d\d(?:[T ]?\d\d:\d\d:\d\d(?:[.,:]\d+)?)?(?: ?(?:Z|UTC|[A-Z]{3,4}\b|[+-]\d\d:?\d\d))?'

# What a logger, a terminal or another program writes in front of a line that it passes on.
PASSED_ON = LazyPattern(
    r'\s*[│┃╷╵╰─×]+>?\s?',
    r'\#\d+ (?:\d+\.\d+ )?',
    r'\d+\.\d{2,3} (?=\S|\s{2})',
    r'\s*\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\s+',
    rf'\s*\[?{DAY_AND_TIME}\]?:?\s+(?:\[\d+\]:?\s+)?',
    r'\[\s*\d+\.\d+\]\s',
    r'(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:\d{4} )?(?:[\w.-]+ [\w./@-]+(?:\[\d+\])?: )?',
    r'[EWIF](?=\d{4} \d\d:\d\d)\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+:\d+\] ',
    r'(?:npm|pnpm) (?:ERR!|error)(?:\s+|$)',
    r'remote: ',
    r'E {2,8}(?=\S)',
    r' {5,}\| (?=[A-Z][a-z]+ )',
    r'MSI \(\w\) \([0-9A-F]+[:!][0-9A-F]+\) \[[\d:]+\]: ',
    r'==> [\w.-]+: ',
    r'\s*Warning\s{2,}\w+\s{2,}\S.{0,30}?\s{2,}[\w-]+\s{2,}',
    r'Failed to connect to the host via \w+: ',
    r"'/\S+ [^\n]*'' failed: |'/\S+ [^\n]{0,300}' failed: ")
BULLET = LazyPattern(r'\s*(?:(?:[-*•>×]|╰─>|\d+\))\s+|\[(?i:error|fatal|err)\]:? +)+(?=\S)')

LEVELS = (
    ('fatal', ('fatal error', 'parse error', 'fatal', 'panic', 'emergency', 'emerg', 'alert', 'critical', 'crit', 'severe')),
    ('error', ('error', 'erro', 'err')),
    ('warning', ('deprecation warning', 'warning', 'warn', 'notice', 'hint', 'note', 'deprecated', 'wrn')),
    ('quiet', ('information', 'info', 'debug', 'trace', 'verbose', 'log')),
)
LEVEL_OF = {name: level for level, names in LEVELS for name in names}
LEVEL_NAMES = '|'.join(sorted(LEVEL_OF, key=len, reverse=True))
# A level is in brackets, or before a colon or an exclamation mark, or a column of capitals.
LEVEL = LazyPattern(
    rf'(?:^|[\s:])[\[(<]\s*(?P<bracketed>{LEVEL_NAMES})\s*[\])>]',
    rf'(?:^|[:\])\s])(?P<before>{LEVEL_NAMES})(?: ?:|!|\[\w+\]:?|(?= [a-z]{{1,4}}\d{{3,5}}\b))',
    rf'\b(?:level|lvl|severity)["\']?[=:]\s*["\']?(?P<named>{LEVEL_NAMES})\b',
    r'^(?P<letter>[ewn]): ?')
LEVEL_COLUMN = LazyPattern(
    r'^(?:\S{1,60}\s+|\[[^\]]{0,60}\]\s*){0,3}(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL)(?:\s|\])')
LEVEL_FIRST = LazyPattern(r'^\s*(?P<level>warning|error(?! (?:in|occurred|while|code)\b)|fatal|info)\s+\S')
LETTERS = {'e': 'error', 'w': 'warning', 'n': 'warning'}
ANY_WARNING = LazyPattern(
    r'[A-Z]\w{3,40}Warning: ', r'\b[Ww]arning\b[^:]{0,40}:\s', r'^(?:npm|yarn|pnpm) (?:warn|WARN|notice)\b',
    r': \[?[Ww]arning\]?[: ]', r'WARN\[\d+\]')

COMPILER = LazyPattern(
    r'^(?:\S{1,100}: )?[^\s:()][^:()\n]{0,250}(?::\d+(?::\d+(?:-\d+)?)?|\(\d+(?:,\d+)*\)|:\[\d+,\d+\])'
    r'(?:: | : |\s)(?:fatal error|internal compiler error|error|ERROR)\b',
    r'^[^\s:]{1,250}\.(?:go|scala|java|kt|rs|swift|hs|ml|bzl|bazel):(?:\d+:\d+|\[\d+,\d+\]):? (?!\s*(?:warning|note))\S',
    r'^(?:ERROR: )\S{1,250}:\d+:\d+: \S',
    r'^\s*error(?:\[E\d+\]| [A-Z]{2,4}\d{3,5}\b)',
    r'^[^:\n]{1,250} : error [A-Z]{2,8}\d{3,5}: ',
    r'^\S{1,200}_test\.go:\d+: \S',
    r'^psql:[^:]{1,200}:\d+: ERROR:',
    r'^\s*\d+:\d+\s+error\s+\S')
EXCEPTION = LazyPattern(
    r'^(?:Error: |Uncaught |Unhandled exception\. |Exception in thread "[^"]{0,200}" |\w[\w.-]{0,60}: )?'
    r'(?:[\w$]{1,80}(?:\.|::)){0,12}[A-Z]\w{0,80}(?:Error|Exception|Fault|Failure|UndefinedTable|NotFound|Undefined\w{0,40})'
    r'(?: [\[(][^\])]{1,80}[\])])?(?:: |\s*$)',
    r"^thread '[^']{1,100}' panicked at ")
RUBY_EXCEPTION = LazyPattern(r"^\S{1,200}:\d+:in [`'][^']{1,80}': .{1,600} \([A-Z][\w:]{1,80}\)$")

# A program that speaks of itself: "cp: …", "./deploy.sh: line 3: …", in whatever language.
OWN_NAME = LazyPattern(r'^(?![A-Z][a-z]+:)(?:[\w./+@-]{1,80})(?:\[\d+\])?: \S')

# Frames, source lines, progress, usage texts and what else is never the reason.
NOISE_LINE = LazyPattern(
    # Nothing to read: rulers, boxes, one long word, a level or an address alone.
    r'^\W*$', r'[^\w\s]{8,}$', r'^\s*[^\w\s]{6,}', r'^\S{60,}$', r'^\s*\W*(?:[A-Z]{3,8}|[Ee]rror|[Ww]arning|\[[\w\\]{3,80}\])\W*$',
    r'[:=]\s*(?:\[\s*\]|\{\s*\})$', r'^\s*(?:https?|ftp)://\S+\s*$', r'^\s*<[/?!a-z]',
    # Frames of a stack, and what stands around them.
    r'^\s*(?:at |File "|from /|from \S+:\d+:in|\.\.\. \d+ |#\d+ |goroutine \d|created by |\^|Traceback|During handling of)',
    r'^\s*(?:The above exception|--- )',
    r'^\s*(?:In file included|Call Stack|thrown in|runtime/|\[signal |node:|Node\.js v|throw |compilation terminated)',
    r'^\s*(?:\[SQL|\[parameters|\(Background)',
    r'^\s*(?:Suppressed: |stack backtrace|Stack trace|At line:|At [A-Z]:\\|symbol: )',
    r'^\s+[\w.@*-]*/[\w./()@*-]+:\d+(?: \+0x\w+)?\s*$', r'^[\w./()*]+\(.{0,80}\)$',
    r'^\s*(?:errno|code|syscall|address|port|type|requireStack): ',
    r'^(?:errno|code|syscall|path|location|workspace) \S+$', r'^\s*(?:DETAIL|CONTEXT|STATEMENT): ',
    # Lines of a source, and marks under them.
    r'^\s*(?:\d+ \||\d+▕|➜|\||> \d+ \||\+ |\d+: \w.*\{$|=+ |-> |--> |= note|= help|>>> )',
    r'^\++ ', r'^\s*def \w+\(.*\):$', r'^>\s{4,}\S', r'^Line \|$',
    # Options of a usage text.
    r'\[--\w', r'^\s*-{1,2}\w[\w-]*(?:[ =,]\S+){0,3}(?:\s{2,}|$)', r'^\s*\[Help \d',
    # What went well, and progress.
    r'\d+ ?%\s*$', r'^\s*\d+%', r': OK$', r'^\s*\d+ +\d+[kMG.\d]* +\d+ ', r'^\s*[✔✓]',
    r'^\s*Normal\s{2,}\S', r'^PLAY |^TASK |PLAY RECAP',
    r'^changed: |^ok: \[|^skipping: ', r'^# \S+/\S+$', r'^\w+ \([\w.]+\) \.\.\.', r'\[debug\]', r'^go: downloading', r'^Err:\d+ ')
HEADING = LazyPattern(r'[:：]\s*$')


# cause_phrases.py
# What programs say when they give a reason, when they only say that something failed, and when they say neither.
#
# One phrase, or several with ` | ` between them; a phrase matches where a word begins, and `_` is a blank at an end.

# Why a kernel, a library or a server does not do what it was asked for.
REASONS = Phrases("""
no such_ | not found | not exist | not be found | not allowed | not be allowed | not permitted | not supported | not available
not installed | not installable
not recogni | not defined | not authori | not reachable | not valid | not be valid | not a_ | not an_ | not unique | not enough
not running | not set | not mounted | not signed | not writable
not readable | not declared | not in_ | not contain | not have | not match | not properly | not responding | not ready | not specified
not configured | not assignable
not be empty | not empty | not equal | not correct | not access | not enabled | not compatible | not able | not been_ | not be_ | not ok
not-found | not all_ | not connect | not one of
cannot_ | can not_ | can't_ | could not_ | couldn't_ | won't_ | unable to_ | impossible to_ | fails to_ | failed to_ | failing to_
refuses to_ | refusing to_
doesn't_ | does not_ | don't_ | didn't_ | did not_ | do not match | wasn't_ | weren't_ | isn't_ | aren't_ | hasn't_ | haven't_ | wouldn't_
access denied | denied | refused | rejected | forbidden | revoked | blocked | declined | unauthori
timed out | timedout | timeout | deadline exceeded | no space left | disk full | out of memory | out of space | out of range
out of disk | out of bounds | out of sync | overflow | exhausted
too many | too large | too long | too low | too small | too old | too new | too high | too big | too few | too short | too open
insufficient | exceed | quota | over its | expired | throttl | rate limit
already_ | in use | locked | busy | held by | held broken | interrupted by | deadlock | stale | outdated
unknown | undefined | undeclared | unrecogni | unexpected | unresolved | unbound | unsupported | unreachable | unhealthy | unmet
unavailable | unsatisf | uninitiali | unterminated | unprotected
invalid | illegal | malformed | mismatch | missing | corrupt | conflict | duplicate | violat | inconsisten | incompatible | overlap
bad_ | wrong_ | incorrect | was incorrect | ambiguous | dubious
syntax error | parse error | never closed | is read-only | is required | is full | is broken | is immutable | is dirty | is empty
is too | is larger | is smaller | is a directory | is locked | is needed | are needed | are too open
would be overwritten | will be overwritten | nothing provides | requires_ | require_ | required | must_ | expected | expects | expecting
assert | cyclic | circular
segmentation fault | segfault | killed | core dumped | panicked | starvation | suspended | fatal error | caught
no match | no package | no module | no matching | no available | no route | no host | no valid | no permission | no viable | no pg_hba
no more_ | no root | no default | no longer | no usable | no suitable
no file | no connection | no data_ | no public key | no credentials | no response | no password | no servers | no key_ | no licen
no image | no version | no solution | no ticket | no servers | no formula
there is no_ | there are no_ | name or service | temporary failure | reset by peer | broken pipe | certificate has | certificate is
certificate was
certificate verif | certificate problem | certificate signed | certificate not
certificate expired | checksum mismatch | checksum did | checksum error | signature mismatch | signature verif | signature is
signature was | signature check | self signed | self-signed | untrusted | unknown authority
end of file | eof | nil pointer | null pointer | nullpointer | index out of | division by | at token | failure/error
bootstrap check failure | has changed | read-only file | differs from | different | hunk
connection closed | connection was closed | connection aborted | connection reset | connection failed | connection lost | request failed
authentication failed | authentication failure | login failed | handshake failed | lookup failed
resolution failed | econnrefused | econnreset | eacces | enoent | eaddrinuse | eaddrnotavail | etimedout | enotfound | eperm | eintegrity
eresolve | ebusy | eexist | enospc | erofs | emfile | epipe | ehostunreach | enetunreach | eisdir | enotdir
404 not found | 403 forbidden | 401 unauth | 400 bad | 409 conflict | 410 gone | 429 too | 500 internal | 500 server | 502 bad
503 service | 504 gateway | 404 client | 403 client | 401 client | 409 client
""")
REASON_FORM = LazyPattern(r'\bat \S+ line \d+\.?$', r'\berrno \d+\]', r'\b[45]\d\d [a-z]+ error\b')

# The same in the languages that systems are installed in.
REASONS_ELSEWHERE = (
    'nicht ', 'kein', 'verweigert', 'fehlgeschlagen', 'fehler:', 'ungültig', 'bereits ', 'impossible', 'introuvable', 'refus', 'aucun',
    'erreur', 'échou', 'no se ha p', 'no se p', 'no existe', 'no encontr',
    'denegad', 'rechazad', 'falló', ' não ', 'negada', 'inexistente', ' erro ', 'erro:', 'impossibile', 'negato', 'errore', 'nessun',
    'kan niet', 'kon niet', 'kan geen', 'geweigerd', ' fout', 'nie można', 'nie znaleziono',
    'błąd', 'nelze', 'odmítnut', 'kan inte', 'kunde inte', 'kan ikke', 'bulunamad', 'başarısız', 'hata:', 'не удалось', 'невозможно',
    'не найден', 'отказано', 'ошибка', 'нет такого', 'нельзя', 'できません', 'できない', 'ありません', '見つかりません',
    '失敗', '拒否', 'エラー', '无法', '不能', '没有', '不存在', '失败', '错误', '拒绝', '無法', '錯誤', '占用', '없습니다', '실패', '오류', '거부', 'لا يوجد', 'تعذر', 'خطأ')
WEAK = Phrases("""
fail_ | failed | fails | failure | error | errored | problem | crash | abort | wrong | mistake | fatal | unsuccessful | critical
""")

# They say that something failed, not why: what counts is above them.
TRAILERS = Phrases("""
returned an error | returned error | returned exit | returned non-zero | returned nonzero | returned result | return value
return status | returned 1_ | returned 2_ | return code
error code | error status | exit code | exit status | exited code | exited with | exit with | with code_ | with status_ | with value_
non-zero | nonzero | an error code | error exit
not recoverable | failed with result | failed with error | failed with exit | failed with status | failed with code | killed by signal
were encountered | was encountered | are encountered | encountered error
errors occurred | error occurred | errors found | error was found | errors were found | error(s) | fatal errors | identified some issue
identified 1 issue | previous error | above error | following error | errors above
could not compile | failed to compile | build failed | build stopped | build failure | build aborted | build did not | compilation failed
compilation failure | compilation error | compilation terminated | compilation aborted
configuring incomplete | being skipped | commands ignored until | command ignored until | maybe run_ | no apport report | did not run
did not complete | did not finish | did not exit | did not start
error: update | error: subprocess | error: command | error: process | subprocess-exited | failed building | failed to build
failed to solve | failed to execute goal | failed to join any | failed to push some
failed to download metadata | failed to synchronize | failed to start_ | failed to display | could not build wheels | lifecycle script
command failed | command sh -c | native extension | extconf | error installing
execution failed | execution phase | some challenges | some builds | some errors | some files | some tests | some archives | all attrs
some index | some fatal | fix conflicts | merge failed | main process exited
scheduled restart | repeated too quickly | could not start server | there are test failures | there were failing | there was 1 failure
has errors | have errors | has 1 error | shutting down | shuts down | shutdown complete
shutdown initiated | is shut down | shut down completed | rolling back | rollback | rolled back | cleaning up | cleanup | cleaned up
terminating | unfinished jobs | leaving unconfigured | skipped | restoring | restored
begin failed | rails aborted | error has occurred | unexpected error | an unexpected | unexplained error | child returned
unexpectedly closed | errored after | scriptlet failed | initialization failed | initialization aborted
validation exception | computed checksum | not a problem | checks failed. | control process | api request | could not read from remote
bad configuration options | update failed | lost connection | without a result
unable to fetch some | aborting due | package post-installation script | continuing | will retry | retrying | attempt 1 | attempt 2
attempt 3 | going down | is marked | inner error | inner exception | dependency problems
held broken | current transaction is aborted | caught signal | cannot continue | giving up | no further | unable to continue
conflicting requests | test failed, to | saving rejects | worker exiting
is a failure | 1 error generated | smudge filter | external filter
""")
TRAILER_FORM = LazyPattern(
    r'^make(?:\[\d+\])?: (?!\*\*\* no rule)',
    r'^\W*(?:\d+|one|two|some) (?:\w+ )?(?:errors?|warnings?|problems?|failed|failures?|examples?|passed|issues?|tests?)\b',
    r'\b\d+ \w+\(s\)',
    r'\bexit(?:ing|ed)?(?: now)?[.!]?$', r'\brc \d+$', r'\btest failed$', r'\bfailed to start$', r'\bverification failed$',
    r'\bbuild .{0,40}(?:failed|errored)', r'\bfound \d+ ', r'\b\d+ out of \d+ ',
    r'\b(?:see|check|examine|inspect|consult|review) (?:the |also )?(?:\S+ )?'
    r'(?:above|also|previous|logs?\b|output|details|stdout|stderr|compiler|inner|below)',
    r'^fail(?:ed|ures?|ure)?[!.:]*$', r'^errors?[!.:]*$', r'^fail(?:ed)?\s+\S+(?:\s+[\d.]+m?s)?$', r'^abort(?:ed|ing)?\b.{0,14}$',
    r'^try again', r'^connection to \S+ closed', r'\binterrupted\b(?! system)', r'\berrors? in \w+ scriptlet', r'^self test')
OUTCOME = LazyPattern(r'\b(?:failed|failure|failures|aborted|cancell?ed|unsuccessful|errored)\b[^\w:]*$')

# How a program takes its leave; the line before may tell more.
CLOSINGS = Phrases("""
ended | finished | done | completed | exiting | bye | stopped | stopping | closed | closing | aborting
""")

# They have an error's word and speak of none.
DECOY = LazyPattern(
    r'\b(?:0|no|without|zero|any) (?:\w+ )?(?:errors?|failures?|failed|issues?|problems?)\b',
    r'\b(?:errors?|failed|failures?|unreachable)["\']?\s?[=:]\s?["\']?0\b', r'\b(?:on|in case of|for|of|checked|look for) errors?\b',
    r'\berrors? (?:may|are|is|will|to|go|mail|page|log|handler|reporting|level|table)',
    r'\berrors?\.(?:log|o|h|c|py|txt|yml|yaml|html|js|json|cpp|conf|d)\b', r'[-_/.]errors?\b', r'\berror[-_]\w', r'[-_]fail')

# How a line begins that is a hint, a part of a usage text, a heading or a step.
HINT_STARTS = (
    'usage', 'options:', 'flags:', 'commands:', 'available commands:', 'example', 'aliases:', 'arguments:', 'see also', 'see the ',
    'see http', 'see `', "see '", 'see: ', 'try `', "try '", 'try:', 'hint:', 'more details', 'more info',
    'for more', 'for further', 'for help', 'for a full', 'for most', 'run with', 'run `', "run '", 'run "', 're-run', 'rerun',
    'read documentation', 'consider ', 'either ', 'refer to', 'ask for help', 'contact ', 'please ', 'ensure ',
    'to see', 'to get', 'to run', 'to update', 'to fix', 'to use', 'to obtain', 'to select', 'to learn', 'to install', 'to debug',
    'to add', 'to restore', 'if you', 'if this', 'you can', 'you may', 'you should', 'you might', 'solution ', 'choose from',
    'perhaps ', 'searched', 'require stack', 'required by', 'candidate', 'location:', 'note: ', 'a full log', 'a complete log',
    'complete log', 'full log', 'debug log', 'saving debug', 'this is usually', 'this is most', 'this is related',
    'this error originates', 'this is an issue', 'a new release', 'default', 'last login', 'last metadata', 'permanently added',
    'shared connection', 'warning: permanently', 'logging st', 'the offending line', 'the error appears', 'be elsewhere', 'origin:',
    'most common reasons', 'diagnostics', 'action:', 'main pid', 'loaded:', 'active:', 'process:', 'cpu:', 'tasks:', 'memory:', 'docs:',
    'cgroup:', 'details:', 'dmesg', 'picked up', 'config.log', 'serving', 'new packages', 'need to get',
    'after this', 'it is also possible', 'someone could', 'it is possible', 'the fingerprint', 'offending', 'add correct',
    'all items completed', 'lock info', 'type:', 'domain:', 'url:', 'path:', 'id:', 'who:', 'operation:', 'version:', 'created:',
    'info:', 'current directory', 'finished ', 'completed ', 'done ', 'done.', 'successfully', 'total ', 'total:', 'time:', 'duration',
    'elapsed', 'ran all', 'test suites', 'tests:', 'snapshots', 'resources:', 'passed', 'explicit', 'errors logged')
HINTS_BEHIND_LEVEL = ('re-run', 'rerun', 'to see ', 'for more ', 'for help', 'see the ', 'run with', 'use -', '[help')
STEP_STARTS = (
    'installing', 'downloading', 'downloaded', 'download ', 'fetching', 'fetched', 'reading', 'building', 'setting up', 'unpacking',
    'preparing', 'selecting', 'processing', 'resolving', 'collecting', 'using cached', 'loading', 'checking',
    'updating', 'compiling', 'cloning into', 'receiving', 'counting', 'compressing', 'enumerating', 'writing objects', 'retrying',
    'waiting', 'pulling', 'verifying', 'transferring', 'copying', 'refreshing', 'skipping', 'starting', 'started',
    'handling', 'analyzing', 'configuring', 'auto-merging', 'determining', 'linking', 'entering', 'leaving', 'get:', 'hit:', 'ign:',
    'patching file', 'applying:')
STEP_FAILED = ('failed', 'error:', 'cannot', 'not found', 'denied', 'conflict')
# Where they stand, a hint begins; what is before it may still tell.
HINTS = Phrases("""
for more information | for more details | for more help | for further | for details | see https | see ` | see ' | visit https
help.github | full trace | can be used to | may have more | may be safely | errors will be
error will be | log errors to | did you mean | learn more | troubleshooting guide | log of this run | use ` | re-running
""")
HEADING_WORDS = Phrases("""
error | wrong | fail_ | failed | failure | failing | problem | fatal | issue | reason | description | detail | diagnostic | dependenc
unmet
""")


# cause_lines.py
# How much one line of output tells of why a task failed, by its form alone.

LINE_LOOKED_AT = 1200
# What is in front of a line says what it is; what tells of a reason stands within so many characters.
REASON_WITHIN = 600
FORM_WITHIN = 300

UNSEEN = LazyPattern(
    r'\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[ -/]*[0-~])',
    r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]', r'[\ud800-\udfff]')
# The columns of a client's progress, which its error follows on the same line.
AFTER_PROGRESS = LazyPattern(r'(?<=[\d-])(?=curl: \(\d)')
LOGFMT_TEXT = LazyPattern(r'\b(msg|message|err|error|reason)=(?:"((?:[^"\\]|\\.)*)"|(\S+))')

LEVEL_PREFIX = LazyPattern(r'(?:error|fatal)[\]:!]+\s+')
BEFORE_WORDS = ' \t*-•>|#=!.([{"\'`~+:;,/%$@&^_<'

NOTHING = -100
QUIET = -60
WARNING = -40
NO_LESS = -10
CLOSING = -5
WEAKLY = 12
BY_A_PROGRAM = 14
OUTCOME_ALONE = 15
FROM_STDERR = 8
FIRST_OF_MESSAGE = 20
BENEATH_HEADING = 25
ERROR_LEVEL = 50
# At most, with whatever it has: below every line that tells.
TRAILER = 5
REASON = 25
# Fixed, so that the first error of a compiler stands before the next ones, whatever those say.
COMPILER_ERROR = 92
ROOT = 105
# From here on a line stands before all that came later; below, the last one is the best guess.
TELLS = 20


def stripped(line: str) -> str:
    """What the program itself wrote: no colour, no time stamp, no logger's columns, no bar of a box."""
    line = UNSEEN.sub('', line[:2 * LINE_LOOKED_AT])[:LINE_LOOKED_AT]
    if 'curl: (' in line and (match := AFTER_PROGRESS.search(line)):
        line = line[match.end():]
    for _ in range(5):
        match = PASSED_ON.match(line)
        if not match or match.end() == 0:
            break
        line = line[match.end():]
    return line.rstrip()


def without_bullet(line: str) -> str:
    match = BULLET.match(line)
    return (line[match.end():] if match else line).strip()


def level_of(line: str) -> Optional[str]:
    """fatal, error, warning, quiet, or nothing at all."""
    if match := LEVEL_COLUMN.match(line):
        return LEVEL_OF[match['level'].lower()]
    head = line[:160].lower()
    if match := LEVEL_FIRST.match(head):
        return LEVEL_OF[match['level']]
    if match := LEVEL.search(head):
        return LETTERS[match['letter']] if match['letter'] else LEVEL_OF.get(match['bracketed'] or match['before'] or match['named'] or '')
    return None


def unquoted(text: str) -> str:
    return text.replace('\\"', '"').replace('\\n', ' ')


def logged(line: str) -> str:
    """The words of a line of key=value pairs, or the line as it is."""
    if 'msg=' not in line and 'level=' not in line:
        return line
    found = {match[1]: unquoted(match[2] if match[2] is not None else match[3]) for match in LOGFMT_TEXT.finditer(line)}
    if not found or LOGFMT_TEXT.search(line).start() > 200:
        return line
    said = found.get('msg') or found.get('message')
    why = found.get('err') or found.get('error') or found.get('reason')
    return f'{said}: {why}' if said and why else why or said or line


def is_noise(line: str) -> bool:
    return bool(NOISE_LINE.search(line[:REASON_WITHIN])) or is_hint(line[:FORM_WITHIN].lower(), None)


def is_hint(lower: str, level: Optional[str]) -> bool:
    """Whether it says what to do next, what is being done or how the program is used."""
    head = lower.lstrip(BEFORE_WORDS)
    if head.startswith(HINT_STARTS) or head.startswith(STEP_STARTS) and not any(word in head for word in STEP_FAILED):
        return True
    if level in ('fatal', 'error') and (prefix := LEVEL_PREFIX.match(head)) and head[prefix.end():].startswith(HINTS_BEHIND_LEVEL):
        return True
    place = next(HINTS.places(lower), None)
    if place is None:
        place = lower.find('--help')
    return place is not None and place >= 0 and level not in ('fatal', 'error') and reason_score(lower[:place]) < REASON


def is_trailer(text: str) -> bool:
    """Whether it only says that something went wrong: what is behind a colon may say why all the same."""
    lower = text.lower()
    end = TRAILERS.last_end(lower[:FORM_WITHIN])
    for match in TRAILER_FORM.finditer(lower[:FORM_WITHIN]):
        end = max(end or 0, match.end() - 1)
    if end is None:
        return False
    colon = lower.find(': ', end)
    return colon < 0 or reason_score(lower[colon:]) < REASON


def reason_score(lower: str) -> int:
    """Of the words alone: a reason, in whatever language, before a mere 'failed'."""
    lower = DECOY.sub('', lower[:REASON_WITHIN])
    if REASONS.are_in(lower) or REASON_FORM.search(lower) or any(word in lower for word in REASONS_ELSEWHERE):
        return REASON
    return WEAKLY if WEAK.are_in(lower) else 0


def score_of(line: str) -> int:
    """Of a stripped line, which may go on with what it announces."""
    text = without_bullet(line)
    if not text or NOISE_LINE.search(line[:REASON_WITHIN]) or NOISE_LINE.search(text[:REASON_WITHIN]):
        return NOTHING
    warned = ANY_WARNING.search(text[:REASON_WITHIN])
    if not warned and COMPILER.match(text):
        return ERROR_LEVEL - OUTCOME_ALONE if is_trailer(text) else COMPILER_ERROR
    lower = text.lower()
    level = level_of(line)
    if is_hint(lower[:FORM_WITHIN], level):
        return NOTHING
    if level == 'quiet' and not line.startswith('LOG'):
        return QUIET
    if level == 'warning' or level is None and warned:
        return WARNING + reason_score(lower)
    score = reason_score(lower)
    if level in ('fatal', 'error') or EXCEPTION.match(text) or RUBY_EXCEPTION.match(text) or lower.startswith('caused by: '):
        score += ERROR_LEVEL
    by_a_program = bool(OWN_NAME.match(text))
    if by_a_program:
        score += BY_A_PROGRAM
    if is_trailer(text):
        return max(NO_LESS, min(score - ERROR_LEVEL, TRAILER))
    if not score and CLOSINGS.are_in(lower):
        return CLOSING
    says_what = by_a_program and text.count(' ') > 2
    return score - OUTCOME_ALONE if not says_what and OUTCOME.search(lower) else score


# tracebacks.py
# Which line of a Python traceback, or of a chain of them, is the root of it all.

TRACEBACK = 'Traceback (most recent call last)'
DIRECT_LINK = 'The above exception was the direct cause'
OTHER_LINK = 'During handling of the above exception'
# They often only say that a first way did not work, before another one was tried.
OF_A_FIRST_TRY = LazyPattern(
    r'^(?:[\w.]+\.)?(?:KeyError|AttributeError|IndexError|StopIteration|LookupError|TypeError|ValueError|Empty|'
    r'ImportError|ModuleNotFoundError|NameError|DoesNotExist|NotImplementedError|CancelledError|TimeoutError$)\b')
EXCEPTION_NAME = LazyPattern(r'^[A-Za-z_][\w.]{0,150}(?::|$)')
TRACEBACKS_LOOKED_AT = 50
TRACEBACK_LINES = 2000


@dataclass(frozen=True)
class Traceback:
    start: int
    exception: int
    """Where the line of the exception begins."""
    end: int
    direct: bool
    """Whether it was raised from the one before it."""
    chained: bool


def tracebacks_in(text: str) -> Iterator[Traceback]:
    direct = chained = False
    place = text.find(TRACEBACK)
    for _ in range(TRACEBACKS_LOOKED_AT):
        if place < 0:
            return
        start, place = place, text.find('\n', place) + 1
        column = start - (text.rfind('\n', 0, start) + 1)
        indent = len(stripped_left(text[start - column:start]))
        exception = None
        for _ in range(TRACEBACK_LINES):
            if not 0 < place < len(text):
                break
            end = text.find('\n', place)
            end = len(text) if end < 0 else end
            if text.startswith(' ' * (column + 1), place) and not indent:
                place = end + 1
                continue
            line = stripped(text[place:min(end, place + 2000)])
            if line.strip() and not line.startswith(' ' * (indent + 1)) and EXCEPTION_NAME.match(line.strip()):
                exception = place
                break
            if line.strip() and not line.startswith((' ', '\t')):
                break
            place = end + 1
        if exception is None:
            place = text.find(TRACEBACK, start + 1)
            continue
        yield Traceback(start, exception, end, direct, chained)
        following = text.find(TRACEBACK, end)
        between = text[end:following] if 0 <= following < end + 4000 else ''
        direct = DIRECT_LINK in between
        chained = direct or OTHER_LINK in between
        place = following


def stripped_left(text: str) -> str:
    return text if not text.strip() else ''


def root_of_last_chain(tracebacks: list[Traceback], text: str) -> Optional[int]:
    """Where the line begins that says why: the first exception of the chain that ended the program, or the one that came in the
    place of one of a first try."""
    root = None
    for traceback in tracebacks:
        if root is None or not traceback.chained or not traceback.direct and OF_A_FIRST_TRY.match(stripped(text[root:root + 400])):
            root = traceback.exception
    return root


# cause_json.py
# The innermost words of an error that is JSON.

DECODER = json.JSONDecoder(strict=False)
INNER_KEYS = ('details', 'errors', 'innererror', 'innerError', 'inner_errors', 'causes', 'cause', 'failures', 'error', 'err',
    'exception', 'Error', 'Errors', 'fault', 'attr', 'result', 'response', 'data', 'body', 'diagnostics', 'problems', 'violations')
OWN_KEYS = ('detail', 'error_description', 'errorMessage', 'message', 'Message', 'msg', 'summary', 'description', 'reason', 'title',
    'stderr', 'text')
LEVEL_KEYS = ('level', 'lvl', 'severity', 'levelname', 'log.level', '@level', 'Level', 'loglevel', 's')
LETTER_LEVELS = {'I': 'info', 'D': 'debug', 'W': 'warning', 'E': 'error', 'F': 'fatal'}
DEEPEST_JSON = 8


@dataclass(frozen=True)
class JsonMessage:
    text: str
    level: Optional[str]


def message_in(data: Any, depth: int = 0) -> Optional[str]:
    """Of what is nested, before one's own: an outer message says "see inner errors"."""
    if depth > DEEPEST_JSON:
        return None
    if isinstance(data, list):
        return next((text for item in data[:20] if (text := message_in(item, depth + 1) or as_words(item))), None)
    if not isinstance(data, Mapping):
        return None
    for key in INNER_KEYS:
        value = data.get(key)
        if isinstance(value, (Mapping, list)) and (text := message_in(value, depth + 1) or named_words(value, key)):
            return text
    own = next((words for key in OWN_KEYS if (words := as_words(data.get(key)))), None)
    why = next((words for key in ('error', 'err', 'exception', 'cause') if (words := as_words(data.get(key)))), None)
    # An error may be a code alone: a word without a space says less than the sentence beside it.
    if own and why and own != why:
        return f'{own}: {why}' if ' ' in why and why not in own else own
    return own or why


def named_words(value: Any, key: str) -> Optional[str]:
    """Of a mapping of fields to what is wrong with them."""
    if isinstance(value, Mapping) and 'error' in key.lower():
        for name, item in value.items():
            words = as_words(item[0] if isinstance(item, list) and item else item)
            if words and ' ' in words:
                return f'{name}: {words}'
    return None


def as_words(value: Any) -> Optional[str]:
    return value.strip() or None if isinstance(value, str) else None


def level_in(data: Mapping[str, Any]) -> Optional[str]:
    """A number is Bunyan's or Pino's: 50 is an error, 60 is fatal."""
    level = next((data[key] for key in LEVEL_KEYS if key in data), None)
    if isinstance(level, (int, float)):
        return 'error' if level >= 50 else 'warning' if level >= 40 else 'info'
    return LETTER_LEVELS.get(level, level.lower()) if isinstance(level, str) else None


def json_at(text: str, place: int) -> Optional[Any]:
    try:
        return DECODER.raw_decode(text, place)[0]
    except (ValueError, RecursionError):
        return None


def whole_of(text: str) -> Optional[Any]:
    """What a text is that is one JSON value and nothing else."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def json_within(line: str) -> Optional[Any]:
    """An object within a line of words, as such or as Python shows bytes: b'{"message": …}'."""
    place = line.find('{"')
    if place >= 0:
        data = json_at(line, place)
        if data is not None:
            return data
    # Of bytes each backslash and each apostrophe is escaped once more.
    place = line.find("b'{")
    return json_at(line[place + 2:].replace('\\\\', '\\').replace("\\'", "'").replace('\\n', ' '), 0) if place >= 0 else None


# cause_search.py
# The lines of a text that may tell why something failed, found without looking at each of them, and how much each of them tells.

# Of a longer text only its beginning and its end are looked at.
LOOKED_AT = 512 * 1024
STEMS = (
    'fatal', 'panic', 'caused by', 'exception', 'denied', 'refused', 'no such', 'not found', 'cannot', 'could not', 'unable', 'timed out',
    'timeout', 'no space', 'invalid', 'missing', 'unknown', 'undefined', 'unexpected', 'already', 'required', 'requires', 'expected',
    'must ', "n't ", 'conflict', 'exceed', 'violat', 'killed', 'emerg', ' --->', 'problem', 'wrong', 'error', 'fail', 'reason:',
    'critical', 'assert', 'description:', 'not ')
SHOUTED = ('ERROR', 'FATAL', 'Error:', 'error:', 'CRITICAL', 'FAILED')
HITS_OF_A_STEM = 70
ENDS_LOOKED_AT = 30
CANDIDATES = 400
# Lines are long or many; where they are both, only their beginnings are looked at.
LETTERS_LOOKED_AT = 40_000
SHORT_LINE = 160
BENEATH = 8
HEADING_ALONE = 20
IN_WHOLE_JSON = 20
WITHOUT_LEVEL = 30
HARMLESS_LEVELS = ('info', 'debug', 'trace', 'notice', 'warn', 'warning')


@dataclass(frozen=True)
class Candidate:
    text: str
    score: int
    start: int
    end: int


@dataclass(frozen=True)
class RawLine:
    start: int
    end: int
    text: str


def window(text: str) -> str:
    return text if len(text) <= 2 * LOOKED_AT else f'{text[:LOOKED_AT]}\n{text[-LOOKED_AT:]}'


def line_at(text: str, place: int) -> RawLine:
    """Of a line that is too long to be one, what is around the place."""
    start = text.rfind('\n', 0, place) + 1
    end = text.find('\n', place)
    end = len(text) if end < 0 else end
    if end - start > LINE_LOOKED_AT:
        start = max(start, place - 200) if place - start > LINE_LOOKED_AT - 200 else start
        return RawLine(start, end, text[start:start + LINE_LOOKED_AT])
    return RawLine(start, end, text[start:end])


def lines_after(text: str, end: int, count: int) -> Iterator[RawLine]:
    """So many lines at most, the empty ones too."""
    for _ in range(count):
        if end >= len(text):
            return
        line = line_at(text, end + 1)
        yield line
        end = line.end


def places_of(text: str) -> set[int]:
    """Where the lines begin that are worth a look: what has a stem of an error, and both ends."""
    places: set[int] = set()
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    for where, stems in ((text, SHOUTED), (lower, STEMS)):
        for stem in stems:
            if len(places) > CANDIDATES:
                break
            add_hits(places, where, stem)
    start = 0
    for _ in range(ENDS_LOOKED_AT):
        places.add(start)
        start = text.find('\n', start) + 1
        if not start:
            break
    end = len(text)
    for _ in range(ENDS_LOOKED_AT):
        start = text.rfind('\n', 0, end) + 1
        places.add(start)
        end = start - 1
        if end < 0:
            break
    return places


def add_hits(places: set[int], text: str, stem: str) -> None:
    place = text.find(stem)
    for _ in range(HITS_OF_A_STEM):
        if place < 0:
            return
        places.add(line_at(text, place).start)
        end = text.find('\n', place)
        place = text.find(stem, end) if end >= 0 else -1
    place = text.rfind(stem)
    for _ in range(HITS_OF_A_STEM // 2):
        start = text.rfind('\n', 0, place) + 1
        places.add(line_at(text, place).start)
        place = text.rfind(stem, 0, start)
        if place < 0:
            return


def candidates_in(text: str) -> list[Candidate]:
    """In the order of the text, but the root of a traceback comes last."""
    text = text.replace('\r', '\n')
    if (whole := whole_json(text)) is not None:
        return [whole]
    tracebacks = list(tracebacks_in(text))
    frames = [(line_at(text, traceback.start).start, traceback.end) for traceback in tracebacks]
    places = places_of(text)
    beneath = places_beneath(text, places)
    innermost = innermost_cause(text)
    room = LETTERS_LOOKED_AT
    found = []
    for place in sorted(places | set(beneath)):
        if any(start <= place < end for start, end in frames):
            continue
        line = line_at(text, place)
        room -= len(line.text)
        if room < 0:
            line = RawLine(line.start, line.end, line.text[:SHORT_LINE])
        candidate = root_at(text, line) if place == innermost else candidate_of(text, line, beneath.get(place, 0))
        if candidate:
            found.append(candidate)
    root = root_of_last_chain(tracebacks, text)
    return found if root is None else [*found, root_at(text, line_at(text, root))]


def root_at(text: str, line: RawLine) -> Candidate:
    return Candidate(joined(text, line), ROOT, line.start, line.end)


def telling_spans(text: str, count: int = 5) -> list[tuple[int, int]]:
    """Where the lines are in a text that tell most of why something failed, the best first: what an excerpt of it should keep."""
    looked_at = window(text)
    found = sorted(candidates_in(looked_at), key=lambda candidate: -candidate.score)
    spans = [(candidate.start, candidate.end) for candidate in found[:count] if candidate.score > NOTHING]
    left_out = len(text) - len(looked_at)
    return [(start + left_out, end + left_out) if left_out and start > LOOKED_AT else (start, end) for start, end in spans]


def whole_json(text: str) -> Optional[Candidate]:
    start = len(text) - len(text.lstrip())
    if text[start:start + 1] not in ('{', '[') or not (message := message_in(whole_of(text))):
        return None
    return Candidate(' '.join(message.split()), ERROR_LEVEL + IN_WHOLE_JSON, start, len(text))


def candidate_of(text: str, line: RawLine, bonus: int) -> Optional[Candidate]:
    shown = stripped(line.text)
    if '{' in shown and (candidate := candidate_of_json(text, line)):
        return candidate
    words = logged(shown)
    if words is not shown:
        return Candidate(words, score_of(shown), line.start, line.end)
    whole = joined(text, line)
    score = score_of(shown)
    if whole is not shown and (score > NOTHING or level_of(shown)):
        score = max(score - HEADING_ALONE, score_of(whole))
    if score > NOTHING and bonus and not is_trailer(shown):
        score += bonus
    return Candidate(without_bullet(whole), score, line.start, line.end) if score > NOTHING else None


def candidate_of_json(text: str, line: RawLine) -> Optional[Candidate]:
    """A logger's object, or an object within the words of a line."""
    place = line.text.find('{')
    is_long = line.end - line.start > LINE_LOOKED_AT
    data = json_at(text[line.start:min(line.end, line.start + LOOKED_AT)], place) if is_long else json_within(line.text)
    message = message_in(data) if isinstance(data, Mapping) else None
    if not message:
        return None
    message = ' '.join(message.split())
    level = level_in(data)
    if level in HARMLESS_LEVELS:
        return Candidate(message, QUIET, line.start, line.end)
    alone = not line.text[:place].strip() and level is None
    return Candidate(message, ERROR_LEVEL + reason_score(message.lower()) - (WITHOUT_LEVEL if alone else 0), line.start, line.end)


def joined(text: str, line: RawLine) -> str:
    """A line that ends with a colon goes on with the next one."""
    whole = stripped(line.text)
    if not HEADING.search(whole):
        return whole
    for following in lines_after(text, line.end, 4):
        shown = stripped(following.text)
        if not shown.strip() or not any(map(str.isalnum, shown)):
            continue
        if is_noise(shown):
            break
        whole = f'{whole} {without_bullet(shown)}'
        if not HEADING.search(whole):
            break
    return whole


def places_beneath(text: str, headings: Iterable[int]) -> dict[int, int]:
    """What stands under a heading that announces errors counts for more than the heading; what is indented further for more still."""
    more: dict[int, int] = {}
    for place in headings:
        line = line_at(text, place)
        shown = stripped(line.text).lower()
        if not (HEADING.search(shown) or shown.lstrip().startswith('problem ')) or not HEADING_WORDS.are_in(shown[-FORM_WITHIN:]):
            continue
        begun = False
        for following in lines_after(text, line.end, BENEATH):
            if stripped(following.text).strip():
                begun = True
                if ' ' in without_bullet(following.text):
                    indent = len(following.text) - len(following.text.lstrip(' \t>*-•'))
                    more.setdefault(following.start, BENEATH_HEADING + min(indent, 8))
            elif begun:
                break
    return more


def innermost_cause(text: str) -> Optional[int]:
    """Where the last line begins that an exception was caused by."""
    best = -1
    for form in ('\nCaused by: ', '\n ---> '):
        best = max(best, text.rfind(form))
    return best + 1 if best >= 0 else None


# cause_pattern.py
# What the causes of one failure have in common, whenever and wherever it happens.

PATTERN_LIMIT = 600
MONTHS = r'(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'
DAYS = r'(?:mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
SOURCE = (r'(?:c|cc|cpp|cxx|h|hpp|py|rb|js|mjs|ts|tsx|jsx|go|rs|java|kt|scala|php|pl|pm|sh|bash|ya?ml|json|xml|conf|cfg|cnf|ini|toml|'
          r'cs|fs|vb|csproj|tf|sql|md|j2|txt|html|css|ex|exs|lua|build|bazel|cmake)')

# In this order: what is replaced is no part of what comes later.
VOLATILE_PARTS = tuple((LazyPattern(pattern, flags=re.I), placeholder) for pattern, placeholder in (
    (r'[‘’`´]', "'"),
    (r'[“”«»]', '"'),
    (r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '<uuid>'),
    (r'\d{4}[-/]?\d\d[-/]?\d\d[t _]?\d\d[:_]\d\d(?:[:_]\d\d(?:[.,_]\d+)?)?(?: ?(?:z\b|utc\b|[+-]\d\d:?\d\d))?(?: utc\b)?', '<time>'),
    (rf'\b{DAYS},? (?:\d{{1,2}} )?{MONTHS}\b(?: +\d{{1,2}}\b)?', '<time>'),
    (rf'\b(?:{MONTHS} +\d{{1,2}}|\d{{1,2}}[ -]{MONTHS})(?:,? ?-?\d{{4}})?\b(?: \d\d:\d\d(?::\d\d)?)?', '<time>'),
    (rf'\b{DAYS}\b', '<time>'),
    (r'\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b', '<time>'),
    (r"[^\s'\"=(]*/\.ansible/tmp/[^\s'\":,;)]+", '<tmp>'),
    (r"\b[a-z]:\\[^\s'\":]*\\te?mp\\[^\s'\":,;)]+", '<tmp>'),
    (r"(?:/private)?(?:/var)?/tmp/[^\s'\":,;)]+|/var/folders/[^\s'\":,;)]+|/run/user/\d+[^\s'\":,;)]*", '<tmp>'),
    (rf'(?<=\.)({SOURCE}):\d+(?::\d+(?:-\d+)?)?', r'\1:<n>'),
    (rf'(?<=\.)({SOURCE})(?:\(\d+(?:,\d+)*\)|:?\[\d+(?:,\d+)*\])', r'\1:<n>'),
    (r'\b\d{1,3}(?:\.\d{1,3}){3}\b(?:/\d{1,2}\b)?', '<address>'),
    (r'\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b', '<address>'),
    (r'\b\d{1,2}:\d\d:\d\d(?:[.,:]\d+)?\b', '<time>'),
    (r'(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])', '<address>'),
    (r'\b0x[0-9a-f]+\b', '<hex>'),
    (r'(?<=<address>:)(?:3[3-9]\d{3}|[4-6]\d{4})\b', '<n>'),
))
SYNONYMS = tuple((LazyPattern(pattern), word) for pattern, word in (
    (r'\boperation timed out\b', 'connection timed out'),
    (r"unable to acquire the dpkg frontend lock \((\S+)\), is another process using it\?", r'could not get lock \1'),
    (r'(could not get lock \S+?)\. it is held by .*', r'\1'),
    (r'the command exited with a non-zero return code\.?', 'non-zero return code'),
    (r'\b(?:nodename nor servname provided, or not known|temporary failure in name resolution)\b', 'name or service not known'),
))
NAMING_WORD = LazyPattern(
    r'\b(?:status|error|code|errno|http|rc|exit|port|signal|sqlstate)'
    r'(?:[ _-]?(?:code|error|status|number|no\.?))?["\']?(?: (?:was|is|of|value))?'
    r'[\s:=#(\[]{1,3}\Z')
# Above, a client's port is chosen by chance.
EPHEMERAL_PORTS = 32768
BEHIND_ID = LazyPattern(r'<id>\.\d+')
TOKEN = LazyPattern(r'[A-Za-z0-9]+')
NUMBER = LazyPattern(r'(?<![\w.-])[+-]?\d+(?:[.,]\d+)*(?:\s?(?:ms|us|ns|s|sec|secs|min|m|h|d|[kmgtp]i?b?|bytes?|b|%))?(?![\w])(?!\.\d)')
RUNS = LazyPattern(r'[a-z]+|[A-Z]+|\d+')
HOST_WORD = LazyPattern(r'[^\W_]+')
HOST_WORDS = 12
HOSTS_LOOKED_FOR = 2000


def cause_key(line: str, hosts: Iterable[str] = ()) -> str:
    """Equal for lines of one cause: 16 hexadecimal digits over the pattern."""
    return hashlib.sha256(cause_pattern(line, hosts).encode('utf-8', 'replace')).hexdigest()[:16]


def cause_pattern(line: str, hosts: Iterable[str] = ()) -> str:
    text = without_hosts(line, hosts)
    for pattern, placeholder in VOLATILE_PARTS:
        text = pattern.sub(placeholder, text)
    text = TOKEN.sub(lambda match: placeholder_of(match, text), text).lower()
    for pattern, word in SYNONYMS:
        text = pattern.sub(word, text)
    text = BEHIND_ID.sub('<id>', text)
    text = NUMBER.sub(lambda match: match[0] if names_something(match, text) else '<n>', text)
    return ' '.join(text.split())[:PATTERN_LIMIT]


def names_something(match: re.Match[str], text: str) -> bool:
    """A status, a version, the port of a service: another number is another cause."""
    number, start = match[0], match.start()
    if NAMING_WORD.search(text[max(0, start - 40):start]) or number.count('.') > 1:
        return True
    before = text[start - 1:start]
    if before in ('=', '@', '^') and '.' in number:
        return True
    behind_name = text[start - 2:start - 1].isalpha() or text[start - 2:start - 1] == '>'
    return before == ':' and behind_name and number.isdigit() and len(number) < 6 and int(number) < EPHEMERAL_PORTS


class HostNames(frozenset):
    """The names of hosts as texts may hold them, in small letters, whole and without their domains. Made once, for a fleet has many."""

    def __new__(cls, hosts: Iterable[str] = ()) -> HostNames:
        parts = (part for host in hosts for part in (host.lower(), host.partition('.')[0].lower()))
        return super().__new__(cls, (part for part in parts if len(part) >= 3 and not part.isdigit()))


def without_hosts(text: str, hosts: Iterable[str]) -> str:
    names = hosts if isinstance(hosts, HostNames) else HostNames(hosts)
    if not names:
        return text
    words = [match.span() for match in HOST_WORD.finditer(text[:HOSTS_LOOKED_FOR])]
    masked, done, index = '', 0, 0
    while index < len(words):
        start = words[index][0]
        # A name is one word or several, web-01.example.com: the longest one that is known counts.
        last = next((end for end in range(min(index + HOST_WORDS, len(words)) - 1, index - 1, -1)
                     if text[start:words[end][1]].lower() in names), None)
        if last is not None:
            masked, done, index = f'{masked}{text[done:start]}<host>', words[last][1], last
        index += 1
    return masked + text[done:]


def placeholder_of(match: re.Match[str], text: str) -> str:
    word = match[0]
    if looks_random(word, text[match.start() - 1:match.start()]):
        return '<id>'
    return word


def looks_random(word: str, before: str) -> bool:
    length = len(word)
    if length < 5 or word.isdigit():
        return False
    letters = sum(map(str.isalpha, word))
    digits = length - letters
    if digits >= 9 and letters <= 2:
        return True
    runs = len(RUNS.compiled.findall(word))
    if length >= 7 and digits and letters and (runs > 2 or length >= 12) and not set(word) - HEX_DIGITS:
        return True
    if length >= 20 and digits and runs > 3:
        return True
    if length >= 8 and runs >= 0.45 * length:
        return True
    if length >= 9 and word.startswith('tmp') and runs > 1:
        return True
    if before in ('-', '_', '.') and before and length <= 10:
        if digits and letters and runs >= 3:
            return True
        if word.islower() and not set(word) & set('aeiouy') and word not in KNOWN_WORDS:
            return True
    return False


HEX_DIGITS = frozenset('0123456789abcdefABCDEF')
# Names without a vowel that stand behind a dash and are not random.
KNOWN_WORDS = frozenset(('https', 'mysql', 'pgsql', 'xhtml', 'sprnt', 'nginx', 'rsync', 'bcrypt', 'lvmcfg'))


# cause.py
# The one line that tells why a task failed, chosen from the whole of its result before anything of it is cut.

CAUSE_LIMIT = 300
# What is longer is no line that anybody wrote, and the patterns are not made for it.
LINE_KEPT = 2000
HEAD_KEPT = 110
# Loops within loops, and the modules that gather facts.
RESULTS_WITHIN = 4
VAGUE_WITHIN = 700
NO_TRACEBACK = '(traceback unavailable)'

LONG_ID = LazyPattern(r'\b[0-9a-f]{32,}\b')
ANSIBLE_PREFIX = LazyPattern(r'\A\s*(?:(?:Task|Action|Module) failed: ?|MODULE FAILURE: ?|ERROR! )+')
ANSIBLE_CONTEXT = LazyPattern(r'\n(?:The error appears to|The offending line|Origin: )')
SAYS_NO_MORE_THAN_A_CODE = LazyPattern(r'\s*(?:The command exited with a )?non-zero return code\.?\s*\Z')
# Messages that announce the reason, which is elsewhere in the result.
VAGUE = LazyPattern(
    r'\s*(?:' + '|'.join((
        r'(?:The command exited with a )?non-zero return code\.?', r'One or more items failed\.?', r'All items completed',
        r'Unknown error\.?',
        r'MODULE FAILURE\b.*', r'(?:Module result deserialization failed: )?No start of json char found.*', r'\(traceback unavailable\)',
        r'The module failed to execute correctly.*', r'The following modules failed to execute: [\w., ]+', r'Failed to \w+ some of .*',
        r"A 'failed_when' expression evaluated to 'True'\.?", r'.{0,600}\bsee (?:the )?(?:rc|stdout|stderr|output|log)\b.*',
        r'[^:\n]*\b(?:failed|failure|failed to validate|errors? occurred)[.!:]?')) + r')\s*\Z', flags=re.I | re.S)
# Some modules put both streams of their command into the message.
STREAMS_IN_MESSAGE = LazyPattern(r'\A(?:stdout: .*?\n)?:?stderr: ', flags=re.S)

ERROR_FIELDS = ('stderr', 'module_stderr', 'err', 'exception', 'reason', 'response', 'error', 'errors', 'failures', 'details', 'message')
OUTPUT_FIELDS = ('stdout', 'module_stdout', 'out', 'output', 'json', 'content', 'log', 'logs')


@dataclass(frozen=True)
class Cause:
    """Why a task failed, on one line, and the key that all failures for this reason have in common."""

    line: str
    key: str


def cause_of(result: Mapping[str, Any], hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Optional[Cause]:
    """The cause of a failed task; nothing where its result says nothing at all.

    `hosts` are the names that its text may contain. `mask` takes the secrets out of the line, before anything is made of it.
    """
    line = telling_line(result)
    return cause_from(line, hosts, mask) if line else None


def cause_from(line: str, hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> Optional[Cause]:
    line = ' '.join(mask(line).encode('utf-8', 'replace').decode('utf-8', 'replace').split())[:LINE_KEPT]
    return Cause(shortened(line), cause_key(line, hosts)) if line else None


def shortened(line: str) -> str:
    """Of a line that is too long its beginning, and the last part that gives a reason: an error that wraps others ends with it."""
    line = LONG_ID.sub(lambda match: match[0][:12] + '…', line)
    if len(line) <= CAUSE_LIMIT:
        return line
    reasons = list(REASONS.places(line.lower(), HEAD_KEPT))
    if not reasons or reasons[-1] < CAUSE_LIMIT - 20:
        return line[:CAUSE_LIMIT - 1] + '…'
    room = CAUSE_LIMIT - HEAD_KEPT - len(' … ')
    start = max(reasons[-1] - 2 * room // 3, HEAD_KEPT)
    clause = line.find(': ', start, reasons[-1])
    start = clause + 2 if clause >= 0 else start
    tail = line[start:start + room]
    return f'{line[:HEAD_KEPT].rstrip()} … {tail if start + room >= len(line) else tail[:-1] + "…"}'


def telling_line(result: Mapping[str, Any], depth: int = 0) -> Optional[str]:
    if result.get('_ansible_no_log') or 'censored' in result:
        return as_plain_text(result.get('censored')) or None
    message = own_message(result)
    vague = not message or bool(VAGUE.match(message[:VAGUE_WITHIN]))
    if not vague and (best := best_of_message(message)):
        return best.text
    for nested in results_within(result, depth):
        if line := telling_line(nested, depth + 1):
            return line
    if message and isinstance(result.get('assertion'), str):
        return f'{message}: {result["assertion"]}'
    if best := best_of(list(candidates_of(result))):
        return best.text
    if message and not SAYS_NO_MORE_THAN_A_CODE.match(message):
        return message.split('\n')[0]
    return silence(result)


def own_message(result: Mapping[str, Any]) -> str:
    """What the module itself said."""
    message = ANSIBLE_PREFIX.sub('', window(as_plain_text(result.get('msg'))))
    context = ANSIBLE_CONTEXT.search(message)
    return (message[:context.start()] if context else message).strip()


def silence(result: Mapping[str, Any]) -> Optional[str]:
    """All that is known of a command that printed nothing."""
    command, code = result.get('cmd'), result.get('rc')
    if not command or not isinstance(code, int):
        return None
    words = command if isinstance(command, str) else ' '.join(map(str, command)) if isinstance(command, (list, tuple)) else str(command)
    return f'`{words[:CAUSE_LIMIT // 2]}` ended with code {code} and printed nothing'


def results_within(result: Mapping[str, Any], depth: int) -> Iterator[Mapping[str, Any]]:
    """The items of a loop that failed, and the modules that could not gather facts."""
    if depth >= RESULTS_WITHIN:
        return
    items = result.get('results')
    for item in items if isinstance(items, (list, tuple)) else ():
        if isinstance(item, Mapping) and (item.get('failed') or item.get('unreachable')):
            yield item
    modules = result.get('failed_modules')
    for module in modules.values() if isinstance(modules, Mapping) else ():
        if isinstance(module, Mapping):
            yield module


def candidates_of(result: Mapping[str, Any]) -> Iterator[Candidate]:
    """Of all that the result holds besides its message; both streams together, for programs do not agree on which is for errors."""
    for fields, more in ((ERROR_FIELDS, FROM_STDERR), (OUTPUT_FIELDS, 0)):
        for field in fields:
            value = result.get(field)
            if isinstance(value, Mapping) and (words := message_in(value)):
                yield Candidate(words, ERROR_LEVEL + more, 0, 0)
                continue
            text = window(as_plain_text(value))
            if text.strip() and text != NO_TRACEBACK:
                for candidate in candidates_in(text):
                    yield replace(candidate, score=candidate.score + more)


def best_of_message(message: str) -> Optional[Candidate]:
    """A module begins with what is wrong; what it passes on of a program is weighed as the program's output is."""
    if match := STREAMS_IN_MESSAGE.match(message):
        return best_of(candidates_in(message[match.end():]))
    candidates = candidates_in(message)
    first = next((index for index, candidate in enumerate(candidates) if candidate.score > -30), None)
    if first is not None:
        candidates[first] = replace(candidates[first], score=candidates[first].score + FIRST_OF_MESSAGE)
    return best_of(candidates)


def best_of(candidates: list[Candidate]) -> Optional[Candidate]:
    """The first of those that tell most; where none tells anything, the last of the best."""
    best = max((candidate.score for candidate in candidates), default=None)
    equal = [candidate for candidate in candidates if candidate.score == best]
    return None if best is None else equal[0] if best >= TELLS else equal[-1]


def as_plain_text(value: Any) -> str:
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return '\n'.join(value)
    if value is None or isinstance(value, (bool, int, float)):
        return ''
    try:
        return json.dumps(value, default=str, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ''


def cause_command(given: str, hosts: Iterable[str] = (), mask: Callable[[str], str] = str) -> str:
    """What the program prints for a result that it is given as JSON: the cause, and what tells one cause from another."""
    try:
        result = json.loads(given)
    except (ValueError, RecursionError) as error:
        return f'The result is not JSON: {error}'
    cause = cause_of(result, hosts, mask) if isinstance(result, dict) else None
    return f'{cause.line}\nreason: {cause.key}' if cause else 'The result says nothing.'


# task_outcome.py
# How a task ended on a host, as a value.

LOCAL_NAMES = frozenset(('localhost', '127.0.0.1', '::1'))


@dataclass(frozen=True)
class TaskOutcome:
    """What the callback knows of one result of Ansible.

    `written` is the name that the playbook gives the task, nothing where it gives none. `answered` says that the host itself was reached.
    `kind` is "failed", "unreachable" or "ok". `disposition` is "rescued" or "ignored" where the playbook expects the failure.
    `caught_by` is the block whose rescue section catches it, `rescues` the one in whose rescue section the task is. With `hidden`, the
    task sets no_log: then `result` is empty and `task` is the name as it stands in the playbook.
    """

    kind: str
    inventory_host: str
    host: str
    task: Optional[str] = None
    written: Optional[str] = None
    role: Optional[str] = None
    action: Optional[str] = None
    path: Optional[str] = None
    play: Optional[str] = None
    delegated_to: Optional[str] = None
    disposition: str = ''
    caught_by: Optional[str] = None
    rescues: Optional[str] = None
    hidden: bool = False
    handler: bool = False
    answered: bool = False
    item_count: Optional[int] = None
    playbook_directory: str = ''
    result: Mapping[str, Any] = field(default_factory=dict)


def with_machine_name(failure: TaskOutcome, machine: str) -> TaskOutcome:
    """In a fleet that pulls, each host is called localhost: it gets the name of its machine."""
    names = (failure.inventory_host, failure.host, failure.delegated_to)
    inventory_host, host, delegate = (machine if name in LOCAL_NAMES else name for name in names)
    return replace(failure, inventory_host=inventory_host, host=host, delegated_to=delegate if delegate != host else None)


# task_key.py
# Which task of which host it was, as far as another run can know it again.

@dataclass(frozen=True)
class TaskKey:
    """The task as the playbook writes it: a name that holds a version is one task, and so is one that an edit has moved to another line."""

    inventory_host: str
    role: Optional[str]
    file: Optional[str]
    name: Optional[str]
    action: Optional[str]


def task_key_of(inventory_host: str, identity: Mapping[str, Any]) -> TaskKey:
    """`identity` is an event's. Of a task without a name, the line is what there is to know it by."""
    path, name = identity.get('path'), identity.get('writtenTask')
    return TaskKey(
        inventory_host, identity.get('role'), path.rpartition(':')[0] if path and name else None, name or path, identity.get('action'),
    )


# message.py
# What a module returned, as the words that help a person most.

STREAM_LIMIT = 8 * KIB
NOT_MESSAGES = frozenset((
    '', '(traceback unavailable)', 'Unknown error.', 'One or more items failed', 'All items completed',
    "A 'failed_when' expression evaluated to 'True'.",
    'MODULE FAILURE', 'MODULE FAILURE\nSee stdout/stderr for the exact error',
))
# What ansible-core says from 2.18 on when a module ends without a result.
CRASH = ('Module result deserialization failed', 'No start of json char found')
# Where in the playbook it was, which `path` says better, with an absolute path that may name the host.
MESSAGE_CONTEXT = '\nThe error appears to '
NO_MORE_THAN_FAILED = re.compile(r'\s*(?:The command exited with a )?non-zero return code\.?\s*\Z')
MESSAGE_PREFIX = re.compile(r'\A\s*(?:(?:(?:Task|Module|Action) failed|MODULE FAILURE): ?)+')


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
        if key == 'cmd' and isinstance(detail.get(key), list):
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


# event_cause.py
# The cause of a failure as a report says it: chosen from the whole result, and never with a secret that only its surroundings give away.

HIDDEN_CAUSE = 'The task sets no_log, so its result is not shown.'
STREAMS = ('msg', 'stderr', 'module_stderr', 'stdout', 'module_stdout', 'exception')


def raw_cause(failure: TaskOutcome) -> Optional[str]:
    """As it stands in the result, to be found again in it."""
    if failure.hidden:
        return HIDDEN_CAUSE
    items = failure.result.get('results')
    if isinstance(items, (list, tuple)):
        shown = [item for item in items if not (isinstance(item, Mapping) and is_hidden(item))]
        return telling_line({**failure.result, 'results': shown})
    return telling_line(failure.result)


def event_cause(failure: TaskOutcome, raw: Optional[str], hosts: Iterable[str], mask: Masking) -> Optional[Cause]:
    """Nothing where the result says nothing."""
    if not raw or not raw.strip():
        return None
    line = readable(masked_in_place(raw, failure.result, mask))
    return cause_from(without_project(line, failure.playbook_directory), hosts)


def masked_in_place(line: str, result: Mapping[str, Any], mask: Masking) -> str:
    """A line within a private key says of itself that it is a secret only together with the lines around it."""
    for name in STREAMS:
        text = as_plain_text(result.get(name))
        place = text.find(line)
        if place < 0:
            continue
        before, after = text[max(0, place - MARGIN):place], text[place + len(line):place + len(line) + MARGIN]
        if not before.strip() and not after.strip():
            return mask(line)
        return mask(line) if mask(line) in mask(before + line + after) else REDACTED
    return mask(line)


# event.py
# A failure as the report's contract spells it.

MESSAGE_LIMIT = 4 * KIB
ITEMS_LIMIT = 50


def event_of(failure: TaskOutcome, event_id: str, at: str, redactor: Redactor, hosts: Iterable[str] = ()) -> dict[str, Any]:
    """`hosts` are the names that are known: they tell no cause from another."""
    mask = redactor.text
    raw = raw_cause(failure)
    cause = event_cause(failure, raw, hosts, mask)
    result = {} if failure.hidden else failure.result
    message = 'The task sets no_log, so its result is not shown.' if failure.hidden else message_of(result, mask) or ''
    message = without_project(message, failure.playbook_directory)
    return {
        'id': event_id,
        'kind': failure.kind,
        'at': at,
        'host': one_line(failure.host, 255, mask) or '(a host without a name)',
        'delegatedTo': one_line(failure.delegated_to, 255, mask),
        **task_identity(failure, mask),
        'handler': failure.handler or None,
        'attempts': bounded_integer(failure.result.get('attempts'), 1),
        'cause': cause.line[:CAUSE_LIMIT] if cause else None,
        'causeKey': cause.key if cause else None,
        'message': excerpt(message, MESSAGE_LIMIT, mask, raw) or None,
        'returnCode': bounded_integer(result.get('rc'), -2 ** 31),
        'stdout': stream_of(result, 'stdout', mask, raw),
        'stderr': stream_of(result, 'stderr', mask, raw),
        'items': failed_items(result, mask),
        'itemCount': failure.item_count,
        'details': {**(details_of(result, redactor) or {}), **({failure.disposition: True} if failure.disposition else {})} or None,
    }


def task_identity(outcome: TaskOutcome, mask: Masking) -> dict[str, Optional[str]]:
    """Which task it is: what the relay tells incidents apart by, and a later run knows the task again by."""
    return {
        'play': one_line(outcome.play, 500, mask),
        'task': one_line(outcome.task, 500, mask),
        'writtenTask': one_line(outcome.written, 500, mask),
        'role': one_line(outcome.role, 255, mask),
        'action': one_line(outcome.action, 255, mask),
        'path': one_line(outcome.path, 500, mask),
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


def stream_of(result: Mapping[str, Any], name: str, mask: Masking, around: Optional[str]) -> Optional[str]:
    return excerpt(as_text(result.get(name) or result.get(f'module_{name}')), STREAM_LIMIT, mask, around) or None


def with_causes(event: dict[str, Any], causes: Iterable[TaskOutcome], host: str, mask: Masking) -> dict[str, Any]:
    """The event of a failed rescue section with what that was to rescue, a line each, from the nearest to where the trouble began."""
    lines = ''
    for cause in causes:
        where = '' if cause.inventory_host == host else f' on {one_line(cause.inventory_host, 255, str)}'
        why = event_cause(cause, raw_cause(cause), (), mask)
        code = f' (rc {cause.result.get("rc")})' if NO_MORE_THAN_FAILED.match(as_text(cause.result.get('msg'))) else ''
        message = 'its task sets no_log' if cause.hidden else why.line + code if why else 'no message'
        lines += f'\nThis was to rescue {one_line(cause.task, 500, mask)!r}{where}, which failed: {message}'
    return {**event, 'message': excerpt((event['message'] or 'failed') + lines, MESSAGE_LIMIT, str)} if lines else event


# report.py
# The lines that wait in the spool, and the reports that they become.

EVENT_LIMIT = 64 * KIB
BATCH_LIMIT = 512 * KIB


# What two runs may differ in and still go into one report, as those do that have waited for a relay.
OF_ONE_RUN = ('id', 'startedAt')


@dataclass(frozen=True)
class Line:
    """A line as it was read; `frame` is what it must have in common with others to go into one report."""

    raw: bytes
    frame: str
    run: Mapping[str, Any]
    event: dict[str, Any]


def line_of(channel: Optional[str], run: Run, event: dict[str, Any]) -> bytes:
    """The line of the spool: all that a report needs, so that any sender can send any line. Never above EVENT_LIMIT."""
    line = b''
    for limit in (EVENT_LIMIT, 4 * KIB, KIB, 300, 100):
        fitting = event if limit == EVENT_LIMIT else {**cut_texts(event, limit), **{name: event[name] for name in ('id', 'cause') if name in event}}
        line = json.dumps({'channel': channel, 'run': vars(run), 'event': fitting}, ensure_ascii=False).encode(errors='replace') + b'\n'
        if len(line) <= EVENT_LIMIT:
            break
    return line


def parse_line(raw: bytes) -> Optional[Line]:
    """Nothing where it is not a line of ours: a run that was killed leaves a torn one at the end."""
    try:
        given = json.loads(raw)
        run = given['run']
        frame = json.dumps([given['channel'], {name: run[name] for name in run if name not in OF_ONE_RUN}], sort_keys=True)
        return Line(raw, frame, run, given['event']) if isinstance(given['event'], dict) and raw.endswith(b'\n') else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one channel and of runs of one kind together, as many as one report may carry; what came first goes first."""
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


def channel_of(batch: list[Line]) -> Optional[str]:
    return json.loads(batch[0].frame)[0]


def report_of(batch: list[Line]) -> bytes:
    """Of the run of the first line; an event of another one says of which."""
    run = batch[0].run
    events = [line.event if line.run.get('id') == run.get('id') else {**line.event, 'run': line.run.get('id')} for line in batch]
    return json.dumps({'version': 1, 'channel': channel_of(batch), 'run': run, 'events': events}, ensure_ascii=False).encode()


# folder.py
# A directory of this user's alone, and the files in it.

class NotOurs(OSError):
    """It is there, and nothing in it is to be read or written."""


class Folder:
    """Held by its descriptor: whoever may write above it, nobody puts another directory in its place."""

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
    def lock(self, name: str) -> Iterator[bool]:
        """Whether it is ours, at once; it ends with the process, however that ends. What cannot be locked is everybody's.

        Its file stays; nobody but who has the lock may remove it.
        """
        try:
            descriptor = self.open(name, os.O_RDWR | os.O_CREAT)
        except OSError:
            yield True
            return
        ours = self._take_lock(descriptor, name)
        try:
            yield ours
        finally:
            os.close(descriptor)

    def _take_lock(self, descriptor: int, name: str) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        # Whoever had it before may have removed the file in the meantime, and the next one have made another.
        status = self.status(name)
        return status is not None and status.st_ino == os.fstat(descriptor).st_ino


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
REMEMBERED = ('lastSuccess', 'lastError', 'wait', 'failing', 'warnings')
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
LOCK = 'sender.lock'
REJECTED_LIMIT = KIB * KIB
RIPE_AGE = 1.5
# As many bytes as a sender looks at together.
WINDOW = 8 * KIB * KIB
MARKER_PREFIX = 'run-marker-'
MARKER_AGE = 7 * 24 * 3600.0
# Written beside a file to take its place.
LEFT_NAME = re.compile(r'\.new$|^(?:status\.json|failures\.jsonl|variables\.key)\.[0-9a-f]+$')
LEFT_AGE = 3600.0


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
        with folder.lock(LOCK) if folder else contextlib.nullcontext(True) as ours:
            yield ours

    def remove_lock(self) -> None:
        """At the end of a sender, so that nothing stays."""
        with self.lock() as is_ours:
            if is_ours and self._folder:
                self._folder.remove(LOCK)

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
            age = MARKER_AGE if name.startswith(MARKER_PREFIX) else LEFT_AGE if LEFT_NAME.search(name) else None
            if age and (status := folder.status(name)) and time.time() - status.st_mtime > age:
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
    """What the relay answered, or why there was no answer; and by which proxy, if by one. `warnings` are of a report that was taken."""

    status: Optional[int] = None
    retry_after: Optional[float] = None
    reason: str = ''
    proxy: str = ''
    warnings: tuple[str, ...] = ()

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


# relay_warnings.py
# What the relay warns of although it has taken a report, such as a channel that it does not know.

WARNINGS_LIMIT = 5
WARNING_LENGTH = 200
WARNED_SECONDS = 86400.0


def parse_warnings(body: bytes) -> tuple[str, ...]:
    """Of an answer; whatever else that is, it warns of nothing."""
    try:
        given = json.loads(body)
        warnings = given.get('warnings') if isinstance(given, dict) else None
    except (ValueError, RecursionError):
        return ()
    lines = (' '.join(readable(warning).split())[:WARNING_LENGTH] for warning in warnings or () if isinstance(warning, str))
    return tuple(line for line in lines if line)[:WARNINGS_LIMIT] if isinstance(warnings, list) else ()


def noted_warnings(before: Any, warnings: tuple[str, ...], channel: Optional[str]) -> Optional[dict[str, Any]]:
    """What is kept of them: until a report to the same channel is taken without any."""
    if warnings:
        return {'at': utc_now(), 'channel': channel, 'what': list(warnings)}
    return before if isinstance(before, dict) and before.get('channel') != channel else None


def warnings_since(status: Mapping[str, Any], since: str) -> list[str]:
    noted = status.get('warnings')
    if not isinstance(noted, dict) or not isinstance(noted.get('what'), list) or str(noted.get('at')) < since:
        return []
    return [str(warning) for warning in noted['what']]


def lasting_warnings(status: Mapping[str, Any], channel: Optional[str]) -> list[str]:
    """Those of the last day that this channel's reports met: another channel is another matter."""
    noted = status.get('warnings')
    day_ago = datetime.datetime.fromtimestamp(time.time() - WARNED_SECONDS, datetime.timezone.utc)
    since = day_ago.strftime('%Y-%m-%dT%H:%M:%S.%fZ')
    return warnings_since(status, since) if isinstance(noted, dict) and noted.get('channel') == channel else []


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
ANSWER_LIMIT = 64 * KIB


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
            return Answer(response.status, reason=response.reason, warnings=parse_warnings(response.read(ANSWER_LIMIT)))

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
                # Another sender may have been asked to wait a moment ago.
                is_asked = is_ours and self._spool.status.seconds_to_wait(self._relay) > 0
                has_found = is_ours and not is_asked and self._deliver()
            if not is_ours:
                time.sleep(LINGER)
                if time.monotonic() > self._give_up_at:
                    return False
            elif not has_found and not is_asked:
                # What is written just now, or what only looks like a segment.
                if self._wake_pipe.is_over:
                    return True
                self._wake_pipe.wait(LINGER if any(map(is_fresh, waiting)) else None)

    def _deliver(self) -> bool:
        """Until nothing is left that may be sent, or a wait begins; whether there was anything."""
        has_found = False
        fresh_too = self._wake_pipe.take_urgency()
        while taken := self._take(fresh_too):
            has_found = True
            for batch in self._in_turn([*batches(line for part in taken for line in part.lines)]):
                if not self._send(batch, taken):
                    return True
        return has_found

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
            status = self._spool.status
            warnings = noted_warnings(status.read().get('warnings'), answer.warnings, channel_of(batch))
            status.note(lastSuccess=utc_now(), lastError=None, wait=None, warnings=warnings)
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
        news: dict[str, Any] = {'lastError': {'at': utc_now(), 'what': str(answer)}, 'wait': None}
        if verdict_of(answer.status) is Verdict.LATER:
            pause = pause_after(self._attempt, answer.retry_after, random.random())
            self._attempt += 1
            self._not_before = time.monotonic() + pause
            if answer.retry_after:
                news['wait'] = {'relay': self._relay, 'from': time.time(), 'until': time.time() + pause}
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
    finally:
        spool.remove_lock()


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
        self._wait = settings.wait
        self._relay = settings.relay
        self._channel = settings.channel
        self._warn = warn
        self._say = say
        self._outlets = [*find_spools(settings, warn), DirectOutlet(settings.relay)]
        # Those that have not failed yet.
        self._ways = [*self._outlets]
        self._began = utc_now()
        self._rejected = self._rejected_sizes()
        self._used = False

    @property
    def directory(self) -> str:
        """For what else is kept; where none could be trusted or written, one in which nothing can be."""
        roots = [outlet.spool.root for outlet in self._outlets if outlet.spool.root]
        return next(filter(can_be_written, roots), os.devnull)

    def send_what_waits(self) -> None:
        """What earlier runs left is sent whatever comes of this one; what they could not deliver is said."""
        for outlet in self._outlets:
            segments = outlet.spool.segments()
            for warning in lasting_warnings(outlet.spool.status.read(), self._channel):
                self._warn(f'the relay warns: {warning}')
            if rejected := outlet.spool.count_lines(outlet.spool.rejected()):
                self._warn(f'the relay could not take {rejected} reports; they are in {outlet.spool.rejected_path}: {RESEND_HINT}')
            if not segments:
                continue
            if error := outlet.spool.status.last_error():
                self._warn(f'reports of earlier runs wait in {outlet.spool.root}: {error["what"]} (at {error["at"]})')
            elif age_of(segments[0]) > LEFT_BEHIND_AGE:
                self._say(f'{outlet.spool.count_lines(segments)} reports of earlier runs wait in {outlet.spool.root}, and are sent now')
            outlet.wake()

    def put(self, run: Run, event: dict[str, Any], channel: Optional[str]) -> None:
        self._used = True
        line = masking_key(self._relay.key, str)(line_of(channel, run, event).decode()).encode()
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
        for warning in warnings_since(outlet.spool.status.read(), self._began):
            self._warn(f'the relay warns: {warning}')
        if not (waiting := outlet.count_undelivered()):
            return
        error, asked = outlet.spool.status.last_error(), outlet.spool.status.seconds_to_wait(self._relay.fingerprint)
        if not outlet.spool.root:
            self._warn(f'{waiting} failures are not delivered yet, and are lost if the sender does not reach {self._relay.origin}')
        elif error and (asked or error['at'] > self._began):
            later = f'; it asked to wait, {asked:.0f} s more' if asked else ''
            self._warn(f'what failed is not told yet, and waits in {outlet.spool.root}: {error["what"]}{later}')
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

IDENTITY = ('host', 'play', 'task', 'writtenTask', 'role', 'action', 'path')
OPEN_FAILURES_LIMIT = 4 * KIB * KIB
REMEMBERED_SECONDS = 30 * 86400.0
IDS_LIMIT = 64
LOCK_SECONDS = 0.5


@dataclass(frozen=True)
class OpenFailure:
    """One task that fails on one host in one kind of run: `circumstances` is what a run must have in common to say that it is over.

    `ids` are those of its events since it was last well, the newest last; `at` is when it last failed.
    """

    circumstances: str
    channel: Optional[str]
    kind: str
    inventory_host: str
    identity: Mapping[str, Any]
    ids: tuple[str, ...]
    at: float

    @property
    def line(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode(errors='replace') + b'\n'

    @property
    def task_key(self) -> TaskKey:
        return task_key_of(self.inventory_host, self.identity)

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.circumstances, self.channel, self.kind, self.identity.get('host'), self.task_key)


class OpenFailures:
    """A file beside the spool, with a line for each; without a failure, nothing is read or written.

    During a run lines are only added. At its end those of one failure become one, under a lock, and only what this run knew of is
    taken out: what another run adds at the same time stays.
    """

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._path = os.path.join(directory, 'failures.jsonl')
        self._known = self._read()
        self._is_added_to = False

    def __bool__(self) -> bool:
        """Whether anything was open when this run began."""
        return bool(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def of(self, circumstances: Optional[str]) -> list[OpenFailure]:
        return [failure for failure in self._known.values() if failure.circumstances == circumstances]

    def oldest(self) -> float:
        return min(failure.at for failure in self._known.values())

    def add(self, failure: OpenFailure) -> None:
        # One run never writes more than the file may hold.
        if file_size(self._path) > 2 * OPEN_FAILURES_LIMIT:
            return
        self._is_added_to = True
        with self._locked(), open_private(self._path, os.O_APPEND) as file:
            file.write(failure.line)

    def settle(self, over: Collection[OpenFailure]) -> int:
        """At the end of a run: takes out what is over or was not heard of for a month; how many had to go for room."""
        now = time.time()
        if not (over or self._is_added_to or any(is_forgotten(failure, now) for failure in self._known.values())):
            return 0
        self._is_added_to = False
        ended = {failure.key: frozenset(failure.ids) for failure in over}
        with self._locked() as is_locked:
            # Without the lock the lines stay as they are: a recovery that is reported again does nothing.
            if not is_locked:
                return 0
            left = [without_ids(failure, ended.get(key, frozenset())) for key, failure in self._read().items()]
            left = sorted((failure for failure in left if failure.ids and not is_forgotten(failure, now)), key=lambda failure: failure.at)
            kept = newest_within(left, OPEN_FAILURES_LIMIT)
            self._write(kept)
        self._known = {failure.key: failure for failure in kept}
        return len(left) - len(kept)

    def _write(self, failures: Iterable[OpenFailure]) -> None:
        if not failures:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._path)
            return
        temporary = f'{self._path}.new'
        with open_private(temporary, os.O_TRUNC) as file:
            file.writelines(failure.line for failure in failures)
        os.replace(temporary, self._path)

    def _read(self) -> dict[tuple[Any, ...], OpenFailure]:
        try:
            lines = read_trusted_file(self._path, 3 * OPEN_FAILURES_LIMIT).splitlines()
        except OSError:
            return {}
        known: dict[tuple[Any, ...], OpenFailure] = {}
        for failure in filter(None, map(parse_open_failure, lines)):
            known[failure.key] = joined_with(known.get(failure.key), failure)
        return known

    @contextlib.contextmanager
    def _locked(self) -> Iterator[bool]:
        """The lock is the directory's, so that no file is left; a process that was stopped while it had it is not waited for."""
        descriptor = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield try_lock(descriptor, LOCK_SECONDS)
        finally:
            os.close(descriptor)


def try_lock(descriptor: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)


def open_private(path: str, how: int) -> Any:
    # Without O_NONBLOCK, the opening of a pipe waits for whoever reads it.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | how, 0o600), 'wb')


def joined_with(earlier: Optional[OpenFailure], failure: OpenFailure) -> OpenFailure:
    return replace(failure, ids=tuple(dict.fromkeys((*(earlier.ids if earlier else ()), *failure.ids)))[-IDS_LIMIT:])


def without_ids(failure: OpenFailure, ids: frozenset[str]) -> OpenFailure:
    return replace(failure, ids=tuple(event_id for event_id in failure.ids if event_id not in ids))


def is_forgotten(failure: OpenFailure, now: float) -> bool:
    return now - failure.at > REMEMBERED_SECONDS


def newest_within(failures: list[OpenFailure], limit: int) -> list[OpenFailure]:
    """Of failures by age, the newest that fit."""
    room = limit
    for index in range(len(failures) - 1, -1, -1):
        room -= len(failures[index].line)
        if room < 0:
            return failures[index + 1:]
    return failures


def parse_open_failure(line: bytes) -> Optional[OpenFailure]:
    """Nothing where it is no line of ours, or one of an older callback."""
    with contextlib.suppress(ValueError, TypeError):
        failure = OpenFailure(**json.loads(line))
        if isinstance(failure.identity, dict) and isinstance(failure.ids, list) and isinstance(failure.at, (int, float)):
            return replace(failure, ids=tuple(map(str, failure.ids)))
    return None


# variables_hash.py
# Compares the extra variables of two runs without keeping any: by a hash that nobody can guess a value from who has not the key.

KEY_LENGTH = 32


def lasting_variables(variables: Mapping[str, Any], run_variables: Iterable[str]) -> dict[str, Any]:
    """Without those that only say which run or which release it is."""
    globs = [glob.lower() for glob in run_variables]
    return {str(name): variables[name] for name in variables if not any(fnmatch.fnmatchcase(str(name).lower(), glob) for glob in globs)}


def variables_hash(variables: Mapping[str, Any], key: Optional[bytes]) -> Optional[str]:
    """Nothing where there is no key to compare by."""
    if not variables:
        return ''
    if not key:
        return None
    try:
        text = json.dumps(variables, sort_keys=True, default=str)
    except (TypeError, ValueError, RecursionError):
        text = repr(sorted(variables.items(), key=repr))
    return hmac.new(key, text.encode(errors='surrogatepass'), hashlib.sha256).hexdigest()[:32]


class VariablesKey:
    """A file beside the spool, which is made when the first failure is remembered whose run had extra variables."""

    def __init__(self, directory: str) -> None:
        self._path = os.path.join(directory, 'variables.key')

    def read(self) -> Optional[bytes]:
        try:
            key = read_trusted_file(self._path, KEY_LENGTH)
        except OSError:
            return None
        return key if len(key) == KEY_LENGTH else None

    def read_or_make(self) -> Optional[bytes]:
        return self.read() or self._make()

    def _make(self) -> Optional[bytes]:
        # Whole or not there: a run that comes at the same time takes the one that was first.
        temporary = f'{self._path}.{uuid.uuid4().hex}'
        with contextlib.suppress(OSError):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, 'wb') as file:
                file.write(os.urandom(KEY_LENGTH))
            with contextlib.suppress(FileExistsError):
                os.link(temporary, self._path)
        remove_file(temporary)
        return self.read()


# circumstances.py
# What two runs must have in common for the later one to say that what failed in the earlier one works again.

def circumstances_of(run: Run, variables: Optional[str], job: Optional[str] = None) -> Optional[str]:
    """A hash; nothing where the extra variables cannot be compared. Not in it: hosts, forks, the channel, push or pull, the commit."""
    if variables is None:
        return None
    parts = (run.project, run.playbook, run.inventory, dict(run.labels or {}), run.tags, run.skipTags, run.checkMode, variables, job)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode(errors='surrogatepass')).hexdigest()[:32]


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
    return {'id': event_id, 'kind': 'recovered', 'of': failure.kind, 'at': at, **failure.identity, 'recovers': list(failure.ids)}


class Evidence:
    """What a run has shown to work. What it did not come to, skipped, or saw fail a second time, it has not."""

    def __init__(self) -> None:
        self._went_well: set[TaskKey] = set()
        self._failed: set[TaskKey] = set()
        self._answered: set[str] = set()
        self._unreachable: set[str] = set()

    def add(self, outcome: TaskOutcome, identity: dict[str, Any]) -> None:
        """`identity` is what an event says of the task."""
        if outcome.kind == 'unreachable':
            self._unreachable.add(outcome.inventory_host)
        else:
            (self._went_well if outcome.kind == 'ok' else self._failed).add(task_key_of(outcome.inventory_host, identity))
        if outcome.answered:
            self._answered.add(outcome.inventory_host)

    def ends(self, failure: OpenFailure) -> bool:
        """A host that was unreachable is reached again when it answers any task; all else must have been seen to work itself."""
        host = failure.inventory_host
        if failure.kind == 'unreachable' and failure.identity.get('host') == host:
            return host in self._answered - self._unreachable
        key = failure.task_key
        return key in self._went_well and key not in self._failed and not (failure.kind == 'unreachable' and host in self._unreachable)


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


# ansible_play.py
# What Ansible knows of a play. All of it is for the reports alone: a version that keeps it elsewhere costs no more than that.

NO_VARIABLES: Mapping[str, Any] = {}


def extra_variables_of(play: Any) -> Mapping[str, Any]:
    """With their values as Ansible loaded them, from files, too."""
    try:
        return play.get_variable_manager().extra_vars or NO_VARIABLES
    except AttributeError:
        return NO_VARIABLES


def inventory_of(play: Any) -> Any:
    return getattr(play.get_variable_manager(), '_inventory', None) if hasattr(play, 'get_variable_manager') else None


def hosts_of(play: Any) -> Sequence[str]:
    """The names of the play's hosts, --limit considered."""
    inventory = inventory_of(play)
    return [host.get_name() for host in inventory.get_hosts(play.hosts)] if inventory else []


def all_hosts_of(play: Any) -> Sequence[str]:
    inventory = inventory_of(play)
    return list(inventory.hosts) if inventory else []


def removed_hosts_of(play: Any) -> Sequence[str]:
    """Those that Ansible has taken out of the play."""
    return getattr(play, '_removed_hosts', None) or ()


def rendered(play: Any, host: str, task: Any, text: str) -> str:
    """A text of a task as it is for one host; as it stands where it cannot be rendered."""
    try:
        from ansible.template import Templar
        manager = play.get_variable_manager()
        variables = manager.get_vars(play=play, host=inventory_of(play).get_host(host), task=task)
        return str(Templar(loader=play.get_loader(), variables=variables).template(text))
    except Exception:  # pylint: disable=broad-except
        return text  # Whatever is undefined in it is a reason of its own for the failure.


# registered_secrets.py
# What Ansible itself knows to be secret, from 2.22 on: vaulted values, and those that a play has registered.

@functools.lru_cache(maxsize=None)
def ansibles_masking() -> Any:
    try:
        from ansible.module_utils.secrets import mask_secrets
    except ImportError:
        return None
    return mask_secrets


def mask_registered(text: str) -> str:
    """It masks results on its own, but not the names of tasks and plays."""
    masking = ansibles_masking()
    return str(masking(text)) if masking else text


# result.py
# Reads the results that Ansible gives to a hook.

# What runs on the controller alone, whatever host it is for.
CONTROLLER_ACTIONS = frozenset((
    'add_host', 'assert', 'debug', 'fail', 'group_by', 'import_playbook', 'import_role', 'import_tasks', 'include', 'include_role', 'include_tasks',
    'include_vars', 'meta', 'pause', 'set_fact', 'set_stats', 'validate_argument_spec',
))


def read_result(kind: str, answer: Any, ignored: bool, play: Optional[str], project: str) -> TaskOutcome:
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
    action = getattr(task, 'resolved_action', None) or task.action
    results = result.get('results')
    return TaskOutcome(
        kind=kind,
        inventory_host=host.get_name(),
        # A delegate that cannot be reached is the dead host: nothing is wrong with the one it was to work for.
        host=delegate if delegate and kind == 'unreachable' else host.get_name(),
        delegated_to=delegate if kind != 'unreachable' else None,
        task=(written_name(task) if hidden else task.name) or task.action,
        written=written_name(task),
        role=role.get_name() if role else None,
        action=action,
        path=task_path(task.get_path(), getattr(role, '_role_path', None), project),
        play=play,
        disposition='ignored' if ignored or kind == 'unreachable' and task.ignore_unreachable else 'rescued' if caught_by else '',
        caught_by=caught_by,
        rescues=next((block for block, section in blocks if section == 'rescue'), None),
        hidden=hidden,
        handler=type(task).__name__ == 'Handler',
        answered=is_answer(kind, action, delegate, result),
        item_count=len(results) if isinstance(results, (list, tuple)) and getattr(task, 'loop', None) is not None else None,
        playbook_directory=project,
        result={name: result[name] for name in ('attempts',) if name in result} if hidden else result,
    )


def is_answer(kind: str, action: str, delegate: Optional[str], result: Mapping[str, Any]) -> bool:
    """Whether the host itself was reached; a failure says so only with what a module was called with."""
    if kind == 'unreachable' or delegate or action.rpartition('.')[2] in CONTROLLER_ACTIONS:
        return False
    return kind == 'ok' or 'invocation' in result


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
    """As it stands in the playbook: a rendered one can hold what no_log is to hide, and a version. What Ansible adds stands nowhere."""
    written = getattr(task, '_ds', None)
    return (written.get('name') if isinstance(written, Mapping) else task.name) or None


def with_items(failure: TaskOutcome, items: list[Mapping[str, Any]]) -> TaskOutcome:
    """The failed items where the result itself does not tell them from the others."""
    if not items or failure.hidden or items_of(failure.result):
        return failure
    return replace(failure, result={**failure.result, 'results': [{**item, 'failed': True} for item in items]})


# silent_end.py
# Hosts that Ansible ends without a result: before 2.19, a role that include_role does not find does that, and leaves them out of the recap.

class SilentEnds:
    """The include is said to be well, and then nothing of the host any more, which Ansible has taken out of the play."""

    def __init__(self) -> None:
        self._play: Any = None
        self._including: dict[str, tuple[TaskOutcome, Any]] = {}

    def begin(self, play: Any) -> None:
        self._play = play
        self._including = {}

    def well(self, result: Any, read: Callable[[], TaskOutcome]) -> None:
        """`read` is called for includes alone: all other tasks cost nothing."""
        task = getattr(result, 'task', None) or getattr(result, '_task', None)
        if str(getattr(task, 'action', '')).rpartition('.')[2] == 'include_role':
            include = read()
            self._including[include.inventory_host] = include, task

    def heard_of(self, host: str) -> None:
        if self._including:
            self._including.pop(host, None)

    def take(self) -> Iterator[TaskOutcome]:
        """The includes that the play's hosts ended with, as failures."""
        removed = set(removed_hosts_of(self._play)) if self._including else ()
        ended, self._including = [self._including[host] for host in self._including if host in removed], {}
        for include, task in ended:
            yield self._failed(include, task)

    def _failed(self, include: TaskOutcome, task: Any) -> TaskOutcome:
        arguments = include.result.get('include_args')
        name = arguments.get('name', arguments.get('role')) if isinstance(arguments, dict) else None
        role = f'the role {rendered(self._play, include.inventory_host, task, str(name))!r}' if name else 'the role'
        message = f'{role} was not found or could not be loaded: Ansible ended the host here without a result'
        return replace(include, kind='failed', answered=False, result={'msg': message})


# playbook_run.py
# One playbook of the command line: a run of its own.

NAMES_LIMIT = 100


class PlaybookRun:
    """What only a report needs to know is found out for the first one."""

    def __init__(self, playbook: Any, settings: Settings, mask: Masking) -> None:
        self._settings = settings
        self._mask = mask
        self._started = utc_now()
        name = getattr(playbook, '_file_name', None)
        self._path = os.path.abspath(name) if name else None
        self._play: Any = None
        self._variables = NO_VARIABLES
        self.open_failures = OpenFailures(settings.spool)

    def begin(self, play: Any) -> None:
        self._play = play
        self._variables = extra_variables_of(play) or self._variables
        self.__dict__.pop('host_count', None)
        self.__dict__.pop('host_names', None)

    @functools.cached_property
    def project(self) -> Project:
        directory = os.path.dirname(self._path) if self._path else os.getcwd()
        hosts = (self._settings.host_name or '', machine_name(), socket.gethostname())
        return Project(directory, os.stat(self._path or directory).st_uid, hosts, os.environ)

    @functools.cached_property
    def host_count(self) -> Optional[int]:
        return len(hosts_of(self._play)) or None

    @functools.cached_property
    def host_names(self) -> HostNames:
        return HostNames((*all_hosts_of(self._play), self.run.source))

    @property
    def run_of_play(self) -> Run:
        return replace(self.run, hostCount=self.host_count)

    @functools.cached_property
    def run(self) -> Run:
        from ansible import context
        from ansible.release import __version__
        project, asked = self.project, context.CLIARGS
        return new_run(
            self._settings,
            startedAt=self._started,
            project=one_line(project.name, 255, Redactor().text),
            playbook=project.path_of(self._path)[-1024:] if self._path else None,
            inventory=one_line(inventory_name(asked.get('inventory') or (), project, self._variables), 255, Redactor().text),
            mode='pull' if is_pull(asked.get('connection')) else 'push',
            tags=self._names(() if list(asked.get('tags') or ()) == ['all'] else asked.get('tags') or ()),
            skipTags=self._names(asked.get('skip_tags') or ()),
            extraVariables=self._names(self._variables),
            ansibleVersion=__version__,
            checkMode=bool(asked.get('check')),
            revision=revision_of(project.git, os.environ),
        )

    def _names(self, names: Any) -> Optional[Sequence[str]]:
        return [one_line(name, 255, self._mask) or '' for name in sorted(map(str, names))][:NAMES_LIMIT] or None

    def _circumstances(self, key: Optional[bytes]) -> Optional[str]:
        lasting = lasting_variables(self._variables, self._settings.run_variables)
        return circumstances_of(self.run, variables_hash(lasting, key))

    @functools.cached_property
    def known(self) -> list[OpenFailure]:
        """What was open when this run began, and can be seen to work in it."""
        if not self.open_failures:
            return []
        circumstances = self._circumstances(VariablesKey(self._settings.spool).read())
        return self.open_failures.of(circumstances) if circumstances else []

    @functools.cached_property
    def circumstances(self) -> Optional[str]:
        """To be remembered with a failure."""
        lasting = lasting_variables(self._variables, self._settings.run_variables)
        return self._circumstances(VariablesKey(self._settings.spool).read_or_make() if lasting else None)


# reporter.py
# What one process of Ansible reports.

class Reporter:
    def __init__(self, settings: Settings, warn: Callable[[str], None], say: Callable[[str], None]) -> None:
        self._warn = warn
        self._redactor = redactor_of(settings, warn, mask_registered)
        self._dispatch = Dispatch(settings, warn, say)
        # What is remembered lies where the reports do.
        self._settings = replace(settings, spool=self._dispatch.directory)
        self._marker = RunMarker(os.environ.get(RUN_MARKER_VARIABLE))
        self._playbook: Optional[PlaybookRun] = None
        self._play: Optional[str] = None
        # What was reported so far, to be compared with the recap, and what a rescue section is expected to catch.
        self._reported: Counter[tuple[str, str]] = Counter()
        self._held_back: dict[str, list[TaskOutcome]] = {}
        self._failed_items: dict[tuple[str, Optional[str]], list[Mapping[str, Any]]] = {}
        self._evidence = Evidence()
        self._silent_ends = SilentEnds()

    def start(self, playbook: Any = None) -> PlaybookRun:
        self._playbook = PlaybookRun(playbook, self._settings, self._redactor.text)
        self._evidence = Evidence()
        self._marker.playbook_starts()
        self._dispatch.send_what_waits()
        return self._playbook

    @property
    def _current(self) -> PlaybookRun:
        # Commands without a playbook do not say that they start.
        return self._playbook or self.start()

    def play(self, play: Any) -> None:
        self._report_silent_ends()
        self._play = play.get_name()
        self._current.begin(play)
        self._silent_ends.begin(play)

    def _read(self, kind: str, result: Any, ignored: bool = False) -> TaskOutcome:
        return read_result(kind, result, ignored, self._play, self._current.project.root)

    def started(self, host: Any) -> None:
        self._silent_ends.heard_of(host.get_name())

    def failed(self, kind: str, result: Any, ignored: bool = False) -> None:
        failure = self._read(kind, result, ignored)
        self._silent_ends.heard_of(failure.inventory_host)
        failure = with_items(failure, self._failed_items.pop((failure.inventory_host, failure.path), []))
        self._note(failure)
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
        self._silent_ends.well(result, lambda: self._read('ok', result))
        # Of interest only where something failed before.
        if self._current.known:
            self._note(self._read('ok', result))

    def _note(self, outcome: TaskOutcome) -> None:
        if self._current.known:
            named = with_machine_name(outcome, self._current.run.source)
            self._evidence.add(named, task_identity(named, self._redactor.text))

    def _report(self, failure: TaskOutcome, causes: Iterable[TaskOutcome] = ()) -> None:
        current = self._current
        named = with_machine_name(failure, current.run.source)
        event = event_of(named, str(uuid.uuid4()), utc_now(), self._redactor, current.host_names)
        event = with_causes(event, causes, named.host, self._redactor.text)
        self._dispatch.put(current.run_of_play, event, self._settings.channel)
        if not failure.disposition:
            self._marker.failure_reported()
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                self._remember(named, event)

    def _remember(self, failure: TaskOutcome, event: Mapping[str, Any]) -> None:
        if circumstances := self._current.circumstances:
            identity = {name: event[name] for name in IDENTITY}
            self._current.open_failures.add(OpenFailure(
                circumstances, self._settings.channel, failure.kind, failure.inventory_host, identity, (event['id'],), time.time(),
            ))

    def _report_silent_ends(self) -> None:
        for failure in self._silent_ends.take():
            self._note(failure)
            self._report(failure)

    def finish(self, stats: Any) -> None:
        """After each playbook of the command line; the recap counts all of them so far."""
        self._report_silent_ends()
        recap = Recap({host: stats.summarize(host) for host in stats.processed})
        for failure in unreported(recap, self._reported, self._held_back):
            self._note(failure)
            self._report(failure)
        self._reported, self._held_back = recap.counted(), {}
        self._report_recovered()
        self._dispatch.finish()
        self._marker.playbook_ends()

    def _report_recovered(self) -> None:
        current = self._current
        over = [failure for failure in current.known if self._evidence.ends(failure)]
        for failure in over:
            self._dispatch.put(current.run_of_play, recovered_event(failure, str(uuid.uuid4()), utc_now()), failure.channel)
        dropped = 0
        with contextlib.suppress(OSError):
            dropped = current.open_failures.settle(over)
        if dropped:
            self._warn(f'more failures are open than can be remembered: of {dropped}, the oldest, nothing will be said to be fixed')


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
            self.warn_of_unknown_options()
        except ValueError as error:
            self.disabled = True
            self.warn(f'{error}, so failures are not reported')

    @harmless
    def warn_of_unknown_options(self) -> None:
        from ansible import constants
        if constants.CONFIG_FILE:
            # That it cannot be read, Ansible has said itself.
            for warning in unknown_options(read_section(str(constants.CONFIG_FILE), lambda _: None)):
                self.warn(warning)

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
    def v2_runner_on_start(self, host: Any, _task: Any) -> None:
        self.reporter.started(host)

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
    def v2_playbook_on_stats(self, stats: Any) -> None:
        self.reporter.finish(stats)


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
        self.redactor = redactor_of(settings, warn)
        self._command = command
        self._channel = settings.channel
        self._dispatch = Dispatch(settings, warn, warn)
        self._run = new_run(settings, mode='pull' if os.path.basename(command[0]) == 'ansible-pull' else 'push')
        # Its whole command line tells one job of a machine from another.
        self._job = command_line(self.redactor.value(list(command)))
        self._open_failures = OpenFailures(self._dispatch.directory)
        self._circumstances = circumstances_of(self._run, '', self._job)
        self.marker = os.path.join(self._dispatch.directory, f'{MARKER_PREFIX}{self._run.id}')

    def is_made_by_callback(self, ended: Ended) -> bool:
        complete = RunMarker(self.marker).is_complete()
        remove_file(self.marker)
        # A playbook that failed and was ended for being slow has not reported the latter.
        return complete and ended.code != TIMED_OUT

    def finish(self, ended: Ended, interrupted: bool) -> None:
        is_made = self.is_made_by_callback(ended)
        over = self._open_failures.of(self._circumstances) if not ended.code else []
        if ended.code and not is_made and not interrupted:
            failure = failed_command(self._job, self._command, ended, self._run.source, self.redactor.text)
            event = event_of(failure, str(uuid.uuid4()), utc_now(), self.redactor, (self._run.source,))
            event.update(self._cause_of(ended))
            self._dispatch.put(self._run, event, self._channel)
            # On a full disk it is not remembered, and so not reported as recovered.
            with contextlib.suppress(OSError):
                self._remember(event)
        for failure in over:
            self._dispatch.put(self._run, recovered_event(failure, str(uuid.uuid4()), utc_now()), failure.channel)
        with contextlib.suppress(OSError):
            self._open_failures.settle(over)
        self._dispatch.finish()

    def _cause_of(self, ended: Ended) -> dict[str, str]:
        """Why it was ended, if we did it; else what it printed: a result of Ansible, or any output."""
        name = os.path.basename(self._command[0])
        printed = printed_result(readable(ended.stderr)) or printed_result(readable(ended.stdout))
        plain = {'stderr': ended.stderr, 'stdout': ended.stdout, 'rc': ended.code, 'cmd': self._command}
        hosts, mask = (self._run.source,), self.redactor.text
        cause = cause_from(f'{name}: {ended.why}', hosts, mask) if ended.why else cause_of(printed or plain, hosts, mask)
        return {'cause': cause.line, 'causeKey': cause.key} if cause else {}

    def _remember(self, event: Mapping[str, Any]) -> None:
        identity = {name: event[name] for name in IDENTITY}
        self._open_failures.add(OpenFailure(
            self._circumstances, self._channel, 'failed', self._run.source, identity, (event['id'],), time.time(),
        ))


def execute(prepare: Callable[[], CommandReport], command: list[str], timeout: Optional[float], warn: Callable[[str], None]) -> int:
    """The command's exit code, negative for a signal that ended it. It is run whatever is wrong around it."""
    report = attempt(prepare, warn)
    execution = Execution(command, timeout, report.redactor if report else Redactor())
    marker = {RUN_MARKER_VARIABLE: report.marker} if report else {}
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
        kind='failed', host=machine, inventory_host=machine, task=job, written=job,
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
    memory = OpenFailures(spool.root)
    since = f', since {as_time(int(segments[0][:20]) / 1e9)}' if segments else ''
    return [
        f'spool:        {spool.root}',
        f'waiting:      {spool.count_lines(segments)} reports{since}',
        f'last success: {status.read().get("lastSuccess") or "none"}',
        f'last error:   {error["what"]} (at {error["at"]})' if error else 'last error:   none',
        *(f'warned of:    {warning}' for warning in warnings_since(status.read(), '')),
        *([f'not before:   {as_time(asked)}, as the relay asked'] if asked else []),
        *([f'open:         {len(memory)} failures that no run has seen fixed yet, the oldest of {as_time(memory.oldest())}'] if memory else []),
        *([f'set aside:    {rejected} reports that the relay could not take, in {spool.rejected_path}: {RESEND_HINT}'] if rejected else []),
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
    for warning in answer.warnings:
        print(f'The relay warns: {warning}')
    return 0 if verdict_of(answer.status) is Verdict.ACCEPTED and not answer.warnings else 1


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
