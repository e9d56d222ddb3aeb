"""The limits of this process, as its environment has them."""

from __future__ import annotations

import os
from collections.abc import Mapping

from steelyard.errors import ConfigError, Problem
from steelyard.settings.given import value
from steelyard.settings.limits import SETTINGS, Limits, limits_of


def from_environment(environment: Mapping[str, str] = os.environ) -> Limits:
    """Read the limits; ConfigError (SETTING_VALUE) names all that cannot be used."""
    texts: dict[str, str] = {}
    wrong: list[Problem] = []
    for setting in SETTINGS:
        try:
            text = value(setting.name, environment)
        except ConfigError as error:
            wrong += error.problems
        else:
            if text is not None:
                texts[setting.name] = text
    if wrong:
        raise ConfigError(wrong)
    return limits_of(texts)
