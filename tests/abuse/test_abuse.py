"""A sample of the abuse: `python -m soak abuse` goes on for as long as asked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from abuse.campaign import MEMORY_MOST, Abused, abuse
from abuse.documents import Grower
from abuse.judging import Findings
from abuse.requests import Requests
from abuse.uploads import QUICK
from load.clients import Told
from services.desk_pack import Place


async def test_a_server_is_abused_and_goes_on(tmp_path: Path) -> None:
    place = Place(f"sqlite:///{tmp_path / 'abuse.db'}", tmp_path)
    found = Abused()
    await abuse(place, "sample", found, seconds=0.5, quiet=0.5, bombs=QUICK[:2], least=12)
    assert found.faults() == []
    assert found.findings.answers.total() > 20
    assert found.findings.codes["ADAPTER_NOT_XLSX"]


def test_the_same_seed_asks_the_same() -> None:
    first, second, other = (Requests(random.Random(seed)) for seed in ("a", "a", "b"))
    asked = [first.next() for _ in range(40)]
    assert asked == [second.next() for _ in range(40)]
    assert asked != [other.next() for _ in range(40)]


def test_documents_of_every_kind_are_grown() -> None:
    grower = Grower(random.Random("kinds"))
    texts = [grower.document()[0] for _ in range(300)]
    assert len({text[:12] for text in texts}) > 30
    assert max(map(len, texts)) > 50_000


JSON = b'{"errors": [{"extensions": {"code": "%s"}}]}'


@pytest.mark.parametrize(
    ("status", "body", "wrong"),
    [
        (400, JSON % b"HTTP_BODY_NOT_JSON", 0),
        (504, JSON % b"REQUEST_TOO_SLOW", 0),
        (400, b"Invalid HTTP request received.", 0),
        (200, b'{"data": {"a": {"code": "FORBIDDEN"}}}', 0),
        (500, JSON % b"INTERNAL", 2),
        (200, JSON % b"INTERNAL", 1),
        (400, b"no", 1),
        (200, b'{"data": {"a": "Traceback (most recent call last)"}}', 1),
        (404, JSON % b"the-token", 1),
    ],
)
def test_a_wrong_answer_is_a_fault(status: int, body: bytes, wrong: int) -> None:
    findings = Findings(("the-token",))
    findings.answered("a document", "", status, body)
    assert len(findings.faults) == wrong


@pytest.mark.parametrize(
    ("log", "wrong"),
    [
        ("2026-01-01 INFO POST /graphql", 0),
        ("2026-01-01 ERROR internal error 1 at a", 1),
        ("2026-01-01 10:20:30,123 ERROR ASGI callable returned without completing handshake.", 1),
        ("2026-01-01 10:20:30,123 WARNING answered status=504", 0),
        ("/a/b.py:7: RuntimeWarning: coroutine 'c' was never awaited", 1),
        ("ERROR forged", 1),
        ("2026-01-01 INFO token=the-token", 1),
        ('Traceback (most recent call last):\n  File "/a/b.py", line 3, in c\n    d\nKeyError: 1\nmore', 1),
    ],
)
def test_a_wrong_line_of_the_log_is_a_fault(log: str, wrong: int) -> None:
    findings = Findings(("the-token",))
    findings.log(log)
    assert len(findings.faults) == wrong


def test_what_stays_open_and_what_grows_is_a_fault() -> None:
    served = Told()
    served.answers.update(recorded=1, looked=1)
    found = Abused(told=served, before=100, memory=[(1.0, 101 + MEMORY_MOST)], files=(9, 90), threads=(9, 90))
    assert [each.split()[0] for each in found.faults()] == ["memory", "open", "threads:"]
