"""Every field that names a permission is refused without it, and tells nothing of what is unseen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from graphql import GraphQLObjectType, parse, validate

from graphql_api.permission_cases import CASES, DEEPER, JOBS, OF_A_PLAN, PLANS, RECORDS, SHEETS, WEIGHTS
from noninterference.asking import Asker
from noninterference.campaign import WIDE
from noninterference.vocabulary import Vocabulary
from noninterference.worlds import Level, Twin, World
from services.conftest import load_shops
from services.shop_pack import shop_packs
from steelyard.access.actor import Actor
from steelyard.access.permissions import WHOLE_TENANT, Permission
from steelyard.errors import Text
from steelyard.packs import Packs
from steelyard.services import structure
from steelyard.services.context import Context, open_context
from steelyard.store import import_jobs
from steelyard.store.import_jobs import JobRecord, JobState
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema
from steelyard_graphql.uploads import UploadedFile

NEEDS = re.compile(r"Needs `([a-z.]+)`\.$")
EXECUTOR = Executor(schema, WIDE)
ELSEWHERE = "steelyard_graphql.administration"
"""What administration needs on what, its own tests see; here only that nothing goes without."""


def _needed() -> Mapping[str, Permission]:
    """The fields of the schema that need a permission."""
    found = {}
    for name, kind in schema._schema.type_map.items():
        for field, what in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            needs = NEEDS.search(what.description or "")
            if needs is not None:
                found[f"{name}.{field}"] = Permission(needs[1])
    return found


NEEDED = _needed()


@pytest.fixture(scope="module")
def packs() -> Packs:
    return shop_packs()


@pytest.fixture(scope="module")
def loaded_shops(packs: Packs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the shops, to be copied; nobody opens it."""
    path = tmp_path_factory.mktemp("shops") / "shops.db"
    load_shops(f"sqlite:///{path}", packs)
    return path


@pytest.fixture
async def shops(loaded_shops: Path, packs: Packs, tmp_path: Path) -> AsyncIterator[Context]:
    path = tmp_path / "shops.db"
    shutil.copy(loaded_shops, path)
    async with open_context(f"sqlite:///{path}", packs) as context:
        yield context


async def _answer(context: Context, query: str, units: Mapping[Permission, set[str]]) -> Mapping[str, Any]:
    """Ask as somebody with all rights on all units but those on `units` alone."""
    whole = await structure.load(context.view(), _actor({}), context.scope)
    rights: dict[Permission, frozenset[int] | None] = dict.fromkeys(Permission)
    rights |= {each: frozenset(whole.unit(code).id for code in codes) for each, codes in units.items()}
    actor = _actor(rights)
    request = RequestContext(context.view(), actor, actor.scope(context.scope.tenant_id), context.packs)
    return (await EXECUTOR.execute(Operation(query), request)).body


def _actor(rights: Mapping[Permission, frozenset[int] | None]) -> Actor:
    return Actor("somebody", Text("某人", "Somebody"), rights)


def _module(name: str) -> str:
    """Where the resolver of a field is written."""
    holder, field = name.split(".")
    kind = schema._schema.type_map[holder]
    assert isinstance(kind, GraphQLObjectType)
    definition = kind.fields[field].extensions["strawberry-definition"]
    return str(definition.base_resolver.wrapped_func.__module__)


def test_every_permission_that_is_named_has_a_case() -> None:
    assert {name for name in NEEDED if not _module(name).startswith(ELSEWHERE)} == {
        *CASES,
        *JOBS,
        *RECORDS,
        *SHEETS,
        *DEEPER,
        *WEIGHTS,
        *PLANS,
        *OF_A_PLAN,
    }


@pytest.mark.parametrize("name", CASES)
async def test_with_all_rights_it_is_answered(shops: Context, name: str) -> None:
    body = await _answer(shops, CASES[name].query.replace("UNIT", "S1"), {})
    assert "errors" not in body
    assert '"Problem"' not in json.dumps(body)


@pytest.mark.parametrize("held", [set(), {"S2"}], ids=["nowhere", "elsewhere"])
@pytest.mark.parametrize("name", [name for name in CASES if NEEDED[name] not in WHOLE_TENANT])
async def test_without_its_permission_it_is_forbidden(shops: Context, name: str, held: set[str]) -> None:
    body = await _answer(shops, CASES[name].query.replace("UNIT", "S1"), {NEEDED[name]: held})
    text = json.dumps(body)
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


@pytest.mark.parametrize("name", CASES)
async def test_of_what_is_unseen_it_knows_nothing(shops: Context, name: str) -> None:
    query = CASES[name].query
    unseen = await _answer(shops, query.replace("UNIT", "S1"), {Permission.SCORE_READ: {"S2"}})
    missing = await _answer(shops, query.replace("UNIT", "S0"), {Permission.SCORE_READ: {"S2"}})
    assert CASES[name].unseen is not None
    assert f'"{CASES[name].unseen}"' in json.dumps(unseen)
    assert json.dumps(unseen).replace("S1", "S0") == json.dumps(missing)


DRAWN = [name for name in NEEDED if name.startswith(("Query.", "Mutation."))]
# A file cannot be written into a query.
DRAWN.remove("Mutation.importMeasurements")
DRAWN.remove("Mutation.importRecords")
DRAWN.remove("Mutation.attachEvidence")
DRAWN.remove("Mutation.importAssessment")
DRAWN.remove("Mutation.attachPlanEvidence")


