"""Instruments: what a file of them may say, and the eight of the tutoring centre."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.cli_runs import run
from steelyard.packs import Instrument, load_packs

PACK = """\
format: steelyard-pack/1
name: test
version: 1.0.0
api_version: 1
title: {zh: 测试, en: Test}
"""
SCHEME = """\
format: steelyard/1
scheme: test.main
version: 1.0.0
title: {zh: 测试, en: Test}
unit_type: shop
calendar: month
root: ALL
indicators:
  - {code: A, title: {zh: 甲, en: First}, points: 10, rubric: {kind: points}}
"""


def codes(folder: Path, *instruments: str) -> list[tuple[str, int | None]]:
    """The problems of a pack with these instruments, one a line from line 2 on."""
    files = {"pack.yaml": PACK, "schemes/main.yaml": SCHEME}
    lines = "".join(f"  - {{title: {{zh: 量表, en: Scale}}, {entry}}}\n" for entry in instruments)
    files["instruments.yaml"] = f"instruments:\n{lines}"
    for name, text in files.items():
        path = folder / "test" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (listing,) = load_packs([], folders=[folder / "test"]).listing
    return [(problem.code, problem.place.line) for problem in listing.reason]


def test_a_good_file_is_silent(tmp_path: Path) -> None:
    towards = "towards: [{scheme: test.main, indicator: A}, {scheme: test.main, indicator: ALL}]"
    entries = (
        f"code: a, size: small, channels: [phone, web], {towards}",
        "code: b, counted: false",
        "code: c",
    )
    assert codes(tmp_path, *entries) == []


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("code: a", "PACK_DUPLICATE_INSTRUMENT"),
        ("code: b, towards: [{scheme: test.man, indicator: A}]", "PACK_INSTRUMENT_TARGET"),
        ("code: b, towards: [{scheme: test.main, indicator: B}]", "PACK_INSTRUMENT_TARGET"),
        ("code: b, counted: true", "PACK_INSTRUMENT_COUNTED"),
        (
            "code: b, counted: false, towards: [{scheme: test.main, indicator: A}]",
            "PACK_INSTRUMENT_COUNTED",
        ),
        ("code: b, channels: [fax]", "SCHEME_UNKNOWN_VALUE"),
        ("code: b, size: tiny", "SCHEME_UNKNOWN_VALUE"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, entry: str, code: str) -> None:
    assert codes(tmp_path, "code: a", entry) == [(code, 3)]


EIGHT: dict[str, Instrument] = {each.code: each for each in load_packs().instruments("education")}
FOUR = ("on_site", "web", "interview", "email")


def test_the_eight_instruments_of_the_tutoring_centre() -> None:
    sizes = ["small", "medium", "small", "medium", "small", "medium", "small", "medium"]
    assert [each.size for each in EIGHT.values()] == sizes
    assert [each.channels for each in EIGHT.values()] == [("phone",), ("on_site",), *[FOUR] * 6]


def test_what_each_counts_towards() -> None:
    towards = {code: [target.indicator for target in each.towards] for code, each in EIGHT.items()}
    assert towards == {
        "phone-survey": [],
        "choice-factors": [],
        "first-impression": ["TU"],
        "course-adviser": ["CA"],
        "teaching-adviser": ["TA"],
        "teacher": ["TE"],
        "teaching-effect": [],
        "campus-management": ["CM"],
    }
    assert [code for code, each in EIGHT.items() if each.counted is False] == ["choice-factors"]
    assert [code for code, each in EIGHT.items() if each.counted is None] == [
        "phone-survey",
        "teaching-effect",
    ]


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("choice-factors", "中型；现场；不计入任何得分", "medium; on site; counts towards no score"),
        (
            "first-impression",
            "小型；现场、网站、访谈、邮件；计入 education.campus TU",
            "small; on site, web, interview, e-mail; counts towards education.campus TU",
        ),
        (
            "phone-survey",
            "小型；电话；未说明计入哪项得分",
            "small; phone; the source does not say what it counts towards",
        ),
    ],
)
def test_an_instrument_in_words(code: str, zh: str, en: str) -> None:
    assert (EIGHT[code].sentence().zh, EIGHT[code].sentence().en) == (zh, en)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "Why families choose a centre (choice-factors): medium; on site; counts towards no score"),
        ("zh", "机构选择因素问卷 (choice-factors): 中型；现场；不计入任何得分"),
    ],
)
def test_instruments_stand_on_the_page_that_explains_a_pack(lang: str, line: str) -> None:
    assert f"• {line}" in run("--lang", lang, "pack", "explain", "education").stdout.splitlines()
