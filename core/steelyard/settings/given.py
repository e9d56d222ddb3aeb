"""The settings of a process: what is given, where it stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from steelyard.errors import ConfigError, Place, Problem
from steelyard.settings.file import Content, read_file, unknown
from steelyard.settings.known import CONFIG, KNOWN
from steelyard.settings.problems import SETTING_VALUE
from steelyard.settings.setting import PREFIX, Setting

ENVIRONMENT = "environment"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Given:
    """A setting with its value. source: `environment`, `default`, an option as `--config`, or file and line.

    place: where it stands in the file; None for what stands elsewhere.
    """

    setting: Setting
    value: str | None
    source: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings in the order of the table. wrong_file: what is wrong with the file, its values too."""

    given: tuple[Given, ...]
    wrong_file: tuple[Problem, ...] = ()

    def require_usable(self) -> None:
        """Raise ConfigError for a file with anything wrong."""
        if self.wrong_file:
            raise ConfigError(self.wrong_file)


def read(environment: Mapping[str, str]) -> Settings:
    """All settings: from the environment, else from the file that it names, else by default."""
    path = environment.get(CONFIG.variable)
    content = read_file(Path(path)) if path else Content({})
    found = []
    for setting in KNOWN.values():
        in_file = content.written.get(setting.name)
        if value := environment.get(setting.variable):
            found.append(Given(setting, value, ENVIRONMENT))
        elif in_file is not None:
            found.append(Given(setting, in_file.text, str(in_file.place), in_file.place))
        else:
            found.append(Given(setting, setting.default, DEFAULT))
    misfits = [_misfit(each) for each in found if each.place is not None and not _fits(each)]
    return Settings(tuple(found), (*content.problems, *misfits))


def problems(environment: Mapping[str, str], settings: Settings) -> list[Problem]:
    """What is wrong: the file, values that do not fit, and variables that look like settings and are none."""
    elsewhere = (each for each in settings.given if each.place is None and each.value is not None)
    wrong = [_misfit(each) for each in elsewhere if not _fits(each)]
    named = {setting.variable for setting in KNOWN.values()}
    strays = sorted(name for name in environment if name.startswith(PREFIX) and name not in named)
    unknowns = [unknown(name, name.removeprefix(PREFIX).lower(), Place()) for name in strays]
    return [*settings.wrong_file, *wrong, *unknowns]


def put_into(environment: MutableMapping[str, str]) -> Settings:
    """Put what the file says and fits beside the environment, which wins, and return all settings."""
    settings = read(environment)
    for each in settings.given:
        if each.place is not None and each.value is not None and _fits(each):
            environment[each.setting.variable] = each.value
    return settings


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
    name = given.setting.variable if given.place is None else given.setting.name
    return Problem(SETTING_VALUE, given.place or Place(), {"name": name, **values})