def _is_asked(text: str) -> bool:
    """A day that is none is drawn, too; who asks for it is told of that before anything else."""
    return not validate(schema._schema, parse(text))


@pytest.mark.parametrize("name", DRAWN)
async def test_no_operation_goes_without_its_permission(shops: Context, name: str) -> None:
    """Whatever it is asked: these questions are drawn."""
    holder, field = name.split(".")
    worlds = [World(Level.REGION, Twin.DEALT, 0)]
    asker = Asker(schema._schema, Vocabulary(worlds), Random(name), [field])
    questions = (asker.question([(holder, field)]) for _ in range(100))
    question = next(
        each for each in questions if [one.name for one in each.chosen] == [field] and _is_asked(each.text)
    )
    drawn = question.chosen[0].arguments
    refused = f"mutation {{ {field}{drawn} {{ ... on Problem {{ code message }} }} }}"
    query = refused if holder == "Mutation" else question.text
    text = json.dumps(await _answer(shops, query, {NEEDED[name]: set()}))
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


async def _streamed(context: Context, query: str, held: set[str]) -> str:
    """The first answer to somebody who may import to the units `held`, and see no records of others."""
    whole = await structure.load(context.view(), _actor({}), context.scope)
    units = frozenset(whole.unit(code).id for code in held)
    actor = _actor(
        {**dict.fromkeys(Permission), Permission.MEASUREMENT_IMPORT: units, Permission.RECORD_READ: units}
    )

    async def renew() -> RequestContext:
        return RequestContext(context.view(), actor, context.scope, context.packs)

    variables = {"file": UploadedFile(Path("none"), "none.csv", 1)} if "$file" in query else {}
    async with aclosing(EXECUTOR.stream(Operation(query, variables), renew)) as answers:
        return json.dumps((await anext(answers)).body)


@pytest.mark.parametrize("name", JOBS)
async def test_jobs_are_for_those_who_may_import(shops: Context, name: str) -> None:
    text = await _streamed(shops, JOBS[name], set())
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


@pytest.mark.parametrize("name", RECORDS)
async def test_records_are_for_those_who_may_import_or_read_them(shops: Context, name: str) -> None:
    text = await _streamed(shops, RECORDS[name], set())
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


@pytest.mark.parametrize("name", [name for name in JOBS if name != "Mutation.importMeasurements"])
async def test_the_job_of_another_is_as_if_it_were_not_there(shops: Context, name: str) -> None:
    missing = await _streamed(shops, JOBS[name], {"S1"})
    now = datetime.now(UTC)
    stage, state = Text("一", "One"), JobState.RUNNING
    job = JobRecord(
        "other", "measurements", "x", "secret.csv", state, stage, 0, 0, False, None, [], now, "who", now
    )
    async with shops.database.write(shops.scope) as writer:
        await import_jobs.record(writer, shops.scope, job)
    assert "IMPORT_JOB_NOT_FOUND" in missing
    assert await _streamed(shops, JOBS[name], {"S1"}) == missing


@pytest.mark.parametrize("name", SHEETS)
async def test_sheets_are_for_those_who_hold_the_permission(shops: Context, name: str) -> None:
    files = {"file": UploadedFile(Path("none"), "none.xlsx", 1)} if "$file" in SHEETS[name] else {}
    actor = _actor({**dict.fromkeys(Permission), NEEDED[name]: frozenset()})
    request = RequestContext(shops.view(), actor, shops.scope, shops.packs)
    text = json.dumps((await EXECUTOR.execute(Operation(SHEETS[name], files), request)).body)
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


@pytest.mark.parametrize("name", PLANS)
async def test_plans_are_for_those_who_hold_the_permission(shops: Context, name: str) -> None:
    files = {"file": UploadedFile(Path("none"), "none.txt", 1)} if "$file" in PLANS[name] else {}
    actor = _actor({**dict.fromkeys(Permission), NEEDED[name]: frozenset()})

    async def renew() -> RequestContext:
        return RequestContext(shops.view(), actor, shops.scope, shops.packs)

    async with aclosing(EXECUTOR.stream(Operation(PLANS[name], files), renew)) as answers:
        text = json.dumps((await anext(answers)).body)
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


@pytest.mark.parametrize("name", WEIGHTS)
async def test_weights_are_for_those_who_hold_the_permission(shops: Context, name: str) -> None:
    actor = _actor({**dict.fromkeys(Permission), NEEDED[name]: frozenset()})

    async def renew() -> RequestContext:
        return RequestContext(shops.view(), actor, shops.scope, shops.packs)

    async with aclosing(EXECUTOR.stream(Operation(WEIGHTS[name]), renew)) as answers:
        text = json.dumps((await anext(answers)).body)
    assert '"FORBIDDEN"' in text
    assert NEEDED[name].value in text


async def test_who_is_rated_does_not_rate(shops: Context) -> None:
    whole = await structure.load(shops.view(), _actor({}), shops.scope)
    rated = frozenset({whole.unit("S1").id})
    actor = Actor("manager", Text("店长", "Manager"), dict.fromkeys(Permission), rated)
    query = CASES["Mutation.recordMeasurement"].query
    codes = []
    for unit in ("S1", "S2"):
        request = RequestContext(shops.view(), actor, shops.scope, shops.packs)
        answer = await EXECUTOR.execute(Operation(query.replace("UNIT", unit)), request)
        codes.append(answer.body["data"]["recordMeasurement"].get("code"))
    assert codes == ["SELF_RATING", None]
