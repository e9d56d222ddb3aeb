"""Every kind of problem has words in both languages, and a file that shows it."""

import pkgutil
import re
import string
from importlib import import_module
from pathlib import Path

import pytest

from steelyard.errors import Kind, Text
from steelyard.scheme import problems

FILES = Path(__file__).parent.parent / "data" / "schemes"
# These need more than a short YAML text; test_yaml_text.py and test_faults.py hold them.
ELSEWHERE = {
    "SCHEME_NOT_UTF8",
    "SCHEME_UNREADABLE",
    "SCHEME_MORE_PROBLEMS",
    "SCHEME_TOO_LARGE",
    "SCHEME_TOO_MANY_NODES",
    "SCHEME_TOO_DEEP",
    "SCHEME_INVALID_VALUE",
    # Schemes take a percent wherever they take a number; cases do not: tests/data/packs/faults.yaml.
    "SCHEME_NO_PERCENT_HERE",
}


def kinds() -> list[Kind]:
    modules = pkgutil.iter_modules(problems.__path__, "steelyard.scheme.problems.")
    values = [value for module in modules for value in vars(import_module(module.name)).values()]
    return [value for value in values if isinstance(value, Kind)]


def places(text: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return {re.sub("_(zh|en)$", "", name) for name in names}


def by_code(kind: Kind) -> str:
    return kind.code


@pytest.mark.parametrize("kind", kinds(), ids=by_code)
def test_both_languages_say_the_same(kind: Kind) -> None:
    assert kind.code.startswith("SCHEME_")
    for words in (kind.message, kind.advice):
        assert isinstance(words, Text)
        assert words.zh
        assert words.en
    assert places(kind.message.zh) == places(kind.message.en)


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in kinds()]
    assert len(codes) == len(set(codes))


def test_every_kind_has_a_file_that_shows_it() -> None:
    shown = {
        code
        for path in FILES.glob("*/*.yaml")
        for code in re.findall(r"^# (SCHEME_\w+) @", path.read_text(), re.MULTILINE)
    }
    assert {kind.code for kind in kinds()} == shown | ELSEWHERE
