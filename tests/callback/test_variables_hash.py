"""Extra variables are compared, and none of their values is kept."""

from __future__ import annotations

import pytest

from Callback.options import RUN_VARIABLES
from Callback.variables_hash import VariablesKey, lasting_variables, variables_hash

KEY = b'k' * 32


@pytest.mark.parametrize('name', ['awx_job_id', 'tower_user_name', 'app_version', 'Version', 'git_revision', 'commit', 'image_sha', 'build_number'])
def test_what_only_names_the_release_does_not_count(name):
    assert lasting_variables({name: 1, 'env': 'prod'}, RUN_VARIABLES) == {'env': 'prod'}


def test_values_count_in_any_order_and_kind():
    first = variables_hash({'a': {'x': [1, 2]}, 'b': 'two'}, KEY)

    assert first == variables_hash({'b': 'two', 'a': {'x': [1, 2]}}, KEY)
    assert first != variables_hash({'b': 'two', 'a': {'x': [2, 1]}}, KEY)
    assert first != variables_hash({'b': 'two', 'a': {'x': [1, 2]}}, b'l' * 32), 'nobody without the key can try values'
    assert variables_hash({1: 'a', 'b': {'c'}}, KEY)


def test_without_variables_no_key_is_needed_and_without_a_key_nothing_is_compared():
    assert variables_hash({}, None) == ''
    assert variables_hash({'a': 1}, None) is None


def test_the_key_is_made_once(tmp_path):
    assert VariablesKey(str(tmp_path)).read() is None
    made = VariablesKey(str(tmp_path)).read_or_make()

    assert len(made) == 32 and VariablesKey(str(tmp_path)).read_or_make() == made
    assert [(path.name, oct(path.stat().st_mode & 0o777)) for path in tmp_path.iterdir()] == [('variables.key', '0o600')]
