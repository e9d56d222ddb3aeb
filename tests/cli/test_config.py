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
    assert (found.exit_code, "STEELYARD_SMTP_FROM is missing" in found.stderr) == (1, True)


def test_all_that_is_wrong_is_told_in_one_run(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEELYARD_LOG_LEVEL", "loud")
    Path("s.toml").write_text('prot = 1\nport = 90000\nsmtp_host = "h"\nallowed_packs = ["nobodys"]\n')
    found = run.invoke(app, ["--config", "s.toml", "config", "check"])
    codes = [line.split("[")[1].split("]")[0] for line in found.stderr.splitlines() if "error[" in line]
    assert (found.exit_code, codes) == (
        1,
        [
            "SETTING_UNKNOWN",
            "SETTING_VALUE",
            "SETTING_VALUE",
            "NOTICE_SETTING_MISSING",
            "PACK_ALLOWED_ABSENT",
            "DATABASE_MISSING",
        ],
    )


def test_what_an_option_says_is_told_with_the_option(run: CliRunner) -> None:
    Path("s.toml").write_text('parts = "files"\n')
    asked = ["--config", "s.toml", "config", "check", "--offline", "--database", "sqlite:///other.db"]
    found = run.invoke(app, [*asked, "--format", "json"])
    said = {row["name"]: (row["value"], row["source"]) for row in json.loads(found.stdout)}
    assert [said[name] for name in ("config", "database", "parts", "tenant")] == [
        ("s.toml", "--config"),
        ("other.db", "--database"),
        ("files", "s.toml:1"),
        ("default", "default"),
    ]


def test_sources_are_said_in_chinese(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEELYARD_TENANT", "default")
    found = run.invoke(app, ["--lang", "zh", "config", "check", "--offline"])
    assert "环境变量" in found.stdout
    assert "默认值" in found.stdout


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
