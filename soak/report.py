"""What a soak has run and found, shown while it runs and kept as a file of Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

WENT = {True: "well", False: "**FAULTS**", None: "interrupted"}
SHARES = {"median": 0.5, "p90": 0.9, "p99": 0.99, "longest": 1.0}


@dataclass
class Section:
    """What one campaign says. went: whether all was well, None while it runs."""

    name: str
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    went: bool | None = None
    seconds: float = 0.0

    def say(self, text: str) -> None:
        """Tell something, now and in the report; several lines of one kind may follow each other."""
        print(f"  {text}", flush=True)
        self.lines.append(f"    {text}")

    def fault(self, text: str) -> None:
        """Tell of what must not be."""
        print(f"  FAULT {text}", flush=True)
        self.faults.append(text)

    def figures(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Keep a table; it is shown as lines."""
        for row in rows:
            print(f"  {title}: {', '.join(f'{head} {cell}' for head, cell in zip(heads, row, strict=True))}")
        made = [heads, ["---"] * len(heads), *rows]
        table = [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in made]
        self.lines += ["", f"{title}:", "", *table, ""]


@dataclass
class Report:
    """All sections, with what is to be known to run the same again. asked: the options of the command."""

    asked: Mapping[str, object]
    sections: list[Section] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    is_interrupted: bool = False

    def section(self, name: str) -> Section:
        """Begin the section of a campaign."""
        self.sections.append(Section(name))
        return self.sections[-1]

    @property
    def is_well(self) -> bool:
        """Whether all that was to run has run, and found nothing."""
        return not self.is_interrupted and all(each.went for each in self.sections)

    def markdown(self) -> str:
        """The whole report."""
        facts = {
            "Steelyard": f"{version('steelyard')}{_commit()}",
            "machine": f"{platform.platform()}, {os.cpu_count()} processors, {_memory()}",
            "Python": platform.python_version(),
            "asked": ", ".join(f"{name} {value}" for name, value in self.asked.items()),
            "began": f"{self.began:%Y-%m-%d %H:%M:%S} UTC",
            "written": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "result": "interrupted" if self.is_interrupted else "well" if self.is_well else "FAULTS",
        }
        lines = [
            "# Soak",
            "",
            "| | |",
            "|---|---|",
            *(f"| {name} | {value} |" for name, value in facts.items()),
        ]
        lines += ["", "| campaign | seconds | faults | went |", "|---|---|---|---|"]
        for each in self.sections:
            lines.append(f"| {each.name} | {each.seconds:.0f} | {len(each.faults)} | {WENT[each.went]} |")
        for each in self.sections:
            lines += ["", f"## {each.name}", "", *each.lines]
            if each.faults:
                lines += ["", "### Faults", "", *(f"    {fault}" for fault in each.faults)]
        return "\n".join(lines) + "\n"

    def write(self, path: Path) -> None:
        """Write it whole, or leave what is there."""
        beside = path.with_name(f"{path.name}.part")
        beside.write_text(self.markdown(), encoding="utf-8")
        beside.replace(path)


def quantiles(seconds: Sequence[float]) -> list[str]:
    """Of some times those at SHARES, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return ["–"] * len(SHARES)
    last = len(ordered) - 1
    return [f"{ordered[min(last, int(share * len(ordered)))] * 1000:.0f} ms" for share in SHARES.values()]


def since(began: float) -> float:
    """Seconds since a moment of the monotonic clock."""
    return time.monotonic() - began


def _commit() -> str:
    """The commit of this checkout, if it is one, and whether it was changed."""
    here = Path(__file__).parent
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],
            cwd=here,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" at {told.stdout.strip()}"


def _memory() -> str:
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return f"{pages * size / 1e9:.1f} GB"
