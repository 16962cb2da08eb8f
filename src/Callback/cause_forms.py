"""The forms in which programs say why they failed, and those in which they only say that they did.

A form is one that many programs share. A table that ends in `_WORDS` is of lower case and begins at the beginning of a word.
"""

from __future__ import annotations

import re

DAY_AND_TIME = r'\d{4}[-/]\d\d[-/]\d\d(?:[T ]?\d\d:\d\d:\d\d(?:[.,:]\d+)?)?(?: ?(?:Z|UTC|[A-Z]{3,4}\b|[+-]\d\d:?\d\d))?'

# What a logger, a terminal or another program writes in front of a line that it passes on.
PASSED_ON = re.compile('|'.join((
    r'\s*[│┃╷╵╰─×]+>?\s?',
    r'\#\d+ (?:\d+\.\d+ )?',
    r'\d+\.\d{2,3} (?=\S|\s{2})',
    r'\s*\d{1,2}:\d\d:\d\d(?:[.,]\d+)?\s+',
    rf'\s*\[?{DAY_AND_TIME}\]?:?\s+(?:\[\d+\]:?\s+)?',
    r'\[\s*\d+\.\d+\]\s',
    r'(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:\d{4} )?(?:[\w.-]+ [\w./@-]+(?:\[\d+\])?: )?',
    r'[EWIF](?=\d{4} \d\d:\d\d)\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+:\d+\] ',
    r'(?:npm|pnpm) (?:ERR!|error)\s+',
    r'remote: ',
    r'E {2,8}(?=\S)',
    r' {5,}\| (?=[A-Z][a-z]+ )',
    r'MSI \(\w\) \([0-9A-F]+[:!][0-9A-F]+\) \[[\d:]+\]: ',
    r'==> [\w.-]+: ',
    r'\s*Warning\s{2,}\w+\s{2,}\S.{0,30}?\s{2,}[\w-]+\s{2,}',
    r'Failed to connect to the host via \w+: ',
    r"'/\S+ [^\n]*'' failed: |'/\S+ [^\n]{0,300}' failed: ",
)))
BULLET = re.compile(r'\s*(?:(?:[-*•>×]|╰─>|\d+\))\s+|\[(?i:error|fatal|err)\]:? +)+(?=\S)')

LEVELS = (
    ('fatal', ('fatal error', 'parse error', 'fatal', 'panic', 'emergency', 'emerg', 'alert', 'critical', 'crit', 'severe')),
    ('error', ('error', 'erro', 'err')),
    ('warning', ('deprecation warning', 'warning', 'warn', 'notice', 'hint', 'note', 'deprecated', 'wrn')),
    ('quiet', ('information', 'info', 'debug', 'trace', 'verbose', 'log')),
)
LEVEL_OF = {name: level for level, names in LEVELS for name in names}
LEVEL_NAMES = '|'.join(sorted(LEVEL_OF, key=len, reverse=True))
# A level is in brackets, or before a colon or an exclamation mark, or a column of capitals.
LEVEL = re.compile('|'.join((
    rf'(?:^|[\s:])[\[(<]\s*(?P<bracketed>{LEVEL_NAMES})\s*[\])>]',
    rf'(?:^|[:\])\s])(?P<before>{LEVEL_NAMES})(?: ?:|!|\[\w+\]:?|(?= [a-z]{{1,4}}\d{{3,5}}\b))',
    rf'\b(?:level|lvl|severity)["\']?[=:]\s*["\']?(?P<named>{LEVEL_NAMES})\b',
    r'^(?P<letter>[ewn]): ?',
)))
LEVEL_COLUMN = re.compile(r'^(?:\S{1,60}\s+|\[[^\]]{0,60}\]\s*){0,3}(?P<level>TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|SEVERE|CRITICAL)(?:\s|\])')
LEVEL_FIRST = re.compile(r'^\s*(?P<level>warning|error(?! (?:in|occurred|while|code)\b)|fatal|info)\s+\S')
LETTERS = {'e': 'error', 'w': 'warning', 'n': 'warning'}
ANY_WARNING = re.compile(r'[A-Z]\w{3,40}Warning: |\b[Ww]arning\b[^:]{0,40}:\s|^(?:npm|yarn|pnpm) (?:warn|WARN|notice)\b|: \[?[Ww]arning\]?[: ]|WARN\[\d+\]')

