"""Bombs as uploads: each is to end with a code, as a problem, a refusal, or rows that are rejected."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import httpx

from abuse.judging import Findings
from abuse.requests import NAMES
from hostile.bombs import Bomb, bombs
from services.desk_pack import SCHEME, VISITS

BOMBS = tuple(bomb for bomb in bombs() if bomb.reader in ("records", "form", "evidence"))
_SMALL = frozenset({"entities.xlsx", "far.xlsx", "deep.jsonl", "damaged.parquet", "form_entities.xlsx"})
QUICK = tuple(bomb for bomb in BOMBS if bomb.name in _SMALL)
"""Those that are quick to make and to send, for little time."""
_ENDED = ("DONE", "FAILED", "CANCELLED")
_JOB = "query ($job: String!) { importJob(job: $job) { state problems { code } recordImport { stored } } }"
_STARTED = "... on ImportJobChanged { job { job } } ... on Problem { code }"
_RECORDS = f"""mutation ($file: Upload!) {{
  importRecords(input: {{table: "{VISITS}", file: $file}}) {{ __typename {_STARTED} }}
}}"""
_TABLE = f"""mutation ($file: Upload!) {{
  importMeasurements(input: {{scheme: "{SCHEME}", file: $file, period: "2025-01"}}) {{
    __typename {_STARTED}
  }}
}}"""
_FORM = """mutation ($file: Upload!) {
  importAssessment(input: {file: $file}) { __typename ... on Problem { code } }
}"""
_EVIDENCE = """mutation ($file: Upload!) {
  attachEvidence(input: {number: "A-1", measure: "SOLVED", file: $file}) {
    __typename ... on Problem { code }
  }
}"""
_MUTATIONS = {"records": (_RECORDS, _TABLE), "form": (_FORM,), "evidence": (_EVIDENCE,)}


class Uploads:
    """Sends bombs to one server, one after the other."""

    def __init__(self, client: httpx.AsyncClient, findings: Findings, folder: Path, seed: str) -> None:
        self._client, self._findings, self._folder = client, findings, folder
        self._random = random.Random(seed)

    async def send(self, bomb: Bomb) -> None:
        """Send one, and wait until what it began is over."""
        path = self._folder / bomb.name
        if not path.exists():
            await asyncio.to_thread(bomb.write, path, 1)
        query = self._random.choice(_MUTATIONS[bomb.reader])
        name = self._random.choice((bomb.name, bomb.name, f"{self._random.choice(NAMES)}{path.suffix}"))
        with path.open("rb") as file:
            fields: dict[str, Any] = {
                "operations": (None, json.dumps({"query": query, "variables": {"file": None}})),
                "map": (None, '{"0": ["variables.file"]}'),
                "0": (name, file),
            }
            answer = await self._client.post("/graphql", files=fields)
        self._findings.answered(f"the bomb {bomb.name}", name, answer.status_code, answer.content)
        found = (answer.json().get("data") or {}) if answer.status_code == 200 else {}
        for payload in found.values():
            await self._over(bomb, payload)

    async def _over(self, bomb: Bomb, payload: Any) -> None:
        if payload is None or "job" not in payload:
            return
        while True:
            answer = await self._client.post(
                "/graphql", json={"query": _JOB, "variables": {"job": payload["job"]["job"]}}
            )
            job = answer.json()["data"]["importJob"]
            if job["state"] in _ENDED:
                break
            await asyncio.sleep(0.1)
        codes = [each["code"] for each in job["problems"]]
        self._findings.codes.update(codes)
        self._findings.answers[f"the bomb {bomb.name}: {job['state'].lower()}"] += 1
        if (job["state"] == "FAILED" and not codes) or "INTERNAL" in codes:
            self._findings.fault(f"{bomb.name}: {job}")
