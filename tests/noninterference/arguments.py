"""Arguments of generated queries: values of any type of the schema."""

from __future__ import annotations

from random import Random

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    is_required_argument,
    is_required_input_field,
)

from noninterference.vocabulary import Texts, Vocabulary, literal

NUMBERS = (0, 1, 2, 2, 3, 5, 12, 50, 101, -1, 2**31 - 1)
FLOATS = ("0", "1", "3.5", "-1", "1e3")
DRAWS = ("100", "200")
COUNTS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 5)


class Arguments:
    """Draws arguments: mostly such as belong together, some at random, some that mean nothing."""

    def __init__(self, vocabulary: Vocabulary, draw: Random) -> None:
        self._vocabulary, self._draw = vocabulary, draw
        self._theme: Texts = vocabulary.theme(draw)

    def turn(self) -> None:
        """Talk of something else from now on."""
        self._theme = self._vocabulary.theme(self._draw)

    def text(self, found: GraphQLField, result: str) -> str:
        """The arguments of a field whose values are of the type `result`."""
        given = {
            name: self._value(argument.type, name, result)
            for name, argument in found.args.items()
            if is_required_argument(argument) or self._draw.random() < 0.5
        }
        if "first" in found.args and self._draw.random() < 0.85:
            # Both ways at once is an error, which is to be rare.
            for name in ("last", "before") if self._draw.random() < 0.5 else ("first", "after"):
                given.pop(name, None)
        return f"({_joined(given)})" if given else ""

    def _value(self, kind: GraphQLInputType, name: str, holder: str) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._value(kind.of_type, name, holder)
        if isinstance(kind, GraphQLList):
            items = (self._value(kind.of_type, name, holder) for _ in range(self._draw.choice(COUNTS)))
            return f"[{', '.join(items)}]"
        if isinstance(kind, GraphQLEnumType):
            return str(self._draw.choice(list(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            given = {
                field: self._value(found.type, field, kind.name)
                for field, found in kind.fields.items()
                if is_required_input_field(found) or self._draw.random() < min(0.5, 2 / len(kind.fields))
            }
            return f"{{{_joined(given)}}}"
        return self._scalar(str(kind), name, holder)

    def _scalar(self, kind: str, name: str, holder: str) -> str:
        draw = self._draw
        if kind == "Int" and name == "proposal" and self._vocabulary.proposals:
            return str(draw.choice(sorted(self._vocabulary.proposals)))
        if name == "weightSet" and draw.random() < 0.8:
            # The worlds hold no sets: all but the scheme's own weights are those that a draw has brought on.
            return "0"
        if name == "draws" and draw.random() < 0.8:
            return draw.choice(DRAWS)
        if kind == "Int":
            return str(draw.choice(NUMBERS[:7] if draw.random() < 0.9 else NUMBERS))
        if kind == "Float":
            return draw.choice(FLOATS[:3] if draw.random() < 0.8 else FLOATS)
        if kind == "Boolean":
            return draw.choice(("true", "false"))
        if kind in ("Date", "DateTime"):
            day = self._vocabulary.text("day", "", draw, {})
            return literal(day if kind == "Date" else f"{day}T00:00:00+00:00")
        return literal(self._vocabulary.text("id" if kind == "ID" else name, holder, draw, self._theme))


def _joined(given: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in given.items())
