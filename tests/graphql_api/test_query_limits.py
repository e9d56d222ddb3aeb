"""Limits of a document: each refused with its code, and what keeps just within them answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from graphql import build_schema, get_introspection_query

from graphql_api.http_server import GRAPHQL, Api
from steelyard.errors import SteelyardError
from steelyard.settings.limits import Limits
from steelyard_graphql.documents import Documents, Unreadable
from steelyard_graphql.schema import schema

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
SCHEMA = build_schema(
    """
    directive @mark on FIELD | QUERY | VARIABLE_DEFINITION
    type Query { name(of: [[Int]]): String me: Query }
    """
)
LIMITS = Limits(
    depth=4, tokens=100, selections=40, aliases=3, roots=5, directives=4, directives_at=2, repeats=6
)


def _nested(levels: int) -> str:
    return "{ me " * (levels - 1) + "{ name" + " }" * levels


def _spread(count: int) -> str:
    """Fragments that each spread the next twice."""
    parts = [f"fragment F{n} on Query {{ a{n}: name ...F{n + 1} ...F{n + 1} }}" for n in range(count)]
    return "{ ...F0 } " + " ".join(parts) + f" fragment F{count} on Query {{ name }}"


def _star(count: int) -> str:
    """Fragments that all meet at one place."""
    parts = [f"fragment F{n} on Query {{ name }}" for n in range(count)]
    return "{ " + " ".join(f"...F{n}" for n in range(count)) + " } " + " ".join(parts)


@dataclass(frozen=True)
class Case:
    """A text just within a limit, one beyond it, and the code of the refusal."""

    within: str
    beyond: str
    code: str
    limits: Limits = LIMITS


CASES = {
    "characters": Case(
        "{" + " " * 190 + "name }",
        "{" + " " * 300 + "name }",
        "QUERY_TOO_MANY_CHARACTERS",
        replace(LIMITS, characters=200),
    ),
    "comments": Case("#\n" * 97 + "{ name }", "#\n" * 98 + "{ name }", "QUERY_TOO_MANY_TOKENS"),
    "comments at the end": Case("{ name }" + "#\n" * 97, "{ name }" + "#\n" * 98, "QUERY_TOO_MANY_TOKENS"),
    "fragments": Case(_star(5), _star(6), "QUERY_TOO_MANY_FRAGMENTS", replace(LIMITS, fragments=5)),
    "fragments of one name": Case(
        _star(5),
        "{ ...F } " + "fragment F on Query { name } " * 6,
        "QUERY_TOO_MANY_FRAGMENTS",
        replace(LIMITS, fragments=5),
    ),
    "tokens": Case("{ name" + " name" * 5 + " }", "{" + " name" * 100 + "}", "QUERY_TOO_MANY_TOKENS"),
    "depth": Case(_nested(4), _nested(5), "QUERY_TOO_DEEP"),
    "depth far beyond": Case(
        _nested(4), _nested(20_000), "QUERY_TOO_DEEP", Limits(characters=10**6, tokens=50_000)
    ),
    "depth of arguments": Case("{ name(of: [[1]]) }", "{ name(of: " + "[" * 5000, "QUERY_TOO_DEEP", Limits()),
    "depth through fragments": Case(
        "{ me { ...F } } fragment F on Query { me { me { name } } }",
        "{ me { ...F } } fragment F on Query { me { me { me { name } } } }",
        "QUERY_TOO_DEEP",
    ),
    "fragments in fragments": Case(
        _spread(2),
        _spread(8),
        "QUERY_TOO_MANY_SELECTIONS",
        replace(LIMITS, tokens=500, aliases=500, depth=20, repeats=500),
    ),
    "fragments one in another": Case(
        "{ ...F } fragment F on Query { name }",
        "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(600)),
        "QUERY_TOO_DEEP",
        Limits(fragments=1_000),
    ),
    "aliases": Case(
        "{ a: name b: name c: name }", "{ a: name b: name me { c: name d: name } }", "QUERY_TOO_MANY_ALIASES"
    ),
    "aliases in fragments": Case(
        "{ me { ...F } } fragment F on Query { a: name b: name }",
        "{ x: me { ...F } y: me { ...F } } fragment F on Query { a: name b: name }",
        "QUERY_TOO_MANY_ALIASES",
    ),
    "root fields": Case(
        "{ me { name } name }",
        "{ name " + " ".join(f"a{n}: name" for n in range(5)) + "}",
        "QUERY_TOO_MANY_ROOT_FIELDS",
        replace(LIMITS, aliases=50),
    ),
    "directives": Case(
        "{ a: name @mark b: name @mark me { name @mark @include(if: true) } }",
        "query @mark { a: name @mark b: name @mark me { name @mark @include(if: true) } }",
        "QUERY_TOO_MANY_DIRECTIVES",
    ),
    "directives at one place": Case(
        "{ name @include(if: true) @skip(if: false) }",
        "{ name @include(if: true) @skip(if: false) @mark }",
        "QUERY_TOO_MANY_DIRECTIVES",
    ),
    "directives of variables": Case(
        "query ($n: [[Int]] @mark) { name(of: $n) }",
        "query ($n: [[Int]] @a @b @c) { name(of: $n) }",
        "QUERY_TOO_MANY_DIRECTIVES",
    ),
    "repeats": Case("{" + " name" * 6 + "}", "{" + " name" * 7 + "}", "QUERY_TOO_MANY_REPEATS"),
    "repeats that merge": Case(
        "{ me { name name name } me { name name name } }",
        "{ me { name name name name } me { name name name name } }",
        "QUERY_TOO_MANY_REPEATS",
    ),
    "introspection": Case("{ __typename }", "{ __schema { types { name } } }", "INTROSPECTION_OFF"),
    "introspection in a fragment": Case(
        "{ name }",
        "{ ...F } fragment F on Query { __schema { types { name } } }",
        "INTROSPECTION_OFF",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_limit(name: str) -> None:
    case = CASES[name]
    documents = Documents(SCHEMA, limits=case.limits)
    documents.read(case.within, None)
    with pytest.raises(SteelyardError) as caught:
        documents.read(case.beyond, None)
    assert caught.value.code == case.code


def test_all_limits_that_are_passed_are_told() -> None:
    with pytest.raises(SteelyardError) as caught:
        Documents(SCHEMA, limits=LIMITS).read("{ a: name b: name c: name d: name e: name f: name }", None)
    assert [each.code for each in caught.value.problems] == [
        "QUERY_TOO_MANY_ALIASES",
        "QUERY_TOO_MANY_ROOT_FIELDS",
    ]


def test_a_fragment_within_itself_is_for_validation_to_tell() -> None:
    with pytest.raises(Unreadable) as caught:
        Documents(SCHEMA).read("{ ...F } fragment F on Query { me { ...F } }", None)
    assert caught.value.kind.code == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(("suggestions", "told"), [(False, False), (True, True)])
def test_suggestions_are_made_where_they_are_switched_on(suggestions: bool, told: bool) -> None:
    with pytest.raises(Unreadable) as caught:
        Documents(SCHEMA, limits=Limits(suggestions=suggestions)).read("{ nam }", None)
    assert ("Did you mean" in str(caught.value.errors[0])) is told


def test_few_of_many_errors_are_told() -> None:
    names = " ".join(f"nothing{n}" for n in range(25))
    with pytest.raises(Unreadable) as caught:
        Documents(SCHEMA).read(f"{{ {names} }}", None)
    assert len(caught.value.errors) == 11


def test_a_refusal_does_not_repeat_all_of_a_long_name(plain_api: Api) -> None:
    response = plain_api.post("/graphql", json={"query": "{ " + "x" * 40_000 + " }"})
    assert len(response.json()["errors"][0]["message"]) < 600


@pytest.mark.parametrize("path", sorted(SCREENS.glob("*.graphql")), ids=lambda path: path.stem)
def test_screens_keep_far_within_the_limits(path: Path) -> None:
    third = Limits(
        characters=16_000,
        depth=10,
        tokens=1_600,
        fragments=33,
        selections=600,
        aliases=16,
        roots=10,
        directives=10,
        repeats=6,
    )
    Documents(schema._schema, limits=third).read(path.read_text(encoding="utf-8"), None)


# What graphql-cop sends, and how often it may find an error or a value in the answer.
ABUSES = {
    "aliases": "query cop { " + " ".join(f"alias{n}: __typename" for n in range(101)) + " }",
    "repeats": "query cop { " + "__typename " * 500 + "}",
    "directives": "query cop { __typename " + "@aa" * 10 + " }",
    "introspection": "query cop { __schema { types { fields { type { fields { type { name } } } } } } }",
    "suggestions": "query cop { __schema { directive } }",
}


@pytest.mark.parametrize("name", ABUSES)
def test_abuse_is_answered_with_few_errors_and_no_data(plain_api: Api, name: str) -> None:
    response = plain_api.post("/graphql", json={"query": ABUSES[name]}, headers={"accept": GRAPHQL})
    body = response.json()
    assert (response.status_code, len(body["errors"]) < 3, "data" in body) == (400, True, False)
    assert "Did you mean" not in response.text


@pytest.mark.parametrize("name", ["Query", "Nothing", "__Type"])
def test_no_type_is_told_of_whatever_its_name(plain_api: Api, name: str) -> None:
    query = "query ($name: String!) { a: __type(name: $name) { name fields { name } } }"
    assert plain_api.ask(query, {"name": name}) == {"a": None}


def test_the_demo_tells_its_explorer_the_schema(api: Api) -> None:
    assert len(api.ask(get_introspection_query())["__schema"]["types"]) > 25
