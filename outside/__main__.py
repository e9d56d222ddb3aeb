"""`python -m outside [JUDGE…]`: judges from outside hold the service to what they know.

The exit code is 1 if one does not accept it. A judge that cannot work here (no Node, no network for what it
is made of) is reported as not judged; with `--all-must-judge` that is a failure, too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from outside.judgement import Judgement, NotJudged, Outcome
from outside.judges import (
    graphql_cop,
    graphql_http,
    postgraphile,
    python_client,
    relay,
    schema_lint,
    schemathesis,
    subscriptions,
    typed_client,
)
from outside.service import Service
from outside.world import sample_service

SERVED: dict[str, Callable[[Service], Judgement]] = {
    "graphql_ws": subscriptions.by_socket,
    "graphql_sse": subscriptions.by_events,
    "typed_client": typed_client.judge,
    "python_client": python_client.judge,
    "schemathesis": schemathesis.judge,
    "graphql_cop": graphql_cop.judge,
}
"""Those that ask a running service, with the samples of all packs in it."""
READ: dict[str, Callable[[], Judgement]] = {
    "graphql_http": graphql_http.judge,
    "relay": relay.judge,
    "schema_lint": schema_lint.judge,
    "postgraphile": postgraphile.judge,
}
"""Those that read the SDL, or bring a service of their own."""
JUDGES = (*SERVED, *READ)
SETTINGS = {"limit_cost_per_minute": "1000000000"}
"""Production as it is, but that many questions in a row are let in."""


def main() -> int:
    """Run the judges named, all if none, and report."""
    parser = argparse.ArgumentParser(prog="python -m outside", description=__doc__)
    parser.add_argument("judges", nargs="*", metavar="JUDGE", help=f"of: {', '.join(JUDGES)}")
    parser.add_argument("--all-must-judge", action="store_true", help="not judged is a failure")
    asked = parser.parse_args()
    if unknown := set(asked.judges) - set(JUDGES):
        parser.error(f"no such judge: {', '.join(sorted(unknown))}")
    wrong = {Outcome.FAILED, *([Outcome.NOT_JUDGED] if asked.all_must_judge else [])}
    report = dict(_judged(asked.judges or JUDGES))
    print("\n" + "\n".join(f"{name:<16} {judgement.outcome.value}" for name, judgement in report.items()))
    return 1 if any(judgement.outcome in wrong for judgement in report.values()) else 0


def _judged(names: Sequence[str]) -> Iterator[tuple[str, Judgement]]:
    with ExitStack() as opened:
        service = opened.enter_context(sample_service(SETTINGS)) if SERVED.keys() & set(names) else None
        for name in names:
            start = time.monotonic()
            try:
                judgement = READ[name]() if service is None or name in READ else SERVED[name](service)
            except NotJudged as reason:
                judgement = Judgement(Outcome.NOT_JUDGED, (str(reason),))
            print(f"{name}: {judgement.outcome.value} ({time.monotonic() - start:.0f} s)")
            print("".join(f"    {line}\n" for line in judgement.lines), end="", flush=True)
            yield name, judgement


if __name__ == "__main__":
    sys.exit(main())
