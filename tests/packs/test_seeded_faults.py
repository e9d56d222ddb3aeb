"""What authors get wrong, one fault an entry: each is reported with its code at its line, by `pack check`.

The faults are listed in tests/data/packs/faults.yaml, the sound pack stands beside it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from steelyard.errors import Problem
from steelyard.packs.checking import check_pack
from steelyard.packs.origin import folder_pack

DATA = Path(__file__).parents[1] / "data/packs"
SOUND = DATA / "parks"


@dataclass(frozen=True)
class Fault:
    what: str
    file: str
    old: str
    new: str
    code: str
    at: str | None = None


FAULTS = [Fault(**entry) for entry in YAML(typ="safe").load(DATA / "faults.yaml")]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def expected_line(fault: Fault, before: str, after: str) -> int:
    if fault.at is not None:
        return line_of(after, fault.at)
    start = before.index(fault.old)
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), start)
    return after[:same].count("\n") + 1


def seeded(fault: Fault, folder: Path) -> tuple[list[Problem], int]:
    """The problems of the pack with the fault, and the line in which it stands."""
    root = folder / "parks"
    shutil.copytree(SOUND, root)
    before = (root / fault.file).read_text(encoding="utf-8")
    assert before.count(fault.old) >= 1, fault.old
    after = before.replace(fault.old, fault.new, 1)
    (root / fault.file).write_text(after, encoding="utf-8")
    return list(check_pack(folder_pack(root)).problems), expected_line(fault, before, after)


def test_the_pack_is_sound() -> None:
    assert check_pack(folder_pack(SOUND)).problems == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_is_reported_at_its_line(fault: Fault, tmp_path: Path) -> None:
    found, line = seeded(fault, tmp_path)
    told = [
        (p.code, (p.place.file or "").removeprefix(f"{tmp_path}/parks/"), p.place.line or p.place.row)
        for p in found
    ]
    assert (fault.code, fault.file, line) in told


def test_there_are_many() -> None:
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= 60
