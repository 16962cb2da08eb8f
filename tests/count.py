#!/usr/bin/env python3
"""Adds up the results of every suite in a folder, and ends with the line `N passed, N failed`."""
from __future__ import annotations

import sys
import xml.etree.ElementTree as xml
from pathlib import Path


def of_dotnet(file: Path) -> tuple[int, int, int]:
    counters = xml.parse(file).getroot().find('.//{*}Counters').attrib
    passed, total, executed = (int(counters[name]) for name in ('passed', 'total', 'executed'))
    return passed, executed - passed, total - executed


def of_pytest(file: Path) -> tuple[int, int, int]:
    suites = xml.parse(file).getroot().iter('testsuite')
    counts = [[int(suite.get(name, 0)) for name in ('tests', 'failures', 'errors', 'skipped')] for suite in suites]
    tests, failures, errors, skipped = (sum(column) for column in zip(*counts))
    return tests - failures - errors - skipped, failures + errors, skipped


def main(folder: Path) -> int:
    counts = [of_dotnet(file) for file in folder.glob('*.trx')] + [of_pytest(file) for file in folder.glob('*.xml')]
    passed, failed, skipped = (sum(column) for column in zip(*counts)) if counts else (0, 0, 0)
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 0 if passed and not failed else 1


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1])))
