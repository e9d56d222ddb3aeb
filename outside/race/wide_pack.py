"""A pack of one scheme with 30 leaves and 1,000 units, as a folder."""

from __future__ import annotations

import json
import random
from pathlib import Path

UNITS, LEAVES = 1_000, 30
SCHEME, PERIOD = "wide.race", "2025"
LEAF_CODES = [f"W{number:02d}" for number in range(LEAVES)]
_CODES = [f"U{number:04d}" for number in range(UNITS)]
_MISSING = 0.07


def write(folder: Path) -> None:
    """Write the pack's files; the numbers are drawn anew from the same seed, 7 % are missing."""
    title = {"zh": "宽表", "en": "Wide"}
    pack = {
        "format": "steelyard-pack/1",
        "name": "wide",
        "version": "1.0.0",
        "api_version": 1,
        "title": title,
    }
    units = [{"code": code, "type": "wide", "title": {"zh": code, "en": code}} for code in _CODES]
    _put(folder / "pack.yaml", pack)
    _put(folder / "schemes" / "race.yaml", _scheme())
    _put(folder / "samples" / "units.yaml", {"units": units})
    (folder / "samples" / f"{SCHEME}.csv").write_text(_table(), encoding="utf-8")


def _scheme() -> dict[str, object]:
    bands = [("A", "80%"), ("B", "50%"), ("C", "0%")]
    return {
        "format": "steelyard/1",
        "scheme": SCHEME,
        "version": "1",
        "title": {"zh": "宽表", "en": "Wide"},
        "unit_type": "wide",
        "calendar": "year",
        "pass": "60%",
        "bands": [{"code": code, "from": start} for code, start in bands],
        "indicators": [{"code": code, "points": 10, "rubric": {"kind": "points"}} for code in LEAF_CODES],
    }


def _table() -> str:
    draw = random.Random(20251231)
    lines = [",".join(["unit", "period", *LEAF_CODES])]
    for code in _CODES:
        cells = ["" if draw.random() < _MISSING else f"{draw.randint(0, 100) / 10}" for _ in LEAF_CODES]
        lines.append(",".join([code, PERIOD, *cells]))
    return "\n".join(lines) + "\n"


def _put(path: Path, content: dict[str, object]) -> None:
    """JSON is YAML, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
