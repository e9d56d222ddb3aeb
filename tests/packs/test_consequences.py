"""What follows from a fault goes away with it; variants and attributes that do not agree are told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard.packs.checking import check_pack
from steelyard.packs.origin import folder_pack

SOUND = Path(__file__).parents[1] / "data/packs/parks"
SCHEME, TABLE, UNITS = "schemes/park.yaml", "samples/parks.park.csv", "samples/units.yaml"
VARIANTS = "variants: {by: size, weights: {big: {}}}\nroot: PARK"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    root = tmp_path / "parks"
    shutil.copytree(SOUND, root)
    return root


def edited(root: Path, file: str, *changes: tuple[str, str]) -> None:
    text = (root / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (root / file).write_text(text, encoding="utf-8")


def codes(root: Path) -> list[str]:
    return [problem.code for problem in check_pack(folder_pack(root)).problems]


def as_gb18030(root: Path) -> None:
    text = (root / SCHEME).read_text(encoding="utf-8")
    (root / SCHEME).write_bytes(text.encode("gb18030"))


CAUSES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no UTF-8": (as_gb18030, "PACK_NOT_UTF8"),
    "yml": (lambda root: (root / SCHEME).rename(root / "schemes/park.yml"), "PACK_MISPLACED_SCHEME"),
    "at the top": (lambda root: (root / SCHEME).rename(root / "park.yaml"), "PACK_MISPLACED_SCHEME"),
    "another folder": (lambda root: (root / "schemes").rename(root / "scheme"), "PACK_MISPLACED_SCHEME"),
    "two of one name": (
        lambda root: shutil.copy(root / SCHEME, root / "schemes/copy.yaml"),
        "PACK_DUPLICATE_NAME",
    ),
    "a unit twice": (lambda root: edited(root, UNITS, ("code: SOUTH", "code: NORTH")), "PACK_DUPLICATE_UNIT"),
    "a workbook": (lambda root: (root / TABLE).write_bytes(b"PK\x03\x04\xff\xfe"), "PACK_SPREADSHEET"),
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_cause_is_told_alone(name: str, pack: Path) -> None:
    spoil, code = CAUSES[name]
    spoil(pack)
    assert codes(pack) == [code]


def test_a_cause_is_told_first(pack: Path) -> None:
    edited(pack, SCHEME, ("scheme: parks.park", "scheme: gardens.park"))
    assert codes(pack)[0] == "PACK_SCHEME_NAME"


def test_a_variant_that_the_scheme_does_not_list(pack: Path) -> None:
    edited(pack, SCHEME, ("root: PARK", VARIANTS))
    edited(
        pack, TABLE, ("unit,period", "unit,size,period"), ("NORTH,", "NORTH,bigg,"), ("SOUTH,", "SOUTH,big,")
    )
    assert codes(pack) == ["PACK_SAMPLE_VARIANT"]


def test_an_attribute_that_contradicts_the_unit(pack: Path) -> None:
    edited(pack, SCHEME, ("root: PARK", VARIANTS.replace("big: {}", "big: {}, small: {}")))
    edited(
        pack, TABLE, ("unit,period", "unit,size,period"), ("NORTH,", "NORTH,big,"), ("SOUTH,", "SOUTH,big,")
    )
    edited(pack, UNITS, ("en: North Park}", "en: North Park}, attributes: {size: small}"))
    assert codes(pack) == ["PACK_SAMPLE_ATTRIBUTE_DIFFERS"]


def test_a_case_of_an_unknown_variant(pack: Path) -> None:
    edited(pack, SCHEME, ("root: PARK", VARIANTS))
    edited(
        pack, "cases/park.yaml", ("    verdict: passed", "    attributes: {size: bigg}\n    verdict: passed")
    )
    assert codes(pack) == ["PACK_CASE_UNKNOWN_VARIANT"]


def test_percent_of_a_rate_in_percent_is_the_same_in_cases_as_in_tables(pack: Path) -> None:
    rubric = "rubric: {kind: rate, unit: percent}"
    edited(
        pack, SCHEME, ("rubric: {kind: linear, worst: $patience, best: 0}", rubric), ("patience: 20", "p: 2")
    )
    edited(pack, "cases/park.yaml", ("waiting_minutes: 0", "waiting_minutes: 100%"))
    found = codes(pack)
    assert "PACK_CASE_MISMATCH" not in found
