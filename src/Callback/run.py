"""One run of Ansible, and what is said of it."""

from __future__ import annotations

import contextlib
import os
import uuid
from dataclasses import dataclass
from typing import Any, Mapping, Optional, Sequence

from .clock import utc_now
from .machine import machine_name, user_name
from .options import Settings
from .own_secrets import redactor_of
from .release import CALLBACK_RELEASE


@dataclass(frozen=True)
class Run:
    """One playbook, run once on one machine; the fields are the contract's."""

    id: str
    source: str
    startedAt: str
    project: Optional[str] = None
    playbook: Optional[str] = None
    inventory: Optional[str] = None
    mode: str = 'push'
    tags: Optional[Sequence[str]] = None
    skipTags: Optional[Sequence[str]] = None
    extraVariables: Optional[Sequence[str]] = None
    hostCount: Optional[int] = None
    callbackVersion: str = CALLBACK_RELEASE
    ansibleVersion: Optional[str] = None
    checkMode: bool = False
    user: Optional[str] = None
    revision: Optional[str] = None
    link: Optional[str] = None
    labels: Optional[Mapping[str, str]] = None


def new_run(settings: Settings, **known: Any) -> Run:
    redactor = redactor_of(settings)
    run = {
        'id': str(uuid.uuid4()),
        'source': settings.host_name or machine_name()[:255],
        'startedAt': utc_now(),
        'user': user_name(),
        'link': settings.link or link_of(os.environ),
        'labels': dict(settings.labels),
        **known,
    }
    return Run(**{name: redactor.value(value) or None if isinstance(value, (str, dict)) else value for name, value in run.items()})


def link_of(environment: Mapping[str, str]) -> Optional[str]:
    """The page of the job that runs us, where the CI system names it."""
    forms = (
        '{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}',
        '{CI_JOB_URL}',
        '{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}',
        '{AWX_HOST}/#/jobs/playbook/{JOB_ID}',
        '{BUILD_URL}',
    )
    for form in forms:
        with contextlib.suppress(KeyError):
            return form.format_map(environment).replace(' ', '%20')[:2048]
    return None
