"""The cause of a failure is the line that an engineer would point at, whatever the program, its language or the size of its output."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from Callback import cause_search
from Callback.cause import CAUSE_LIMIT, Cause, cause_command, cause_of
from Callback.cause_search import telling_spans

CASES = [
    pytest.param(case, id=f'{path.stem}-{case["name"]}')
    for path in sorted((Path(__file__).parent / 'causes').glob('*.json')) for case in json.loads(path.read_text(encoding='utf-8'))]


def line_of_result(**result):
    cause = cause_of(result)
    return cause and cause.line


def command(**result):
    return line_of_result(**{'msg': 'non-zero return code', 'rc': 1, 'cmd': './deploy', **result})


def plain(text):
    return ' '.join(text.replace('\\"', '"').split())


@pytest.mark.parametrize('case', CASES)
def test_of_a_real_failure_the_line_that_tells_why(case):
    line = plain(line_of_result(**case['result']))

    assert any(plain(cause) in line for cause in case['cause'])


@pytest.mark.parametrize('message, line', [
    ('Task failed: Module failed: No such user: svc', 'No such user: svc'),
    ('Task failed: Action failed: Could not find the file', 'Could not find the file'),
    ('MODULE FAILURE: cannot import name x', 'cannot import name x'),
    ('ERROR! no such role', 'no such role'),
    ("'dict' has no 'a'\n\nThe error appears to be in 'x.yml': line 4, not found", "'dict' has no 'a'"),
    ('our own words, in any order\nand a second line', 'our own words, in any order'),
])
def test_what_ansible_puts_around_a_message_is_left_out(message, line):
    assert line_of_result(msg=message) == line


@pytest.mark.parametrize('message', [
    'non-zero return code', 'The command exited with a non-zero return code.', 'Task failed: Module failed: non-zero return code', '', None,
    'MODULE FAILURE\nSee stdout/stderr for the exact error',
    'MODULE FAILURE: No start of json char found\nSee stdout/stderr for the exact error',
    'Module result deserialization failed: No start of json char found', 'failed to validate',
    "A 'failed_when' expression evaluated to 'True'.",
    'unexpected rc: see stdout and stderr', 'Creating the volume failed',
])
def test_a_message_that_gives_no_reason_stands_behind_the_output(message):
    line = line_of_result(msg=message, stderr='vgs: cannot open /dev/sdx', exception='(traceback unavailable)')

    assert line == 'vgs: cannot open /dev/sdx'


def test_a_command_that_says_nothing_is_named_with_its_code():
    assert command(cmd='/bin/false', rc=3) == '`/bin/false` ended with code 3 and printed nothing'
    assert command(cmd=['test', '-e', '/srv/x']) == '`test -e /srv/x` ended with code 1 and printed nothing'


def test_a_result_that_says_nothing_has_no_cause():
    assert cause_of({}) is None
    assert cause_of({'msg': '', 'stdout': ' \n', 'results': []}) is None


@pytest.mark.parametrize('output, line', [
    ('première étape\ndernière étape', 'dernière étape'),
    ('steg ett\nsteg två\n\n\n', 'steg två'),
])
def test_without_a_telling_word_the_last_line(output, line):
    assert command(stdout=output) == line
    assert command(stdout='etwas', stderr=output) == line


def test_both_streams_are_weighed_together():
    line = command(stdout='fatal: cannot open the archive', stderr='Loading the archive\nShared connection to 192.0.2.1 closed.')

    assert line == 'fatal: cannot open the archive'


def test_the_first_item_that_failed_and_of_facts_the_first_module():
    assert line_of_result(msg='One or more items failed', results=[
        {'item': 'a', 'msg': 'cannot be the cause'}, {'item': 'b', 'failed': True, 'msg': 'no such group: b'},
        {'item': 'c', 'failed': True, 'msg': 'c'},
    ]) == 'no such group: b'
    assert line_of_result(msg='The following modules failed to execute: setup', failed_modules={
        'setup': {'msg': 'MODULE FAILURE', 'module_stderr': 'sudo: no tty present'}}) == 'sudo: no tty present'


def test_what_is_hidden_stays_hidden():
    hidden = {'censored': 'the output has been hidden', '_ansible_no_log': True, 'stderr': 'cannot open hunter2'}

    assert line_of_result(**hidden) == 'the output has been hidden'
    assert line_of_result(msg='One or more items failed', results=[{'failed': True, **hidden}]) == 'the output has been hidden'


def test_of_a_python_chain_the_root_or_what_came_of_a_first_try():
    def chain(first, link, second):
        trace = 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g()\n'
        return command(stderr=f'{trace}{first}\n\n{link}\n\n{trace}{second}\n')

    assert chain('OSError: disk', 'The above exception was the direct cause of the following exception:', 'AppError: x') == 'OSError: disk'
    assert chain('OSError: disk', 'During handling of the above exception, another exception occurred:', 'AppError: x') == 'OSError: disk'
    assert chain("KeyError: 'a'", 'During handling of the above exception, another exception occurred:', 'AppError: x') == 'AppError: x'


def test_what_others_put_in_front_of_a_line_is_left_out():
    assert command(stderr='2026-02-03T04:05:06Z cannot open /a') == 'cannot open /a'
    assert command(stderr='Feb  3 04:05:06 box app[12]: cannot open /a') == 'cannot open /a'
    assert command(stderr='\x1b[31m│\x1b[0m \x1b[1mError: \x1b[0mcannot open /a') == 'Error: cannot open /a'
    assert command(stdout=' 10%\r 50%\rcannot open /a\r\n') == 'cannot open /a'


def test_a_cause_is_one_line_of_at_most_300_characters():
    for text in ('cannot ' + 'x ' * 900, 'cannot open:\n\tx\u2028y', 'error: ' + 'a: ' * 300 + 'no such file', '\ud800cannot',
                 'E: ' + 'ß' * 5000):
        line = command(stderr=text)
        assert 0 < len(line) <= CAUSE_LIMIT
        assert not set(line) & set('\r\n\u2028')
        line.encode()


def test_a_long_line_keeps_its_beginning_and_its_last_reason():
    line = command(stderr='Error: starting the job: ' + 'step of a deep call, ' * 20 + 'mount failed: permission denied on /srv/data')

    assert line.startswith('Error: starting the job: ')
    assert line.endswith('permission denied on /srv/data')


def test_a_secret_is_masked_before_anything_is_made_of_the_line():
    def masked(secret):
        return cause_of({'msg': f'login with {secret} denied'}, mask=lambda text: text.replace(secret, '[redacted]'))

    assert masked('tulip') == masked('dahlia')
    assert masked('tulip').line == 'login with [redacted] denied'


def test_the_lines_that_tell_are_found_in_a_text_of_any_size():
    filler = 'a line that is well\n' * 200_000
    text = f'{filler}error: no such table\n'

    start, end = telling_spans(text)[0]

    assert text[start:end] == 'error: no such table'


def test_the_program_prints_the_line_and_the_key():
    result = {'msg': 'cannot open /srv/x on web-1'}
    cause = cause_of(result, ['web-1'])

    assert isinstance(cause, Cause)
    assert cause_command(json.dumps(result), ['web-1']) == f'{cause.line}\nreason: {cause.key}'
    assert cause_command('{').startswith('The result is not JSON')
    assert cause_command('[]') == 'The result says nothing.'


def strange_values(chance):
    letters = [
        'a', '\n', ':', ' ', '{', '"', '[', '\\', '\ud83d', '\x1b', '\r', 'error: ', 'Traceback (most recent call last):\n', 'Caused by: ',
        '{"msg": "x"}', '\u202e']
    text = ''.join(chance.choice(letters) for _ in range(chance.randrange(60)))
    return chance.choice([
        text, None, 0, -1.5, True, [], [text], [None], {}, {'message': text}, {text: [text, {}]},
        [{'failed': True, 'msg': text}], object()])


def test_no_result_is_too_strange():
    chance = random.Random(13)
    fields = ('msg', 'stderr', 'stdout', 'exception', 'results', 'failed_modules', 'rc', 'cmd', 'assertion', 'json', 'response')
    for _ in range(600):
        cause = cause_of({field: strange_values(chance) for field in chance.sample(fields, 5)}, ['web-1'])
        assert cause is None or 0 < len(cause.line) <= CAUSE_LIMIT and len(cause.key) == 16


LINES = (
    'Unpacking one thing (1.2) ...\n', 'error: cannot open a\n', 'INFO checked (0 errors)\n', '{"level":"info","msg":"not missing"}\n',
    'Caused by: x\n', '\n')


@pytest.mark.parametrize('line', LINES)
def test_however_long_a_text_is_the_lines_that_are_weighed_are_few(line, monkeypatch):
    weighed = []
    monkeypatch.setattr(cause_search, 'candidate_of', lambda text, raw, more: weighed.append(raw))

    cause_search.candidates_in(line * (1_000_000 // len(line)))

    assert len(weighed) <= cause_search.CANDIDATES + 2 * cause_search.HITS_OF_A_STEM + 2 * cause_search.ENDS_LOOKED_AT


@pytest.mark.parametrize('line', LINES)
def test_fifty_megabytes_cost_the_play_hardly_more_than_two(line):
    """Of a stream that is longer only its first and last half a megabyte are looked at."""
    command(stderr='cannot warm up')

    assert seconds_of(line * (50_000_000 // len(line))) < 4 * seconds_of(line * (2_000_000 // len(line)))


def seconds_of(output):
    """The processor's time of this thread, the best of three."""
    times = []
    for _ in range(3):
        began = time.thread_time()
        command(stdout=output)
        times.append(time.thread_time() - began)
    return min(times)
