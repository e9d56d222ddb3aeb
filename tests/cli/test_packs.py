from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
import pytest

from cli.cli_runs import run
from steelyard.cli import pack_options
from steelyard.packs import PackOrigin, Packs, installed_packs, load_packs


def failing() -> object:
    raise ImportError("no such module")


@pytest.fixture
def broken_pack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def load(*, folders: Sequence[Path], allow: list[str] | None, strict: bool) -> Packs:
        broken = PackOrigin("broken", "broken 1.0", failing)
        return load_packs([*installed_packs(), broken], folders=folders, allow=allow, strict=strict)

    with monkeypatch.context() as patch:
        patch.setattr(pack_options, "load_packs", load)
        yield


def test_the_installed_packs_are_listed() -> None:
    result = run("pack", "list")
    assert result.exit_code == 0
    for text in ("automotive.front-desk", "education.campus", "ecommerce.shop", "loaded"):
        assert text in result.stdout


def test_the_list_as_json() -> None:
    entries = {entry["name"]: entry for entry in orjson.loads(run("pack", "list", "--format", "json").stdout)}
    assert entries.keys() >= {"automotive", "education", "ecommerce"}
    schemes = [
        "automotive.front-desk-audit",
        "automotive.front-desk",
        "automotive.service-process",
        "automotive.shop",
    ]
    assert entries["automotive"]["schemes"] == schemes
    assert entries["automotive"]["reason"] == []


@pytest.mark.usefixtures("broken_pack")
def test_a_broken_pack_is_listed_with_its_reason_beside_the_good_ones() -> None:
    result = run("pack", "list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "automotive" in result.stdout
    assert "failed" in result.stdout
    assert "no such module" in result.stdout
    entries = {entry["name"]: entry for entry in orjson.loads(run("pack", "list", "--format", "json").stdout)}
    assert entries["broken"]["state"] == "failed"
    assert entries["broken"]["reason"][0]["message"]["zh"]


@pytest.mark.usefixtures("broken_pack")
def test_strict_makes_a_broken_pack_an_error() -> None:
    result = run("pack", "list", "--strict")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no such module" in result.stderr
