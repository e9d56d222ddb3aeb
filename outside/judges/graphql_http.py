"""The audits of the npm package `graphql-http`: all ok, but those that a refused GET turns into notices."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from outside.judgement import Judgement, Outcome, passed_if
from outside.node import script
from outside.program import said
from outside.world import sample_service


def judge() -> Judgement:
    """Run all audits; whatever is neither ok nor a notice about GET is held against the service."""
    with sample_service() as service:
        done = script("graphql_http.mjs", service.url, service.authorization)
    if done.returncode:
        return Judgement(Outcome.FAILED, tuple(said(done)))
    audits = json.loads(done.stdout)
    wrong = [audit for audit in audits if not _accepted(audit)]
    counted = Counter(audit["status"] for audit in audits)
    lines = [", ".join(f"{count} {status}" for status, count in sorted(counted.items()))]
    lines += [_line(audit) for audit in audits if audit["status"] != "ok"]
    return passed_if(bool(audits) and not wrong, lines)


def _accepted(audit: dict[str, Any]) -> bool:
    """Production refuses GET; the specification lets a server do so, and the audits notice it."""
    return audit["status"] == "ok" or (audit["status"] == "notice" and "GET" in audit["name"])


def _line(audit: dict[str, Any]) -> str:
    return f"{audit['status']} {audit['id']} {audit['name']}: {audit['reason']}"
