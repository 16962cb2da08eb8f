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


def rendered(play: Any, host: str, task: Any, text: str) -> str:
    """A text of a task as it is for one host; as it stands where it cannot be rendered."""
    try:
        from ansible.template import Templar
        manager = play.get_variable_manager()
        variables = manager.get_vars(play=play, host=inventory_of(play).get_host(host), task=task)
        return str(Templar(loader=play.get_loader(), variables=variables).template(text))
    except Exception:  # pylint: disable=broad-except
        return text  # Whatever is undefined in it is a reason of its own for the failure.
