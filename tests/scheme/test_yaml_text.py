"""Texts and bytes that a short YAML file cannot show: encodings, line ends, limits, odd failures."""

from pathlib import Path

import pytest

from steelyard.errors import InvalidInput
from steelyard.scheme import read_scheme, read_scheme_text

HEAD = "format: steelyard/1\nscheme: test.text\n"
LEAF = "indicators:\n  - {code: 甲, rubric: {kind: points}}\n"


def codes(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(text)
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_nothing(tmp_path: Path, newline: str, mark: str) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_bytes((mark + (HEAD + LEAF).replace("\n", newline)).encode())
    assert read_scheme(path).hash() == read_scheme_text(HEAD + LEAF).hash()


@pytest.mark.parametrize(
    ("data", "said", "line", "column"),
    [
        ((HEAD + LEAF).encode("gb18030"), "looks like GB18030", 4, 12),
        ((HEAD + LEAF).replace("\n", "\r\n").encode("gb18030"), "looks like GB18030", 4, 12),
        ("标题\n".encode() + "ab标题".encode("gb18030"), "looks like GB18030", 2, 3),
        ("\ufeff标题\n标".encode() + b"\xff", "in no encoding that can be told", 2, 2),
        ((HEAD + LEAF).encode("utf-16"), "looks like UTF-16", None, None),
        ((HEAD + LEAF).encode("utf-16-le"), "looks like UTF-16", None, None),
        ((HEAD + LEAF).encode("utf-16-be"), "looks like UTF-16", None, None),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "looks like a binary file", None, None),
    ],
)
def test_other_encodings_are_named(
    tmp_path: Path, data: bytes, said: str, line: int | None, column: int | None
) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_bytes(data)
    with pytest.raises(InvalidInput) as raised:
        read_scheme(path)
    (problem,) = raised.value.problems
    assert problem.code == "SCHEME_NOT_UTF8"
    assert said in problem.message("en")
    assert (problem.place.file, problem.place.line, problem.place.column) == (str(path), line, column)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme(tmp_path / "none.yaml")
    assert raised.value.code == "SCHEME_UNREADABLE"


def test_aliases_that_unfold_beyond_measure_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 8):
        items = ", ".join([f"*a{level - 1}"] * 10)
        lines.append(f"a{level}: &a{level} [{items}]")
    assert codes("\n".join(lines)) == ["SCHEME_TOO_MANY_NODES"]


def test_a_text_that_is_too_long_is_refused() -> None:
    assert codes(HEAD + LEAF + "#" * 2_000_000) == ["SCHEME_TOO_LARGE"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{code: A, points: x, rubric: {kind: points}}", "SCHEME_NOT_A_NUMBER"),
        ("{code: A, rubric: {kind: liner}}", "SCHEME_UNKNOWN_RUBRIC"),
        ("{code: A, rubric: {kind: points}}", "SCHEME_DUPLICATE_CODE"),
        ("{code: \x01, rubric: {kind: points}}", "SCHEME_CONTROL_CHARACTER"),
    ],
)
def test_of_very_many_problems_the_first_are_listed_and_the_others_counted(entry: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(HEAD + "indicators:\n" + f"  - {entry}\n" * 1102)
    *listed, last = raised.value.problems
    assert len(listed) == 1000
    assert {problem.code for problem in listed} <= {code, "SCHEME_DUPLICATE_CODE"}
    assert last.code == "SCHEME_MORE_PROBLEMS"
    assert int(str(last.values["more"])) >= 100


def test_an_end_is_put_to_counting() -> None:
    assert len(codes(HEAD + "\x01" * 50_000)) == 1001


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "{a: " * 5000], ids=["flow", "block", "map"])
def test_a_text_nested_too_deep_is_refused(text: str) -> None:
    assert codes(text) == ["SCHEME_TOO_DEEP"]


def test_aliases_cannot_go_deeper_than_the_limit() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level}: &a{level} [[[[[[[[[[*a{level - 1}]]]]]]]]]]" for level in range(1, 30)]
    assert codes("\n".join(lines)) == ["SCHEME_TOO_DEEP"]


def test_ninety_levels_of_indicators_can_be_read() -> None:
    text = HEAD + "indicators:\n"
    for level in range(90):
        indent = "  " * level
        text += f"{indent}- code: N{level}\n{indent}  children:\n"
    text += "  " * 90 + "- {code: LEAF, rubric: {kind: points}}\n"
    scheme = read_scheme_text(text)
    assert sum(1 for _ in scheme.tree().walk()) == 92


@pytest.mark.parametrize("text", ['title: "\\UFFFFFFFF"', "%YAML 1.7\n---\n" + HEAD, "%YAML x\n---\na: b"])
def test_what_makes_the_parser_fail_in_its_own_way_is_bad_yaml(text: str) -> None:
    assert codes(text) == ["SCHEME_YAML_SYNTAX"]


def test_tabs_are_allowed_inside_texts() -> None:
    scheme = read_scheme_text(HEAD + "source: |\n  a\n  \tb\nnote: 'c\n\t d'\n" + LEAF)
    assert scheme.source == "a\n\tb\n"


def test_plain_words_stay_words() -> None:
    scheme = read_scheme_text(HEAD + "unit_type: NO\nversion: 1.10\ncalendar: [on, 2024]\n" + LEAF)
    assert (scheme.unit_type, scheme.version, scheme.calendar) == ("NO", "1.10", ("on", "2024"))


def test_the_first_of_two_equal_keys_is_named() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(HEAD + LEAF + "scheme: other\n")
    assert "first in line 2" in raised.value.problems[0].message("en")


def test_a_cycle_of_aliases_names_its_path() -> None:
    text = "indicators:\n  - &a\n    code: A\n    children: [{code: B, children: [*a]}]\n"
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(HEAD + text)
    assert "A → B → A" in raised.value.problems[0].message("en")


def test_a_cycle_of_codes_names_its_path() -> None:
    leaf = "{code: A, rubric: {kind: points}}"
    text = f"indicators: [{{code: A, children: [{{code: B, children: [{leaf}]}}]}}]\n"
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(HEAD + text)
    assert "A → B → A" in raised.value.problems[0].message("zh")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicators:\n  - code A\n    points: 3\n", "a `: ` is missing"),
        ("\n# note\ntitle: a: b\n", "a `: ` cannot stand here"),
        ("root\nindicators: []\n", "a `: ` is missing"),
        ("indicators:\n  - code: A\n      points: 3\n", "the indentation is wrong"),
        ("indicators:\n  - code: A\n   points: 3\n", "the indentation does not fit"),
        (
            "indicators:\n  - {code: A\n  - {code: B}\n",
            "a bracket is not closed, or a comma is missing (noticed in line 5)",
        ),
        ("indicators: [a]]\n", "there is one `]` too many"),
        ("source: 'sheet\n", "the quote is not closed"),
        ("pass: @70\n", "a text cannot begin with `@`"),
        ('source: "a\\q"\n', "no known escape"),
        ("source: >sheet\n", "the text begins in the next line"),
        ("source: * sheet\n", "a name has to follow `&` or `*`"),
        ("calendar: [\n", "a value is missing here"),
        ("%TAG x\n", "expected '!', but found"),
    ],
)
def test_bad_yaml_is_said_in_words_that_help(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_scheme_text(text if text.startswith("%") else HEAD + text)
    (problem,) = raised.value.problems
    assert problem.code == "SCHEME_YAML_SYNTAX"
    assert said in problem.message("en")
