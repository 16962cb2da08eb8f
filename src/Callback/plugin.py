"""The callback that Ansible loads."""

from __future__ import annotations

import functools
import os
from typing import Any, Callable, Optional

from .option_names import unknown_options
from .options import read_settings
from .program_options import read_section
from .reporter import Reporter

if __name__ == '__main__':
    # As a program, this file runs without Ansible: it starts in a fraction of the time, and under any Python that has the file.
    CallbackBase: Any = object
else:
    from ansible.plugins.callback import CallbackBase

ERRORS_LIMIT = 20


def harmless(hook: Callable[..., None]) -> Callable[..., None]:
    """A hook that fails says so once, and after many times it is the last one: the play never notices."""

    @functools.wraps(hook)
    def call(self: CallbackModule, *args: Any, **kwargs: Any) -> None:
        try:
            hook(self, *args, **kwargs)
        except Exception as error:  # pylint: disable=broad-except
            self.hook_errors += 1
            self.disabled = self.hook_errors >= ERRORS_LIMIT
            if self.hook_errors == 1:
                # Only the system's own errors are repeated: any other could quote what a module returned.
                what = str(error) if isinstance(error, OSError) else f'{type(error).__name__} in line {line_number(error)}'
                self.warn(f'a report could not be written: {what}')

    return call


def line_number(error: BaseException) -> int:
    trace, line = error.__traceback__, 0
    while trace:
        trace, line = trace.tb_next, trace.tb_lineno
    return line


class CallbackModule(CallbackBase):
    """The hooks that Ansible calls."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'notification'
    CALLBACK_NAME = 'slack_relay'
    CALLBACK_NEEDS_ENABLED = True

    hook_errors = 0

    def set_options(self, task_keys: Any = None, var_options: Any = None, direct: Any = None) -> None:
        super().set_options(task_keys=task_keys, var_options=var_options, direct=direct)
        try:
            self.reporter = Reporter(read_settings(self.get_option, self.warn, self.source_of), self.warn, self.say)
            self.warn_of_unknown_options()
        except ValueError as error:
            self.disabled = True
            self.warn(f'{error}, so failures are not reported')

    @harmless
    def warn_of_unknown_options(self) -> None:
        from ansible import constants
        if constants.CONFIG_FILE:
            # That it cannot be read, Ansible has said itself.
            for warning in unknown_options(read_section(str(constants.CONFIG_FILE), lambda _: None)):
                self.warn(warning)

    def source_of(self, option: str) -> Optional[str]:
        """The file that the option stands in."""
        from ansible import constants
        _, origin = constants.config.get_config_value_and_origin(option, plugin_type=self.plugin_type, plugin_name=self._load_name)
        return str(origin) if origin and os.path.isfile(str(origin)) else None

    def warn(self, text: str) -> None:
        self._display.warning(f'slack_relay: {text}')

    def say(self, text: str) -> None:
        """Nothing is wrong, but to be silent would be."""
        self._display.display(f'slack_relay: {text}', stderr=True)

    @harmless
    def v2_playbook_on_start(self, playbook: Any) -> None:
        self.reporter.start(playbook)

    @harmless
    def v2_playbook_on_play_start(self, play: Any) -> None:
        self.reporter.play(play)

    @harmless
    def v2_runner_on_start(self, host: Any, _task: Any) -> None:
        self.reporter.started(host)

    @harmless
    def v2_runner_item_on_failed(self, result: Any) -> None:
        self.reporter.item_failed(result)

    @harmless
    def v2_runner_on_failed(self, result: Any, ignore_errors: Any = False) -> None:
        self.reporter.failed('failed', result, bool(ignore_errors))

    @harmless
    def v2_runner_on_unreachable(self, result: Any) -> None:
        self.reporter.failed('unreachable', result)

    @harmless
    def v2_runner_on_ok(self, result: Any) -> None:
        self.reporter.went_well(result)

    @harmless
    def v2_playbook_on_stats(self, stats: Any) -> None:
        self.reporter.finish(stats)
