"""The schema: committed, described, and named as it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import graphql
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_required_argument,
    is_specified_scalar_type,
)

from steelyard import scoring
from steelyard_graphql.schema import sdl

COMMITTED = Path(__file__).parents[2] / "graphql" / "schema.graphql"
SCHEMA = build_schema(sdl())


def _parts(schema: GraphQLSchema) -> Iterator[tuple[str, Any]]:
    """Every type, field, argument, enum value and input field, with a name that says where it is."""
    for name, found in schema.type_map.items():
        if is_introspection_type(found) or is_specified_scalar_type(found):
            continue
        yield name, found
        if isinstance(found, GraphQLEnumType):
            yield from ((f"{name}.{value}", what) for value, what in found.values.items())
        if isinstance(found, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
            for field, what in found.fields.items():
                yield f"{name}.{field}", what
                for argument, taken in getattr(what, "args", {}).items():
                    yield f"{name}.{field}({argument}:)", taken


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == sdl(), (
        "run: steelyard schema export > graphql/schema.graphql"
    )


def test_everything_is_described() -> None:
    assert [name for name, part in _parts(SCHEMA) if not part.description] == []


def test_descriptions_are_sentences() -> None:
    ours = [(name, part) for name, part in _parts(SCHEMA) if name not in ("Date", "DateTime")]
    assert [name for name, part in ours if not part.description.endswith((".", ")"))] == []


def test_fields_and_arguments_are_in_camel_case() -> None:
    names = [name.split(".")[-1] for name, part in _parts(SCHEMA) if "." in name]
    words = [re.sub(r"\(.*", "", name) for name in names]
    assert [word for word in words if not re.fullmatch(r"[a-z][A-Za-z0-9]*|[A-Z][A-Z_]*", word)] == []


def test_enum_values_scream() -> None:
    for found in SCHEMA.type_map.values():
        if isinstance(found, GraphQLEnumType) and not is_introspection_type(found):
            assert all(re.fullmatch(r"[A-Z][A-Z_]*", value) for value in found.values)


def test_mutations_take_one_input_and_return_a_union_with_problem() -> None:
    assert SCHEMA.mutation_type is not None
    for field in SCHEMA.mutation_type.fields.values():
        assert list(field.args) == ["input"]
        result = graphql.get_named_type(field.type)
        assert isinstance(result, graphql.GraphQLUnionType)
        assert "Problem" in {member.name for member in result.types}


def test_a_query_that_may_find_nothing_leaves_the_rest_of_its_answer() -> None:
    """What is asked for by its name may not be there: an error where null is none takes all of the answer."""
    query = SCHEMA.query_type
    assert query is not None
    assert [
        name
        for name, field in query.fields.items()
        if isinstance(field.type, GraphQLNonNull) and any(map(is_required_argument, field.args.values()))
    ] == []


def test_numbers_are_never_texts() -> None:
    """Scores, rates and points are floats; only what says `exact` is a decimal in full."""
    for name, part in _parts(SCHEMA):
        if name.endswith((".score", ".rate", ".points", ".fullMark", ".coverage", ".gain")):
            assert graphql.get_named_type(part.type).name == "Float", name


def test_graphql_is_the_library_and_not_our_folder() -> None:
    assert "site-packages" in str(graphql.__file__)
    assert not (COMMITTED.parent / "__init__.py").exists()


@pytest.mark.parametrize("name", ["Outcome", "Reason", "RuleState"])
def test_the_words_of_scoring_are_all_in_the_schema(name: str) -> None:
    words = {member.name for member in getattr(scoring, name)}
    shown = SCHEMA.type_map[name]
    assert isinstance(shown, GraphQLEnumType)
    assert words == set(shown.values)
