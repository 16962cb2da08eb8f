"""What Ansible knows of a play. All of it is for the reports alone: a version that keeps it elsewhere costs no more than that."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

NO_VARIABLES: Mapping[str, Any] = {}


def extra_variables_of(play: Any) -> Mapping[str, Any]:
    """With their values as Ansible loaded them, from files, too."""
    try:
        return play.get_variable_manager().extra_vars or NO_VARIABLES
    except AttributeError:
        return NO_VARIABLES


def inventory_of(play: Any) -> Any:
    return getattr(play.get_variable_manager(), '_inventory', None) if hasattr(play, 'get_variable_manager') else None


def hosts_of(play: Any) -> Sequence[str]:
    """The names of the play's hosts, --limit considered."""
    inventory = inventory_of(play)
    return [host.get_name() for host in inventory.get_hosts(play.hosts)] if inventory else []


def all_hosts_of(play: Any) -> Sequence[str]:
    inventory = inventory_of(play)
    return list(inventory.hosts) if inventory else []


def removed_hosts_of(play: Any) -> Sequence[str]:
    """Those that Ansible has taken out of the play."""
    return getattr(play, '_removed_hosts', None) or ()
