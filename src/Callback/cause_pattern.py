"""What the causes of one failure have in common, whenever and wherever it happens."""

from __future__ import annotations

import hashlib
import re
from typing import Iterable

from .phrases import LazyPattern

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
