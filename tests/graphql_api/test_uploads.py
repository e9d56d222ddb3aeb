"""Uploads: operations with files, and bodies that are not what they should be."""

from __future__ import annotations

import asyncio
import errno
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graphql_api.http_server import Api
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.services import room
from steelyard.services.import_jobs import UPLOADS_OF_ACCOUNT, ImportJobs
from steelyard.settings.limits import Limits
from steelyard_graphql.execution import Executor
from steelyard_graphql.http.admission import everybody
from steelyard_graphql.http.endpoint import GraphQLEndpoint
from steelyard_graphql.http.multipart import PartWriter
from steelyard_graphql.schema import schema

IMPORT = """
mutation ($file: Upload!) {
  importMeasurements(input: {scheme: "automotive.front-desk", file: $file}) {
    ... on ImportJobChanged { job { job target fileName state } }
    ... on Problem { code }
  }
}
"""
OPERATIONS = json.dumps({"query": IMPORT, "variables": {"file": None}})
MAP = '{"0": ["variables.file"]}'
FILE = ("0", "table.csv", b"unit,period,FD.5S\nDEALER-SH-XX,2014,44\n")
Part = tuple[str, str | None, bytes]


def _body(*parts: Part, end: bytes = b"--x--\r\n") -> bytes:
    pieces = []
    for name, file_name, data in parts:
        file = "" if file_name is None else f'; filename="{file_name}"'
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        pieces.append(head.encode() + data + b"\r\n")
    return b"".join(pieces) + end


def _fields(operations: str = OPERATIONS, map: str = MAP) -> tuple[Part, Part]:
    return ("operations", None, operations.encode()), ("map", None, map.encode())


def _send(api: httpx.Client, body: bytes, **headers: str) -> Any:
    usual = {"content-type": "multipart/form-data; boundary=x", "accept": "application/json"}
    return api.post("/graphql", content=body, headers={**usual, **headers})


@pytest.fixture(autouse=True)
def leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No request leaves a file behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.glob("steelyard-upload-*")) == []


def test_a_file_comes_with_a_mutation(own_api: Api) -> None:
    body = _send(own_api, _body(*_fields(), FILE)).json()
    job = body["data"]["importMeasurements"]["job"]
    assert (job["target"], job["fileName"]) == ("automotive.front-desk", "table.csv")


def test_folders_in_a_name_are_not_kept(own_api: Api) -> None:
    body = _send(own_api, _body(*_fields(), ("0", "../../etc/table.csv", FILE[2]))).json()
    assert body["data"]["importMeasurements"]["job"]["fileName"] == "table.csv"


RECORDS = """
mutation ($a: Upload!, $b: Upload!) {
  a: importRecords(input: {table: "automotive.work_orders", file: $a}) { __typename }
  b: importRecords(input: {table: "automotive.csi_calls", file: $b}) { __typename }
}
"""


@pytest.mark.parametrize("name", ["a.csv", "a." + "a" * 250, "a." + "中" * 200, ".csv", ".."])
def test_one_file_for_two_arguments_whatever_it_is_called(own_api: Api, name: str) -> None:
    operations = json.dumps({"query": RECORDS, "variables": {"a": None, "b": None}})
    fields = _fields(operations, '{"0": ["variables.a", "variables.b"]}')
    body = _send(own_api, _body(*fields, ("0", name, b"x\n"))).json()
    assert [each["__typename"] for each in body["data"].values()] == ["ImportJobChanged"] * 2


@pytest.mark.parametrize("path", ["/imports/{}/rejects", "/assessments/x/evidence/{}"])
@pytest.mark.parametrize("digits", [18, 19, 5000])
def test_a_number_beyond_all_numbers(plain_api: Api, path: str, digits: int) -> None:
    assert plain_api.get(path.format("9" * digits)).status_code == 404


