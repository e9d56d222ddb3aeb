"""Commands on the schemes of a pack's folder: its own calendars, and what is said where it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.cli_runs import run

SOUND = Path(__file__).parents[1] / "data/packs/parks"


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SOUND, tmp_path / "parks")
    return tmp_path / "parks"


def test_a_scheme_file_of_a_pack_knows_the_calendars_of_the_pack(pack: Path) -> None:
    result = run("score", str(pack / "schemes/park.yaml"), str(pack / "samples/parks.park.csv"))
    assert result.exit_code == 0
    assert "CALENDAR" not in result.stderr


@pytest.mark.parametrize("command", [("evaluate",), ("import",)])
def test_a_scheme_of_a_broken_pack_names_the_pack(command: tuple[str, ...], pack: Path) -> None:
    (pack / "schemes/park.yaml").write_text("format: steelyard/1\n", encoding="utf-8")
    table = [str(pack / "samples/parks.park.csv")] * (command == ("import",))
    result = run(*command, "parks.park", *table, "--packs-dir", str(pack))
    assert result.exit_code == 2
    assert "packs that could not be loaded: parks" in result.stderr
