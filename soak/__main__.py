"""`python -m soak [CAMPAIGN…] [--minutes M] [--queries N]`: run campaigns, show how far they are, report."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from soak import concurrency, load, noninterference, records

CAMPAIGNS = {
    "noninterference": noninterference.campaign,
    "records": records.campaign,
    "concurrency": concurrency.campaign,
    "load": load.campaign,
}
"""By name; each takes a budget and returns its report and whether it found nothing."""


def main() -> int:
    """Run the campaigns named, all if none; exit 1 if one of them found something."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=f"of: {', '.join(CAMPAIGNS)}")
    parser.add_argument("--minutes", type=float, help="how long all of them may take")
    parser.add_argument("--queries", type=int, default=10_000, help="questions of each part of a campaign")
    asked = parser.parse_args()
    if unknown := set(asked.campaigns) - CAMPAIGNS.keys():
        parser.error(f"no such campaign: {', '.join(sorted(unknown))}")
    names = asked.campaigns or list(CAMPAIGNS)
    end = None if asked.minutes is None else time.monotonic() + asked.minutes * 60
    well = True
    for number, name in enumerate(names):
        print(f"{name}:", flush=True)
        now = time.monotonic()
        # What one leaves over of its share is for those after it.
        share = None if end is None else now + max(0.0, end - now) / (len(names) - number)
        well &= CAMPAIGNS[name](asked.queries, share)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