_TWICE = '{"0": ["variables.file"], "1": ["variables.file"]}'
# what is wrong → body, code
WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "UPLOAD_MALFORMED"),
    "no parts": (b"hello", "UPLOAD_MALFORMED"),
    "no end": (_body(*_fields(), FILE, end=b""), "UPLOAD_MALFORMED"),
    "no map": (_body(_fields()[0]), "UPLOAD_MALFORMED"),
    "map first": (_body(_fields()[1], _fields()[0], FILE), "UPLOAD_MALFORMED"),
    "file first": (_body(_fields()[0], FILE, _fields()[1]), "UPLOAD_MALFORMED"),
    "other field": (_body(*_fields(), ("other", None, b"")), "UPLOAD_MALFORMED"),
    "operations twice": (_body(_fields()[0], _fields()[0]), "UPLOAD_MALFORMED"),
    "file twice": (_body(*_fields(), FILE, FILE), "UPLOAD_MALFORMED"),
    "unnamed part": (b"--x\r\n\r\n\r\n--x--\r\n", "UPLOAD_MALFORMED"),
    "map is no JSON": (_body(*_fields(map="{"), FILE), "HTTP_BODY_NOT_JSON"),
    "map is a list": (_body(*_fields(map="[]"), FILE), "UPLOAD_MAP_INVALID"),
    "map of texts": (_body(*_fields(map='{"0": "variables.file"}'), FILE), "UPLOAD_MAP_INVALID"),
    "map to nowhere": (_body(*_fields(map='{"0": ["variables.a.b"]}'), FILE), "UPLOAD_MAP_INVALID"),
    "map to the query": (_body(*_fields(map='{"0": ["query"]}'), FILE), "UPLOAD_MAP_INVALID"),
    "map to all variables": (_body(*_fields(map='{"0": ["variables"]}'), FILE), "UPLOAD_MAP_INVALID"),
    "map to a list": (_body(*_fields(map='{"0": ["variables.file.0"]}'), FILE), "UPLOAD_MAP_INVALID"),
    "two files for a path": (_body(*_fields(map=_TWICE), FILE, ("1", "b", b"")), "UPLOAD_MAP_INVALID"),
    "too many files": (
        _body(*_fields(map=json.dumps({str(n): [f"variables.{n}"] for n in range(9)})), FILE),
        "UPLOAD_MAP_INVALID",
    ),
    "unmapped file": (_body(*_fields(), FILE, ("1", "b.csv", b"")), "UPLOAD_MAP_INVALID"),
    "missing file": (_body(*_fields()), "UPLOAD_FILE_MISSING"),
    "operations are no JSON": (_body(*_fields("{"), FILE), "HTTP_BODY_NOT_JSON"),
    "a batch": (_body(*_fields("[]"), FILE), "HTTP_BODY_FIELD"),
    "variable is taken": (_body(*_fields(OPERATIONS.replace("null", "1")), FILE), "UPLOAD_MAP_INVALID"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_bodies(plain_api: Api, name: str) -> None:
    body, code = WRONG[name]
    response = _send(plain_api, body)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, code)


def test_a_field_that_is_no_file_is_limited(plain_api: Api) -> None:
    response = _send(plain_api, _body(("operations", None, b" " * 1_000_001)))
    assert response.json()["errors"][0]["extensions"]["code"] == "HTTP_BODY_TOO_LARGE"
    assert response.status_code == 413


def test_a_form_on_a_web_page_cannot_upload_to_the_demo(api: Api) -> None:
    refused = _send(api, _body(*_fields(), FILE))
    assert refused.json()["errors"][0]["extensions"]["code"] == "UPLOAD_PREFLIGHT_MISSING"
    taken = _send(api, _body(*_fields()), **{"GraphQL-Require-Preflight": "1"})
    assert taken.json()["errors"][0]["extensions"]["code"] == "UPLOAD_FILE_MISSING"


def test_who_is_not_let_in_uploads_nothing(plain_api: Api) -> None:
    response = _send(plain_api, _body(*_fields(), FILE), authorization="Bearer sty_no")
    assert response.status_code == 401


@pytest.mark.parametrize("value", ["a text", 1, {}])
def test_a_file_can_only_come_as_a_file(plain_api: Api, value: object) -> None:
    assert plain_api.codes(IMPORT, {"file": value}) == ["BAD_USER_INPUT"]


def _refused(api: Api, jobs: ImportJobs, most: int = Limits().upload) -> tuple[int, str]:
    """How the server refuses 2000 bytes."""

    async def send() -> httpx.Response:
        endpoint = GraphQLEndpoint(Executor(schema), everybody(api.context, jobs), limits=Limits(upload=most))
        app = Starlette(routes=[Route("/graphql", endpoint)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
            headers = {"content-type": "multipart/form-data; boundary=x", "graphql-require-preflight": "1"}
            body = _body(*_fields(), ("0", "large.csv", b"x" * 2000))
            return await client.post("/graphql", content=body, headers=headers)

    response = asyncio.run(send())
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


def test_the_size_is_limited(plain_api: Api) -> None:
    assert _refused(plain_api, ImportJobs(plain_api.context), most=1000) == (413, "UPLOAD_TOO_LARGE")


def test_an_account_sends_so_many_files_at_a_time(plain_api: Api) -> None:
    jobs = ImportJobs(plain_api.context)
    for _ in range(UPLOADS_OF_ACCOUNT):
        jobs.uploads.take(LOCAL_ADMINISTRATOR, plain_api.context.scope)
    assert _refused(plain_api, jobs) == (429, "UPLOADS_TOO_MANY")


def test_a_file_for_which_there_is_no_room_is_refused(
    plain_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Again and again: whoever is refused leaves the place that they had."""
    monkeypatch.setattr(room, "RESERVE", 1 << 62)
    jobs = ImportJobs(plain_api.context)
    for _ in range(UPLOADS_OF_ACCOUNT + 1):
        assert _refused(plain_api, jobs) == (507, "DISK_FULL")


def test_a_disk_that_fills_up_under_an_upload(plain_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: PartWriter, piece: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(PartWriter, "write", write)
    assert _refused(plain_api, ImportJobs(plain_api.context)) == (507, "DISK_FULL")
