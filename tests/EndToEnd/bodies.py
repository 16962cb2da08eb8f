"""Bodies that mean ill, or that a broken sender makes. A seed and a number make the same one every time."""

from __future__ import annotations

import functools
import gzip
import json
import random
import zlib
from dataclasses import dataclass

from hostile_values import CONTROL, NUMBERS, SURROGATES, any_value
from json_text import Raw, text_of

MIB = 1024 * 1024
ROUTES = [f'fuzz-{number:02}' for number in range(20)]

KINDS = {'fields': 20, 'bytes': 24, 'noise': 12, 'packed': 10, 'deep': 10, 'large': 1, 'numbers': 9, 'surrogates': 9}

# Often enough that 2,000 bodies have every control character in both forms.
CONTROLS_EVERY = 13


@dataclass(frozen=True)
class Body:
    """What is posted; what is taken of it has to be told under its mark, which stands in more fields than are changed."""

    number: int
    mark: str
    data: bytes
    gzipped: bool = False

    @property
    def must_be_told(self):
        """Whether it reports a failure, as far as it can be read at all; a recovery of what never failed is nothing to tell."""
        # What follows the first gzip counts no more than its missing end does.
        report = json.loads(zlib.decompressobj(31).decompress(self.data) if self.gzipped else self.data)
        return any(event['kind'] != 'recovered' for event in report['events'])


def body(seed, number):
    chance = random.Random(f'{seed}/{number}')
    kind, make = kind_of(chance, number)
    mark = f'fuzz-{number}-'
    data = make(chance, report(chance, mark))
    if kind == 'packed' or chance.random() < 0.1:
        return Body(number, mark, packed(chance, data, spoil=kind == 'packed'), gzipped=True)
    return Body(number, mark, data)


def kind_of(chance, number):
    """What kind this body is of, and what makes it."""
    if number % CONTROLS_EVERY == 0:
        return 'controls', functools.partial(make_controls, number // CONTROLS_EVERY)
    (kind,) = chance.choices(list(KINDS), KINDS.values())
    return kind, globals()[f'make_{kind}']


def report(chance, mark):
    event = {
        'id': f'{mark}event', 'kind': chance.choice(['failed', 'unreachable']), 'of': None, 'at': '2026-11-22T10:00:04Z', 'host': f'{mark}host',
        'delegatedTo': None, 'play': f'{mark}play', 'task': f'{mark}task', 'role': f'{mark}role', 'action': 'ansible.builtin.apt', 'path': f'{mark}.yml:4',
        'attempts': 2, 'message': f'{mark}message', 'returnCode': 1, 'stdout': 'out', 'stderr': 'err', 'items': [{'item': 'nginx', 'message': 'none'}],
        'details': {'a': [1, {'b': None}], 'password': 'x'},
    }
    run = {
        'id': f'{mark}run', 'source': 'control.example.com', 'playbook': f'{mark}.yml', 'mode': 'push', 'startedAt': '2026-11-22T10:00:00Z', 'ansibleVersion': '2.18.1',
        'checkMode': False, 'user': 'deploy', 'revision': '4f0c2ab', 'link': 'https://ci.example.com/7', 'labels': {'env': 'prod'},
    }
    return {'version': 1, 'channel': chance.choice(ROUTES), 'run': run, 'events': [event]}


def make_fields(chance, report):
    """Some values are others, gone, or there twice."""
    for _ in range(chance.randint(0, 3)):
        holder, key = chance.choice(list(places(report)))
        change = chance.random()
        if change < 0.15:
            del holder[key]
        elif change < 0.25 and isinstance(holder, dict):
            holder[Raw(json.dumps(key))] = any_value(chance)
        else:
            holder[key] = any_value(chance)
    return encoded(report)


def make_bytes(chance, report):
    """Up to three bytes are wrong, too many or missing."""
    data = bytearray(encoded(report))
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        chance.choice([lambda: data.pop(at), lambda: data.insert(at, chance.randrange(256)), lambda: data.__setitem__(at, chance.randrange(256))])()
    return bytes(data) if chance.random() < 0.8 else bytes(data[:chance.randrange(len(data))])


def make_noise(chance, _):
    return chance.choice([b'', b'\xef\xbb\xbf', b'\xff\xfe', b'{' * 10, b'\0' * 100]) + chance.randbytes(chance.choice([0, 1, 10, 1000, 100_000]))


def make_packed(_, report):
    return encoded(report)


def make_deep(chance, report):
    depth = chance.choice([10, 30, 32, 33, 64, 65, 1000, 100_000])
    opening, closing = chance.choice([('[', ']'), ('{"a":', '}'), ('[{"a":[', ']}]')])
    nested = Raw(opening * depth + '1' + closing * (depth if chance.random() < 0.8 else 0))
    holder, key = chance.choice([(report, 'run'), (report, 'x'), (report['run'], 'labels'), (report['events'][0], 'details'), (report['events'][0], 'x')])
    holder[key] = nested
    return encoded(report)


def make_large(chance, report):
    """Around the limit of what is taken, in one text or in many."""
    event = report['events'][0]
    size = chance.choice([10_000, 50_000, 100_000, 200_000, MIB, MIB + 100])
    chance.choice([
        lambda: event.update(stdout=chance.choice('x\n\\"<&`\u0001é') * (size // 2)),
        lambda: event.update(items=[{'item': str(number), 'message': '`' * 50} for number in range(size // 100)]),
        lambda: event.update(details={f'key {number}': 'x' * 50 for number in range(size // 80)}),
        lambda: report['run'].update(labels={f'key {number}': 'x' for number in range(1000)}),
        lambda: report.update(events=[{**event, 'id': f'{event["id"]}{number}'} for number in range(size // 800)]),
    ])()
    return encoded(report)


def make_numbers(chance, report):
    return changed(chance, report, Raw(chance.choice(NUMBERS)))


def make_surrogates(chance, report):
    return changed(chance, report, Raw(chance.choice(SURROGATES)))


def make_controls(turn, chance, report):
    """The control characters in turn, each as it is and escaped, within a text."""
    number, escaped = divmod(turn % (2 * len(CONTROL)), 2)
    return changed(chance, report, Raw(controlled(CONTROL[number])[escaped]), where=str)


def controlled(character):
    """A text with it, as it is and escaped."""
    return f'"a{character}b"', f'"a\\u{ord(character):04x}b"'


def changed(chance, report, value, where=(str, int, type(None))):
    """One value of these types is another one."""
    holder, key = chance.choice([place for place in places(report) if isinstance(place[0][place[1]], where)])
    holder[key] = value
    return encoded(report)


def packed(chance, data, spoil):
    """Gzipped, and spoiled on the way."""
    gzipped = bytearray(gzip.compress(data, mtime=0))
    if not spoil:
        return bytes(gzipped)
    return chance.choice([
        lambda: bytes(gzipped[:chance.randrange(len(gzipped))]),
        lambda: bytes(gzipped) + chance.randbytes(10),
        lambda: bytes(gzipped) * 2,
        lambda: bytes(gzipped[:chance.randrange(len(gzipped))]) + chance.randbytes(20) + bytes(gzipped[-8:]),
        lambda: data,
        lambda: gzip.compress(bytes(gzipped), mtime=0),
        lambda: gzip.compress(bytes(chance.choice([MIB, 50 * MIB])), mtime=0),
    ])()


def places(value):
    """Every value in the report, as what holds it and the name that it has there."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, member in list(members):
        yield value, key
        yield from places(member)


def encoded(report):
    return text_of(report).encode('utf-8', 'surrogatepass')
