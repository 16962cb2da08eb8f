"""What `ansible-doc` shows, and the options as Ansible reads them."""

from __future__ import annotations

DOCUMENTATION = r"""
name: slack_relay
type: notification
short_description: Tell Slack what fails, through the Ansible Slack Relay
author: The Ansible Slack Relay contributors
description:
  - Reports failed and unreachable hosts to an Ansible Slack Relay, which folds them into incidents and tells Slack.
  - A failure costs the play one line in a local spool. A sender, in a process of its own, posts what is in the spool,
    tries again when the relay does not answer, and leaves to the next run what it could not deliver.
  - A run without failures starts no process and writes no file.
  - What a module returned is reported without the module's arguments, and with secrets masked as C([redacted]). Of a
    task with C(no_log) neither the result nor the rendered name is reported.
requirements:
  - enabled with C(callbacks_enabled = slack_relay)
options:
  url:
    description:
      - Where the relay takes reports, such as C(https://relay.example.com/api/reports). Without a path, C(/api/reports)
        is meant. C(http) is taken for this machine alone, unless I(allow_http) says otherwise.
      - Where Ansible has found it in an C(ansible.cfg) of another user, neither this one nor root, a key that does not
        stand in that file is not sent there, and nothing is reported.
    type: str
    env: [{name: SLACK_RELAY_URL}]
    ini: [{section: callback_slack_relay, key: url}]
  key:
    description:
      - The key that the relay asks for. It is never written to the spool, to a command line or to a log.
    type: str
    secret: true
    env: [{name: SLACK_RELAY_KEY}]
    ini: [{section: callback_slack_relay, key: key}]
  allow_http:
    description:
      - Whether to send to another machine by C(http), where anybody on the way can read the key and the reports. Each run
        warns of it.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_ALLOW_HTTP}]
    ini: [{section: callback_slack_relay, key: allow_http}]
  key_file:
    description:
      - A file that holds the key, on one line, for when I(key) is not set. It is this user's or root's.
    type: path
    env: [{name: SLACK_RELAY_KEY_FILE}]
    ini: [{section: callback_slack_relay, key: key_file}]
  auth:
    description:
      - How to sign in to the relay. With C(managed_identity), the identity that Azure gave this machine signs in, a
        virtual machine of Azure or one that Azure Arc manages; C(AZURE_CLIENT_ID) chooses among several. A I(key) is sent
        all the same, if there is one.
    type: str
    choices: [key, managed_identity]
    default: key
    env: [{name: SLACK_RELAY_AUTH}]
    ini: [{section: callback_slack_relay, key: auth}]
  audience:
    description:
      - Whom the managed identity's token is for, the relay's application ID URI such as C(api://ansible-slack-relay).
    type: str
    env: [{name: SLACK_RELAY_AUDIENCE}]
    ini: [{section: callback_slack_relay, key: audience}]
  validate_certs:
    description:
      - Whether the relay's certificate must be valid. Where it need not be, each run warns of it.
    type: bool
    default: true
    env: [{name: SLACK_RELAY_VALIDATE_CERTS}]
    ini: [{section: callback_slack_relay, key: validate_certs}]
  ca_file:
    description:
      - Certificates of the authorities to trust, in PEM, instead of the system's.
    type: path
    env: [{name: SLACK_RELAY_CA_FILE}]
    ini: [{section: callback_slack_relay, key: ca_file}]
  channel:
    description:
      - Names the relay's route that tells Slack. Without it, or when the relay does not know it, the default route does; the
        run then warns of it, and C(slack_relay.py test) fails.
    type: str
    env: [{name: SLACK_RELAY_CHANNEL}, {name: SLACK_CHANNEL}]
    ini: [{section: callback_slack_relay, key: channel}]
  spool:
    description:
      - The directory where reports wait for the sender. It is created with mode 0700, and used only where it is this
        user's and open to nobody else. Otherwise, and where it cannot be written, reports wait in
        C(ansible-slack-relay-UID) in the directory for temporary files, and where that is not possible either, they go to
        the relay at once and are kept nowhere.
      - Root's default is in root's own home, also where C(sudo) kept another C(HOME).
      - What waits there goes to the I(url) of the next run, so each relay needs a spool of its own.
      - It also holds which failures are open. Where it does not outlive the run, as in a container, nothing is ever said to be
        fixed; put it on a volume that does.
    type: path
    default: ~/.ansible/slack_relay
    env: [{name: SLACK_RELAY_SPOOL}]
    ini: [{section: callback_slack_relay, key: spool}]
  wait:
    description:
      - How many seconds the end of a run that reported something may wait for its reports to be delivered. The sender
        goes on after that, unless something kills it, as a container's end does.
    type: float
    default: 3
    env: [{name: SLACK_RELAY_WAIT}]
    ini: [{section: callback_slack_relay, key: wait}]
  host_name:
    description:
      - What this machine is called in reports, also where the inventory calls it C(localhost). The default is its host
        name, completed from C(/etc/hosts); no name server is asked.
    type: str
    env: [{name: SLACK_RELAY_HOST_NAME}]
    ini: [{section: callback_slack_relay, key: host_name}]
  report_rescued:
    description:
      - Whether to report also failures that a C(rescue) section catches.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_REPORT_RESCUED}]
    ini: [{section: callback_slack_relay, key: report_rescued}]
  report_ignored:
    description:
      - Whether to report also failures that C(ignore_errors) or C(ignore_unreachable) ignores.
    type: bool
    default: false
    env: [{name: SLACK_RELAY_REPORT_IGNORED}]
    ini: [{section: callback_slack_relay, key: report_ignored}]
  mask:
    description:
      - Regular expressions, one a line, for further secrets. What one matches is replaced by C([redacted]); if it has
        groups, only what they match is.
      - An expression in which a repetition is repeated with nothing else between, such as C((a+)+), is refused, because it
        could take forever, and so is what is no regular expression. Until it is put right, every text of a report is
        C([redacted]), with a warning; where a text makes an expression slow all the same, that one and all later ones of the run are.
    type: str
    env: [{name: SLACK_RELAY_MASK}]
    ini: [{section: callback_slack_relay, key: mask}]
  labels:
    description:
      - Where a run belongs, as C(name=value), separated by commas; at most 20 with names of at most 100 characters, such as
        C(env=prod). They are part of what makes an incident, so they never say when it ran, as a build number does.
    type: list
    elements: str
    env: [{name: SLACK_RELAY_LABELS}]
    ini: [{section: callback_slack_relay, key: labels}]
  link:
    description:
      - A page about the run. Jenkins, GitHub, GitLab, Azure Pipelines and AWX say by themselves which it is.
    type: str
    env: [{name: SLACK_RELAY_LINK}]
    ini: [{section: callback_slack_relay, key: link}]
  run_variables:
    description:
      - Extra variables that say which run or which release it is, as globs separated by commas. A failure counts as fixed only
        when a run with the same extra variables went well; these are left out of the comparison, so that the next version
        that deploys well closes what the last one broke.
    type: list
    elements: str
    default: [awx_*, tower_*, '*version*', '*revision*', '*commit*', '*_sha', build_number]
    env: [{name: SLACK_RELAY_RUN_VARIABLES}]
    ini: [{section: callback_slack_relay, key: run_variables}]
"""
