"""`steelyard backup` and `steelyard restore`: what docs/backup.md says to run, on a database in use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cli.cli_runs import run
from steelyard.cli.database import VARIABLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "backup.md"


def done(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    done("db", "upgrade")
    return tmp_path


def follow(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the commands of a page."""
    for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("export "):
                monkeypatch.setenv(*line.removeprefix("export ").split("=", 1))
            else:
                done(*line.split()[1:])


def test_the_page_moves_a_tenant_with_its_acts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done("unit", "create", "S1", "shop", "--zh", "店", "--en", "Shop", "--reason", "because")
    before = json.loads(done("act", "list", "--format", "json"))
    follow(PAGE, monkeypatch)
    assert json.loads(done("act", "list", "--format", "json")) == before
    assert (here / "restored.db").exists()


def test_a_file_is_not_overwritten(here: Path) -> None:
    (here / "b.zip").write_text("mine")
    result = run("backup", "-o", "b.zip")
    assert (result.exit_code, (here / "b.zip").read_text()) == (2, "mine")
    assert "CLI_FILE_EXISTS" in result.stderr


def test_a_backup_that_fails_leaves_nothing(here: Path) -> None:
    result = run("backup", "-o", "b.zip", "--database", "sqlite:///none.db")
    assert (result.exit_code, (here / "b.zip").exists()) == (2, False)
    assert "DATABASE_MISSING" in result.stderr


def test_what_is_no_backup_is_refused(here: Path) -> None:
    (here / "b.zip").write_text("notes")
    result = run("restore", "b.zip")
    assert (result.exit_code, "BACKUP_FOREIGN" in result.stderr) == (1, True)
    assert run("restore", "none.zip").exit_code == 2


def test_both_languages_say_what_was_done(here: Path) -> None:
    assert "已备份到 a.zip" in run("--lang", "zh", "backup", "-o", "a.zip").stderr
    assert "Backed up to b.zip: tenants 0, rows 0, files 0." in run("backup", "-o", "b.zip").stderr
