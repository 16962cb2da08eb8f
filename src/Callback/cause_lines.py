"""How much one line of output tells of why a task failed, by its form alone."""

from __future__ import annotations

from typing import Optional

from .cause_forms import (
    ANY_WARNING, BULLET, COMPILER, EXCEPTION, LETTERS, LEVEL, LEVEL_COLUMN, LEVEL_FIRST, LEVEL_OF, NOISE_LINE, OWN_NAME, PASSED_ON,
    RUBY_EXCEPTION)
from .cause_phrases import (
    CLOSINGS, DECOY, HINTS, HINTS_BEHIND_LEVEL, HINT_STARTS, OUTCOME, REASONS, REASONS_ELSEWHERE, REASON_FORM, STEP_FAILED,
    STEP_STARTS, TRAILERS, TRAILER_FORM, WEAK)
from .phrases import LazyPattern

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
