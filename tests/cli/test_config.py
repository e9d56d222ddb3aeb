"""`steelyard config check` and the file of settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from steelyard_graphql.cli import app


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    # What a command puts beside the environment is taken back after the test.
    monkeypatch.setattr("os.environ", {"PATH": "/usr/bin"})
    return CliRunner()


def test_a_database_that_is_up_to_date_can_work(run: CliRunner) -> None:
    Path("s.toml").write_text('database = "sqlite:///here.db"\n')
    assert run.invoke(app, ["--config", "s.toml", "db", "upgrade"]).exit_code == 0
    found = run.invoke(app, ["--config", "s.toml", "config", "check"])
    assert (found.exit_code, "here.db at version" in found.stderr) == (0, True)
    assert Path("here.db").exists()


def test_nothing_is_made_by_looking(run: CliRunner) -> None:
    found = run.invoke(app, ["config", "check"])
    assert (found.exit_code, "DATABASE_MISSING" in found.stderr) == (1, True)
    assert list(Path.cwd().iterdir()) == []


def test_settings_alone_are_looked_at_offline(run: CliRunner) -> None:
    assert run.invoke(app, ["config", "check", "--offline"]).exit_code == 0


def test_a_password_is_never_shown(run: CliRunner) -> None:
    Path("s.toml").write_text(
        'database = "postgresql://me:s3cret@db.example/x"\nsmtp_password = "s3cret"\nsmtp_user = "u"\n'
        'smtp_host = "h"\nsmtp_from = "a@b.example"\n'
    )
    found = run.invoke(app, ["--config", "s.toml", "config", "check", "--offline", "--format", "json"])
    assert "s3cret" not in found.output
    values = {row["name"]: row["value"] for row in json.loads(found.stdout)}
    assert values["database"] == "postgresql://me@db.example/x"


def test_settings_that_do_not_go_together_are_found(run: CliRunner) -> None:
    Path("s.toml").write_text('smtp_host = "h"\n')
    found = run.invoke(app, ["--config", "s.toml", "config", "check", "--offline"])
    assert (found.exit_code, "NOTICE_SETTING" in found.stderr) == (1, True)


def test_a_folder_that_cannot_be_written_is_found(run: CliRunner) -> None:
    Path("s.toml").write_text('parts = "file/folder"\n')
    Path("file").write_text("no folder")
    assert run.invoke(app, ["db", "upgrade"]).exit_code == 0
    found = run.invoke(app, ["--config", "s.toml", "config", "check"])
    assert (found.exit_code, "CONTENT_UNUSABLE" in found.stderr) == (1, True)


def test_every_command_reads_the_file(run: CliRunner) -> None:
    Path("s.toml").write_text('databse = "sqlite:///here.db"\n')
    found = run.invoke(app, ["--config", "s.toml", "db", "upgrade"])
    assert (found.exit_code, "Is database meant?" in found.stderr) == (2, True)
