"""Settings: the environment, the file beside it, and what is wrong with either."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from steelyard.errors import ConfigError
from steelyard.settings.given import ENVIRONMENT, problems, put_into, read, value
from steelyard.settings.known import KNOWN
from steelyard.settings.setting import PREFIX

ROOT = Path(__file__).parents[2]


def given(environment: dict[str, str]) -> dict[str, tuple[str | None, str]]:
    return {each.setting.name: (each.value, each.source) for each in read(environment).given}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "steelyard.toml"


def test_a_setting_without_a_word_about_it_has_its_default() -> None:
    assert given({})["port"] == ("8000", "default")


def test_the_file_is_named_with_its_line(file: Path) -> None:
    file.write_text('# ours\nhost = "0.0.0.0"\n\nport = 9000\n')
    assert given({"STEELYARD_CONFIG": str(file)})["port"] == ("9000", f"{file}:4")


def test_the_environment_wins_over_the_file(file: Path) -> None:
    file.write_text("port = 9000\n")
    environment = {"STEELYARD_CONFIG": str(file), "STEELYARD_PORT": "9001"}
    put_into(environment)
    assert environment["STEELYARD_PORT"] == "9001"
    assert given(environment)["port"] == ("9001", ENVIRONMENT)


def test_an_empty_variable_says_nothing(file: Path) -> None:
    file.write_text("port = 9000\n")
    environment = {"STEELYARD_CONFIG": str(file), "STEELYARD_PORT": ""}
    put_into(environment)
    assert environment["STEELYARD_PORT"] == "9000"


def test_a_list_becomes_what_a_variable_would_say(file: Path) -> None:
    file.write_text('packs = ["one", "two"]\nallowed_packs = ["a", "b"]\n')
    environment = {"STEELYARD_CONFIG": str(file)}
    put_into(environment)
    assert (environment["STEELYARD_PACKS"], environment["STEELYARD_ALLOWED_PACKS"]) == ("one:two", "a,b")


WRONG_FILES = [
    ("prot = 9000", "SETTING_UNKNOWN", "Is port meant?"),
    ('config = "other.toml"', "SETTING_UNKNOWN", "no setting config"),
    ("port = 90000", "SETTING_VALUE", "from 0 to 65535"),
    ('port = "٣"', "SETTING_VALUE", "a whole number"),
    ("port = 1979-05-27", "SETTING_TYPE", "date"),
    ("host = []", "SETTING_TYPE", "list"),
    ('packs = ["a", 1]', "SETTING_TYPE", "list"),
    ("[server]\nport = 1", "SETTING_UNKNOWN", "no setting server"),
    ("port =", "CONFIG_NOT_TOML", "Invalid"),
    ('host = "\\ud800"', "CONFIG_NOT_TOML", ""),
    ("[" * 100_000, "CONFIG_NOT_TOML", ""),
]


@pytest.mark.parametrize(("content", "code", "words"), WRONG_FILES, ids=[row[0][:20] for row in WRONG_FILES])
def test_a_file_that_cannot_be_used_says_why(file: Path, content: str, code: str, words: str) -> None:
    file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        put_into({"STEELYARD_CONFIG": str(file)}).require_usable()
    assert caught.value.code == code
    assert words in caught.value.text()


def test_all_that_is_wrong_with_a_file_is_told_at_once(file: Path) -> None:
    file.write_text('prot = 1\nhst = 2\nport = 90000\nhost = []\nlog_level = "loud"\n')
    with pytest.raises(ConfigError) as caught:
        read({"STEELYARD_CONFIG": str(file)}).require_usable()
    assert sorted((problem.place.line, problem.code) for problem in caught.value.problems) == [
        (1, "SETTING_UNKNOWN"),
        (2, "SETTING_UNKNOWN"),
        (3, "SETTING_VALUE"),
        (4, "SETTING_TYPE"),
        (5, "SETTING_VALUE"),
    ]


def test_only_what_fits_is_put_beside_the_environment(file: Path) -> None:
    file.write_text('prot = 1\nport = 90000\nhost = "0.0.0.0"\n')
    environment = {"STEELYARD_CONFIG": str(file)}
    put_into(environment)
    assert environment == {"STEELYARD_CONFIG": str(file), "STEELYARD_HOST": "0.0.0.0"}


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"#" * 1_000_001], ids=["absent", "binary", "huge"])
def test_a_file_that_cannot_be_read_is_refused(file: Path, content: bytes | None) -> None:
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match="CONFIG_"):
        read({"STEELYARD_CONFIG": str(file)}).require_usable()


def test_a_stray_variable_is_named_with_what_was_meant() -> None:
    environment = {"STEELYARD_LOGLEVEL": "info"}
    (found,) = problems(environment, read(environment))
    assert (found.code, "STEELYARD_LOG_LEVEL" in found.advice()) == ("SETTING_UNKNOWN", True)


def test_a_secret_that_does_not_fit_is_not_repeated() -> None:
    environment = {"STEELYARD_SMTP_PASSWORD": " "}
    (found,) = problems(environment, read(environment))
    assert "…" in found.message()


def test_a_value_is_read_from_the_environment_or_by_default() -> None:
    assert value("log_level", {}) == "info"
    assert value("log_level", {"STEELYARD_LOG_LEVEL": "error"}) == "error"
    with pytest.raises(ConfigError, match="SETTING_VALUE"):
        value("log_level", {"STEELYARD_LOG_LEVEL": "loud"})


def test_every_variable_in_the_code_is_a_setting() -> None:
    named = set()
    for folder in ("core", "graphql", "plugins"):
        for path in (ROOT / folder).rglob("*.py"):
            named |= set(re.findall(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b", path.read_text("utf-8")))
    assert named <= {setting.variable for setting in KNOWN.values()}
