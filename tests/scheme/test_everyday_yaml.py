"""The quick reader reads what the whole one reads, at the same places, or leaves it to that."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from steelyard.errors import InvalidInput
from steelyard.scheme import yaml
from steelyard.scheme.document import Node
from steelyard.scheme.everyday_yaml import Unusual, read_everyday

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in ROOT.glob("plugins/*/steelyard_*/**/*.yaml") if path.parent.name != "cases")

EVERYDAY = """\
# first
name: a shop  # its name
title: {zh: 门店, en: "Shop: one", note: 'it''s'}
empty: ~
line: 8:30
negative: -1.5
flag: [true, false, null, -2, "true",]
points: &points {kind: points,
  full: 10}
text: |
  One # no comment
    deeper

  two
folded: >-
  One
  two

  three
list:
- a: 1
  b:
    - - x
      - *points
- plain
other:
    deep: [a, {b: c}, *points]
"""
UNUSUAL = (
    "",
    "# only a comment\n",
    "a",
    "- a\n",
    "a: 1\na: 2\n",
    "a:\n",
    "a: b\n c\n",
    "a: b: c\n",
    'a: "\\n"\n',
    'a: "x\n  y"\n',
    "a: !t b\n",
    "a:\tb\n",
    "a: b\n---\nc: d\n",
    "---\na: b\n",
    "a: *b\n",
    "a: &b {c: *b}\n",
    "a: &b {c: 1}\nd: &b {e: 1}\n",
    "a: [b\nc]\n",
    "a: [b: c]\n",
    "a: {b: c\n",
    "a: {b: c}}\n",
    "a: {b, c}\n",
    "? a\n: b\n",
    "<<: {a: b}\n",
    '"a": b\n',
    "a: |2\n   b\n",
    "a: >\n  b\n   c\n",
    "a: |\n  b",
    "a: " + "[" * 60 + "]" * 60 + "\n",
)
"""What is left to the whole reader: beyond the everyday, or wrong."""
PIECES = (
    *EVERYDAY.splitlines(keepends=True),
    *" \n:,[]{}#&*!|>'\"%@`?-~a0.",
    "  ",
    "\n  ",
    "\n- ",
    " #",
    ": ",
    "*points",
    "|\n",
    "---\n",
    "中",
)


def _quickly(text: str) -> Node | None:
    try:
        return read_everyday(text.split("\n"))
    except Unusual:
        return None


def _wholly(text: str, monkeypatch: pytest.MonkeyPatch) -> Node | None:
    def unusual(lines: list[str]) -> Node:
        raise Unusual

    with monkeypatch.context() as patched:
        patched.setattr(yaml, "read_everyday", unusual)
        try:
            document, problems = yaml.read_document(text)
        except InvalidInput:
            return None
    return None if problems else document.root


def _alike(text: str, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether a text is read quickly; if so, as it is read wholly."""
    if _quickly(text) is None:
        return False
    assert yaml.read_document(text)[0].root == _wholly(text, monkeypatch)
    return True


def test_what_packs_say_is_everyday(monkeypatch: pytest.MonkeyPatch) -> None:
    read = [_alike(path.read_text(encoding="utf-8"), monkeypatch) for path in FILES]
    assert sum(read) > 0.9 * len(read) > 0


def test_everything_everyday(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _alike(EVERYDAY, monkeypatch)


@pytest.mark.parametrize("text", UNUSUAL)
def test_what_is_not(text: str) -> None:
    assert _quickly(text) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(["a: |\n", "  \n", "  b\n"])
@example(["a: >\n", "  b\n", "\n", "\n", " # c\n", "d: 1\n"])
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_text_is_read_alike_or_left(pieces: list[str]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        _alike("".join(pieces), monkeypatch)
