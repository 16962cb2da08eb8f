"""The forms of a line that many programs share: what is in front of it, its level, a compiler's or an exception's, and noise."""

from __future__ import annotations

from .phrases import LazyPattern

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
