"""What all definitions share: frozen, strict about unknown fields, texts in zh and en."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from steelyard.errors import Text
from steelyard.scheme.number import parse_decimal


class Definition(BaseModel):
    """A frozen record of a scheme file; an unknown field is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


@dataclass(frozen=True, slots=True, eq=False)
class OneText(Text):
    """A text given in one language, which stands for both; equal to a text that says the same in both."""

    def __eq__(self, other: object) -> bool:
        """Compare the words."""
        return isinstance(other, Text) and (self.zh, self.en) == (other.zh, other.en)

    def __hash__(self) -> int:
        """Hash the words, as `Text` does."""
        return hash((self.zh, self.en))


def _text(raw: Any) -> Text:
    if isinstance(raw, Text):
        return raw
    if isinstance(raw, str) and raw:
        return OneText(raw, raw)
    if not isinstance(raw, dict) or not raw:
        raise PydanticCustomError("text", "expected a text in zh and en", {})
    for key, words in raw.items():
        if key not in ("zh", "en") or not isinstance(words, str) or not words:
            raise PydanticCustomError("text", "expected a text in zh and en", {"key": key})
    first = next(iter(raw.values()))
    return Text(raw["zh"], raw["en"]) if len(raw) == 2 else OneText(first, first)


def _name(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or raw != raw.strip() or len(raw) > 200:
        raise PydanticCustomError("name", "expected a short text", {})
    return str(raw)


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise PydanticCustomError("flag", "expected true or false", {})
    return raw


def _whole(raw: Any) -> int:
    number = None if isinstance(raw, bool) else parse_decimal(str(raw))
    if number is None or number.denominator != 1:
        raise PydanticCustomError("whole", "expected a whole number", {})
    return int(number)


Flag = Annotated[bool, BeforeValidator(_flag)]
"""Exactly true or false."""

Whole = Annotated[int, BeforeValidator(_whole)]
"""A whole number, as a number or as text."""

Words = Annotated[
    Text,
    BeforeValidator(_text),
    PlainSerializer(lambda text: {"zh": text.zh, "en": text.en}),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""A text in zh and en; one string stands for both."""

Name = Annotated[str, BeforeValidator(_name)]
"""A code, measure or case: a short text without spaces at its ends."""
