"""The revision is the commit that is being run."""

from __future__ import annotations

import pytest

from Callback.revision import revision_of


@pytest.mark.parametrize('name', ['GITHUB_SHA', 'CI_COMMIT_SHA', 'BUILD_SOURCEVERSION', 'PROJECT_REVISION', 'GIT_COMMIT'])
def test_the_revision_is_what_the_ci_system_says(tmp_path, name):
    assert revision_of(str(tmp_path), {name: 'abc'}) == 'abc'


def checkout(directory, head, **files):
    for name, text in {'HEAD': head, **files}.items():
        path = directory / name.replace('__', '/')
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_revision_is_the_commit_that_is_checked_out(tmp_path):
    work = tmp_path / 'site' / 'playbooks'
    work.mkdir(parents=True)
    git = tmp_path / 'site' / '.git'
    assert revision_of(str(work), {}) is None

    checkout(git, 'ref: refs/heads/main\n', **{'packed-refs': '# pack-refs\naaa refs/heads/main-2\nbbb refs/heads/main\n'})
    assert revision_of(str(work), {}) == 'bbb'

    checkout(git, 'ref: refs/heads/main\n', refs__heads__main='ccc\n')
    assert revision_of(str(work), {}) == 'ccc'

    checkout(git, 'ddd\n')
    assert revision_of(str(work), {}) == 'ddd'


def test_the_revision_of_a_worktree_is_its_own(tmp_path):
    (tmp_path / 'tree').mkdir()
    (tmp_path / 'tree' / '.git').write_text('gitdir: ../main/.git/worktrees/tree\n')
    checkout(tmp_path / 'main/.git/worktrees/tree', 'ref: refs/heads/side\n', commondir='../..\n')
    checkout(tmp_path / 'main/.git', 'ref: refs/heads/main\n', refs__heads__side='eee\n')

    assert revision_of(str(tmp_path / 'tree'), {}) == 'eee'
