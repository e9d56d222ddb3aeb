"""Packs put together for the suite: a sound one, and what a fault changes in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest import SkipTest

from steelyard.packs.testing import PackConformance

PACKS = Path(__file__).parent / "packs"
SOUND = ("sound", "python")
FAULTS = sorted(folder.name for folder in PACKS.iterdir() if folder.name not in SOUND)
MODULE = "parks_pack"


def assemble(fault: str, target: Path) -> Path:
    """Lay a fault's files over the sound pack's, with Python below where the fault is in Python."""
    folder = target / MODULE
    layers = ["sound", *(["python"] if (PACKS / fault / "rubric.py").exists() else []), fault]
    for layer in layers:
        shutil.copytree(PACKS / layer, folder, dirs_exist_ok=True)
    return folder


def install(target: Path, pack: str, module: str) -> None:
    """Make the folder `module` in `target` an installed distribution, once `target` is on the path."""
    about = target / f"{pack}-1.0.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {pack}\nVersion: 1.0.0\n")
    (about / "entry_points.txt").write_text(f"[steelyard.packs]\n{pack} = {module}\n")


def failures(pack: str | Path) -> dict[str, str]:
    """What each check says that fails, by its name without `test_`."""
    suite = type("TestPack", (PackConformance,), {"pack": pack})()
    found = {}
    for name in dir(suite):
        if name.startswith("test_"):
            try:
                getattr(suite, name)()
            except AssertionError as error:
                found[name.removeprefix("test_")] = str(error)
            except SkipTest:
                continue
    return found
