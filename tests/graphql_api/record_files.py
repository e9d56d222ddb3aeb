"""Files of records, sent as they are over the API."""

from __future__ import annotations

import json
import time
from typing import Any

from graphql_api.http_server import Api

TABLE = "automotive.work_orders"
HEADER = "委托书号,经销商代码,到店时间,预交车时间,交车时间\n"
GOOD = "R1,DEALER-SH-XX,2025-01-06 09:00,2025-01-06 12:00,2025-01-06 11:00\n"
LATE = "R2,DEALER-SH-XX,2025-01-07 09:00,2025-01-07 12:00,2025-01-07 15:00\n"
BAD = "R3,NOBODY,2025-01-07 09:00,,\n"
IMPORT = """
mutation ($file: Upload!, $dry: Boolean!, $table: String!) {
  importRecords(input: {table: $table, file: $file, dryRun: $dry}) {
    ... on ImportJobChanged { job { job target } }
    ... on Problem { code }
  }
}
"""
JOB = """
query ($job: String!) {
  importJob(job: $job) {
    state stage problems { code } recordImport { number stored rejected rejectsPath }
  }
}
"""


def sent(api: Api, text: str, *, dry: bool = False, table: str = TABLE, name: str = "orders.csv") -> Any:
    """Send a file; what `importRecords` answers."""
    variables = {"file": None, "dry": dry, "table": table}
    fields = {
        "operations": (None, json.dumps({"query": IMPORT, "variables": variables})),
        "map": (None, '{"0": ["variables.file"]}'),
        "0": (name, text),
    }
    return api.post("/graphql", files=fields).json()["data"]["importRecords"]


def over(api: Api, job: str) -> Any:
    """Wait for a job; how it ended."""
    for _ in range(400):
        found = api.ask(JOB, {"job": job})["importJob"]
        if found["state"] not in ("QUEUED", "RUNNING"):
            return found
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def imported(api: Api, *rows: str, **how: Any) -> Any:
    """Import a file with these rows; how the job ended."""
    return over(api, sent(api, HEADER + "".join(rows), **how)["job"]["job"])
