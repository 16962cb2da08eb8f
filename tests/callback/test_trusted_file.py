"""What lies beside a playbook or a key may be anybody's: only what is ours or root's is read, and nothing is waited for."""

from __future__ import annotations

import os

import pytest

from Callback.trusted_file import NotTrusted, read_trusted_file

NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason='SKIPPED: only root can make files of another user')


@pytest.fixture
def file(tmp_path):
    path = tmp_path / 'file'
    path.write_text('what it says')
    return path


def read(path, **how):
    return read_trusted_file(str(path), 100, **how)


def test_a_file_of_our_own_is_read_up_to_the_limit(file):
    assert read(file) == b'what it says'
    assert read_trusted_file(str(file), 4) == b'what'


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / 'pipe')

    with pytest.raises(NotTrusted):
        read(tmp_path / 'pipe')


@pytest.mark.parametrize('path', ['/dev/zero', '/dev/null', '/tmp'])
def test_what_is_no_file_is_not_read(path):
    with pytest.raises(NotTrusted):
        read(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / 'nothing', follow_links=True)


def test_a_link_is_followed_only_where_that_is_asked_for(tmp_path, file):
    (tmp_path / 'second').symlink_to('file')
    (tmp_path / 'first').symlink_to('second')

    assert read(tmp_path / 'first', follow_links=True) == b'what it says'
    with pytest.raises(OSError):
        read(tmp_path / 'first')


def test_links_in_a_circle_and_to_a_device_are_no_way_round_it(tmp_path):
    (tmp_path / 'circle').symlink_to('circle')
    (tmp_path / 'endless').symlink_to('/dev/zero')

    for name in ('circle', 'endless'):
        with pytest.raises(NotTrusted):
            read(tmp_path / name, follow_links=True)


@needs_root
def test_another_users_file_is_read_only_where_the_caller_knows_the_owner(file):
    os.chown(file, NOBODY, NOBODY)

    with pytest.raises(NotTrusted):
        read(file)
    assert read(file, others=[NOBODY]) == b'what it says'


@needs_root
def test_another_users_link_to_a_file_of_ours_is_not_followed(tmp_path, file):
    (tmp_path / 'link').symlink_to('file')
    os.lchown(tmp_path / 'link', NOBODY, NOBODY)

    with pytest.raises(NotTrusted):
        read(tmp_path / 'link', follow_links=True)
