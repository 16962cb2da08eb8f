"""The spool is somebody's: in what is not this user's alone, nothing is read or written."""

from __future__ import annotations

import os
import stat

import pytest

from Callback.folder import Folder, NotOurs
from second_user import NOBODY, needs_root


@pytest.fixture
def folder(tmp_path):
    return Folder.create(str(tmp_path / 'spool'))


def test_what_is_made_is_for_this_user_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        Folder.create(str(tmp_path / 'above' / 'spool'))
    finally:
        os.umask(before)

    assert {stat.S_IMODE(os.stat(tmp_path / path).st_mode) for path in ('above', 'above/spool')} == {0o700}


@pytest.mark.parametrize('mode', [0o750, 0o705, 0o777, 0o720])
def test_one_that_is_open_to_others_is_not_used(tmp_path, mode):
    tmp_path.chmod(mode)

    with pytest.raises(NotOurs, match='open to others'):
        Folder(str(tmp_path))


def test_a_link_is_not_followed(tmp_path, folder):
    (tmp_path / 'link').symlink_to(tmp_path / 'spool')

    for path in ('link', 'link/'):
        with pytest.raises(NotOurs, match='not a directory'):
            Folder(str(tmp_path / path))


@needs_root
def test_one_of_another_user_is_not_used(tmp_path):
    os.chown(tmp_path, NOBODY, NOBODY)

    with pytest.raises(NotOurs, match=f'belongs to the user {NOBODY}'):
        Folder(str(tmp_path))


@pytest.mark.parametrize('plant', [
    os.mkfifo, os.mkdir, lambda path: os.symlink('/etc/passwd', path), lambda path: os.symlink('/dev/zero', path),
])
def test_what_is_no_file_of_ours_is_neither_read_nor_waited_for(tmp_path, folder, plant):
    plant(tmp_path / 'spool' / 'planted')

    assert folder.read('planted') == b''
    with pytest.raises(OSError):
        folder.append('planted', b'x')


@needs_root
def test_a_file_of_another_user_is_not_read(tmp_path, folder):
    (tmp_path / 'spool' / 'planted').write_text('x')
    os.chown(tmp_path / 'spool' / 'planted', NOBODY, NOBODY)

    assert folder.read('planted') == b''


def test_it_stays_the_same_whoever_puts_another_one_in_its_place(tmp_path, folder):
    folder.append('file', b'ours')
    (tmp_path / 'spool').rename(tmp_path / 'moved')
    (tmp_path / 'spool').mkdir()
    (tmp_path / 'spool' / 'file').write_text('theirs')

    assert folder.read('file') == b'ours'
