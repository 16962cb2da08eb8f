"""What programs say when they give a reason, when they only say that something failed, and when they say neither.

One phrase, or several with ` | ` between them; a phrase matches where a word begins, and `_` is a blank at an end.
"""

from __future__ import annotations

from .phrases import LazyPattern, Phrases

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
