"""The language of messages and tables: the `--lang` option, else the environment, else English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from steelyard.errors import Locale

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """What `--lang` may be."""

    ZH = "zh"
    EN = "en"

    @property
    def locale(self) -> Locale:
        """The same as `steelyard.errors` names it."""
        return "zh" if self is Language.ZH else "en"


def environment_language(environment: Mapping[str, str] = os.environ) -> Language:
    """Return zh where the first variable that is set names a Chinese locale."""
    named = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return Language.ZH if named.lower().startswith("zh") else Language.EN
