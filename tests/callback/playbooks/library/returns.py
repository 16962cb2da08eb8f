#!/usr/bin/python
"""A module that fails and returns whatever it is told to."""
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule(argument_spec={'result': {'type': 'dict'}})
module.fail_json(msg='as told', **module.params['result'])
