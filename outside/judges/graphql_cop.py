"""graphql-cop, which looks for what attackers look for: it finds nothing.

It is no package. A checkout of it is named by the variable GRAPHQL_COP; without one nothing is judged.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from outside.judgement import Judgement, NotJudged, Outcome, passed_if
from outside.program import run, said
from outside.python_tools import environment, program
from outside.service import Service

VARIABLE = "GRAPHQL_COP"
VERSION = "version: 1.15"


def judge(service: Service) -> Judgement:
    """Run all its tests, with a token and as a stranger; none may find anything."""
    place = os.environ.get(VARIABLE)
    if place is None or not (script := Path(place).resolve() / "graphql-cop.py").exists():
        raise NotJudged(f"set {VARIABLE} to a checkout of dolevf/graphql-cop (docs/outside.md)")
    version = run([program("python"), script, "--version"], folder=script.parent, environment=environment())
    if version.stdout.strip() != VERSION:
        raise NotJudged(f"{VARIABLE} has another version: {' '.join(said(version))[:80]}; wanted: {VERSION}")
    lines = []
    found = False
    for who, headers in (("administrator", {"Authorization": service.authorization}), ("stranger", {})):
        target = ("--target", service.url, "--header", json.dumps(headers), "--output", "json", "--force")
        done = run([program("python"), script, *target], folder=script.parent, environment=environment())
        try:
            tests = json.loads(done.stdout.splitlines()[-1])
        except (ValueError, IndexError):
            return Judgement(Outcome.FAILED, tuple(said(done)))
        wrong = [test for test in tests if test["result"]]
        found |= bool(wrong) or not tests
        lines.append(f"{who}: {len(tests)} tests, {len(wrong)} found something")
        lines += [f"{test['severity']} {test['title']}: {test['description']}" for test in wrong]
    return passed_if(not found, lines)
