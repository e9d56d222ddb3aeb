"""Sheets over HTTP: from the draft to the measurement, with files and forms."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import load_workbook

from graphql_api.http_server import Api, administrators_token

WHERE = '{scheme: "automotive.front-desk", unit: "DEALER-SH-XX", period: "2014"}'
SHEET = "assessment { number revision state lines { measure exactValue revision } evidence { number path } }"
CHANGED = f"__typename ... on AssessmentChanged {{ {SHEET} }} ... on Problem {{ code message path }}"
STALE = f"... on AssessmentStale {{ changed problem {{ code }} {SHEET} }}"
ATTACH = f"""mutation ($number: String!, $file: Upload!) {{
  attachEvidence(input: {{number: $number, measure: "FD.5S", file: $file}}) {{ {CHANGED} }}
}}"""
TAKE = f"""mutation ($file: Upload!) {{
  importAssessment(input: {{file: $file, submit: true}}) {{
    ... on AssessmentImported {{ created {SHEET} }}
    ... on Problem {{ code message }}
  }}
}}"""
FORM = "/schemes/automotive.front-desk/form"
PNG = b"\x89PNG\r\n\x1a\nrest"


def _begun(api: Api) -> Any:
    found = api.ask(f"mutation {{ beginAssessment(input: {WHERE}) {{ {CHANGED} }} }}")["beginAssessment"]
    return found["assessment"]


def _save(api: Api, number: str, revision: int, value: str) -> Any:
    given = f'number: "{number}", revision: {revision}, lines: [{{measure: "FD.5S", value: "{value}"}}]'
    query = f"mutation {{ saveAssessment(input: {{{given}}}) {{ {CHANGED} {STALE} }} }}"
    return api.ask(query)["saveAssessment"]


def _move(api: Api, field: str, number: str, revision: int, more: str = "", chosen: str = CHANGED) -> Any:
    given = f'number: "{number}", revision: {revision}{more}'
    return api.ask(f"mutation {{ {field}(input: {{{given}}}) {{ {chosen} }} }}")[field]


def _send(api: Api, query: str, variables: Mapping[str, str], name: str, data: bytes) -> Any:
    operations = json.dumps({"query": query, "variables": {**variables, "file": None}})
    form = {"operations": operations, "map": '{"0": ["variables.file"]}'}
    body = api.post("/graphql", data=form, files={"0": (name, data)}).json()
    assert "errors" not in body, body["errors"]
    (found,) = body["data"].values()
    return found


def _second(api: Api) -> dict[str, str]:
    """The header of another administrator."""
    return {"authorization": f"Bearer {asyncio.run(administrators_token(api.context, 'second'))}"}


def test_from_the_draft_to_the_measurement(own_api: Api) -> None:
    number = _begun(own_api)["number"]
    assert _save(own_api, number, 0, "44")["assessment"]["revision"] == 1
    assert _move(own_api, "submitAssessment", number, 1)["assessment"]["state"] == "SUBMITTED"
    approved = "... on AssessmentApproved { recorded waiting } ... on Problem { code }"
    assert _move(own_api, "approveAssessment", number, 2, chosen=approved) == {
        "code": "ASSESSMENT_SELF_APPROVAL"
    }
    own_api.headers.update(_second(own_api))
    assert _move(own_api, "approveAssessment", number, 2, chosen=approved) == {"recorded": 1, "waiting": []}
    card = own_api.ask(
        '{ scorecard(scheme: "automotive.front-desk", unit: "DEALER-SH-XX", period: "2014")'
        " { nodes { records { measure exactValue source assessments } } } }"
    )["scorecard"]
    found = [each for node in card["nodes"] for each in node["records"] if each["measure"] == "FD.5S"]
    assert found[0] == {
        "measure": "FD.5S",
        "exactValue": "44",
        "source": "ASSESSMENT",
        "assessments": [number],
    }


def test_a_stale_revision_tells_what_changed(own_api: Api) -> None:
    number = _begun(own_api)["number"]
    _save(own_api, number, 0, "44")
    found = _save(own_api, number, 0, "40")
    assert (found["__typename"], found["changed"]) == ("AssessmentStale", ["FD.5S"])
    assert found["problem"]["code"] == "ASSESSMENT_CHANGED"
    assert found["assessment"]["lines"] == [{"measure": "FD.5S", "exactValue": "44", "revision": 1}]


def test_a_wrong_value_is_named_by_its_line(own_api: Api) -> None:
    found = _save(own_api, _begun(own_api)["number"], 0, "4000")
    assert (found["code"], found["path"]) == ("ASSESSMENT_POINTS_OUT_OF_RANGE", ["lines[0]", "value"])


def test_returned_and_discarded(own_api: Api) -> None:
    number = _begun(own_api)["number"]
    _save(own_api, number, 0, "44")
    _move(own_api, "submitAssessment", number, 1)
    gone = "... on AssessmentDiscarded { number } ... on Problem { code }"
    assert _move(own_api, "discardAssessment", number, 2, chosen=gone) == {"code": "ASSESSMENT_STATE"}
    mine = own_api.headers["authorization"]
    own_api.headers.update(_second(own_api))
    returned = _move(own_api, "returnAssessment", number, 2, ', reason: "look again"')
    assert returned["assessment"]["state"] == "RETURNED"
    own_api.headers["authorization"] = mine
    shown = own_api.ask(f'{{ assessment(number: "{number}") {{ decisionReason unit {{ code }} }} }}')
    assert shown["assessment"] == {"decisionReason": "look again", "unit": {"code": "DEALER-SH-XX"}}


def test_a_draft_is_discarded(own_api: Api) -> None:
    number = _begun(own_api)["number"]
    gone = "... on AssessmentDiscarded { number } ... on Problem { code }"
    assert _move(own_api, "discardAssessment", number, 0, chosen=gone) == {"number": number}
    assert own_api.codes(f'{{ assessment(number: "{number}") {{ state }} }}') == ["ASSESSMENT_NOT_FOUND"]


def test_sheets_are_listed_page_by_page(own_api: Api) -> None:
    numbers = []
    for period in ("2014", "2015"):
        given = WHERE.replace("2014", period)
        made = own_api.ask(f"mutation {{ beginAssessment(input: {given}) {{ {CHANGED} }} }}")
        numbers.append(made["beginAssessment"]["assessment"]["number"])
    page = "{ nodes { number id period { code } } totalCount pageInfo { hasNextPage endCursor } }"
    shown = own_api.ask(f"{{ assessments(first: 1) {page} }}")["assessments"]
    assert (shown["totalCount"], shown["pageInfo"]["hasNextPage"]) == (2, True)
    after = shown["pageInfo"]["endCursor"]
    rest = own_api.ask(f'{{ assessments(after: "{after}") {page} }}')["assessments"]
    assert [each["number"] for each in (*shown["nodes"], *rest["nodes"])] == sorted(numbers)
    of_period = own_api.ask(f'{{ assessments(period: "2015", state: DRAFT) {page} }}')["assessments"]
    assert [each["number"] for each in of_period["nodes"]] == numbers[1:]
    again = own_api.ask(f'{{ node(id: "{shown["nodes"][0]["id"]}") {{ ... on Assessment {{ number }} }} }}')
    assert again["node"] == {"number": shown["nodes"][0]["number"]}


def test_evidence_is_attached_read_and_removed(own_api: Api) -> None:
    number = _begun(own_api)["number"]
    found = _send(own_api, ATTACH, {"number": number}, "前台.png", PNG)
    (file,) = found["assessment"]["evidence"]
    answer = own_api.get(file["path"])
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    given = f'number: "{number}", evidence: {file["number"]}'
    removed = own_api.ask(f"mutation {{ removeEvidence(input: {{{given}}}) {{ {CHANGED} }} }}")
    assert removed["removeEvidence"]["assessment"]["evidence"] == []
    assert own_api.get(file["path"]).status_code == 404


@pytest.mark.parametrize(
    ("data", "code"), [(b"MZ\x90\x00", "EVIDENCE_KIND"), (b"x" * 20_000_001, "UPLOAD_TOO_LARGE")]
)
def test_other_files_are_refused(own_api: Api, data: bytes, code: str) -> None:
    number = _begun(own_api)["number"]
    assert _send(own_api, ATTACH, {"number": number}, "desk.png", data)["code"] == code


def _form(api: Api) -> bytes:
    answer = api.get(FORM, params={"unit": "DEALER-SH-XX", "period": "2014"})
    assert answer.status_code == 200
    return answer.content


def _filled(form: bytes, value: int) -> bytes:
    """The form with the same value for all items: choice items, which count cases, take what points do."""
    book = load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "得分"]
    for row in range(head.row + 1, sheet.max_row + 1):
        cell = sheet.cell(row, head.column)
        if not cell.protection.locked:
            cell.value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_form_goes_out_and_comes_back_once(own_api: Api) -> None:
    data = _filled(_form(own_api), 0)
    first, second = (_send(own_api, TAKE, {}, "desk.xlsx", data) for _ in range(2))
    assert (first["created"], first["assessment"]["state"]) == (True, "SUBMITTED")
    assert (second["created"], second["assessment"]) == (False, first["assessment"])


def test_a_corrected_form_goes_into_the_sheet_that_was_returned(own_api: Api) -> None:
    form = _form(own_api)
    first = _send(own_api, TAKE, {}, "desk.xlsx", _filled(form, 0))["assessment"]
    assert _send(own_api, TAKE, {}, "desk.xlsx", _filled(form, 1))["code"] == "ASSESSMENT_EXISTS"
    mine = own_api.headers["authorization"]
    own_api.headers.update(_second(own_api))
    _move(own_api, "returnAssessment", first["number"], first["revision"], ', reason: "look again"')
    own_api.headers["authorization"] = mine
    found = _send(own_api, TAKE, {}, "desk.xlsx", _filled(form, 1))
    assert (found["created"], found["assessment"]["number"]) == (True, first["number"])
    assert (found["assessment"]["state"], found["assessment"]["lines"][0]["exactValue"]) == ("SUBMITTED", "1")


def test_what_is_no_form_is_refused(own_api: Api) -> None:
    assert _send(own_api, TAKE, {}, "desk.xlsx", b"PK")["code"] == "ASSESSMENT_FORM_UNKNOWN"


# query string → status, code
REFUSED_FORMS: dict[str, tuple[int, str]] = {
    "unit=DEALER-SH-XX": (400, "HTTP_QUERY_FIELD"),
    "unit=DEALER-SH-XX&period=2014&locale=fr": (400, "HTTP_QUERY_FIELD"),
    "unit=NOBODY&period=2014": (404, "UNIT_NOT_FOUND"),
}


@pytest.mark.parametrize("asked", REFUSED_FORMS)
def test_forms_that_cannot_be_made(plain_api: Api, asked: str) -> None:
    answer = plain_api.get(f"{FORM}?{asked}")
    found = answer.status_code, answer.json()["errors"][0]["extensions"]["code"]
    assert found == REFUSED_FORMS[asked]


@pytest.mark.parametrize("path", [FORM, "/assessments/000000000/evidence/1"])
def test_files_are_for_those_let_in(plain_api: Api, path: str) -> None:
    assert plain_api.get(path, headers={"authorization": "Bearer sty_no"}).status_code == 401
