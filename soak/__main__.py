"""`python -m soak [CAMPAIGN…] [--minutes M] [--queries N] [--seed S] [--report FILE]`: run campaigns."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from soak import abuse, concurrency, load, noninterference, records
from soak.report import Report, since

CAMPAIGNS = {
    "noninterference": noninterference.campaign,
    "records": records.campaign,
    "concurrency": concurrency.campaign,
    "abuse": abuse.campaign,
    "load": load.campaign,
}
"""By name; each takes a budget, where to tell what it finds, and a seed, and returns whether all was well."""


def main() -> int:
    """Run the campaigns named, all if none; exit 1 if one of them found something or was interrupted."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=f"of: {', '.join(CAMPAIGNS)}")
    parser.add_argument("--minutes", type=float, help="how long all of them may take")
    parser.add_argument("--queries", type=int, default=10_000, help="questions of each part of a campaign")
    parser.add_argument("--seed", default="soak", help="another seed, other questions")
    parser.add_argument("--report", type=Path, help="file of Markdown to write what was run and found")
    asked = parser.parse_args()
    if unknown := set(asked.campaigns) - CAMPAIGNS.keys():
        parser.error(f"no such campaign: {', '.join(sorted(unknown))}")
    names = asked.campaigns or list(CAMPAIGNS)
    report = Report(
        {
            "campaigns": " ".join(names),
            **{name: getattr(asked, name) for name in ("minutes", "queries", "seed")},
        }
    )
    # Who ends it from outside wants the report, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(names, asked, report)
    except KeyboardInterrupt:
        report.is_interrupted = True
        print("interrupted")
    finally:
        _write(report, asked.report)
    return 0 if report.is_well else 1


def _run(names: list[str], asked: argparse.Namespace, report: Report) -> None:
    end = None if asked.minutes is None else time.monotonic() + asked.minutes * 60
    for number, name in enumerate(names):
        print(f"{name}:", flush=True)
        now = time.monotonic()
        # What one leaves over of its share is for those after it.
        share = None if end is None else now + max(0.0, end - now) / (len(names) - number)
        section = report.section(name)
        try:
            section.went = CAMPAIGNS[name](asked.queries, share, section, asked.seed)
        except Exception as error:
            # The others are to run, and the report to tell of it.
            section.fault(f"it broke off: {type(error).__name__}: {error}")
            section.went = False
        finally:
            section.seconds = since(now)
            _write(report, asked.report)


def _write(report: Report, path: Path | None) -> None:
    if path is not None:
        report.write(path)


if __name__ == "__main__":
    sys.exit(main())
