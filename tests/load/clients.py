"""Clients under load: each knows what an answer has to be, and writes down what it was not.

A writer owns one unit and records values that only grow. So of a unit's value everybody knows bounds at any
moment: it is no less than the last that was acknowledged before a question, and no more than the last that
was sent before its answer. What does not reach a server, or is refused for now, is asked again.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

PERIOD = "2025-01"
RECORD = """
mutation Record($unit: String!, $value: String!) {
  recordMeasurement(input: {
    scheme: "desk.desk", unit: $unit, period: "2025-01", measure: "ANSWERED", value: $value
  }) {
    ... on MeasurementRecorded { record { value } scorecard { root { rate } } }
    ... on Problem { code }
  }
}
"""
LOOK = """
query Look($unit: String!) {
  scorecard(unit: $unit, scheme: "desk.desk", period: "2025-01") { root { rate score } nodes { code rate } }
  ranking(scheme: "desk.desk", period: "2025-01", first: 100) {
    edges { node { rank score unit { code } } }
  }
}
"""
PASSING = frozenset(
    {
        "DATABASE_UNREACHABLE",
        "DATABASE_LOCKED",
        "DATABASE_MISSING",
        "READY_NO_MORE",
        "CLIENT_BUDGET_SPENT",
        "REQUEST_TOO_SLOW",
    }
)
"""Codes of refusals that say: not now."""
STEP = 0.000_001


@dataclass
class Unit:
    """What is known of a unit's value, in steps: the last acknowledged and the last sent."""

    code: str
    acknowledged: int = 0
    sent: int = 0
    kept: list[int] = field(default_factory=list)
    """All that were acknowledged."""


@dataclass
class Told:
    """What clients saw. seconds: of each answered request."""

    faults: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    passing: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def fault(self, words: str) -> None:
        """Write down what must not be."""
        if len(self.faults) < 20:
            self.faults.append(words)


class Client:
    """Somebody with a token, who asks whichever server there is."""

    def __init__(self, urls: list[str], token: str, told: Told, seed: int) -> None:
        self._urls, self._told, self._random = urls, told, random.Random(seed)
        self._http = httpx.AsyncClient(headers={"authorization": f"Bearer {token}"}, timeout=60)

    async def ask(self, query: str, variables: dict[str, Any]) -> Any:
        """The data of an answer; None where there is none for now."""
        began = time.perf_counter()
        body = {"query": query, "variables": variables}
        try:
            response = await self._http.post(f"{self._random.choice(self._urls)}/graphql", json=body)
            answer = response.json()
        except (httpx.TransportError, ValueError) as error:
            self._told.passing[type(error).__name__] += 1
            await asyncio.sleep(0.1)
            return None
        codes = {each["extensions"]["code"] for each in answer.get("errors", ())}
        if codes:
            self._told.passing.update(codes)
            if not codes <= PASSING:
                self._told.fault(f"{response.status_code} {answer['errors']}"[:500])
            await asyncio.sleep(0.1)
            return None
        self._told.seconds.append(time.perf_counter() - began)
        return answer["data"]

    async def close(self) -> None:
        """Hang up."""
        await self._http.aclose()


async def write(client: Client, unit: Unit, told: Told, ends: asyncio.Event) -> None:
    """Record one value after the other until the end."""
    while not ends.is_set():
        unit.sent += 1
        number = unit.sent
        data = await client.ask(RECORD, {"unit": unit.code, "value": shown(number)})
        if data is None:
            continue
        found = data["recordMeasurement"]
        if "record" not in found:
            told.fault(f"{unit.code}: {found}")
            continue
        unit.acknowledged = number
        unit.kept.append(number)
        told.answers["recorded"] += 1
        if steps(found["scorecard"]["root"]["rate"]) != number:
            told.fault(f"{unit.code}: recorded {number}, and the answer shows {found}")


async def read(client: Client, units: list[Unit], told: Told, ends: asyncio.Event, seed: int) -> None:
    """Look at one unit and the ranking of all until the end."""
    chosen = random.Random(seed)
    while not ends.is_set():
        unit = chosen.choice(units)
        least = {each.code: each.acknowledged for each in units}
        data = await client.ask(LOOK, {"unit": unit.code})
        if data is None:
            continue
        told.answers["looked"] += 1
        most = {each.code: each.sent for each in units}
        for fault in faults(unit.code, data, least, most):
            told.fault(fault)


def faults(code: str, data: Any, least: dict[str, int], most: dict[str, int]) -> list[str]:
    """What is wrong with an answer to LOOK about a unit, knowing the bounds of all values."""
    found = []
    card = data["scorecard"]
    (answered,) = (node["rate"] for node in card["nodes"] if node["code"] == "ANSWERED")
    seen = steps(answered)
    if not least[code] <= seen <= most[code]:
        found.append(f"{code} is {seen}, and should lie from {least[code]} to {most[code]}")
    if steps(card["root"]["rate"] or 0) != seen:
        found.append(f"{code}: the root is {card['root']}, its only scored leaf {answered}")
    entries = [edge["node"] for edge in data["ranking"]["edges"]]
    scores = [entry["score"] for entry in entries if entry["score"] is not None]
    if scores != sorted(scores, reverse=True):
        found.append(f"the ranking is in no order: {entries}")
    for entry in entries:
        its, place = entry["unit"]["code"], steps((entry["score"] or 0) / 100)
        if its in least and not least[its] <= place <= most[its]:
            found.append(f"{its} ranks with {place}, and should lie from {least[its]} to {most[its]}")
    return found


def shown(number: int) -> str:
    """A value as it is sent."""
    return f"0.{number:06}"


def steps(rate: float | None) -> int:
    """The number of steps of a rate."""
    return round((rate or 0) / STEP)
