"""Each bomb and each way out of a place is refused with its code, and takes little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from hostile.bombs import Bomb, bombs

BOMBS = {bomb.name: bomb for bomb in bombs()}
SCALE = int(os.environ.get("STEELYARD_TEST_BOMBS", "1"))
"""How many times as large as usual the large ones are: `STEELYARD_TEST_BOMBS=10` for a campaign."""
MOST = 200
"""MB that reading may take beside what the process had before."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is said of each: by one process of Parquet, which keeps memory by itself, by one of the others."""
    folder = tmp_path_factory.mktemp("bombs")
    groups = [
        [each for each in BOMBS.values() if each.name.endswith(".parquet") is of] for of in (True, False)
    ]
    return {name: said for group in groups for name, said in _read(group, folder)}


def _read(group: Sequence[Bomb], folder: Path) -> Iterator[tuple[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "hostile.reading"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for bomb in group:
            path = folder / bomb.name
            bomb.write(path, SCALE)
            child.stdin.write(f"{bomb.reader} {path}\n")
            child.stdin.flush()
            yield bomb.name, json.loads(child.stdout.readline())
            if path.is_file():
                path.unlink()
        child.stdin.close()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_it_is_refused_with_its_code(told: dict[str, Any], bomb: Bomb) -> None:
    assert tuple(told[bomb.name]["codes"]) == bomb.codes


@pytest.mark.parametrize("name", BOMBS)
def test_it_takes_little_memory(told: dict[str, Any], name: str) -> None:
    assert told[name]["peak"] - told[name]["before"] < MOST
