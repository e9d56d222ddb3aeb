"""Every command that uses packs is told which: folders beside the installed ones, and an allow-list."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cli.cli_runs import run

PACK = """
format: steelyard-pack/1
name: {name}
version: 1.0.0
api_version: 1
title: {{zh: 公园, en: Parks}}
"""
SCHEME = """
format: steelyard/1
scheme: {name}.main
version: 1.0.0
title: {{zh: 公园, en: Parks}}
unit_type: park
calendar: {name}_season
indicators:
  - {{code: A, points: 10, title: {{zh: 甲, en: A}}, rubric: {{kind: points}}}}
"""
CALENDARS = """
calendars:
  - code: {name}_season
    title: {{zh: 季节, en: Season}}
    parts: [{{code: summer, title: {{zh: 夏, en: Summer}}, start: 05-01, end: 10-01}}]
"""


def write_pack(folder: Path, name: str) -> Path:
    (folder / "schemes").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.format(name=name), encoding="utf-8")
    (folder / "schemes/main.yaml").write_text(SCHEME.format(name=name), encoding="utf-8")
    (folder / "calendars.yaml").write_text(CALENDARS.format(name=name), encoding="utf-8")
    return folder


def states(*options: str) -> dict[str, str]:
    result = run("pack", "list", "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return {entry["name"]: entry["state"] for entry in orjson.loads(result.stdout)}


def test_a_folder_is_a_pack(tmp_path: Path) -> None:
    assert states("--packs-dir", str(write_pack(tmp_path / "p", "parks")))["parks"] == "loaded"


def test_a_folder_of_packs_and_another(tmp_path: Path) -> None:
    write_pack(tmp_path / "all/a", "parks")
    write_pack(tmp_path / "b", "gardens")
    found = states("--packs-dir", str(tmp_path / "all"), "--packs-dir", str(tmp_path / "b"))
    assert (found["parks"], found["gardens"]) == ("loaded", "loaded")


def test_folders_and_allowed_packs_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [write_pack(tmp_path / name, name) for name in ("parks", "gardens")]
    monkeypatch.setenv("STEELYARD_PACKS", ":".join(map(str, folders)))
    monkeypatch.setenv("STEELYARD_ALLOWED_PACKS", "parks,education")
    found = states()
    assert {name for name, state in found.items() if state == "loaded"} == {"parks", "education"}
    assert found["gardens"] == found["automotive"] == "not_allowed"


def test_a_pack_that_is_not_allowed_is_no_error_under_strict(tmp_path: Path) -> None:
    assert states("--allow-pack", "education", "--strict")["education"] == "loaded"


def test_an_allowed_pack_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run("pack", "list", "--allow-pack", "educatoin")
    assert "did you mean `education`?" in result.stdout


def test_a_scheme_of_a_folder_scores(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "p", "parks")
    table = tmp_path / "t.csv"
    table.write_text("unit,period,A\nx,2025-summer,7\n", encoding="utf-8")
    result = run("score", "parks.main", str(table), "--packs-dir", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "70" in result.stdout


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("pack", "list", "--packs-dir", str(tmp_path / "nowhere"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "PACK_NO_FOLDER" in result.stderr


def test_the_folder_of_an_installed_pack_is_that_pack() -> None:
    folder = Path(__file__).parents[2] / "plugins/ecommerce/steelyard_ecommerce"
    assert states("--packs-dir", str(folder), "--strict")["ecommerce"] == "loaded"
