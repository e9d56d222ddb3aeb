"""`make bench`: prints every ratio with its bar and writes them to bench/results.json.

`python -m bench records` measures that group alone and leaves what the file says of the others.
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench import graphql_reads, http_reads, paths, records, scoring, what_if

RESULTS = Path(__file__).with_name("results.json")
GROUPS = {
    "scoring": scoring,
    "graphql_reads": graphql_reads,
    "http_reads": http_reads,
    "what_if": what_if,
    "paths": paths,
    "records": records,
}


def main() -> int:
    """Measure, print, write; exit 1 if a bar is missed."""
    ratios = []
    named = sys.argv[1:]
    for group in (GROUPS[name] for name in named or GROUPS):
        for ratio in group.ratios():
            bar = "baseline" if ratio.bar is None else f"bar {'≤' if ratio.at_most else '≥'} {ratio.bar:g}"
            mark = {True: "met", False: "MISSED", None: ""}[ratio.met]
            print(
                f"{ratio.name:<58} {ratio.measured:8.1f} ×  {bar:<12} {mark:<7}"
                f"({ratio.seconds:.3f} s, {ratio.yardstick_seconds:.3f} s)",
                flush=True,
            )
            ratios.append(ratio)
    machine = {"python": platform.python_version(), "numpy": np.__version__}
    lines = {ratio.name: ratio.as_dict() for ratio in ratios}
    if named:
        lines = _in_file() | lines
    RESULTS.write_text(json.dumps({**machine, "ratios": list(lines.values())}, indent=2, ensure_ascii=False))
    print(f"written to {RESULTS.relative_to(Path.cwd())}")
    return 1 if any(ratio.met is False for ratio in ratios) else 0


def _in_file() -> dict[str, dict[str, Any]]:
    """What was measured last, by name."""
    return {line["name"]: line for line in json.loads(RESULTS.read_text())["ratios"]}


if __name__ == "__main__":
    sys.exit(main())