COMPILER = re.compile('|'.join((
    r'^(?:\S{1,100}: )?[^\s:()][^:()\n]{0,250}(?::\d+(?::\d+(?:-\d+)?)?|\(\d+(?:,\d+)*\)|:\[\d+,\d+\])(?:: | : |\s)(?:fatal error|internal compiler error|error|ERROR)\b',
    r'^[^\s:]{1,250}\.(?:go|scala|java|kt|rs|swift|hs|ml|bzl|bazel):(?:\d+:\d+|\[\d+,\d+\]):? (?!\s*(?:warning|note))\S',
    r'^(?:ERROR: )\S{1,250}:\d+:\d+: \S',
    r'^\s*error(?:\[E\d+\]| [A-Z]{2,4}\d{3,5}\b)',
    r'^[^:\n]{1,250} : error [A-Z]{2,8}\d{3,5}: ',
    r'^\S{1,200}_test\.go:\d+: \S',
    r'^psql:[^:]{1,200}:\d+: ERROR:',
    r'^\s*\d+:\d+\s+error\s+\S',
)))
EXCEPTION = re.compile(
    r'^(?:Error: |Uncaught |Unhandled exception\. |Exception in thread "[^"]{0,200}" |\w[\w.-]{0,60}: )?'
    r'(?:[\w$]{1,80}(?:\.|::)){0,12}[A-Z]\w{0,80}(?:Error|Exception|Fault|Failure|UndefinedTable|NotFound|Undefined\w{0,40})(?: [\[(][^\])]{1,80}[\])])?(?:: |\s*$)'
    r"|^thread '[^']{1,100}' panicked at ")
RUBY_EXCEPTION = re.compile(r"^\S{1,200}:\d+:in [`'][^']{1,80}': .{1,600} \([A-Z][\w:]{1,80}\)$")

# Why a kernel, a library or a server does not do what it was asked for.
REASON_WORDS = re.compile(r'\b(?:' + '|'.join((
    r'no such ', r"not (?:be )?(?:found|exist|allowed|permitted|supported|available|installed|installable|recogni[sz]ed|defined|authori[sz]ed|reachable|valid|a valid|"
    r'an? \w+|unique|enough|running|set\b|mounted|signed|writable|readable|declared|in |contain|have|match|properly|responding|ready|specified|configured|assignable|empty|equal|correct|access|enabled|compatible|able to|been )',
    r"(?:do|does|did|was|were|is|are|could|would|has|have|ca)n't ", r'(?:cannot|can not|could not|unable to|impossible to|not able to|fails? to|failed to|failing to|refuses? to|refusing to) ',
    r'access denied', r'(?:is |was |been )?(?:denied|refused|rejected|forbidden|revoked|blocked|declined)', r'unauthori[sz]ed', r'timed? ?out', r'timeout', r'deadline exceeded', r'no space left', r'disk full', r'out of (?:memory|space|range|disk|bounds)',
    r'too (?:many|large|long|low|small|old|new|high|big|few|short)', r'insufficient', r'exceed(?:s|ed|ing)?\b', r'quota', r'expired', r'already ', r'in use', r'locked', r'busy', r'held by', r'held broken',
    r'unknown', r'undefined', r'undeclared', r'unrecogni[sz]ed', r'unexpected', r'unresolved', r'unbound', r'unsupported', r'unreachable', r'unhealthy', r'unmet', r'unavailable', r'unsatisf', r'uninitiali[sz]ed', r'invalid', r'illegal', r'malformed', r'mismatch', r'missing', r'corrupt', r'conflict', r'duplicate', r'violat', r'bad \w', r'syntax error',
    r'parse error', r'(?:does|do|did) not \w', r'is (?:read-only|required|full|broken|immutable|dirty|empty|too|larger|smaller)', r'(?:would|will) be overwritten', r'is needed by', r'nothing provides', r'requires? ', r'required', r'must ', r'expect(?:ed|s|ing)', r'assert', r'segmentation fault', r'killed', r'core dumped',
    r'no (?:match|package|module|matching|available|route|hosts?|valid|permission|viable|pg_hba|more|root|default|longer|usable|suitable|file|connection|data|public|credentials|response|password|matches)', r'name or service', r'reset by peer', r'broken pipe', r'certificate (?:has|is|was|verify|verification|problem|signed|not|expired|required)', r'checksum (?:mismatch|did|does|error|of)', r'signature (?:mismatch|verification|is|was|check)', r'errno \d+\]', r'end of file', r'eof', r'nil pointer', r'null ?pointer', r'index out of', r'division by', r'e(?:connrefused|connreset|acces|noent|addrinuse|addrnotavail|timedout|notfound|perm|integrity|resolve|404|usage|busy|exist|nospc|rofs|mfile|pipe|hostunreach|netunreach|ai_again|isdir|notdir)\b', r'at \S+ line \d+\.?$',
    r'not ok', r'[45]\d\d (?:[a-z]+ )?(?:not found|forbidden|unauthorized|bad|server|service|conflict|gone|internal|too many|client)', r'(?:connection|request|authentication|login|handshake|lookup|resolution|verification) (?:was )?(?:closed|aborted|reset|failed|failure|lost)', r'has changed', r'is a directory', r'read-only file', r'bootstrap check failure', r'overlap', r'inconsistent', r'incompatible', r'unterminated', r'never closed', r'failure/error', r'was incorrect', r'incorrect', r'wrong \w', r'not-found', r'cyclic|circular', r'deadlock', r'stale', r'outdated', r'differs? from', r'different', r'exhausted', r'throttl', r'rate limit', r'untrusted', r'self[- ]signed', r'unknown authority', r'panicked', r'overflow', r'starvation', r'suspended',
)) + ')')
REASON_ELSEWHERE = re.compile(
    r'\b(?:nicht|kein|verweigert|fehler\b|fehlgeschlagen|ungültig|impossible|introuvable|refus|aucun|erreur|échou|no se (?:ha )?p|no existe|no encontr|denegad|rechazad|falló|não|negada|inexistente|erro\b|impossibile|negato|errore|nessun|kan niet|kon niet|geen|geweigerd|fout\b|nie można|nie znaleziono|błąd|brak )'
    r'|не удалось|невозможно|не найден|отказано|ошибка|нет такого|нельзя|できません|できない|ありません|見つかりません|失敗|拒否|エラー|无法|不能|没有|不存在|失败|错误|拒绝|無法|錯誤|없습니다|실패|오류|거부|bulunamad|başarısız|hata:')
