"""Administration over HTTP: deeds as mutations, their acts, proposals, and what each role sees of it."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graphql_api.http_server import Api, administrators_token
from steelyard.packs import Packs
from steelyard.services.context import open_context

WHY = "for the test"
DO = """
mutation Do($input: %sInput!) {
  %s(input: $input) {
    __typename
    ... on Problem { code path message }
    ... on ProposalMade { proposal { number deed subject state draftedBy } }
    %s
  }
}
"""


def _do(api: Api, name: str, shown: str, **fields: Any) -> Any:
    kind = name[0].upper() + name[1:]
    return api.ask(DO % (kind, name, shown), {"input": {"reason": WHY, **fields}})[name]


def _unit(api: Api, name: str, **fields: Any) -> Any:
    shown = """... on UnitChanged {
      unit { code title closedOn parent { code } attributes { name value } }
      act { deed subject reason actor }
    }"""
    return _do(api, name, shown, **fields)


NEW = {"unit": "B99", "titleZh": "新店", "titleEn": "New shop", "unitType": "shop", "parent": "EC-CO"}


def test_a_unit_is_created_and_its_act_tells_so(own_api: Api) -> None:
    done = _unit(own_api, "createUnit", **NEW)
    assert done["unit"] == {
        "code": "B99",
        "title": "New shop",
        "closedOn": None,
        "parent": {"code": "EC-CO"},
        "attributes": [],
    }
    assert done["act"] == {"deed": "unit.create", "subject": "unit:B99", "reason": WHY, "actor": "admin"}


@pytest.mark.parametrize(
    ("name", "fields", "seen"),
    [
        ("renameUnit", {"titleZh": "老店", "titleEn": "Old shop"}, {"title": "Old shop"}),
        ("closeUnit", {"closedOn": "2030-01-01"}, {"closedOn": "2030-01-01"}),
        (
            "setAttribute",
            {"attribute": "size", "value": "L", "validFrom": "2020-01-01"},
            {"attributes": [{"name": "size", "value": "L"}]},
        ),
        ("moveUnit", {"parent": None, "validFrom": "2020-01-01"}, {"parent": None}),
    ],
)
def test_a_unit_is_changed(own_api: Api, name: str, fields: dict[str, Any], seen: dict[str, Any]) -> None:
    _unit(own_api, "createUnit", **NEW)
    found = _unit(own_api, name, unit="B99", **fields)["unit"]
    assert {key: found[key] for key in seen} == seen


def test_what_is_wrong_with_an_input_names_its_field(own_api: Api) -> None:
    done = _unit(own_api, "createUnit", **{**NEW, "titleZh": " "})
    assert (done["__typename"], done["code"], done["path"]) == ("Problem", "TEXT_EMPTY", ["titleZh"])


def test_a_reason_is_required(own_api: Api) -> None:
    assert _unit(own_api, "createUnit", **NEW, reason=" ")["code"] == "REASON_REQUIRED"


def test_many_units_are_imported_at_once(own_api: Api) -> None:
    rows = [
        {"unit": f"N{n}", "unitType": "shop", "titleZh": f"店{n}", "titleEn": f"Shop {n}", "parent": "EC-CO"}
        for n in range(50)
    ]
    shown = "... on UnitsImported { created changed unchanged act { deed } }"
    done = _do(own_api, "importUnits", shown, units=rows, validFrom="2026-01-01")
    assert (done["created"], done["changed"], done["act"]["deed"]) == (50, 0, "unit.import")


def test_a_declared_calendar_has_periods_that_can_be_closed(own_api: Api) -> None:
    parts = [
        {"code": "one", "titleZh": "上", "titleEn": "First", "start": "01-01", "end": "07-01"},
        {"code": "two", "titleZh": "下", "titleEn": "Second", "start": "07-01", "end": "01-01"},
    ]
    titles = {"titleZh": "半年", "titleEn": "Half-years"}
    shown = "... on CalendarDeclared { calendar { code title } }"
    done = _do(own_api, "declareCalendar", shown, calendar="half", parts=parts, **titles)
    assert done["calendar"] == {"code": "half", "title": "Half-years"}
    shown = "... on PeriodsAdded { periods { code start end state } }"
    [period] = _do(own_api, "addPeriods", shown, calendar="half", codes=["2024-one"])["periods"]
    assert period == {"code": "2024-one", "start": "2024-01-01", "end": "2024-07-01", "state": "OPEN"}
    shown = "... on PeriodChanged { period { state } }"
    closed = _do(own_api, "closePeriod", shown, calendar="half", period="2024-one")
    assert closed["period"]["state"] == "CLOSED"


def _token(api: Api, account: str, role: str, unit: str | None = None) -> str:
    _do(api, "createAccount", "... on AccountChanged { account { code } }", account=account)
    _do(api, "addGrant", "... on GrantChanged { grant { role } }", account=account, role=role, unit=unit)
    shown = "... on TokenCreated { secret token { key account label } }"
    done = _do(api, "createToken", shown, account=account, label="test")
    assert done["token"]["account"] == account
    return str(done["secret"])


def _as(api: Api, token: str) -> Api:
    other = Api(base_url=api.base_url)
    other.context = api.context
    other.headers["authorization"] = f"Bearer {token}"
    return other


def test_a_new_account_sees_what_it_was_granted(own_api: Api) -> None:
    with _as(own_api, _token(own_api, "east", "VIEWER", "EC-EAST")) as east:
        viewer = east.ask("{ viewer { code permissions { name wholeTenant units { code } } } }")["viewer"]
        assert viewer == {
            "code": "east",
            "permissions": [{"name": "score.read", "wholeTenant": False, "units": [{"code": "EC-EAST"}]}],
        }
        assert [unit["code"] for unit in east.ask("{ unitRoots { code } }")["unitRoots"]] == ["EC-EAST"]
        assert _unit(east, "renameUnit", unit="EC-EAST", titleZh="东", titleEn="East")["code"] == "FORBIDDEN"


def test_a_revoked_token_is_let_in_no_more(own_api: Api) -> None:
    token = _token(own_api, "gone", "VIEWER")
    with _as(own_api, token) as gone:
        assert gone.ask("{ viewer { code } }")
        shown = "... on TokenRevoked { token { revokedAt } }"
        assert _do(own_api, "revokeToken", shown, token=token.split("_")[2])["token"]["revokedAt"]
        assert gone.post("/graphql", json={"query": "{ viewer { code } }"}).status_code == 401


async def _made_at_the_machine(path: Path, packs: Packs, account: str) -> str:
    async with open_context(f"sqlite:///{path}", packs) as context:
        return await administrators_token(context, account)


def test_a_second_person_consents(own_api: Api, packs: Packs, tmp_path: Path) -> None:
    shown = "... on PoliciesChanged { policies { secondPerson } }"
    done = _do(own_api, "setSecondPerson", shown, deeds=["unit.move"])
    assert done["policies"]["secondPerson"] == ["unit.move"]
    _unit(own_api, "createUnit", **NEW)
    waiting = _unit(own_api, "moveUnit", unit="B99", parent=None, validFrom="2026-01-01")
    assert waiting["proposal"]["state"] == "OPEN"
    shown = "... on ProposalDecided { proposal { state decidedBy } }"
    decide = {"proposal": waiting["proposal"]["number"]}
    kind = (
        "mutation Do($input: DecideInput!) { approveProposal(input: $input) {"
        f"... on Problem {{ code }} {shown} }} }}"
    )
    mine = own_api.ask(kind, {"input": {"reason": WHY, **decide}})["approveProposal"]
    assert mine["code"] == "SECOND_PERSON"
    with _as(own_api, _token(own_api, "own_program", "ADMINISTRATOR")) as own_program:
        again = own_program.ask(kind, {"input": {"reason": WHY, **decide}})["approveProposal"]
        assert again["code"] == "SECOND_PERSON"
    text = asyncio.run(_made_at_the_machine(tmp_path / "own.db", packs, "second"))
    with _as(own_api, text) as second:
        theirs = second.ask(kind, {"input": {"reason": WHY, **decide}})["approveProposal"]
        assert theirs["proposal"] == {"state": "APPROVED", "decidedBy": "second"}
    [act] = own_api.ask('{ acts(deed: "unit.move") { nodes { actor draftedBy subject } } }')["acts"]["nodes"]
    assert act == {"actor": "second", "draftedBy": "admin", "subject": "unit:B99"}


def test_names_are_shown_to_those_who_may_see_them_alone(own_api: Api) -> None:
    shown = "... on PersonChanged { person { pseudonym name } }"
    person = {"pseudonym": "P7", "kind": "EMPLOYEE", "personName": "王丽"}
    assert _do(own_api, "registerPerson", shown, **person)["person"]["name"] == "王丽"
    _unit(own_api, "createUnit", **NEW)
    _unit(own_api, "assignPerson", unit="B99", person="P7")
    named = '{ unit(code: "B99") { code person { name } } }'
    assert own_api.ask(named)["unit"]["person"] == {"name": "王丽"}
    with _as(own_api, _token(own_api, "analyst", "ANALYST")) as analyst:
        answer = analyst.answer(named)
        assert answer["data"]["unit"] == {"code": "B99", "person": None}
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
    shown = "... on PersonsErased { pseudonyms }"
    assert _do(own_api, "erasePerson", shown, pseudonym="P7")["pseudonyms"] == ["P7"]
    assert own_api.ask(named)["unit"]["person"] == {"name": None}


def test_no_act_holds_a_name(own_api: Api) -> None:
    person = {"pseudonym": "P7", "kind": "EMPLOYEE", "personName": "王丽", "contact": "138-0000"}
    _do(own_api, "registerPerson", "... on PersonChanged { person { name } }", **person)
    acts = own_api.ask("{ acts(first: 100) { nodes { before after subject reason } } }")
    assert "王丽" not in json.dumps(acts, ensure_ascii=False)
    assert "138-0000" not in json.dumps(acts)


def test_acts_come_page_by_page_the_latest_first(own_api: Api) -> None:
    for number in range(5):
        _unit(own_api, "createUnit", **{**NEW, "unit": f"B{number}"})
    query = """query Acts($after: String) {
      acts(deed: "unit.create", first: 2, after: $after) {
        totalCount nodes { subject } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    seen, after = [], None
    for _ in range(3):
        page = own_api.ask(query, {"after": after})["acts"]
        seen += [node["subject"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert seen == ["unit:B4", "unit:B3", "unit:B2", "unit:B1", "unit:B0"]
    assert page["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "endCursor": after}
    assert page["totalCount"] == 5


def test_a_tenant_is_created_exported_suspended_and_deleted(own_api: Api) -> None:
    shown = "... on TenantChanged { tenant { code state exportPath } }"
    made = _do(own_api, "createTenant", shown, tenant="acme", titleZh="甲", titleEn="Acme")["tenant"]
    assert made == {"code": "acme", "state": "ACTIVE", "exportPath": "/tenants/acme/export"}
    export = own_api.post(made["exportPath"], json={"reason": WHY})
    assert export.status_code == 200
    assert zipfile.ZipFile(io.BytesIO(export.content)).testzip() is None
    assert _do(own_api, "suspendTenant", shown, tenant="acme")["tenant"]["state"] == "SUSPENDED"
    shown = "... on TenantDeleted { code }"
    assert _do(own_api, "deleteTenant", shown, tenant="acme", confirm="acme")["code"] == "acme"
    assert [tenant["code"] for tenant in own_api.ask("{ tenants { code } }")["tenants"]] == ["default"]


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/tenants/nobody/export", {"reason": WHY}, 404, "TENANT_NOT_FOUND"),
        ("/tenants/default/export", {"reason": " "}, 400, "REASON_REQUIRED"),
        ("/tenants/default/export", {}, 400, "REASON_REQUIRED"),
        ("/tenants/default/export", [], 400, "HTTP_BODY_FIELD"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(
    plain_api: Api, path: str, body: Any, status: int, code: str
) -> None:
    answer = plain_api.post(path, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)


def test_an_export_needs_the_permission(own_api: Api) -> None:
    with _as(own_api, _token(own_api, "auditor", "AUDITOR")) as auditor:
        answer = auditor.post("/tenants/default/export", json={"reason": WHY})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")
    with Api(base_url=own_api.base_url) as nobody:
        assert nobody.post("/tenants/default/export", json={"reason": WHY}).status_code == 401
