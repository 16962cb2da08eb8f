"""What an inventory is called: the same in every run and on every machine that uses it."""

from __future__ import annotations

import hashlib
import os
from typing import Any, Iterable, Mapping, Optional

from .project import Project

INVENTORY_LIMIT = 255


def inventory_name(sources: Iterable[Any], project: Project, extra_variables: Mapping[str, Any]) -> Optional[str]:
    """The sources as Ansible was given them. AWX writes each of its inventories to one and the same place, and says which it is."""
    for name in ('awx_inventory_id', 'tower_inventory_id'):
        if name in extra_variables:
            return f'awx:{extra_variables[name]}'[:INVENTORY_LIMIT]
    names = ','.join(dict.fromkeys(source_name(str(source), project) for source in sources))
    if len(names) > INVENTORY_LIMIT:
        digest = hashlib.sha256(names.encode(errors='replace')).hexdigest()[:16]
        names = f'{names[:INVENTORY_LIMIT - 17]}:{digest}'
    return names or None


def source_name(source: str, project: Project) -> str:
    return 'inline' if ',' in source else project.path_of(os.path.abspath(source)) or 'temporary'
