"""Documents: read once while they are kept, refused anew each time, and never more of them than fit."""

from __future__ import annotations

import pytest
from graphql import build_schema

from steelyard_graphql.documents import LONGEST_SHARE, Document, Documents, Unreadable

SCHEMA = build_schema("type Query { name: String }")


def _texts(count: int) -> list[str]:
    return [f"{{ a{number}: name }}" for number in range(count)]


def _read(documents: Documents, text: str) -> Document:
    return documents.read(text, None)[0]


def test_a_text_is_read_once() -> None:
    documents = Documents(SCHEMA)
    assert _read(documents, "{ name }") is _read(documents, "{ name }")


def test_those_read_longest_ago_make_room() -> None:
    texts = _texts(10)
    documents = Documents(SCHEMA, kept_most=9 * len(texts[0]))
    first = [_read(documents, text) for text in texts[:9]]
    assert _read(documents, texts[0]) is first[0]
    _read(documents, texts[9])
    again = [_read(documents, text) for text in (texts[0], texts[2])]
    assert again == [first[0], first[2]]
    assert _read(documents, texts[1]) is not first[1]


def test_a_long_text_pushes_nothing_out() -> None:
    documents = Documents(SCHEMA, kept_most=100)
    short = _read(documents, "{ name }")
    long = "{ name }" + " " * (100 // LONGEST_SHARE)
    assert _read(documents, long) is not _read(documents, long)
    assert _read(documents, "{ name }") is short


REFUSED = [
    ("{", None, "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query A { name } query B { name }", None, "OPERATION_UNCLEAR"),
    ("query A { name }", "B", "OPERATION_UNCLEAR"),
]


@pytest.mark.parametrize(("text", "name", "code"), REFUSED)
def test_what_is_refused_is_refused_alike_again(text: str, name: str | None, code: str) -> None:
    documents = Documents(SCHEMA)

    def refusal() -> tuple[str, list[str]]:
        with pytest.raises(Unreadable) as caught:
            documents.read(text, name)
        return caught.value.kind.code, [str(error) for error in caught.value.errors]

    first = refusal()
    assert (first[0], first) == (code, refusal())


def test_each_operation_of_a_document_is_found() -> None:
    documents = Documents(SCHEMA)
    text = "query A { name } query B { name }"
    found = [documents.read(text, name)[1] for name in ("A", "B")]
    assert [each.name and each.name.value for each in found] == ["A", "B"]
