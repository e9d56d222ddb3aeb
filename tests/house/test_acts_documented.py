"""docs/acts.md lists every deed with its permission, and every finding of verification."""

from __future__ import annotations

import re
from pathlib import Path

from steelyard.errors import Kind
from steelyard.services.administration import verification_problems
from steelyard.services.administration.consent import MAY_WAIT
from steelyard.services.administration.registry import DEEDS

PAGE = (Path(__file__).resolve().parents[2] / "docs/acts.md").read_text(encoding="utf-8")


def test_every_deed_is_documented() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| .* \| `([\w.]+)` \| (.*)\|$", PAGE, re.MULTILINE)
    documented = [(name, permission, bool(waits.strip())) for name, permission, waits in rows]
    assert documented == [(name, DEEDS[name].permission.value, name in MAY_WAIT) for name in sorted(DEEDS)]


def test_every_finding_is_documented() -> None:
    kinds = {each.code for each in vars(verification_problems).values() if isinstance(each, Kind)}
    missing = {code for code in kinds if not code.startswith("HEAD_") and f"`{code}`" not in PAGE}
    assert missing == set()
