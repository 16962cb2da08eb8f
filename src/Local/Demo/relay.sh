# Starts the local relay for the demo; sourced by `demo` and `run`, from the top of the repository.
# Sets: url, work (a folder for this run), relay (the process), and the environment that makes Ansible report to the relay.
source .make/ansible
work=$(mktemp -d)

src/Local/bin/Debug/net10.0/Local "$@" >"$work/relay.log" 2>&1 &
relay=$!
trap 'kill "$relay" 2>/dev/null; wait "$relay" 2>/dev/null; rm -rf "$work"' EXIT

until url=$(sed -n 's/^Ansible Slack Relay on //p' "$work/relay.log") && [ -n "$url" ]; do
    if ! kill -0 "$relay" 2>/dev/null; then
        cat "$work/relay.log" >&2
        exit 1
    fi
    sleep 0.2
done

export ANSIBLE_CALLBACK_PLUGINS=$PWD/callback_plugins ANSIBLE_CALLBACKS_ENABLED=slack_relay ANSIBLE_HOST_KEY_CHECKING=false
export SLACK_RELAY_URL=$url/api/reports SLACK_RELAY_KEY=local SLACK_RELAY_SPOOL=$work/spool
