"""A task is found at the same path on every machine."""

from __future__ import annotations

import pytest

from Callback.paths import task_path, without_project


@pytest.mark.parametrize('path, role_path, relative', [
    ('/srv/site/site.yml:4', None, 'site.yml:4'),
    ('/srv/site/tasks/web.yml:4', None, 'tasks/web.yml:4'),
    ('/srv/common/web.yml:4', None, '../common/web.yml:4'),
    ('/home/host-17/elsewhere/tasks/web.yml:4', None, 'web.yml:4'),
    ('/srv/site/roles/nginx/tasks/main.yml:12', '/srv/site/roles/nginx', 'roles/nginx/tasks/main.yml:12'),
    ('/etc/ansible/roles/nginx/tasks/main.yml:12', '/etc/ansible/roles/nginx/', 'roles/nginx/tasks/main.yml:12'),
    ('/tmp/x.yml:4', None, 'x.yml:4'),
    ('', None, None),
])
def test_paths_are_those_of_the_project(path, role_path, relative):
    assert task_path(path, role_path, '/srv/site') == relative


@pytest.mark.parametrize('text, project, without', [
    ('cannot read /srv/site/files/a.pem', '/srv/site', 'cannot read files/a.pem'),
    ('not found in roles:/usr/share/ansible/roles:/srv/site', '/srv/site', 'not found in roles:/usr/share/ansible/roles:.'),
    ('not found in /srv/site:/etc/ansible', '/srv/site/', 'not found in .:/etc/ansible'),
    ('/srv/site-old, /srv/site.bak and /mnt/srv/site are others', '/srv/site', '/srv/site-old, /srv/site.bak and /mnt/srv/site are others'),
    ('file:///srv/site/a.tar', '/srv/site', 'file://a.tar'),
    ('/etc/hosts', '/', '/etc/hosts'),
    ('/etc/hosts', '', '/etc/hosts'),
])
def test_texts_do_not_say_where_the_project_lies(text, project, without):
    assert without_project(text, project) == without
