"""What may stand where a value should be: almost right, far out of bounds, or no JSON at all."""

from __future__ import annotations

from json_text import Raw

CONTROL = [chr(code) for code in [*range(32), *range(127, 160), 0x2028, 0x2029, 0x202E, 0x2066, 0xFEFF, 0xFFFE, 0xFFFF]]
NUMBERS = ['1e400', '-1e400', '1e-400', '-0', '0.1e1', '1' * 400, '9' * 20, '2147483648', '-2147483649', '1.5', '01', '+1', '1.', '.5', '0x10', 'NaN', 'Infinity', '-']
SURROGATES = [r'"\ud800"', r'"\udc00"', r'"\ud83d x"', r'"\ude00\ud83d"', r'"\uD83D\uDE00"', r'"\u0000"', r'"\uZZZZ"', r'"\u00"', r'"\x"']
TEXTS = [
    '', ' ', '\n', 'x' * 256, 'x' * 5000, '😀' * 200, '漢' * 255, 'a\u0301' * 100, 'A' * 80 + '.' * 80, '<!channel> & <b>', '@here', '```', '../../x',
    '[redacted]', 'null', '{"a": [', '{"password": "x"}', '[' * 200, '%00', '%n%s{0}', '$(x)', '{{ x }}', "'; --", '\u202eexe.txt', 'ﬀİıſ', 'failed', 'recovered', 'unreachable',
]
TIMES = [
    '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59.999999999-14:00', '2026-02-30T00:00:00Z', '2026-11-22T24:00:00Z',
    '2026-11-22T10:00:04', '2026-11-22T10:00:04+99:99', '٢٠٢٦-11-22T10:00:04Z', '2026-11-22t10:00:04z', '1' * 40,
]


def any_value(chance):
    return chance.choice([
        lambda: chance.choice(TEXTS), lambda: chance.choice(TIMES), lambda: Raw(chance.choice(NUMBERS)), lambda: Raw(chance.choice(SURROGATES)),
        lambda: f'a{chance.choice(CONTROL)}b', lambda: chance.choice([None, True, False, 0, -1, 1, 2, [], {}, [[]], [None], {'a': None}, [{}], ['x']]),
    ])()
