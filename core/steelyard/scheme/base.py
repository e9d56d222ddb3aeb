"""What all definitions share: frozen, strict about unknown fields, texts in zh and en."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from steelyard.errors import Text


class Definition(BaseModel):
    """A frozen record of a scheme file; an unknown field is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True
    )


def _text(raw: Any) -> Text:
    if isinstance(raw, Text):
        return raw
    if isinstance(raw, str) and raw:
        return Text(raw, raw)
    if isinstance(raw, dict) and raw and raw.keys() <= {"zh", "en"}:
        words = {key: str(value) for key, value in raw.items() if value not in (None, "")}
        if words:
            first = next(iter(words.values()))
            return Text(words.get("zh", first), words.get("en", first))
    raise PydanticCustomError("text", "expected a text in zh and en", {})


def _name(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip() or raw != raw.strip() or len(raw) > 200:
        raise PydanticCustomError("name", "expected a short text", {})
    return str(raw)


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
