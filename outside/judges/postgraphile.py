"""PostGraphile 5, which serves the same scores as rows of the same PostgreSQL: it is slower over HTTP."""

from __future__ import annotations

import json
import math
import statistics
import tempfile
from pathlib import Path
from typing import Any

from outside import postgres, world
from outside.judgement import Judgement, passed_if
from outside.node import install
from outside.race import postgraphile, processor, tables, wide_pack
from outside.race.laps import Runner
from outside.race.questions import QUESTIONS, Question
from outside.service import Service, running

CONNECTIONS, LAPS = 4, 5
# What answers 30,000 cells at once costs more than a public server takes on.
SETTINGS = {
    "limit_cost": "10000000",
    "limit_cost_per_minute": "1000000000",
    "limit_resolved": "10000000",
    "limit_selections": "20000",
}
HEADERS = {"content-type": "application/json", "accept": "application/json"}


def judge() -> Judgement:
    """Serve the same from both, hold the answers against each other, and let them run in turn."""
    install()
    with tempfile.TemporaryDirectory(prefix="steelyard-race-") as folder, postgres.database() as (owner, url):
        pack = Path(folder) / "wide"
        wide_pack.write(pack)
        parts = Path(folder) / "parts"
        world.fill(owner, world.packs_of([pack]), parts)
        with running(url, [pack], SETTINGS, parts) as service:
            tables.store(service, owner)
            with postgraphile.running(owner, tables.SCHEMA) as theirs:
                runs = [_run(question, service, theirs, owner) for question in QUESTIONS]
    return passed_if(all(won for won, _ in runs), [line for _, lines in runs for line in lines])


def _run(question: Question, service: Service, theirs: tuple[str, int], owner: str) -> tuple[bool, list[str]]:
    headers = {**HEADERS, "authorization": service.authorization}
    ours = Runner(service.url, question.ours, headers, [service.process])
    other = Runner(theirs[0], question.theirs, HEADERS, [theirs[1]])
    sizes = _same(question, ours.answer(), other.answer())
    for runner, role in ((ours, postgres.SERVICE), (other, postgres.OWNER)):
        # All connections to the database are open once as many have asked at a time.
        runner.run(CONNECTIONS, 2, counted=False)
        runner.processes = [*runner.processes, *processor.backends(owner, role)]
    for lap in range(LAPS):
        for runner in (ours, other) if lap % 2 else (other, ours):
            runner.run(CONNECTIONS, question.requests)
    ratio = ours.rate / other.rate
    lines = [f"{question.name}: {ratio:.2f} × PostGraphile's requests per second; {sizes}"]
    lines += [_figures(name, runner) for name, runner in (("Steelyard", ours), ("PostGraphile", other))]
    return ratio > 1, lines


def _figures(name: str, runner: Runner) -> str:
    p50, p99 = (1000 * runner.percentile(share) for share in (0.5, 0.99))
    used = f", {1000 * statistics.median(runner.processor):.0f} ms of processors" if runner.processor else ""
    return f"  {name:<12} {runner.rate:7.2f} requests/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms{used}"


def _same(question: Question, ours: bytes, theirs: bytes) -> str:
    """Tell how long the answers are. Raises RuntimeError where they do not say the same."""
    answers = [json.loads(answer) for answer in (ours, theirs)]
    if any("errors" in answer for answer in answers):
        raise RuntimeError([answer.get("errors", [])[:1] for answer in answers])
    rows = question.our_rows(answers[0]["data"]), question.their_rows(answers[1]["data"])
    if not _equal(*rows):
        raise RuntimeError(f"{question.name}: the answers differ")
    return f"{len(ours) // 1000} and {len(theirs) // 1000} kB"


def _equal(one: Any, other: Any) -> bool:
    match one, other:
        case list(), list():
            return len(one) == len(other) and all(map(_equal, one, other))
        case dict(), dict():
            return one.keys() == other.keys() and all(_equal(one[name], other[name]) for name in one)
        case float() | int(), float() | int():
            return math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
        case _:
            return bool(one == other)
