"""What is said in Chinese is Chinese: no English is left in a message, nor in what it is filled with."""

from __future__ import annotations

import errno
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import steelyard
import steelyard_graphql
from steelyard.errors import Kind, Place, Problem, Text, system_reason
from steelyard.settings.given import read

NAMES = {
    "CSV UTF",
    "GraphQL multipart request",
    "format json",
    "period reopen",
    # SQL that an administrator is to run.
    "ALTER TABLE",
    "CREATE ROLE",
    "ENABLE ROW LEVEL SECURITY",
    "FORCE ROW LEVEL SECURITY",
}
"""What stands in Chinese texts as it is: names of formats and protocols, options, statements of SQL."""
ALONE = {"webhook"}
"""Words that are the same in both languages."""
ONCE = {"修订": "版次"}
"""Words for which there is another that is used everywhere."""


def texts() -> Iterator[tuple[str, Text]]:
    """All texts that modules hold by name, alone, in kinds of problems or in tables, and where they stand."""
    for package in (steelyard, steelyard_graphql):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for text in within(value):
                    yield f"{module.name}.{name}", text


def within(value: object) -> Iterator[Text]:
    match value:
        case Text():
            yield value
        case Kind():
            yield from (value.message, value.advice)
        case Mapping():
            for each in value.values():
                yield from within(each)
        case list() | tuple():
            for each in value:
                yield from within(each)


TEXTS = dict.fromkeys(texts())


def written(text: Text) -> str:
    """What is said in Chinese, without code and without what it is filled with."""
    return re.sub(r"`[^`]*`|\{\w*\}", "·", text.zh)


def test_no_phrase_is_left_in_english() -> None:
    found = [
        (where, phrase)
        for where, text in TEXTS
        for phrase in re.findall(r"[A-Za-z]+(?: [A-Za-z]+)+", written(text))
        if phrase not in NAMES and not phrase.startswith("steelyard ")
    ]
    assert found == []


def test_no_text_is_the_english_one() -> None:
    found = [
        (where, text.zh)
        for where, text in TEXTS
        if re.search("[A-Za-z]{3}", written(text)) and not re.search("[\u4e00-\u9fff]", text.zh)
    ]
    assert [each for each in found if each[1] not in ALONE] == []


def test_one_word_for_one_thing() -> None:
    assert [(where, word) for where, text in TEXTS for word in ONCE if word in text.zh] == []


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EADDRINUSE])
def test_what_the_system_says_is_said_in_chinese(number: int) -> None:
    assert re.search("[\u4e00-\u9fff]", system_reason(OSError(number, "as the system says it")).zh)


def test_a_reason_that_is_not_known_is_told_as_it_is() -> None:
    assert system_reason(OSError("gone")) == Text("gone", "gone")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("port = x\n", "第 1 行第 8 列"),
        ("host = []", "不能是 列表"),
        (None, "没有这个文件或文件夹"),
    ],
)
def test_a_file_of_settings_is_refused_in_chinese(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "s.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    [problem] = read({"STEELYARD_CONFIG": str(path)}).wrong_file
    assert words in problem.text("zh")


def test_a_place_is_told_in_chinese() -> None:
    place = Place("t.csv", row=2, field="A")
    assert (place.text("zh"), place.text("en")) == ("t.csv 第 2 行，A 列", "t.csv row 2, column A")


def test_sentences_follow_each_other_as_in_chinese() -> None:
    kind = Kind("X", Text("无效。", "It is wrong."), Text("请更正。", "Mend it."))
    assert Problem(kind).text("zh") == "error[X] 无效。请更正。"
    assert Problem(kind).text("en") == "error[X] It is wrong. Mend it."
