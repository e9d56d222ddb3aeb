"""A newer version of a pack makes a new version of its scheme, and changes no run that there was."""

from __future__ import annotations

import shutil
from pathlib import Path

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.packs import Packs, load_packs
from steelyard.services import catalogue, runs, sampling
from steelyard.services.context import context_on
from steelyard.services.evaluating import evaluate_scheme
from steelyard.store.engine import Database
from steelyard.store.runs import RunRecord

SOUND = Path(__file__).parents[1] / "data/packs/parks"
SCHEME, PERIOD = "parks.park", "2025-summer"


def newer(folder: Path) -> Path:
    """The pack a version on: paths count for less, and manner for more."""
    root = Path(shutil.copytree(SOUND, folder / "parks"))
    for name, changes in {
        "pack.yaml": [("version: 1.0.0", "version: 1.1.0")],
        "schemes/park.yaml": [
            ("version: 1.0.0", "version: 1.1.0"),
            ("        points: 30", "        points: 10"),
            ("  - code: PARK.CLEAN\n    points: 50", "  - code: PARK.CLEAN\n    points: 30"),
        ],
    }.items():
        text = (root / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (root / name).write_text(text, encoding="utf-8")
    return root


def packs(folder: Path) -> Packs:
    return load_packs([], folders=[folder], strict=True)


async def evaluated(database: Database, found: Packs, *, load: bool) -> tuple[RunRecord, ...]:
    """Evaluate the period with these packs; return all its runs, the first revision first."""
    async with context_on(database, found) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        if load:
            await sampling.load_samples(*seat)
        await evaluate_scheme(*seat, scheme=SCHEME, period=PERIOD)
        return await runs.history(context.view(), *seat[1:], scheme=SCHEME, period=PERIOD)


async def test_an_upgrade_makes_a_new_version_and_changes_no_past_run(
    database: Database, tmp_path: Path
) -> None:
    (first,) = await evaluated(database, packs(SOUND), load=True)
    before, after = await evaluated(database, packs(newer(tmp_path)), load=False)
    assert before == first
    assert after.scheme_id != first.scheme_id
    assert after.result_hash != first.result_hash
    assert after.inputs_hash == first.inputs_hash
    async with context_on(database, packs(SOUND)) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        versions = await catalogue.versions(*seat, scheme=SCHEME)
    assert len({version.hash for version in versions}) == len(versions) == 2


async def test_the_same_scheme_in_a_newer_pack_is_the_same_version(
    database: Database, tmp_path: Path
) -> None:
    first = await evaluated(database, packs(SOUND), load=True)
    root = Path(shutil.copytree(SOUND, tmp_path / "parks"))
    (root / "pack.yaml").write_text((root / "pack.yaml").read_text().replace("1.0.0", "1.0.1"))
    scheme = root / "schemes/park.yaml"
    scheme.write_text("# A remark.\n" + scheme.read_text(encoding="utf-8"), encoding="utf-8")
    assert await evaluated(database, packs(root), load=False) == first
