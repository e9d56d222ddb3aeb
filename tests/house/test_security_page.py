"""docs/security.md names tests that are there and that assert something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
PROMISES = re.findall(r"^\| (.+) \| (.*`tests/.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("promise", "held"), PROMISES, ids=[promise[:40] for promise, _ in PROMISES])
def test_each_promise_is_held_by_tests(promise: str, held: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", held)
    assert named
    for name in named:
        text = (ROOT / name).read_text("utf-8")
        assert re.search(r"^(async )?def test_", text, re.MULTILINE), name
        assert re.search(r"\b(assert|raises)\b", text), name


def test_all_promises_were_found() -> None:
    section = PAGE.split("## What is promised")[1].split("## What is not promised")[0]
    assert len(PROMISES) == section.count("\n| ") - 1
