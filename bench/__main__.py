"""`make bench`: prints every ratio with its bar and writes them to bench/results.json."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

import numpy as np

from bench import graphql_reads, paths, records, scoring, what_if

RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Measure, print, write; exit 1 if a bar is missed."""
    ratios = []
    for group in (scoring, graphql_reads, what_if, paths, records):
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
    RESULTS.write_text(
        json.dumps({**machine, "ratios": [r.as_dict() for r in ratios]}, indent=2, ensure_ascii=False)
    )
    print(f"written to {RESULTS.relative_to(Path.cwd())}")
    return 1 if any(ratio.met is False for ratio in ratios) else 0


if __name__ == "__main__":
    sys.exit(main())
