#!/usr/bin/python
"""A module that crashes before it can say why."""
raise KeyError('the sky fell')
