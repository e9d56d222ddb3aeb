"""The wheel carries all it needs to work outside a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked elsewhere."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


@pytest.mark.parametrize(
    "pattern",
    [
        "steelyard/store/migrations/env.py",
        "steelyard/store/migrations/versions/0001_*.py",
        "steelyard/py.typed",
        "steelyard_graphql/cli.py",
        "steelyard_automotive/schemes/*.yaml",
        "steelyard_education/samples/*",
        "steelyard_ecommerce/cases/*.yaml",
        "steelyard-*.dist-info/licenses/LICENSE",
        "steelyard-*.dist-info/entry_points.txt",
    ],
)
def test_the_wheel_contains(unpacked: Path, pattern: str) -> None:
    assert list(unpacked.glob(pattern))


def run_unpacked(unpacked: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command from the unpacked wheel, with the checkout out of sight."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    program = "import sys, steelyard_graphql.cli as cli; sys.argv[0] = 'steelyard'; cli.main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=cwd, env=environment, capture_output=True, text=True
    )


def test_the_wheel_upgrades_a_database_and_lists_its_packs(unpacked: Path, tmp_path: Path) -> None:
    where = run_unpacked(unpacked, tmp_path, "--help")
    assert where.returncode == 0, where.stderr
    upgraded = run_unpacked(unpacked, tmp_path, "db", "upgrade", "--database", "sqlite:///new.db")
    assert upgraded.returncode == 0, upgraded.stderr
    assert (tmp_path / "new.db").exists()
    listed = run_unpacked(unpacked, tmp_path, "pack", "list", "--format", "json")
    assert listed.returncode == 0, listed.stderr
    assert all(name in listed.stdout for name in ("automotive", "education", "ecommerce"))
