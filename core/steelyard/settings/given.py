"""The settings of a process: what is given, where it stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.errors import ConfigError, Place, Problem
from steelyard.settings.file import read_file, unknown
from steelyard.settings.known import CONFIG, KNOWN
from steelyard.settings.problems import SETTING_VALUE
from steelyard.settings.setting import PREFIX, Setting

ENVIRONMENT = "environment"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Given:
    """A setting with its value. source: `environment`, `default`, or file and line."""

    setting: Setting
    value: str | None
    source: str

    @property
    def is_in_file(self) -> bool:
        """Whether the file of settings says so."""
        return self.source not in (ENVIRONMENT, DEFAULT)


def read(environment: Mapping[str, str]) -> tuple[Given, ...]:
    """All settings in the order of the table; ConfigError for a file that cannot be used."""
    path = environment.get(CONFIG.variable)
    written = read_file(Path(path)) if path else {}
    found = []
    for setting in KNOWN.values():
        in_file = written.get(setting.name)
        if value := environment.get(setting.variable):
            found.append(Given(setting, value, ENVIRONMENT))
        elif in_file is not None:
            found.append(Given(setting, in_file.text, str(in_file.place)))
        else:
            found.append(Given(setting, setting.default, DEFAULT))
    return tuple(found)


def problems(environment: Mapping[str, str], given: tuple[Given, ...]) -> list[Problem]:
    """What is wrong: values that do not fit, and variables that look like settings and are none."""
    wrong = [_misfit(each) for each in given if each.value is not None and not _fits(each)]
    named = {setting.variable for setting in KNOWN.values()}
    strays = sorted(name for name in environment if name.startswith(PREFIX) and name not in named)
    return wrong + [unknown(name, name.removeprefix(PREFIX).lower(), Place()) for name in strays]


def put_into(environment: MutableMapping[str, str]) -> tuple[Given, ...]:
    """Put what the file says beside the environment, which wins, and return all settings.

    Raises ConfigError as `read`, and for values in the file that do not fit.
    """
    given = read(environment)
    in_file = [each for each in given if each.is_in_file]
    if wrong := [_misfit(each) for each in in_file if not _fits(each)]:
        raise ConfigError(wrong)
    environment.update({each.setting.variable: each.value for each in in_file if each.value is not None})
    return given


def value(name: str, environment: Mapping[str, str]) -> str | None:
    """One setting's value, from the environment or by default; ConfigError where it does not fit."""
    setting = KNOWN[name]
    given = environment.get(setting.variable)
    found = Given(setting, given, ENVIRONMENT) if given else Given(setting, setting.default, DEFAULT)
    if found.value is not None and not _fits(found):
        raise ConfigError(_misfit(found))
    return found.value


def _fits(given: Given) -> bool:
    return given.value is not None and given.setting.form.admits(given.value)


def _misfit(given: Given) -> Problem:
    expected = given.setting.form.expected
    shown = "…" if given.setting.is_secret else repr((given.value or "")[:80])
    values = {"found": shown, "expected_zh": expected.zh, "expected_en": expected.en}
    name = given.setting.name if given.is_in_file else given.setting.variable
    place = Place(given.source) if given.is_in_file else Place()
    return Problem(SETTING_VALUE, place, {"name": name, **values})
