"""Figures: none is the noise of floating point, and none is a negative zero."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphql_api.http_server import Api

DECIMALS, NOISE = 9, 1e-13
SCREENS = Path(__file__).parents[2] / "docs" / "screens"


def noise(found: Any, path: str = "") -> Iterator[str]:
    """Where in an answer a figure is no decimal that somebody would write."""
    match found:
        case dict():
            for name, value in found.items():
                yield from noise(value, f"{path}.{name}")
        case list():
            for at, value in enumerate(found):
                yield from noise(value, f"{path}[{at}]")
        case float():
            off = abs(found - round(found, DECIMALS))
            if 0 < off < NOISE or (found == 0 and math.copysign(1, found) < 0):
                yield f"{path}: {found!r}"


@pytest.mark.parametrize("path", sorted(SCREENS.glob("*.graphql")), ids=lambda path: path.stem)
def test_screens_show_decimals(api: Api, path: Path) -> None:
    assert list(noise(api.ask(path.read_text(encoding="utf-8")))) == []