WEAK_WORDS = re.compile(r'\b(?:fail(?:ed|s|ure|ures)?|errors?|errored|problem|crash(?:ed)?|abort(?:ed|ing)?|wrong|mistake|fatal|unsuccessful|critical)\b')
# They have an error's word and speak of none.
DECOY = re.compile(
    r'\b(?:0|no|without|zero|any) (?:\w+ )?(?:errors?|failures?|failed|issues?|problems?)\b|\b(?:errors?|failed|failures?|unreachable)["\']?\s?[=:]\s?["\']?0\b|\b(?:on|in case of|for|of|checked|look for) errors?\b'
    r'|\berrors? (?:may|are|is|will|to|go|mail|page|log|handler|reporting|level)|\berrors?\.(?:log|o|h|c|py|txt|yml|yaml|html|js|json|cpp|conf|d)\b|[-_/.]errors?\b|\berror[-_]\w|[-_]fail')

# A program that speaks of itself: "cp: …", "./deploy.sh: line 3: …", in whatever language.
PROGRAM = re.compile(r'^(?![A-Z][a-z]+:)(?:[\w./+@-]{1,80})(?:\[\d+\])?: \S')

# They say that something failed, not why: what counts is above them.
TRAILER_WORDS = re.compile(r'^make(?:\[\d+\])?: (?!\*\*\* no rule)|^\W*(?:\d+|one|two|some) (?:\w+ )?(?:errors?|warnings?|problems?|failed|failures?|examples?|passed|issues?|tests?)\b|\b(?:' + '|'.join((
    r'return(?:ed|s|ing)? (?:an? )?(?:error|exit|non-?zero|result|value|status|\d)', r'(?:with|exit|an|the) (?:error|exit|return)? ?(?:code|status)\b(?! of| was)', r'exit(?:ed|ing)? (?:code|status|with|value)', r'exit(?:ing|ed)?(?: now)?[.!]?$', r'non-?zero', r'rc \d+$',
    r'not recoverable', r'test failed$', r'failed with (?:result|error|exit|status|code)', r'killed by signal', r'(?:were|was|are) encountered', r'errors? occurred', r'errors? (?:was |were )?found', r'error\(s\)', r'fatal errors', r'identified \w+ issue',
    r'(?:see|check|examine|inspect|consult|review) (?:the |also )?(?:\S+ )?(?:above|also|previous|logs?\b|output|details|stdout|stderr|compiler|inner|below)', r'previous errors?', r'(?:above|following) errors?', r'errors? above', r'could not compile', r'build (?:failed|stopped|failure|aborted|did not)', r'build .{0,40}(?:failed|errored)', r'compil\w+ (?:failed|failure|error|terminated|aborted|incomplete)',
    r'being skipped', r'commands? ignored until', r'maybe run ', r'^try again', r'no apport report', r'did not (?:run|complete|finish|exit|start) ', r'error: (?:update|subprocess|command|process)', r'subprocess-exited', r'failed (?:building|to build|to solve|to execute goal|to join any|to push some|to download metadata|to synchronize|to start )', r'could not build wheels', r'lifecycle script', r'command (?:failed|sh -c)', r'native extension', r'extconf', r'error installing',
    r'execution (?:failed|phase)', r'(?:some|all) (?:\w+ )?(?:challenges|builds|errors|files|tests|archives|attrs)', r'fix conflicts', r'merge failed', r'main process exited', r'scheduled restart', r'repeated too quickly', r'could not start server', r'(?:there (?:are|were|was)|has|have) (?:test |\d+ )?(?:failures?|errors?)', r'shut(?:s|ting) down', r'shutdown (?:complete|initiated|finished)', r'is shut down', r'shut down completed', r'roll(?:ing|ed)? ?back', r'clean(?:ing|ed)? ?up', r'terminating', r'unfinished jobs', r'leaving unconfigured', r'skipped', r'restor(?:ing|ed)',
    r'begin failed', r'rails aborted', r'error has occurred', r'unexpected error\b(?! code)', r'an unexpected', r'unexplained error', r'child returned', r'unexpectedly closed', r'errored after', r'verification failed$', r'(?:scriptlet|initialization|validation) (?:failed|aborted|exception)', r'^fail(?:ed|ures?|ure)?[!.:]*$', r'^errors?[!.:]*$', r'^fail(?:ed)?\s+\S+(?:\s+[\d.]+m?s)?$', r'\d+ \w+\(s\)', r'failed to start$', r'failed to compile', r'\d+ out of \d+ ', r'test failed, to', r'found \d+ ', r'conflicting requests', r'^abort(?:ed|ing)?\b.{0,14}$', r'interrupted', r'computed checksums?', r'not a problem', r'checks? failed\.', r'control process', r'api request', r'could not read from remote', r'bad configuration options', r'update failed', r'lost connection', r'^connection to \S+ closed', r'without a result', r'unable to fetch some', r'index files failed', r'an error code', r'aborting due', r'package post-installation script', r'continuing', r'will retry', r'retrying', r'attempt \d', r'going down', r'is marked', r'inner errors', r'inner exception', r'could not be completed because', r'dependency problems', r'held broken', r'current transaction is aborted', r'failed to display', r'caught signal', r'cannot continue', r'giving up', r'no further', r'for reason', r'reason code', r'unable to continue', r'terminated',
)) + ')')
OUTCOME = re.compile(r'\b(?:failed|failure|failures|aborted|cancell?ed|unsuccessful|errored)\b[^\w:]*$')

