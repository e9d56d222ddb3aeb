"""What the YAML parser stumbled over: where the slip was made, and in words that help an author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from steelyard.errors import Text
from steelyard.scheme.document import Mark


@dataclass(frozen=True, slots=True)
class _Slip:
    """What the parser says (a pattern), and what that means; `began` says that it noticed too late."""

    said: str
    text: Text
    began: bool = False


_NO_COLON = Text("缺少“: ”", "a `: ` is missing")
_STRAY_COLON = _Slip(
    "mapping values are not allowed",
    Text(
        "此处不能有“: ”；缩进有误，或含冒号的文字没有加引号",
        "a `: ` cannot stand here; the indentation is wrong, or a text with a colon needs quotes",
    ),
)
_NO_DASH = Text("列表项缺少开头的“- ”", "the item of the list lacks its `- `")
_ITEMS = _Slip(
    "expected <block end>|sequence entries are not allowed",
    Text(
        "缩进与上文不合，或列表项与字段混排",
        "the indentation does not fit what stands above, or list items and fields are mixed",
    ),
)
_SPARE_BRACKET = Text("多了一个“{found}”", "there is one `{found}` too many")
_SLIPS = (
    _STRAY_COLON,
    _Slip("could not find expected ':'", _NO_COLON, began=True),
    _ITEMS,
    _Slip(
        "expected ',' or",
        Text(
            "括号未闭合，或缺少逗号（第{line}行方才发现）",
            "a bracket is not closed, or a comma is missing (noticed in line {line})",
        ),
        began=True,
    ),
    _Slip(
        "unexpected end of stream|unexpected document separator",
        Text("引号没有闭合", "the quote is not closed"),
        began=True,
    ),
    _Slip(
        "that cannot start any token",
        Text("文字不能以“{found}”开头，请加引号", "a text cannot begin with `{found}`; put it in quotes"),
    ),
    _Slip(
        "escape",
        Text(
            "双引号内的“\\”后不是已知的转义，可改用单引号",
            "no known escape follows the `\\` in double quotes; single quotes keep it as it is",
        ),
    ),
    _Slip(
        "chomping|comment or a line break|indentation indicator",
        Text("“|”或“>”之后的文字须另起一行", "after `|` or `>` the text begins in the next line"),
    ),
    _Slip(
        "alphabetic or numeric",
        Text("“&”或“*”之后应为名称；文字请加引号", "a name has to follow `&` or `*`; put texts in quotes"),
    ),
    _Slip("node content", Text("此处缺少值", "a value is missing here")),
)

_LONE_WORD = re.compile(r"\s*(- +)*[^\s:{}\[\],]+\s*")
# Behind a field's name, or before the next one: anywhere else it is a part of a text.
_FULL_WIDTH = (
    (re.compile(r"(?:^|[{,，\-])\s*[A-Za-z_][\w.]*\s*(：)"), ":"),
    (re.compile(r"(，)\s*[A-Za-z_]\w*\s*[:：]"), ","),
    (re.compile(r"[:\-,\[{]\s*(｛)"), "{"),
    (re.compile(r"[:\-,\[{]\s*(［)"), "["),
    (re.compile(r"^\s*([–—−－])\s"), "-"),
    (re.compile(r"^ *([\u00a0\u3000\u2000-\u200b\u202f])"), " "),
    (re.compile(r"^\s*(?:- +)*[A-Za-z_][\w.]*:([\u00a0\u3000\u2000-\u200b\u202f])"), " "),
)
_COLON = re.compile(r":(\s|$)")


def explain(error: MarkedYAMLError, lines: list[str], last: Mark) -> tuple[Mark, Text]:
    """Return where the slip is likeliest, and what it is.

    `last` is the last place that could be read, for errors that name none.
    """
    noticed = _mark(error.problem_mark) or last
    began = _mark(error.context_mark) or noticed
    said = error.problem or error.context or ""
    slip = next((slip for slip in _SLIPS if re.search(slip.said, said)), None)
    if slip is None:
        return noticed, Text(said, said)
    line = lines[noticed.line - 1] if noticed.line <= len(lines) else ""
    if slip is _STRAY_COLON and (above := _line_without_colon(lines, noticed)) is not None:
        return above, _NO_COLON
    if slip is _ITEMS and (above := _item_without_dash(lines, noticed)) is not None:
        return above, _NO_DASH
    mark = began if slip.began and began.line < noticed.line else noticed
    found = line[noticed.column - 1 : noticed.column]
    text = _SPARE_BRACKET if found in ("]", "}") and not slip.began else slip.text
    return mark, text.format({"line": noticed.line, "found": found})


def full_width(line: str) -> tuple[int, str, str] | None:
    """The column of a full-width mark that stands where YAML has its own, that mark, and YAML's."""
    for pattern, plain in _FULL_WIDTH:
        found = pattern.search(line)
        if found is not None:
            # What looks like a space is told by its number.
            shown = f"U+{ord(found[1]):04X}" if plain == " " else found[1]
            return found.start(1) + 1, shown, plain
    return None


def _mark(mark: Any) -> Mark | None:
    return None if mark is None else Mark(mark.line + 1, mark.column + 1)


def _item_without_dash(lines: list[str], noticed: Mark) -> Mark | None:
    """Where the item above begins with a brace, while the one in which the slip was noticed has a dash."""
    if not lines[noticed.line - 1].lstrip().startswith("- "):
        return None
    for number in range(noticed.line - 1, 0, -1):
        line = lines[number - 1]
        if line.strip():
            return Mark(number, line.index("{") + 1) if line.lstrip().startswith("{") else None
    return None


def _line_without_colon(lines: list[str], noticed: Mark) -> Mark | None:
    """Where a field seems to have two colons because the word above it lacks its own."""
    if not _LONE_WORD.fullmatch(lines[noticed.line - 1][: noticed.column - 1]):
        return None
    for number in range(noticed.line - 1, 0, -1):
        line = lines[number - 1]
        if line.strip():
            lacks = not _COLON.search(line) and not line.lstrip().startswith("#")
            return Mark(number, len(line) - len(line.lstrip()) + 1) if lacks else None
    return None
