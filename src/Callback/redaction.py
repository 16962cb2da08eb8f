"""Takes secrets out of what a run reports."""

from __future__ import annotations

import functools
import json
import re
from typing import Any, Callable

from .text import Masking

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
