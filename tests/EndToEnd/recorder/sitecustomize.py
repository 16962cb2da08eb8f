"""Python loads this by itself when this folder is in PYTHONPATH: each program that the process starts becomes a line in a file."""

import os
import sys


def record(event, arguments):
    if event == 'subprocess.Popen':
        with open(os.environ['STARTED_PROGRAMS'], 'a', encoding='utf-8') as file:
            print(' '.join(map(str, arguments[1])), file=file)


sys.addaudithook(record)