# Frames, source lines, usage texts, hints and progress are never the reason.
NOISE_LINE = re.compile('|'.join((
    r'^\W*$', r'[^\w\s]{8,}$', r'^\s*[^\w\s]{6,}', r'^\s*\W*(?:[A-Z]{3,8}|[Ee]rror|[Ww]arning|\[[\w\\]{3,80}\])\W*$', r'^\s*def \w+\(.*\):$', r'^>\s{4,}\S', r'[:=]\s*(?:\[\s*\]|\{\s*\})$', r'\[--\w', r'^\S{60,}$', r'^\s*(?:https?|ftp)://\S+\s*$', r'\d+ ?%\s*$', r'^\s*\d+%', r': OK$',
    r'^\s*(?:at |File "|from /|from \S+:\d+:in|\.\.\. \d+ |#\d+ |goroutine \d|created by |In file included|\^|Traceback|During handling of|The above exception|Call Stack|--- |thrown in|runtime/|\[signal |node:|Node\.js v|throw |compilation terminated|\[SQL|\[parameters|\(Background|Suppressed: |stack backtrace|Stack trace)',
    r'^\s*(?:\d+ \||\d+▕|➜|\||> \d+ \||\+ |At line:|At [A-Z]:\\|\d+: \w.*\{$|=+ |-> |--> |= note|= help|>>> )',
    r'^\++ ', r'^\s*(?:errno|code|syscall|address|port|type|requireStack): |^(?:errno|code|syscall|path|location|workspace) \S+$|^\s*(?:DETAIL|CONTEXT|STATEMENT): ', r'^\s*\d+ +\d+[kMG.\d]* +\d+ ', r'^\s*-{1,2}\w[\w-]*(?:[ =,]\S+){0,3}(?:\s{2,}|$)', r'^\s*[✔✓]', r'^\s*Normal\s{2,}\S', r'^Line \|$', r'^PLAY |^TASK |PLAY RECAP|^changed: |^ok: \[|^skipping: ', r'^\s*\[Help \d', r'^# \S+/\S+$', r'^\w+ \([\w.]+\) \.\.\.', r'^\s+[\w.@*-]*/[\w./()@*-]+:\d+(?: \+0x\w+)?\s*$', r'^[\w./()*]+\(.{0,80}\)$', r'\[debug\]', r'^\s*symbol: ', r'^\s*<[/?!a-z]', r'^go: downloading',
)))
NOISE_WORDS = re.compile(r'^\W*(?:' + '|'.join((
    r'usage\b', r'options:', r'flags:', r'(?:available )?commands:', r'examples?:', r'aliases:', r'arguments:', r'see also', r'see the ', r'see \S+ for', r"try [`']", r'try:?$', r'hint:', r'more details', r'more info', r'for (?:more|further|help|a full|most)\b', r'run (?:with|`|\'|")', r're-?run\b', r'read documentation', r'consider ', r'either ', r'refer to', r'ask for help', r'contact ', r'please ', r'ensure ', r'to (?:see|get|run|update|fix|use|obtain|select|learn|install|install|debug)\b', r'if (?:you|this)\b', r'you (?:can|may|should|might) ', r'solution \d', r'choose from', r'perhaps ',
    r'(?:installing|downloading|downloaded|download|fetching|fetched|reading|building|setting up|unpacking|preparing|selecting|processing|resolving|collecting|using cached|loading|checking|updating|compiling|cloning into|receiving|counting|compressing|enumerating|writing objects|retrying|waiting|pulling|verifying|transferring|copying|refreshing|skipping|starting|started|handling|analyzing|configuring|auto-merging|determining|linking|entering|leaving|get|hit|ign)\b(?!.*(?:failed|error:|cannot|not found|denied))',
    r'(?:finished|completed?|done|success\w*|ok|pass(?:ed)?|total|time|duration|elapsed|finished at|ran \d|ran all|test suites|tests|snapshots|resources)\b(?: |:|$)(?!.*(?:fail|error))', r'searched in', r'require stack', r'required by', r'candidate', r'location:', r'note: ', r'(?:a full|a complete|complete|full|debug) log', r'saving debug', r'log of this run', r'this is (?:usually|most|related)', r'this error originates', r'a new release', r'default', r'(?:type|domain|url|path|id|who|operation|version|created|info|lock info|args?|command|current directory)\s*:', r'last (?:login|metadata)', r'permanently added', r'shared connection', r'warning: permanently', r'logging st', r'the offending line', r'the error appears', r'be elsewhere', r'searched', r'most common reasons', r'diagnostics', r'action:', r'explicit', r'main pid', r'loaded:', r'active:', r'process:', r'cpu:', r'tasks:', r'memory:', r'docs:', r'cgroup:', r'exit code: \d+$', r'details?:$', r'dmesg', r'mysqld is running', r'picked up', r'config\.log', r'serving', r'scope:', r'new packages', r'\d+ upgraded', r'need to get', r'after this', r'it is also possible', r'someone could', r'it is possible', r'the fingerprint', r'offending', r'add correct', r'all items completed', r'self test',
)) + r')|' + '|'.join((
    r'for (?:more|further) (?:information|details|help)', r'--help\b', r'see https?:', r"see [`']", r'visit https?:', r'help\.github', r'full trace', r'for details[.:]?\s*$', r'can be used to', r'may have more', r'may be safely', r'errors? will be', r'log errors to', r'did you mean', r'learn more', r'troubleshooting guide', r'available: [\d.]+ ->',
)))
HELPFUL = re.compile(r'did you mean|--help\b|for details|for more')
HEADING = re.compile(r'[:：]\s*$')
HEADING_WORDS = re.compile(r'\b(?:errors?|wrong|fail(?:ed|ure|ures|ing)?|problems?(?: \d+)?|fatal|issues?|reasons?|description|details?|diagnostics|dependencies|unmet)\b')
