"""SQL: one reading query; a password is never told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from steelyard.errors import InvalidInput
from steelyard.intake.adapters.sql import SqlAdapter, only_reading


@pytest.fixture
def url(tmp_path: Path) -> str:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (a integer, b text)")
        connection.executemany("insert into t values (?, ?)", [(n, f"x{n}") for n in range(5_000)])
    connection.close()
    return f"sqlite:///{path}"


def test_rows_of_a_query(url: str) -> None:
    with SqlAdapter().read({"url": url, "query": "SELECT a, b, '10:30' AS c FROM t ORDER BY a;"}) as rows:
        found = [row for batch in rows.batches for row in batch.to_pylist()]
    assert rows.headers == ("a", "b", "c")
    assert len(found) == 5_000
    assert found[-1] == {"row": 5_000, "fault": None, "raw": None, "c0": "4999", "c1": "x4999", "c2": "10:30"}


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM t",
        "SELECT 1; DELETE FROM t",
        "WITH x AS (SELECT 1) DELETE FROM t",
        "WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x",
        "SELECT 1 INTO t2",
        "SELECT 1 /*! INTO OUTFILE 'x' */",
        "SELECT 'a\\' INTO OUTFILE \\'x'",
        "",
    ],
)
def test_only_one_reading_statement(query: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        only_reading(query)
    assert raised.value.code == "ADAPTER_NOT_A_QUERY"


@pytest.mark.parametrize(
    "query", ["SELECT 'delete', \"update\" FROM t -- insert", "WITH x AS (SELECT 1) SELECT 2"]
)
def test_words_in_quotes_and_comments_do_not_matter(query: str) -> None:
    assert only_reading(query) == query


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("nonsense hunter2", "ADAPTER_DATABASE_URL"),
        ("nodialect://me:hunter2@localhost/x", "ADAPTER_DATABASE_URL"),
        ("sqlite:////nowhere/hunter2/x.db", "ADAPTER_QUERY_FAILED"),
    ],
)
def test_the_url_is_never_told(url: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDS_URL", url)
    with pytest.raises(InvalidInput) as raised:
        SqlAdapter().check({"url_env": "RECORDS_URL", "query": "SELECT 1"})
    assert raised.value.code == code
    assert "hunter2" not in raised.value.text("en") + raised.value.text("zh")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({}, "ADAPTER_OPTION_MISSING"),
        ({"url": "x", "url_env": "Y"}, "ADAPTER_SECRET_TWICE"),
        ({"url_env": "RECORDS_URL_THAT_IS_NOT_SET"}, "ADAPTER_SECRET_MISSING"),
    ],
)
def test_where_the_url_comes_from(options: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        SqlAdapter().check({**options, "query": "SELECT 1"})
    assert raised.value.code == code


def test_a_failing_query(url: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        SqlAdapter().check({"url": url, "query": "SELECT * FROM nowhere"})
    assert raised.value.code == "ADAPTER_QUERY_FAILED"
