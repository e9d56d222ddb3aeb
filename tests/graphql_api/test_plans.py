"""Plans over HTTP: drafted along a path to a grade, edited by two at once, carried out, followed."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from graphql_api.http_server import Api, administrators_token
from graphql_api.test_sockets import begin, connected, hear, say

WHERE = 'scheme: "automotive.front-desk", unit: "DEALER-SH-XX", period: "2014"'
PLAN = """plan {
  number state revision effortDays
  actions { number revision state owner due title nodeTitleThen indicator { title } answers effortDays
            evidence { number path fileName } }
}"""
CHANGES = "changes { action what changedBy fields { field before after } }"
ANSWER = f"""__typename
  ... on PlanSaved {{ {PLAN} }}
  ... on PlanStale {{ problem {{ code message }} {CHANGES} {PLAN} }}
  ... on Problem {{ code message path }}"""
DRAFT = f"""mutation ($target: PathTarget) {{
  draftPlan(input: {{{WHERE}, target: $target}}) {{
    __typename
    ... on PlanDrafted {{
      {PLAN}
      path {{
        status needed targetPoints lacking summary
        best {{ effortDays projected {{ points passed verdict }}
                steps {{ advice {{ code }} gain pointsAfter }} }}
        most {{ points }}
      }}
    }}
    ... on Problem {{ code message }}
  }}
}}"""
ATTACH = f"""mutation ($number: String!, $file: Upload!) {{
  attachPlanEvidence(input: {{number: $number, action: 1, file: $file}}) {{ {ANSWER} }}
}}"""


def drafted(api: Api) -> Any:
    return api.ask(DRAFT)["draftPlan"]["plan"]


def changed(api: httpx.Client, field: str, number: str, **given: Any) -> Any:
    """What a mutation answers; arguments as GraphQL writes them."""
    listed = ", ".join(f"{name}: {value}" for name, value in {"number": json.dumps(number), **given}.items())
    body = {"query": f"mutation {{ {field}(input: {{{listed}}}) {{ {ANSWER} }} }}"}
    return api.post("/graphql", json=body).json()["data"][field]


def test_from_the_sample_dealer_to_the_pass_line(own_api: Api) -> None:
    made = own_api.ask(DRAFT, {"target": {"kind": "LINE"}})["draftPlan"]
    path = made["path"]
    assert (path["needed"], path["targetPoints"]) == (67, 231)
    assert path["status"] == "FOUND"
    best = path["best"]
    assert best["projected"]["points"] >= 231
    assert (best["projected"]["passed"], best["projected"]["verdict"]) == (True, "passed")
    assert best["effortDays"] == made["plan"]["effortDays"] > 0
    assert best["steps"][-1]["pointsAfter"] == pytest.approx(best["projected"]["points"])
    assert len(best["steps"]) == len(made["plan"]["actions"])


def test_of_two_who_edit_one_action_one_is_told(own_api: Api) -> None:
    plan = drafted(own_api)
    second = asyncio.run(administrators_token(own_api.context, "second"))
    clients = [
        httpx.Client(base_url=own_api.base_url, headers={**own_api.headers, "authorization": said})
        for said in (own_api.headers["authorization"], f"Bearer {second}")
    ]
    with ThreadPoolExecutor(2) as both:
        sent = [
            both.submit(
                changed, client, "changePlanAction", plan["number"], action=1, revision=0, effortDays=days
            )
            for client, days in zip(clients, (7, 8), strict=True)
        ]
        answers = [each.result() for each in sent]
    for client in clients:
        client.close()
    assert sorted(each["__typename"] for each in answers) == ["PlanSaved", "PlanStale"]
    told = next(each for each in answers if each["__typename"] == "PlanStale")
    won = next(each for each in answers if each["__typename"] == "PlanSaved")["plan"]["actions"][0]
    assert told["problem"]["code"] == "PLAN_ACTION_CHANGED"
    (change,) = told["changes"]
    assert change["fields"][0]["field"] == "effort"
    assert change["fields"][0]["after"] == str(int(won["effortDays"]))
    assert told["plan"]["actions"][0]["effortDays"] == won["effortDays"]


def test_a_field_is_left_out_or_emptied(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    one = changed(
        own_api, "changePlanAction", number, action=1, revision=0, due='"2015-03-01"', owner='"admin"'
    )
    assert (one["plan"]["actions"][0]["due"], one["plan"]["actions"][0]["owner"]) == ("2015-03-01", "admin")
    two = changed(own_api, "changePlanAction", number, action=1, revision=1, owner="null")
    assert (two["plan"]["actions"][0]["due"], two["plan"]["actions"][0]["owner"]) == ("2015-03-01", None)


def test_from_agreement_to_done(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    assert changed(own_api, "agreeToPlan", number, revision=0)["plan"]["state"] == "AGREED"
    refused = changed(own_api, "changePlanAction", number, action=1, revision=0, due='"2015-03-01"')
    assert refused["code"] == "REASON_REQUIRED"
    assert changed(own_api, "claimPlanAction", number, action=1, revision=0)["__typename"] == "PlanSaved"
    assert changed(own_api, "beginPlanAction", number, action=1, revision=1)["plan"]["state"] == "IN_PROGRESS"
    done = changed(own_api, "finishPlanAction", number, action=1, revision=2)["plan"]
    assert done["actions"][0]["state"] == "DONE"
    judged = changed(
        own_api, "judgePlanAction", number, action=1, revision=3, verdict="VERIFIED", reason='"we saw it"'
    )
    assert judged["code"] == "PLAN_NOT_MEASURED_AGAIN"
    history = own_api.ask(f'{{ plan(number: "{number}") {{ history {{ what action }} }} }}')["plan"][
        "history"
    ]
    assert [each["what"] for each in history] == ["drafted", "agreed", "edited", "begun", "followed", "done"]


def test_comments_and_new_actions(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    added = changed(
        own_api,
        "addPlanAction",
        number,
        title='"Hang the board up"',
        node='"FD.KANBAN"',
        expectedEffect=0.3,
        answers='["below_line:FD.KANBAN"]',
    )
    last = added["plan"]["actions"][-1]
    assert (last["title"], last["answers"]) == ("Hang the board up", ["below_line:FD.KANBAN"])
    assert last["indicator"]["title"] == last["nodeTitleThen"]
    assert changed(own_api, "commentOnPlan", number, text='"Who?"', action=1)["__typename"] == "PlanSaved"
    said = own_api.ask(f'{{ plan(number: "{number}") {{ comments {{ action text writtenBy }} }} }}')
    assert said["plan"]["comments"] == [{"action": 1, "text": "Who?", "writtenBy": "admin"}]


def test_a_file_goes_in_and_comes_out(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    operations = json.dumps({"query": ATTACH, "variables": {"number": number, "file": None}})
    form = {"operations": operations, "map": '{"0": ["variables.file"]}'}
    body = own_api.post("/graphql", data=form, files={"0": ("list.txt", b"all were there")}).json()
    (file,) = body["data"]["attachPlanEvidence"]["plan"]["actions"][0]["evidence"]
    found = own_api.get(file["path"])
    assert (found.content, found.headers["content-type"]) == (b"all were there", "text/plain; charset=utf-8")
    assert own_api.get(file["path"].replace(f"/{number}/", "/000000000/")).status_code == 404
    gone = changed(own_api, "removePlanEvidence", number, action=1, evidence=file["number"])
    assert gone["plan"]["actions"][0]["evidence"] == []


def test_a_plan_is_found_by_its_id_and_in_lists(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    listed = own_api.ask(
        '{ plans(unit: "DEALER-SH-XX", scheme: "automotive.front-desk") { totalCount'
        " nodes { id number unit { code } period { code } scheme { code }"
        " findings { key kind title sentence } baseline { figures { points } schemeVersion"
        " rates { code rate title } } scorecard { root { points } } } } }"
    )["plans"]
    (plan,) = listed["nodes"]
    assert (listed["totalCount"], plan["number"], plan["unit"]["code"]) == (1, number, "DEALER-SH-XX")
    assert plan["baseline"]["figures"]["points"] == plan["scorecard"]["root"]["points"] == 164
    again = own_api.ask(f'{{ node(id: "{plan["id"]}") {{ ... on ImprovementPlan {{ number }} }} }}')
    assert again["node"] == {"number": number}


def test_the_board_of_a_branch(own_api: Api) -> None:
    drafted(own_api)
    path = Path(__file__).parents[2] / "docs" / "screens" / "plan_board.graphql"
    shown = own_api.ask(path.read_text(encoding="utf-8"), {"unit": "DEALER-SH-XX"})["planBoard"]
    counts = {each["state"]: each["count"] for each in shown["counts"]["plans"]}
    # The sample plan of the dealer is the other.
    assert counts["DRAFT"] == 2
    assert shown["counts"]["unclaimed"] == len(shown["unclaimed"]["nodes"]) > 0
    assert [each["code"] for each in shown["units"]["nodes"]] == ["DEALER-SH-XX"]


def test_a_plan_is_followed(own_api: Api) -> None:
    number = drafted(own_api)["number"]
    query = f'subscription {{ planChanged(plan: "{number}") {{ title revision }} }}'
    with connected(own_api) as socket:
        begin(socket, own_api)
        say(socket, "subscribe", id="1", payload={"query": query})
        first = hear(socket)["payload"]["data"]["planChanged"]
        changed(own_api, "renamePlan", number, revision=0, title='"Spring"')
        second = hear(socket)["payload"]["data"]["planChanged"]
    assert (first["revision"], second) == (0, {"title": "Spring", "revision": 1})
