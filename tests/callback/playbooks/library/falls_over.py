#!/usr/bin/python
"""A module that does not come to its end."""

raise KeyError('sky')
