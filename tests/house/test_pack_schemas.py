"""docs/schema/*.json are the JSON Schemas of the models, and what `pack schema` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.cli_runs import run
from steelyard.cli.pack_schema import written
from steelyard.packs.json_schema import FileKind

FOLDER = Path(__file__).resolve().parents[2] / "docs/schema"


@pytest.mark.parametrize("kind", FileKind)
def test_the_file_is_up_to_date(kind: FileKind) -> None:
    assert (FOLDER / f"{kind}.json").read_bytes() == written(kind), (
        f"run: steelyard pack schema --of {kind} > docs/schema/{kind}.json"
    )


def test_there_are_no_others() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{kind}.json" for kind in FileKind}


def test_the_command_prints_it() -> None:
    assert run("pack", "schema", "--of", "playbook").stdout_bytes == written(FileKind.PLAYBOOK)
