"""Schemathesis: a thousand operations made up from the SDL, none of which may end in a fault.

It calls any error below a field a server's, unless its code is one of a few words of Apollo's. Our codes are
our own (`UNIT_NOT_FOUND`), so this one check is made here, on the same answers: a fault is a status of 500 or
above, an answer that is no JSON object, an error without a code, or one with the code of a fault. And it
takes any text and any number of fields for valid: what no database stores or a limit forbids may be refused.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outside.judgement import Judgement, Outcome, passed_if
from outside.places import SDL, folder
from outside.program import run, said
from outside.python_tools import environment, program
from outside.service import Service

CASES = 1_000
EACH = 9
"""Cases of each query and mutation."""
FAULTS = {"INTERNAL", "INTERNAL_SERVER_ERROR"}
OWN_CHECK = "not_a_server_error"
ACCEPTANCE = "positive_data_acceptance"
REFUSED = re.compile("TEXT_UNSTORABLE|QUERY_TOO_[A-Z_]+")
# Operations with a file are sent as forms, not as JSON.
_UPLOADS = "(Upload|import(Measurements|Records|Assessment)|attach(Plan)?Evidence)"
_OPTIONS = (
    *("--mode", "all", "--phases", "fuzzing", "--max-examples", str(EACH)),
    *("--checks", "all", "--continue-on-failure", "--no-shrink", "--no-color"),
    *("--suppress-health-check", "all", "--generation-database", "none", "--report", "ndjson"),
    *("--exclude-name-regex", _UPLOADS),
)


def judge(service: Service) -> Judgement:
    """Send what Schemathesis makes up, as an administrator, and look at every answer."""
    shutil.rmtree(folder("schemathesis"))
    reports = folder("schemathesis")
    place = ("--url", service.url, "--header", f"Authorization: {service.authorization}")
    command = (program("schemathesis"), "run", SDL, *place, *_OPTIONS, "--report-dir", reports)
    done = run(command, environment=environment(), folder=reports)
    found = sorted(reports.glob("*.ndjson"))
    if not found:
        return Judgement(Outcome.FAILED, tuple(said(done)))
    codes: Counter[str] = Counter()
    wrong: list[str] = []
    cases = 0
    for name, case in _cases(found[0]):
        cases += 1
        codes.update(_codes(case))
        wrong += [f"{name}: {fault}" for fault in _faults(case)]
    counted = ", ".join(f"{count} {code}" for code, count in codes.most_common())
    lines = [f"{cases} cases; {counted}", *_unable(found[0]), *wrong[:10]]
    return passed_if(cases >= CASES and not wrong, lines)


def _cases(report: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case with the operation that it is of."""
    for event in _events(report, "ScenarioFinished"):
        recorder = event["recorder"]
        checks = recorder.get("checks", {})
        for number, interaction in recorder.get("interactions", {}).items():
            yield recorder["label"], {**interaction, "checks": checks.get(number, [])}


def _unable(report: Path) -> list[str]:
    """Operations for which it could not make anything up."""
    return [f"{event['label']}: {event['value']['message']}" for event in _events(report, "NonFatalError")]


def _events(report: Path, kind: str) -> Iterator[dict[str, Any]]:
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if kind in event:
                yield event[kind]


def _faults(case: dict[str, Any]) -> Iterator[str]:
    for check in case["checks"]:
        refused = check["name"] == ACCEPTANCE and all(map(REFUSED.fullmatch, _codes(case)))
        if check["status"] != "success" and check["name"] != OWN_CHECK and not refused:
            yield f"{check['name']}: {json.dumps(check)[:300]}"
    response = case.get("response")
    if not response:
        yield "no answer"
    elif response["status_code"] >= 500:
        yield f"status {response['status_code']}"
    elif not isinstance(_body(response), dict):
        yield "the answer is no object"
    yield from (f"an error with the code {code}" for code in _codes(case) if code in FAULTS | {"none"})


def _codes(case: dict[str, Any]) -> Iterator[str]:
    body = _body(case.get("response") or {})
    for error in body.get("errors", []) if isinstance(body, dict) else []:
        yield error.get("extensions", {}).get("code") or "none"


def _body(response: dict[str, Any]) -> Any:
    content = (response.get("content") or {}).get("$base64", "")
    try:
        return json.loads(base64.b64decode(content))
    except ValueError:
        return None
