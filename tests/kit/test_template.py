"""The template of `steelyard pack new`: built as a wheel, installed into an empty environment, tested there.

Nothing is fetched: the wheel is built by the running environment, and the new one sees that one's packages.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from steelyard.packs.draft import draft_pack

PAGE = (Path(__file__).resolve().parents[2] / "docs/packs/tutorial.md").read_text(encoding="utf-8")
PROJECT = re.compile(r"^<!-- file: pyproject.toml -->\n```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = "import sys, steelyard_graphql.cli as cli; sys.argv[0] = 'steelyard'; cli.main()"
SUITE = """
from steelyard.packs.testing import PackConformance

class TestHotel(PackConformance):
    pack = "hotel"
"""


def execute(*words: str | Path, cwd: Path) -> str:
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def project(folder: Path) -> Path:
    """The template, made a package as the tutorial says."""
    draft_pack("hotel", folder / "hotel")
    (folder / "hotel/__init__.py").write_text('"""The hotel pack."""\n')
    (text,) = PROJECT.findall(PAGE)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def empty_environment(folder: Path) -> Path:
    """A new environment; returns its Python. Its packages are the running environment's, and none besides."""
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    borrowed = sysconfig.get_path("purelib")
    (site / "borrowed.pth").write_text(f"import site; site.addsitedir({borrowed!r})\n")
    return folder / "bin/python"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The Python of an environment with the pack's wheel, and an empty folder to work in."""
    folder = tmp_path_factory.mktemp("template")
    (folder / "project").mkdir()
    source = project(folder / "project")
    execute(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", cwd=source)
    (wheel,) = (folder / "dist").glob("*.whl")
    python = empty_environment(folder / "environment")
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    execute(sys.executable, "-m", "pip", "--python", python, *install, cwd=folder)
    (folder / "elsewhere").mkdir()
    return python, folder / "elsewhere"


def test_the_wheel_is_found_and_loaded(installed: tuple[Path, Path]) -> None:
    python, folder = installed
    listing = json.loads(execute(python, "-c", PROGRAM, "pack", "list", "--format", "json", cwd=folder))
    (entry,) = [entry for entry in listing if entry["name"] == "hotel"]
    assert (entry["state"], entry["origin"]) == ("loaded", "steelyard-hotel 1.0.0")
    assert entry["schemes"] == ["hotel.service"]


def test_the_wheel_passes_the_suite(installed: tuple[Path, Path]) -> None:
    python, folder = installed
    (folder / "test_hotel.py").write_text(SUITE)
    printed = execute(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_hotel.py", cwd=folder)
    assert re.search(r"^14 passed", printed, re.MULTILINE), printed


def test_the_suite_needs_pytest_and_the_package_does_not(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['pytest'] = None; import steelyard.packs, steelyard.packs.testing;"
        "assert 'hypothesis' not in sys.modules"
    )
    execute(sys.executable, "-c", program, cwd=tmp_path)
