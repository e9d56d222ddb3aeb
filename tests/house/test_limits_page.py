"""docs/limits.md: its settings, defaults and codes are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from steelyard.settings.limits import SETTINGS

_DOCS = Path(__file__).parents[2] / "docs"
PAGE = (_DOCS / "limits.md").read_text(encoding="utf-8")
ERRORS = (_DOCS / "errors.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"^\| `(limit_\w+)` \| (.*?) \| (?:`(.*?)`)? \|", PAGE, re.MULTILINE)
    assert rows == [(each.name, each.title.en, each.default or "") for each in SETTINGS]


def test_the_codes_are_those_of_the_code() -> None:
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", PAGE)) - {"STEELYARD_LIMIT_DEPTH"}
    assert {code for code in named if f'id="{code}"' not in ERRORS} == set()
