"""docs/packs/hooks.md: every example runs, and returns what its hook is to return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from steelyard import packs
from steelyard.packs import PythonRubric, Text, hookspecs
from steelyard.packs.contribution import HOOKS

PAGE = (Path(__file__).resolve().parents[2] / "docs/packs/hooks.md").read_text(encoding="utf-8")
EXAMPLES = dict(
    re.findall(r"^### `(steelyard_\w+)`\n.*?```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
)
RUBRIC = PythonRubric(
    name="parks.median_wait",
    title=Text("等候中位数", "Median wait"),
    measures=lambda args, default: (default,),
    rates=lambda args, values: values[0],
    sentence=lambda args: Text("等候中位数", "the median wait"),
)


def test_every_hook_has_its_example_on_the_page() -> None:
    assert sorted(EXAMPLES) == sorted(HOOKS)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_returns_what_the_hook_is_to_return(hook: str) -> None:
    names: dict[str, Any] = {name: getattr(packs, name) for name in packs.__all__}
    names |= {
        "Sequence": Sequence,
        "Fraction": Fraction,
        "MEDIAN_WAIT": RUBRIC,
        "visits": lambda request: iter(()),
        "__name__": "steelyard_education",
    }
    exec(EXAMPLES[hook], names)
    returned = names[hook]()
    expected = get_args(get_type_hints(getattr(hookspecs, hook))["return"])[0]
    records = returned if get_args(expected) else [returned]
    (kind,) = get_args(expected) or (expected,)
    assert records
    assert all(isinstance(record, kind) for record in records)
