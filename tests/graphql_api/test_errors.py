"""Errors of fields: ours are shown, faults of our own are masked and found again in the log."""

from __future__ import annotations

from typing import Any, cast

import pytest
import strawberry

from steelyard.errors import InvalidInput, NotFound, Place, Problem
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.problems import ID_INVALID, LIST_EMPTY, PACK_NOT_FOUND


@strawberry.type
class Query:
    @strawberry.field
    def broken(self) -> int | None:
        raise RuntimeError("the inside of the program")

    @strawberry.field
    async def broken_later(self) -> int | None:
        raise KeyError("the inside of the program")

    @strawberry.field
    def nothing(self) -> int:
        return cast("int", None)

    @strawberry.field
    def endless(self) -> float | None:
        return float("inf")

    @strawberry.field
    def too_large(self) -> int | None:
        return 2**31

    @strawberry.field
    def two_problems(self) -> int | None:
        first = Problem(LIST_EMPTY, Place(field="one"), {"argument": "one"})
        raise InvalidInput([first, Problem(ID_INVALID, Place(field="two"), {"id": "x"})])

    @strawberry.field
    def missing(self) -> int | None:
        values = {"found": "a", "known": "b", "suggestion_zh": "", "suggestion_en": ""}
        raise NotFound(Problem(PACK_NOT_FOUND, values=values))


async def _errors(query: str) -> list[dict[str, Any]]:
    answer = await Executor(strawberry.Schema(Query)).execute(Operation(query), None)
    assert answer.began
    return list(answer.body["errors"])


@pytest.mark.parametrize("field", ["broken", "brokenLater", "nothing", "endless", "tooLarge"])
async def test_faults_of_our_own_are_masked(field: str, caplog: pytest.LogCaptureFixture) -> None:
    (error,) = await _errors(f"{{ {field} }}")
    assert error["extensions"]["code"] == "INTERNAL"
    assert "inside" not in str(error)
    number = error["message"].removeprefix("A fault of Steelyard itself, ").removesuffix(".")
    assert len(number) == 12
    assert f"internal error {number} at {field}" in caplog.text


async def test_the_log_has_what_the_client_does_not_get(caplog: pytest.LogCaptureFixture) -> None:
    await _errors("{ broken }")
    assert "RuntimeError: the inside of the program" in caplog.text


async def test_several_problems_become_several_errors() -> None:
    errors = await _errors("{ twoProblems }")
    found = [(error["extensions"]["code"], error["extensions"]["argument"]) for error in errors]
    assert found == [("LIST_EMPTY", "one"), ("ID_INVALID", "two")]
    assert {tuple(error["path"]) for error in errors} == {("twoProblems",)}


async def test_what_is_not_there_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    (error,) = await _errors("{ missing }")
    assert error["extensions"]["code"] == "PACK_NOT_FOUND"
    assert caplog.text == ""
