"""`steelyard db upgrade`, and what commands say of a database that they cannot use."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from cli.cli_runs import FRONT_DESK_TABLE, run, written
from postgres_server import SERVICE
from steelyard.cli import tenant
from steelyard.cli.database import VARIABLE
from steelyard.services.context import open_context
from steelyard.store import migrate

DATABASE_COMMANDS = (["import", "automotive.front-desk", "t.csv"], ["evaluate", "automotive.front-desk"])
MORE = f'revision = "9999"\ndown_revision = "{migrate.head()}"\n\n\ndef upgrade() -> None:\n    pass\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a table."""
    written(tmp_path, "t.csv", FRONT_DESK_TABLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_default_is_a_file_where_one_works(here: Path) -> None:
    result = run("db", "upgrade")
    assert (result.exit_code, result.stdout) == (0, f"steelyard.db is at version {migrate.head()}.\n")
    assert (here / "steelyard.db").exists()
    assert run("db", "upgrade").stdout == result.stdout


def test_the_database_is_named_by_option_or_environment(here: Path) -> None:
    assert run("db", "upgrade", "--database", "sqlite:///a.db").exit_code == 0
    assert run("db", "upgrade", env={VARIABLE: "sqlite:///b.db"}).exit_code == 0
    assert {path.name for path in here.glob("*.db")} == {"a.db", "b.db"}


def test_postgresql(postgres_url: str) -> None:
    result = run("--lang", "zh", "db", "upgrade", "--database", postgres_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "已是版本" in result.stdout


def test_grant(postgres_url: str) -> None:
    run("db", "upgrade", "--database", postgres_url)
    result = run("db", "grant", SERVICE, "--database", postgres_url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert SERVICE in result.stdout


def test_grant_on_sqlite() -> None:
    result = run("db", "grant", "anybody")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error[DATABASE_NOT_POSTGRESQL]" in result.stderr


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    server = request.getfixturevalue("postgres")
    return str(server.url(server.create()))


def outdated(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("db", "upgrade")
    shutil.copytree(migrate.folder(), here / "migrations")
    (here / "migrations" / "versions" / "9999_more.py").write_text(MORE)
    monkeypatch.setattr(migrate, "folder", lambda: here / "migrations")


def newer(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("db", "upgrade")
    connection = sqlite3.connect(here / "steelyard.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()


def gone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("db", "upgrade")
    (here / "steelyard.db").unlink()


def no_database(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "steelyard.db").write_text("notes")


def misspelt(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "mysql://here")


@pytest.mark.parametrize("command", DATABASE_COMMANDS, ids=["import", "evaluate"])
@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [
        (outdated, "DATABASE_OUTDATED", 2),
        (newer, "DATABASE_NEWER", 2),
        (gone, "DATABASE_MISSING", 2),
        (no_database, "DATABASE_UNUSABLE", 2),
        (misspelt, "DATABASE_URL", 2),
    ],
)
def test_a_database_that_does_not_fit(
    command: list[str],
    fault: Callable[[Path, pytest.MonkeyPatch], None],
    code: str,
    status: int,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault(here, monkeypatch)
    result = run(*command)
    assert (result.exit_code, result.stdout) == (status, "")
    assert f"error[{code}]" in result.stderr


def test_a_locked_database(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenant, "open_context", partial(open_context, lock_timeout=0.1))
    run("db", "upgrade")
    holder = sqlite3.connect(here / "steelyard.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        results = [run(*command) for command in DATABASE_COMMANDS]
    finally:
        holder.close()
    for result in results:
        assert (result.exit_code, result.stdout) == (1, "")
        assert "error[DATABASE_LOCKED]" in result.stderr
