"""Tables fit the terminal: words wrap, and codes, dates and numbers are never broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.cli_runs import run
from steelyard.cli.columns import Cell, laid_out, wrapped

WHY = ("--reason", "a new year")
TITLE = "Courtesy loan cars for customers whose repair takes longer than a day"
TITLE_ZH = "为维修时间超过一天的客户提供免费代步车服务"

WRAPPED = [
    ("one two three", 7, ["one two", "three"]),
    ("DEALER-SH-XX", 5, ["DEALER-SH-XX"]),
    ("due 2026-01-31 at noon", 12, ["due", "2026-01-31", "at noon"]),
    ("前台流程辅导", 8, ["前台流程", "辅导"]),
    ("逐项跟岗，纠正。", 8, ["逐项跟", "岗，纠", "正。"]),
    ("完成 98.5% 以上", 8, ["完成", "98.5% 以", "上"]),
    ("", 4, [""]),
]


@pytest.mark.parametrize(("text", "width", "lines"), WRAPPED)
def test_words_wrap_and_pieces_stay_whole(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


LAID_OUT = [
    (
        40,
        "┏━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━┓\n"
        "┃ Code ┃ Title                    ┃\n"
        "┡━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━┩\n"
        "│ A-1  │ Loan cars for long waits │\n"
        "└──────┴──────────────────────────┘\n",
    ),
    (
        24,
        "┏━━━━━━┳━━━━━━━━━━━━━━━┓\n"
        "┃ Code ┃ Title         ┃\n"
        "┡━━━━━━╇━━━━━━━━━━━━━━━┩\n"
        "│ A-1  │ Loan cars for │\n"
        "│      │ long waits    │\n"
        "└──────┴───────────────┘\n",
    ),
    (18, "Code  Title\n────  ────────────\nA-1   Loan cars\n      for long\n      waits\n"),
    (14, "Code   A-1\nTitle  Loan\n       cars\n       for\n       long\n       waits\n"),
]


@pytest.mark.parametrize(("width", "text"), LAID_OUT)
def test_a_table_has_lines_then_none_then_blocks(width: int, text: str) -> None:
    rows = [[Cell("A-1", whole=True), Cell("Loan cars for long waits")]]
    assert laid_out(["Code", "Title"], rows, width) == text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with things that have long codes and titles."""
    monkeypatch.chdir(tmp_path)
    name = ("--zh", TITLE_ZH, "--en", TITLE)
    for command in (
        ("db", "upgrade"),
        ("unit", "create", "REGION-SOUTH-WEST", "region", *name, *WHY),
        ("unit", "create", "DEALER-SHANGHAI-01", "dealer", "--parent", "REGION-SOUTH-WEST", *name, *WHY),
        ("subscriber", "add", "quality@customer-service.example.com", *WHY),
        ("subscriber", "add", "https://hooks.example.com/steelyard", "--unit", "REGION-SOUTH-WEST", *WHY),
        (
            "account",
            "create",
            "dashboard-of-the-service-quality-office",
            "--title-zh",
            TITLE_ZH,
            "--title-en",
            TITLE,
            *WHY,
        ),
        ("token", "create", "dashboard-of-the-service-quality-office", "--days", "30", *WHY),
        ("policy", "set", "second_person", "period.close", "unit.move", "grant.add", "account.create", *WHY),
    ):
        result = run(*command)
        assert result.exit_code == 0, result.stderr


LISTS = [
    ("pack", "list"),
    ("unit", "list"),
    ("subscriber", "list"),
    ("token", "list"),
    ("account", "list"),
    ("policy", "list"),
    ("act", "list"),
]
PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/=-]*[A-Za-z0-9]|\d{4}-\d\d-\d\d")


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80])
def test_lists_fit_and_break_no_code(here: None, width: int, locale: str) -> None:
    for command in LISTS:
        wide, shown = (
            run("--lang", locale, *command, env={"COLUMNS": str(each)}).stdout for each in (500, width)
        )
        found = {piece for row in wide.splitlines() if row.startswith("│") for piece in PIECES.findall(row)}
        assert found
        assert found <= set(PIECES.findall(shown)), command
        for line in shown.splitlines():
            assert cell_len(line) <= width, (command, line)
