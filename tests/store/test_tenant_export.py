"""A tenant's export has every row of it, none of others, and says what it has."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest

from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.store import migrate, tenant_export, units
from steelyard.store.engine import Database
from steelyard.store.tables import METADATA
from steelyard.store.units import NewUnit

Ids = dict[str, int]


class Pipe(io.RawIOBase):
    """Somewhere to write to that cannot seek, such as a connection."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.written += data
        return len(data)


async def exported(database: Database, scope: Scope) -> ZipFile:
    pipe = Pipe()
    async with database.read(scope) as reader:
        await tenant_export.write(reader, scope, pipe)
    return ZipFile(io.BytesIO(bytes(pipe.written)))


def lines(archive: ZipFile, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"{table}.jsonl").decode().splitlines()]


@pytest.fixture
async def archive(database: Database, scope: Scope, other_scope: Scope, full: Ids) -> ZipFile:
    async with database.write(other_scope) as writer:
        await units.ensure(writer, other_scope, [NewUnit("theirs", Text("乙", "Beta"), "shop")])
    return await exported(database, scope)


async def test_every_table_is_there_and_the_manifest_is_last(archive: ZipFile) -> None:
    names = archive.namelist()
    assert names[-1] == "manifest.json"
    assert set(names[:-1]) == {f"{table}.jsonl" for table in METADATA.tables}


async def test_the_manifest_says_what_is_in_it(archive: ZipFile, scope: Scope) -> None:
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"]) == (tenant_export.FORMAT, migrate.head())
    assert manifest["tenant"] == "acme"
    assert datetime.fromisoformat(manifest["exported_at"]).tzinfo is not None
    for table, said in manifest["tables"].items():
        content = archive.read(f"{table}.jsonl")
        assert said == {"rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
    assert manifest["tables"]["measurement"]["rows"] == 2


async def test_only_the_tenants_rows_are_in_it(archive: ZipFile, scope: Scope) -> None:
    assert [tenant["code"] for tenant in lines(archive, "tenant")] == ["acme"]
    assert {unit["code"] for unit in lines(archive, "unit")} == {"co", "r1", "r2", "s1", "s2"}
    owners = {
        row["tenant_id"] for table in METADATA.tables for row in lines(archive, table) if table != "tenant"
    }
    assert owners == {scope.tenant_id}


async def test_values_are_written_as_they_are_kept(archive: ZipFile) -> None:
    first, second = lines(archive, "measurement")
    assert (first["value"], first["supersedes"]) == ("19.6", None)
    assert (second["value"], second["supersedes"]) == (None, first["id"])
    assert datetime.fromisoformat(first["recorded_at"]).tzinfo is not None
    (link,) = lines(archive, "unit_parent")
    assert (link["valid_from"], link["valid_to"]) == ("0001-01-01", None)
    (weights,) = lines(archive, "weight_set")
    assert weights["weights"] == {"A": "0.5"}
    assert lines(archive, "scheme_version")[0]["source"] == "甲"


async def test_the_same_rows_are_the_same_bytes(database: Database, scope: Scope, archive: ZipFile) -> None:
    again = await exported(database, scope)
    tables = json.loads(archive.read("manifest.json"))["tables"]
    assert json.loads(again.read("manifest.json"))["tables"] == tables
