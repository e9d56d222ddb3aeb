"""`steelyard pack new`: what it writes is sound, scores, and is explained."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cli.cli_runs import rows, run


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "garden-shops"
    result = run("pack", "new", "garden-shops", "--dir", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    return folder


def test_it_passes_the_check_without_a_warning(pack: Path) -> None:
    result = run("pack", "check", "--strict", str(pack))
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)


def test_it_scores(pack: Path) -> None:
    scheme, table = pack / "schemes/service.yaml", pack / "samples/garden-shops.service.csv"
    result = run("score", str(scheme), str(table))
    assert (result.exit_code, result.stderr) == (0, "")
    assert {row["unit"] for row in rows(result.stdout)} == {"garden-shops-EAST", "garden-shops-WEST"}


def test_it_loads(pack: Path) -> None:
    entries = orjson.loads(run("pack", "list", "--packs-dir", str(pack), "--format", "json").stdout)
    states = {entry["name"]: (entry["state"], entry["warnings"]) for entry in entries}
    assert states["garden-shops"] == ("loaded", [])


def test_every_file_names_its_schema(pack: Path) -> None:
    for path in pack.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert orjson.loads((path.parent / schema).read_bytes())["type"] == "object"


def test_what_is_there_is_not_overwritten(pack: Path) -> None:
    result = run("pack", "new", "garden-shops", "--dir", str(pack))
    assert (result.exit_code, "PACK_EXISTS" in result.stderr) == (1, True)


def test_a_name_that_packs_cannot_have(tmp_path: Path) -> None:
    result = run("pack", "new", "../Shops", "--dir", str(tmp_path / "x"))
    assert (result.exit_code, "PACK_BAD_NAME" in result.stderr) == (1, True)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_it_is_explained(pack: Path, lang: str, form: str) -> None:
    result = run("--lang", lang, "pack", "explain", str(pack), "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("SERVICE.DESK.WAIT", "66.67%", "40%", "85%", "nothing-solved"):
        assert part in result.stdout.replace("\\", "")
    said = {"zh": "假定", "en": "(assumed)"}
    assert said[lang] in result.stdout


def test_a_scheme_and_a_pack_are_explained_by_name() -> None:
    assert "SHOP" in run("pack", "explain", "automotive.shop").stdout
    assert run("pack", "explain", "supplier").stdout.count("=====") >= 2


def test_a_pack_with_problems_is_not_explained(pack: Path, tmp_path: Path) -> None:
    scheme = tmp_path / "schemes/service.yaml"
    scheme.parent.mkdir()
    scheme.write_text("format: steelyard/1\n", encoding="utf-8")
    (tmp_path / "pack.yaml").write_text((pack / "pack.yaml").read_text("utf-8"), "utf-8")
    result = run("pack", "explain", str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "SCHEME_MISSING_FIELD" in result.stderr
