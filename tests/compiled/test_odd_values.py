"""Values that are not of their types: compiled selections give the errors that the plain way gives."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from compiled.answers import seen
from compiled.odd_schema import LARGE, ODD, Leaf, in_columns, schema, with_odd
from steelyard_graphql.execution import Answer, Executor, Operation

COMPILED, PLAIN = Executor(schema), Executor(schema, is_compiled=False)
FIELDS = """
  __typename number firmNumber amount firmAmount text firmText flag colour firmColour day id
  amounts firmAmounts table again: text
"""


def _everywhere(fields: str) -> str:
    return f"""
      {{
        leaf {{ {fields} }}
        leaves {{ {fields} }}
        kept {{ {fields} }}
        branch {{ leaf {{ {fields} }} firmLeaf {{ text }} leaves {{ {fields} }} firmLeaves {{ {fields} }} }}
      }}
    """


EVERYWHERE = _everywhere(FIELDS)
MIXED = [
    _everywhere(f"{one} {FIELDS}")
    for one in ("byItself", "later", "firmlyLater", "byItself firmlyLater later")
]
CASES = [(name, value) for name, values in ODD.items() for value in values]


async def _both(query: str, leaf: Any, variables: dict[str, Any] | None = None) -> tuple[Answer, Answer]:
    context = {"leaf": leaf}
    operation = Operation(query, variables)
    answers = await COMPILED.execute(operation, context), await PLAIN.execute(operation, context)
    for _ in range(3):
        # What waited beside an error is settled in the background.
        await asyncio.sleep(0)
    return answers


@pytest.mark.parametrize(("name", "value"), CASES)
@pytest.mark.parametrize("query", [EVERYWHERE, *MIXED], ids=["plain", "at once", "later", "firmly", "all"])
async def test_odd_values_are_answered_alike(query: str, name: str, value: Any) -> None:
    if hasattr(value, "__next__"):
        # Used up by whoever comes first.
        def leaf() -> Leaf:
            return with_odd(name, iter((1.0, 2.0)))

    else:
        leaf = partial(with_odd, name, value)
    compiled, plain = await _both(query, leaf)
    assert seen(compiled) == seen(plain)
    assert compiled.fields == plain.fields


@pytest.mark.parametrize("query", MIXED)
async def test_what_fits_is_compiled_beside_what_waits(query: str) -> None:
    compiled, plain = await _both(query, Leaf)
    assert seen(compiled) == seen(plain)
    assert "errors" not in compiled.body
    assert compiled.fields == plain.fields
    assert compiled.fields_compiled > 0.7 * compiled.fields


async def test_what_fits_is_compiled() -> None:
    compiled, plain = await _both(EVERYWHERE, Leaf)
    assert seen(compiled) == seen(plain)
    assert "errors" not in compiled.body
    # All but the fields of the query itself; the branch is one plan with all below it.
    assert (compiled.fields, compiled.fields_compiled) == (plain.fields, plain.fields - 4)


async def test_sums_that_overflow_are_no_errors() -> None:
    compiled, plain = await _both("{ leaf { amounts } }", lambda: Leaf(amounts=list(LARGE)))
    assert (compiled.body, compiled.fields_compiled) == (plain.body, 1)
    assert compiled.body["data"] == {"leaf": {"amounts": LARGE}}


QUERIES = [
    "{ leaf { repeated } }",
    "{ leaf { repeated(times: 3, colour: RED) a: repeated(colour: null) } }",
    "{ leaf { text repeated(times: -1) } }",
    "{ kept { text repeated(times: 0) } }",
    "{ kept { text byItself } leaves { byItself } }",
    "query ($n: Int = 2) { leaf { repeated(times: $n) } }",
    "query ($n: Int) { leaf { repeated(times: $n) } }",
    "query ($on: Boolean = true) { leaf { text @skip(if: $on) number @include(if: $on) } }",
    "query ($on: Boolean = false) { leaves { ... @include(if: $on) { text } } }",
    "{ leaf { text ... on Leaf { text number } ...F } } fragment F on Leaf { flag text n: __typename }",
    "{ branch { leaf { text } leaf { number } ...F } } fragment F on Branch { leaf { text flag } }",
    "{ branch { again(times: 3) { again { leaf { text } firmLeaves { number } } } } }",
    "{ branch { again(times: 0) { leaf { text } } firmLeaf { byItself text } } }",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("variables", [{}, {"n": -1, "on": True}, {"n": None, "on": False}])
async def test_shapes_are_answered_alike(query: str, variables: dict[str, Any]) -> None:
    compiled, plain = await _both(query, Leaf, variables)
    assert seen(compiled) == seen(plain)
    assert compiled.fields == plain.fields
    assert list(map(str, compiled.body.get("data") or ())) == list(map(str, plain.body.get("data") or ()))


@pytest.mark.parametrize("first", ["text", "byItself", "later"])
async def test_keys_stand_in_the_order_of_the_query(first: str) -> None:
    query = f"{{ leaf {{ z: {first} a: number ... {{ m: flag }} z: {first} l: later b: text }} }}"
    compiled, plain = await _both(query, Leaf)
    assert (
        list(compiled.body["data"]["leaf"]) == list(plain.body["data"]["leaf"]) == ["z", "a", "m", "l", "b"]
    )


@pytest.mark.parametrize("times", [10, 30, 60])
async def test_the_budget_is_the_same(times: int) -> None:
    inside = "leaf { text }"
    for _ in range(3):
        inside = f"again(times: {times}) {{ {inside} }}"
    compiled, plain = await _both(f"{{ branch {{ {inside} }} }}", Leaf)
    assert seen(compiled) == seen(plain)
    assert ("errors" in compiled.body) == (times == 60)


async def test_objects_of_another_class_go_the_plain_way() -> None:
    class Like:
        text = "as if"

    compiled, plain = await _both("{ leaf { text } }", Like)
    assert compiled.body == plain.body
    assert compiled.body["data"] == {"leaf": {"text": "as if"}}
    assert compiled.fields_compiled == 0


async def test_columns_are_lists_as_well() -> None:
    leaves = [Leaf(text=str(number)) for number in range(4)]
    shown = in_columns(leaves)
    assert (len(shown), list(shown), shown[1:3], shown[-1]) == (4, leaves, leaves[1:3], leaves[3])
    with pytest.raises(IndexError):
        shown[4]
