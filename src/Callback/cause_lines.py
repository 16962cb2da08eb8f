"""How much one line of output tells of why a task failed, by its form alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

from .cause_forms import (
    ANY_WARNING, BULLET, COMPILER, DECOY, EXCEPTION, HELPFUL, LETTERS, LEVEL, LEVEL_COLUMN, LEVEL_FIRST, LEVEL_OF, NOISE_LINE, NOISE_WORDS,
    OUTCOME, PASSED_ON, PROGRAM, REASON_ELSEWHERE, REASON_WORDS, RUBY_EXCEPTION, TRAILER_WORDS, WEAK_WORDS)

LINE_LOOKED_AT = 1200
# What is in front of a line says what it is; what tells of a reason stands within so many characters.
REASON_WITHIN = 600
FORM_WITHIN = 300

UNSEEN = re.compile(
    r'\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]{0,400}(?:\x07|\x1b\\)?|[ -/]*[0-~])|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]')
# The columns of a client's progress, which its error follows on the same line.
AFTER_PROGRESS = re.compile(r'(?<=[\d-])(?=curl: \(\d)')
LOGFMT_TEXT = re.compile(r'\b(msg|message|err|error|reason)=(?:"((?:[^"\\]|\\.)*)"|(\S+))')

NOTHING = -100
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


@dataclass(frozen=True)
class ScoredLine:
    text: str
    score: int


def stripped(line: str) -> str:
    """What the program itself wrote: no colour, no time stamp, no logger's columns, no bar of a box."""
    line = UNSEEN.sub('', line[:2 * LINE_LOOKED_AT])[:LINE_LOOKED_AT]
    if 'curl: (' in line and (match := AFTER_PROGRESS.search(line)):
        line = line[match.end():]
    for _ in range(5):
        match = PASSED_ON.match(line)
        if not match or match.end() == 0 or not line[match.end():].strip():
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
    if 'msg=' not in line and 'err=' not in line and 'error=' not in line:
        return line
    found = {match[1]: unquoted(match[2] if match[2] is not None else match[3]) for match in LOGFMT_TEXT.finditer(line)}
    if not found or LOGFMT_TEXT.search(line).start() > 200:
        return line
    said = found.get('msg') or found.get('message')
    why = found.get('err') or found.get('error') or found.get('reason')
    return f'{said}: {why}' if said and why else why or said or line


def is_noise(line: str) -> bool:
    return bool(NOISE_LINE.search(line[:REASON_WITHIN])) or bool(NOISE_WORDS.search(line[:FORM_WITHIN].lower()))


def is_trailer(text: str) -> bool:
    """Whether it only says that something went wrong."""
    lower = text[:FORM_WITHIN].lower()
    last = None
    for last in TRAILER_WORDS.finditer(lower):
        pass
    if last is None:
        return False
    rest = text.lower()[last.end():]
    colon = rest.find(': ')
    return colon < 0 or reason_score(rest[colon:]) < REASON


def reason_score(lower: str) -> int:
    """Of the words alone: a reason, in whatever language, before a mere 'failed'."""
    lower = DECOY.sub('', lower[:REASON_WITHIN])
    if REASON_WORDS.search(lower) or REASON_ELSEWHERE.search(lower):
        return REASON
    return 12 if WEAK_WORDS.search(lower) else 0


def score_of(line: str) -> int:
    """Of a stripped line, which may go on with what it announces."""
    text = without_bullet(line)
    if not text or NOISE_LINE.search(line[:REASON_WITHIN]) or NOISE_LINE.search(text[:REASON_WITHIN]):
        return NOTHING
    if COMPILER.match(text) and not ANY_WARNING.search(text):
        return COMPILER_ERROR if not is_trailer(text) else ERROR_LEVEL - 15
    lower = text.lower()
    level = level_of(line)
    noise = NOISE_WORDS.search(lower[:FORM_WITHIN])
    if noise and (level not in ('fatal', 'error') or noise.start() == 0) and not (HELPFUL.match(noise[0]) and reason_score(lower[:noise.start()])):
        return NOTHING
    if level == 'quiet' and not line.startswith('LOG'):
        return -60
    if level == 'warning' or level is None and ANY_WARNING.search(text[:200]):
        return -40 + reason_score(lower)
    score = reason_score(lower)
    if level in ('fatal', 'error') or EXCEPTION.match(text) or RUBY_EXCEPTION.match(text) or lower.startswith('caused by: '):
        score += ERROR_LEVEL
    if PROGRAM.match(text):
        score += 14
    if is_trailer(lower):
        return max(-10, min(score - 45, TRAILER))
    elif OUTCOME.search(lower):
        score -= 15
    return score
