"""What an import is called whose rows come from no file: it stands behind numbers as a file's name does."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.cli.records_import import chosen_source


@pytest.mark.parametrize(
    ("adapter", "options", "name"),
    [
        ("http", ["url=https://user:secret@erp.example/v1/tickets?key=secret#x"], "erp.example/v1/tickets"),
        ("http", ["url=https://erp.example"], "erp.example"),
        ("http", ["rows=/"], "http"),
        ("http", ["url=http://["], "http"),
        ("sql", ["url=postgresql://user:secret@db/erp", "query=SELECT 1"], "sql"),
    ],
)
def test_an_address_without_its_secrets(adapter: str, options: list[str], name: str) -> None:
    assert chosen_source(None, adapter, options).name == name


def test_a_file_by_its_name() -> None:
    assert chosen_source(Path("in/tickets.csv"), "csv", []).name == "tickets.csv"
