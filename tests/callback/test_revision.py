"""The revision is the commit that is being run."""

from __future__ import annotations

import os

import pytest

from Callback.git_folder import find_git_folder
from Callback.revision import revision_of


def revision_in(directory):
    return revision_of(find_git_folder(str(directory), os.geteuid(), {}), {})



@pytest.mark.parametrize('name', ['GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'])
def test_the_revision_is_what_the_ci_system_says(name):
    assert revision_of(None, {name: 'abc'}) == 'abc'


def checkout(directory, head, **files):
    for name, text in {'HEAD': head, **files}.items():
        path = directory / name.replace('__', '/')
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_revision_is_the_commit_that_is_checked_out(tmp_path):
    work = tmp_path / 'site' / 'playbooks'
    work.mkdir(parents=True)
    git = tmp_path / 'site' / '.git'
    assert revision_in(work) is None

    checkout(git, 'ref: refs/heads/main\n', **{'packed-refs': '# pack-refs\naaa refs/heads/main-2\nbbb refs/heads/main\n'})
    assert revision_in(work) == 'bbb'

    checkout(git, 'ref: refs/heads/main\n', refs__heads__main='ccc\n')
    assert revision_in(work) == 'ccc'

    checkout(git, 'ddd\n')
    assert revision_in(work) == 'ddd'


def test_the_revision_of_a_worktree_is_its_own(tmp_path):
    (tmp_path / 'tree').mkdir()
    (tmp_path / 'tree' / '.git').write_text('gitdir: ../main/.git/worktrees/tree\n')
    checkout(tmp_path / 'main/.git/worktrees/tree', 'ref: refs/heads/side\n', commondir='../..\n')
    checkout(tmp_path / 'main/.git', 'ref: refs/heads/main\n', refs__heads__side='eee\n')

    assert revision_in(tmp_path / 'tree') == 'eee'


@pytest.mark.parametrize('head', ['ref: ../../secret', 'ref: /etc/hostname', 'ref: refs/../../../secret', 'ref: refs/heads/away/secret', 'some words of a file'])
def test_a_reference_that_leads_out_of_the_folder_is_not_followed(tmp_path, head):
    (tmp_path / 'secret').write_text('0123abcd\n')
    checkout(tmp_path / 'site/.git', head, **{'packed-refs': ''})
    (tmp_path / 'site/.git/refs/heads').mkdir(parents=True)
    (tmp_path / 'site/.git/refs/heads/away').symlink_to(tmp_path)

    assert revision_in(tmp_path / 'site') is None


def test_a_pipe_and_a_link_in_the_place_of_a_file_say_nothing(tmp_path):
    (tmp_path / 'site/.git').mkdir(parents=True)
    os.mkfifo(tmp_path / 'site/.git/HEAD')
    assert revision_in(tmp_path / 'site') is None

    (tmp_path / 'site/.git/HEAD').unlink()
    (tmp_path / 'site/.git/HEAD').symlink_to('/dev/zero')
    assert revision_in(tmp_path / 'site') is None


@pytest.mark.skipif(os.geteuid() != 0, reason='SKIPPED: only root can make files of another user')
def test_a_folder_that_another_user_has_put_above_ours_is_not_read(tmp_path):
    checkout(tmp_path / '.git', 'ddd\n')
    os.chown(tmp_path / '.git', 65534, 65534)
    (tmp_path / 'mine').mkdir()

    assert revision_in(tmp_path / 'mine') is None
    assert revision_of(find_git_folder(str(tmp_path / 'mine'), 65534, {}), {}) == 'ddd', "of a playbook of that user's, it is"
