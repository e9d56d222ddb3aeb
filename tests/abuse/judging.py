"""What no answer and no log may have in it, whatever was asked."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FAULTS_MOST = 20
REFUSED_BY_HTTP = b"Invalid HTTP request received."
"""What is no HTTP at all is refused by these words, before anything of ours sees it."""
FAULTY = frozenset({"INTERNAL", "STATEMENT_UNSCOPED"})
LATER = frozenset({503, 504, 507})
"""Statuses of 500 and above that say: not now."""
_INSIDE = re.compile(r'Traceback \(most recent|File ".*", line \d|\.py:\d+|site-packages|0x[0-9a-f]{12}')
_ERROR = re.compile(r"\d{4}-\d\d-\d\d (\S+ )?(ERROR|CRITICAL) ")
"""A line by which a server tells whoever runs it to come and look: nobody may have it do so."""


@dataclass
class Findings:
    """What came of the abuse. answers: by what was sent and the status; codes: of refusals."""

    secrets: tuple[str, ...] = ()
    """What may stand in no answer and no log: tokens, folders."""
    answers: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        """Write down what must not be."""
        if len(self.faults) < FAULTS_MOST:
            self.faults.append(words)

    def answered(self, what: str, sent: object, status: int, body: bytes) -> None:
        """Judge an answer over HTTP; `sent` is told where it is wrong."""
        self.answers[f"{what}: {status}"] += 1
        told = f"{what} {str(sent)[:300]!r} → {status} {body[:300]!r}"
        if status >= 500 and status not in LATER:
            self.fault(f"a fault of the server: {told}")
        found = self.text(body.decode("utf-8", "replace"), told)
        if status >= 400 and not found and body not in (b"", REFUSED_BY_HTTP):
            self.fault(f"refused without a code: {told}")

    def text(self, text: str, told: str) -> list[str]:
        """Judge the text of an answer or message; return the codes in it."""
        if _INSIDE.search(text) or any(secret in text for secret in (*self.secrets, sys.prefix)):
            self.fault(f"it tells of the inside: {told}")
        try:
            codes = list(_codes(json.loads(text)))
        except (ValueError, RecursionError):
            return []
        self.codes.update(codes)
        if FAULTY & set(codes):
            self.fault(f"a fault of the inside: {told}")
        return codes

    def log(self, text: str) -> None:
        """Judge a log: of a traceback its last line is told, which says what was wrong."""
        traced = False
        for line in text.splitlines():
            if line.startswith("Traceback"):
                traced = True
            elif traced and line[:1].strip():
                traced = False
                self.fault(f"the log has a traceback: {line[:300]}")
            elif not traced and _INSIDE.search(line):
                self.fault(f"the log has a fault: {line[:300]}")
            if any(secret in line for secret in self.secrets):
                self.fault("the log has a token or a folder")
            if line.startswith("ERROR"):
                self.fault(f"somebody wrote a line of the log: {line[:300]}")
            if _ERROR.match(line):
                self.fault(f"the log has an error: {line[:300]}")


def _codes(found: Any) -> Iterator[str]:
    """All codes of problems in an answer: of errors, and of problems that mutations return."""
    if isinstance(found, dict):
        for error in found.get("errors") or () if isinstance(found.get("errors"), list) else ():
            yield error.get("extensions", {}).get("code", "")
        for payload in (found.get("data") or {}).values() if isinstance(found.get("data"), dict) else ():
            if isinstance(payload, dict) and isinstance(payload.get("code"), str):
                yield payload["code"]
