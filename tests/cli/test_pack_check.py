"""`steelyard pack check`: what it takes, what it says, and how it ends."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest

from cli.cli_runs import run

SOUND = Path(__file__).parents[1] / "data/packs/parks"
PLUGINS = Path(__file__).parents[2] / "plugins"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOUND, tmp_path / "parks"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_pack() -> None:
    result = run("pack", "check", str(SOUND))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "parks: schemes 1, cases 2; errors 0, future errors 0, warnings 0.\n"


def test_a_problem_shows_its_line_a_caret_and_where_to_read_more(pack: Path) -> None:
    change(pack / "schemes/park.yaml", "title: {zh: 态度, en: Manner}", "tilte: {zh: 态度, en: Manner}")
    result = run("pack", "check", str(pack))
    assert result.exit_code == 1
    first, snippet, caret, link = result.stdout.splitlines()[:4]
    assert first.startswith(f"{pack}/schemes/park.yaml:46:9: error[SCHEME_UNKNOWN_FIELD]")
    assert "did you mean `title`?" in first
    assert snippet == "    tilte: {zh: 态度, en: Manner}"
    assert caret == "    ^"
    assert link == "    see docs/errors.md#SCHEME_UNKNOWN_FIELD"


def test_the_caret_stands_below_what_is_behind_chinese(pack: Path) -> None:
    change(pack / "playbook.yaml", "增设垃圾桶, en: Put up more bins}", "增设垃圾桶, fr: Poubelles}")
    lines = run("pack", "check", str(pack)).stdout.splitlines()
    place = next(number for number, line in enumerate(lines) if "SCHEME_UNKNOWN_FIELD" in line)
    assert lines[place + 1] == "    title: {zh: 增设垃圾桶, fr: Poubelles}"
    assert lines[place + 2] == "    " + " " * (len("title: {zh: 增设垃圾桶, ") + 5) + "^"


def test_the_report_as_json(pack: Path) -> None:
    change(pack / "playbook.yaml", "PARK.CLEAN.PATHS", "PARK.CLEAN.PATH")
    result = run("pack", "check", str(pack), "--format", "json")
    (report,) = orjson.loads(result.stdout)
    assert (result.exit_code, report["usable"], report["errors"], report["cases"]) == (1, False, 1, 2)
    (problem,) = report["problems"]
    assert problem["code"] == "PACK_UNKNOWN_INDICATOR"
    assert (problem["level"], problem["line"], problem["column"]) == ("error", 3, 16)
    assert problem["file"] == f"{pack}/playbook.yaml"
    assert problem["suggestion"] == "PARK.CLEAN.PATHS"
    assert problem["link"] == "docs/errors.md#PACK_UNKNOWN_INDICATOR"
    assert problem["snippet"][problem["caret"] :] == "PARK.CLEAN.PATH"
    assert problem["message"]["zh"] != problem["message"]["en"]


def test_all_files_in_one_run(pack: Path) -> None:
    change(pack / "schemes/park.yaml", "pass: 70%\n", "pass: 70\n")
    change(pack / "playbook.yaml", "effort: 2", "effort: two")
    change(pack / "calendars.yaml", "05-01", "5-1")
    change(pack / "samples/units.yaml", "parent: CITY, title: {zh: 北园", "parent: TOWN, title: {zh: 北园")
    change(pack / "pack.yaml", "version: 1.0.0", "version:")
    (report,) = orjson.loads(run("pack", "check", str(pack), "--format", "json").stdout)
    files = {problem["file"].removeprefix(f"{pack}/") for problem in report["problems"]}
    yaml = {"schemes/park.yaml", "playbook.yaml", "calendars.yaml", "samples/units.yaml", "pack.yaml"}
    assert files == yaml


def test_the_messages_in_chinese(pack: Path) -> None:
    change(pack / "pack.yaml", "name: parks", "name: Parks")
    result = run("--lang", "zh", "pack", "check", str(pack))
    assert "指标包名称“Parks”应由小写字母、数字和连字符组成。" in result.stdout
    assert "错误 1" in result.stdout


def test_a_warning_fails_only_under_strict(pack: Path) -> None:
    change(pack / "schemes/park.yaml", "source: a paper table of 2024\n", "")
    assert run("pack", "check", str(pack)).exit_code == 0
    assert run("pack", "check", "--strict", str(pack)).exit_code == 1


def test_an_installed_pack_by_name_and_by_folder() -> None:
    for name in ("ecommerce", str(PLUGINS / "ecommerce"), str(PLUGINS / "ecommerce/steelyard_ecommerce")):
        result = run("pack", "check", name)
        assert (result.exit_code, result.stdout[:10]) == (0, "ecommerce:")


def test_one_file_of_a_pack(pack: Path) -> None:
    change(pack / "playbook.yaml", "effort: 2", "effort: two")
    change(pack / "pack.yaml", "name: parks", "name: Parks")
    result = run("pack", "check", str(pack / "playbook.yaml"))
    assert "SCHEME_NOT_A_NUMBER" in result.stdout
    assert "PACK_BAD_NAME" not in result.stdout


def test_a_scheme_file_by_itself(tmp_path: Path) -> None:
    path = Path(shutil.copy(SOUND / "schemes/park.yaml", tmp_path))
    assert run("pack", "check", str(path)).exit_code == 0
    change(path, "kind: scale", "kind: scales")
    result = run("pack", "check", str(path))
    assert (result.exit_code, "did you mean `scale`?" in result.stdout) == (1, True)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "scheme.yaml"
    path.write_bytes("title: 公园".encode("gb18030"))
    result = run("pack", "check", str(path))
    assert (result.exit_code, result.stderr) == (1, "")
    assert "PACK_NOT_UTF8" in result.stdout


def test_a_folder_without_pack_yaml_is_told_what_may_be_meant(pack: Path) -> None:
    (pack / "pack.yaml").rename(pack / "pack.yml")
    result = run("pack", "check", str(pack))
    assert result.exit_code == 1
    assert "is `pack.yml` meant to be it?" in result.stdout


def test_a_folder_that_is_no_pack_is_told_which_may_be_meant(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "plugins/parks/steelyard_parks")
    result = run("pack", "check", str(tmp_path / "plugins"))
    assert (result.exit_code, result.stdout.count("[PACK_")) == (1, 1)
    assert "is `parks/steelyard_parks` in it meant?" in result.stdout


def test_files_that_nothing_reads(pack: Path) -> None:
    (pack / "schemes/park.yaml").rename(pack / "schemes/park.yml")
    result = run("pack", "check", str(pack))
    assert "schemes/park.yml: error[PACK_MISPLACED_SCHEME]" in result.stdout
    assert "Make it schemes/park.yaml." in result.stdout
    assert "PACK_UNKNOWN" not in result.stdout


def test_nothing_of_that_name() -> None:
    result = run("pack", "check", "educaton")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean `education`?" in result.stderr
