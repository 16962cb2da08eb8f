"""What hosts get is one file, made of the modules, and needs nothing beside it."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from Callback import join
from programs import PROGRAM
from runs import run

FILES = sorted(path for path in join.FOLDER.glob('*.py') if path.stem not in ('__init__', 'join'))


def names_of(statement):
    """What a statement at the top of a module defines."""
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.If):
        return {name for branch in (statement.body, statement.orelse) for inner in branch for name in names_of(inner)}
    stored = (node for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    return [node.id for node in stored] if isinstance(statement, (ast.Assign, ast.AnnAssign)) else []


def definitions():
    """Every name that a module defines, with the module."""
    return [(name, path.stem) for path in FILES for statement in ast.parse(path.read_text()).body for name in names_of(statement)]


def test_the_joined_file_is_that_of_the_modules():
    assert join.JOINED.read_text() == join.join(), 'run: make callback'


def test_the_joined_file_is_of_the_oldest_python_that_runs_ansible():
    ast.parse(join.join(), feature_version=(3, 9))


def test_every_module_is_joined_once():
    assert sorted(('documentation', *join.MODULES)) == [path.stem for path in FILES]


def test_a_name_is_defined_by_one_module_alone():
    modules = {}
    for name, module in definitions():
        modules.setdefault(name, set()).add(module)

    assert {name: sorted(found) for name, found in modules.items() if len(found) > 1} == {}


@pytest.mark.parametrize('path', FILES, ids=lambda path: path.stem)
def test_a_module_uses_only_those_above_it_and_each_by_its_names(path):
    defined = set(definitions())
    above = join.MODULES[:join.MODULES.index(path.stem)] if path.stem in join.MODULES else ()

    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            assert node.level == 1 and node.module in above, f'line {node.lineno}'
            for alias in node.names:
                assert alias.asname is None and (alias.name, node.module) in defined, f'line {node.lineno}'


@pytest.mark.parametrize('path', FILES, ids=lambda path: path.stem)
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.fixture
def alone(tmp_path):
    """The file in a directory with nothing else."""
    (tmp_path / 'alone').mkdir()
    return Path(shutil.copy(PROGRAM, tmp_path / 'alone'))


def test_copied_alone_it_reports_what_fails(relay, env, alone):
    outcome = run('loop.yml', {**env, 'ANSIBLE_CALLBACK_PLUGINS': str(alone.parent)})

    assert outcome.code == 2 and outcome.warnings == []
    assert len(relay.events) == 1


def test_copied_alone_it_is_a_program(relay, env, alone):
    ends = {}
    for name, *arguments in (('test',), ('status',), ('exec', '--', 'sh', '-c', 'exit 3')):
        # Without the site's packages there is no Ansible.
        command = [sys.executable, '-I', '-S', '-B', alone, name, *arguments]
        ends[name] = subprocess.run(command, env=env, cwd=alone.parent, capture_output=True, check=False, timeout=40).returncode

    assert ends == {'test': 0, 'status': 0, 'exec': 3}
    assert len(relay.events) == 2
