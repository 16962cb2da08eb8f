"""Each failure is told under its own name and reason, and as fixed only when it was seen to work."""

from __future__ import annotations

import pytest

from waiting import wait_for

DEPLOYS = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Deploy the shop of $label
      ansible.builtin.command: sh -c '{{ (lookup("ansible.builtin.env", "SHOP") == "good") | ternary("exit 0", "echo the shop has no database >&2; exit 1") }}'
'''

RESTARTS = '''
- hosts: web-01
  gather_facts: false
  tasks:
    - name: Restart the blog of $label
      ansible.builtin.command: sh -c 'echo the port of the blog is taken >&2; exit 1'
'''

HAS_REASONS = '''
- hosts: all
  gather_facts: false
  vars:
    reasons:
      web-01: the disk is full on /var
      web-02: the licence has expired
      web-03: the database refuses connections
      host-001: the licence has expired
  tasks:
    - name: Deploy $label
      ansible.builtin.command: sh -c 'echo starting; echo "{{ lookup("ansible.builtin.env", "REASON") or reasons[inventory_hostname] }}" >&2; exit 1'
'''

HAS_STAGES = '''
- hosts: one
  gather_facts: false
  tasks:
    - name: Look at the clock of $label
      ansible.builtin.debug: {msg: looking}

    - name: Outside the window
      ansible.builtin.meta: end_play
      when: lookup('ansible.builtin.env', 'EARLY') == 'yes'

    - name: Deploy $label
      ansible.builtin.command: sh -c 'test {{ stage }} = prod || { echo {{ stage }} is broken >&2; exit 1; }'
'''

STAGE = 'one ansible_connection=local stage={stage} ansible_python_interpreter="{{{{ ansible_playbook_python }}}}"\n'


@pytest.fixture
def run(relay, slack, project):
    """Runs a playbook of the project, and waits for as many notices as are expected, or for all that there may be."""

    def run(playbook, *arguments, expects=None, **given):
        outcome = project.run_file(playbook, relay.url, relay.key, *arguments, **given)
        wait_for(lambda: not project.waiting, lambda: f'an empty spool: {outcome.err}')
        if expects:
            return slack.wait_for_notices(project.label, expects)
        relay.wait_until_all_is_told()
        return slack.notices(project.label)

    return run


def fixed(notices):
    return [notice.title for notice in notices if 'is fixed' in notice.title]


def test_two_projects_with_a_playbook_of_one_name_are_two_incidents(project, run):
    shop, blog = project.write('shop/site.yml', DEPLOYS), project.write('blog/site.yml', RESTARTS)
    run(shop, expects=1)
    first, second = run(blog, expects=2)

    assert 'Deploy the shop' in first.title and 'the shop has no database' in first
    assert 'Restart the blog' in second.title and 'the port of the blog is taken' in second

    (well,) = fixed(run(shop, SHOP='good', expects=3))
    assert 'Deploy the shop' in well


def test_labels_keep_apart_what_they_label(project, run):
    playbook = project.write('site.yml', RESTARTS)
    run(playbook, SLACK_RELAY_LABELS='env=dev', expects=1)
    first, second = run(playbook, SLACK_RELAY_LABELS='env=prod', expects=2)

    assert 'dev' in first.title and 'prod' not in first
    assert 'prod' in second.title and 'dev' not in second


def test_one_task_that_fails_for_three_reasons_names_each_with_its_host(project, run, slack):
    playbook = project.write('site.yml', HAS_REASONS)
    run(playbook, '--limit', 'web', expects=1)

    for reason, host in (('the disk is full on /var', 'web-01'), ('the licence has expired', 'web-02'), ('the database refuses', 'web-03')):
        wait_for(lambda: any(reason in notice and host in notice for notice in slack.notices(project.label)), f'{reason} of {host}')

    count = len(slack.notices(project.label))
    joined = run(playbook, '--limit', 'host-001', expects=count + 1)[-1]
    news = run(playbook, '--limit', 'web-01', REASON='the registry is down', expects=count + 2)[-1]
    assert 'host-001' in joined and 'the licence has expired' in joined
    assert 'the registry is down' in news and 'web-01' in news


@pytest.fixture
def broken(project, run):
    """The stage called dev has failed and was told."""
    project.write('dev.ini', STAGE.format(stage='dev'))
    project.write('prod.ini', STAGE.format(stage='prod'))
    playbook = project.write('site.yml', HAS_STAGES)
    (notice,) = run(playbook, '-i', 'dev.ini', expects=1)
    assert 'dev is broken' in notice
    return playbook


def test_a_clean_run_of_another_inventory_or_with_other_variables_fixes_nothing(run, broken):
    run(broken, '-i', 'prod.ini')
    run(broken, '-i', 'dev.ini', '-e', 'stage=prod')
    run(broken, '-i', 'dev.ini', '--check')

    assert fixed(run(broken, '-i', 'dev.ini', '--tags', 'other')) == []


def test_a_run_that_ends_before_the_task_fixes_nothing(run, broken):
    assert fixed(run(broken, '-i', 'dev.ini', EARLY='yes')) == []


def test_the_task_seen_to_work_is_fixed(project, run, broken):
    project.write('dev.ini', STAGE.format(stage='prod'))

    assert len(fixed(run(broken, '-i', 'dev.ini', expects=2))) == 1
