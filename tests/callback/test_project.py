"""Where a playbook comes from is the same on every machine that has it, and another project's is another."""

from __future__ import annotations

import os

import pytest

from Callback.inventory_name import inventory_name
from Callback.path_parts import lasting_parts
from Callback.project import Project, remote_project


@pytest.mark.parametrize('url, name', [
    ('https://git.example.com/ops/site.git', 'git.example.com/ops/site'),
    ('https://deploy:word@git.example.com:8443/ops/site/', 'git.example.com/ops/site'),
    ('ssh://git@Git.Example.com:2222/ops/site.git', 'git.example.com/ops/site'),
    ('git@git.example.com:ops/site.git', 'git.example.com/ops/site'),
    ('git.example.com:ops/site', 'git.example.com/ops/site'),
    ('git://git.example.com/ops/my%20site.git', 'git.example.com/ops/my site'),
    ('/srv/git/ops/site.git', 'ops/site'),
    ('file:///srv/git/ops/site.git', 'ops/site'),
    ('../site.git', 'work/site'),
])
def test_a_remote_is_its_host_and_path_however_it_is_fetched(url, name):
    assert remote_project(url, '/home/deploy/work/here') == name


@pytest.mark.parametrize('path, name', [
    ('/home/deploy/shop', 'deploy/shop'),
    ('/var/lib/.ansible/pull/web-17.example.com', '.ansible/pull'),
    ('/var/lib/.ansible/pull/web-17', '.ansible/pull'),
    ('/tmp/tmp.Xk29sLqp1z/shop', 'shop'),
    ('/tmp/tmpab3_x9zq/ops/shop', 'ops/shop'),
    ('/tmp/awx_81_k2j3h4/project', 'project'),
    ('/srv/releases/20261122100000/shop', 'releases/shop'),
    ('/var/lib/jenkins/workspace/shop@2', 'workspace/shop'),
    ('/', ''),
])
def test_of_a_path_the_parts_stay_that_last(path, name):
    assert lasting_parts(path, ['web-17.example.com', '']) == name


def project(directory):
    return Project(str(directory), os.geteuid(), ['web-17'], {})


@pytest.fixture
def checkout(tmp_path):
    """A repository with a playbook in a folder of its own."""
    (tmp_path / 'site/.git').mkdir(parents=True)
    (tmp_path / 'site/playbooks').mkdir()
    (tmp_path / 'site/.git/config').write_text(
        '[core]\n\tbare = false\n[remote "mirror"]\n\turl = https://mirror.example.com/site\n'
        '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n\turl = git@git.example.com:ops/site.git # ours\n'
    )
    return tmp_path / 'site'


def test_the_project_is_origin_and_the_playbook_its_path_in_it(checkout):
    assert project(checkout / 'playbooks').name == 'git.example.com/ops/site'
    assert project(checkout / 'playbooks').path_of(str(checkout / 'playbooks/site.yml')) == 'playbooks/site.yml'


def test_a_worktree_and_a_submodule_are_of_their_repositories(checkout, tmp_path):
    (checkout / '.git/worktrees/tree').mkdir(parents=True)
    (checkout / '.git/worktrees/tree/commondir').write_text('../..\n')
    (tmp_path / 'tree').mkdir()
    (tmp_path / 'tree/.git').write_text(f'gitdir: {checkout}/.git/worktrees/tree\n')
    assert project(tmp_path / 'tree').name == 'git.example.com/ops/site'

    (checkout / '.git/modules/roles').mkdir(parents=True)
    (checkout / '.git/modules/roles/config').write_text('[remote "origin"]\nurl = https://git.example.com/ops/roles.git\n')
    (checkout / 'roles').mkdir()
    (checkout / 'roles/.git').write_text('gitdir: ../.git/modules/roles\n')
    assert project(checkout / 'roles').name == 'git.example.com/ops/roles'


def test_without_a_remote_it_is_the_last_two_directories(tmp_path):
    (tmp_path / 'ops/shop/.git').mkdir(parents=True)
    (tmp_path / 'ops/shop/.git/config').write_text('[core]\n')
    assert project(tmp_path / 'ops/shop').name == 'ops/shop'

    (tmp_path / 'ops/blog').mkdir()
    assert project(tmp_path / 'ops/blog').name == 'ops/blog'


@pytest.mark.parametrize('sources, variables, name', [
    (['site/inventory/prod.ini'], {}, 'inventory/prod.ini'),
    (['site/dev.ini', 'site/dev.ini', 'site/more.yml'], {}, 'dev.ini,more.yml'),
    (['elsewhere/stage/hosts'], {}, 'stage/hosts'),
    (['web1,web2,'], {}, 'inline'),
    (['/tmp/tmpab3_x9zq'], {}, 'temporary'),
    (['/runner/inventory/hosts'], {'awx_inventory_id': 7}, 'awx:7'),
    ([], {}, None),
])
def test_an_inventory_is_called_as_it_is_in_the_project(checkout, tmp_path, sources, variables, name):
    given = [source if source.startswith('/') or ',' in source else str(tmp_path / source) for source in sources]

    assert inventory_name(given, project(checkout), variables) == name


def test_an_inventory_of_very_many_sources_is_still_told_from_another(checkout):
    first, second = (inventory_name([f'/srv/stage/{number}/hosts' for number in range(last)], project(checkout), {}) for last in (80, 81))

    assert first != second and len(first) <= 255
