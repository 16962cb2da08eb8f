#!/usr/bin/env python3
"""Joins the modules of this folder into the one file that hosts get, callback_plugins/slack_relay.py.

A module imports another one only as `from .other import name`, and no two define the same name: so the imports among
them can be left out, and the rest stands as it is.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
JOINED = FOLDER.parents[1] / 'callback_plugins' / 'slack_relay.py'
RULES = FOLDER.parent / 'Relay' / 'Redaction' / 'rules.json'

# In the order of the joined file, in which a module uses only those above it.
MODULES = (
    'text', 'clock', 'time_limit', 'rules', 'redaction', 'own_patterns', 'files', 'trusted_file', 'paths',
    'release', 'home', 'relay', 'option_names', 'program_options', 'options', 'own_secrets',
    'machine', 'git_folder', 'path_parts', 'project', 'inventory_name', 'revision', 'run',
    'phrases', 'cause_forms', 'cause_phrases', 'cause_lines', 'tracebacks', 'cause_json', 'cause_search', 'cause_pattern', 'cause',
    'task_outcome', 'task_key', 'message', 'details', 'event_cause', 'event',
    'report', 'folder', 'segment', 'status', 'spool', 'writer',
    'answer', 'relay_warnings', 'opener', 'managed_identity', 'transport', 'wake_pipe', 'sender', 'sender_process', 'outlet', 'dispatch',
    'open_failures', 'variables_hash', 'circumstances', 'recap', 'recovery', 'run_marker',
    'ansible_play', 'registered_secrets', 'result', 'silent_end', 'playbook_run', 'reporter', 'plugin',
    'execution', 'exec', 'spool_status', 'connection_test', 'cli',
)

HEAD = '''\
# SPDX-FileCopyrightText: The Ansible Slack Relay contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Made of src/Callback by `make callback`: what is changed here is lost.
"""{doc}
"""

from __future__ import annotations

{documentation}

{imports}
'''


def join() -> str:
    doc, _, _ = read('__init__')
    _, _, documentation = read('documentation')
    plain: set[str] = set()
    named: dict[str, set[str]] = {}
    sections = []
    for name in MODULES:
        about, imports, body = read(name)
        for node in imports:
            if isinstance(node, ast.Import):
                plain.update(alias.name for alias in node.names)
            elif node.level == 0 and node.module != '__future__':
                named.setdefault(str(node.module), set()).update(alias.name for alias in node.names)
        sections.append('\n'.join([f'# {name}.py', *(f'# {line}'.rstrip() for line in about.splitlines()), '', body]))
    block = [f'import {name}' for name in sorted(plain)]
    block += [f'from {module} import {", ".join(sorted(names))}' for module, names in sorted(named.items())]
    return '\n\n'.join([HEAD.format(doc=doc, documentation=documentation, imports='\n'.join(block)), *(f'{text}\n' for text in sections)])


def rules() -> str:
    """The rule table as the joined file holds it: in short lines, and without the examples, which only tests read."""
    table = json.loads(RULES.read_text(encoding='utf-8'))
    parts = {key: part for key, part in table.items() if key not in ('$schema', 'about', 'rules')}
    rows = [{key: part for key, part in row.items() if key not in ('name', 'masks', 'keeps')} for row in table['rules']]
    lines = json.dumps({**parts, 'rules': rows}, indent=0, ensure_ascii=True).splitlines()
    return "RULES = r'''" + '\n'.join(lines) + "'''"


def read(name: str) -> tuple[str, list[ast.Import | ast.ImportFrom], str]:
    """A module's docstring, its imports, and what is left without them."""
    source = (FOLDER / f'{name}.py').read_text(encoding='utf-8')
    tree = ast.parse(source)
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    dropped = {number for node in (*imports, tree.body[0]) for number in range(node.lineno, node.end_lineno + 1)}
    if name == 'rules':
        return ast.get_docstring(tree), [], rules()
    rest = [line for number, line in enumerate(source.splitlines(), 1) if number not in dropped]
    return ast.get_docstring(tree), imports, '\n'.join(rest).strip('\n')


if __name__ == '__main__':
    JOINED.write_text(join(), encoding='utf-8')
