"""Reports what fails in an Ansible run to the Slack relay, at no cost to the play.

Ansible calls the hooks of CallbackModule in its own process, one after another, under a lock: whatever they wait for,
the play waits for. So they only append a line to a spool on the local disk. A sender, which is this same file run as a
program of its own, posts what it finds there and outlives the play if it must.
"""
