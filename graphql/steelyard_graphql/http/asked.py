"""What a request asks: its body or query string, read strictly into an operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request

from steelyard.errors import Place, Problem, Text
from steelyard.store.problems import TEXT_UNSTORABLE
from steelyard_graphql.execution import Operation
from steelyard_graphql.http.media_types import JSON, media_type
from steelyard_graphql.http.refusal import Refusal
from steelyard_graphql.problems import (
    HTTP_BODY_FIELD,
    HTTP_BODY_NOT_JSON,
    HTTP_BODY_TOO_LARGE,
    HTTP_MEDIA_TYPE,
)

MOST = 1_000_000
"""Bytes of a body."""
DRAINED = 8
"""How many times as much is read, though not kept: who is cut off while sending may not see the answer."""
SHOWN = 80
_WRITTEN_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})")
"""How a query's own texts write U+0000."""


async def posted(request: Request, most: int = MOST) -> Operation:
    """Read the operation in a body; Refusal where it is too large, no JSON, or not as it should be."""
    return operation_in(await _sent(request, most))


async def posted_fields(request: Request, most: int = MOST) -> Mapping[str, Any]:
    """Read the object in a body; Refusal where it is too large, no JSON, or no object."""
    fields = await _sent(request, most)
    if not isinstance(fields, dict):
        raise _wrong("body", _OBJECT, fields)
    return fields


async def _sent(request: Request, most: int) -> Any:
    _check_type(request.headers)
    return json_in(await _body(request, most), "body")


def in_query_string(request: Request) -> Operation:
    """Read the operation in a query string, where variables and extensions are JSON texts."""
    fields: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = json_in(fields[name].encode(), name)
        else:
            fields.pop(name, None)
    return operation_in(fields)


async def _body(request: Request, most: int) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            body += chunk
        elif size > DRAINED * most:
            break
    if size > most:
        raise Refusal(413, Problem(HTTP_BODY_TOO_LARGE, values={"most": most}), {"connection": "close"})
    return bytes(body)


def _check_type(headers: Headers) -> None:
    found = headers.get("content-type")
    name, charset = media_type(found)
    if name != JSON or charset not in (None, "utf-8", "utf8"):
        raise Refusal(415, Problem(HTTP_MEDIA_TYPE, values={"found": (found or "–")[:SHOWN]}))


def json_in(text: bytes, part: str) -> Any:
    """Read JSON; Refusal where it is none, or holds text that no database takes. part: its name."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        values = {"part": part, "reason": str(error)}
        raise Refusal(400, Problem(HTTP_BODY_NOT_JSON, Place(field=part), values)) from error
    if b"\\u0000" in text and holds_nul(found):
        raise Refusal(400, Problem(TEXT_UNSTORABLE, Place(field=part)))
    return found


def holds_nul(found: Any) -> bool:
    """Tell whether there is U+0000 in any text or name, which databases do not take; JSON may be deep."""
    left = [found]
    while left:
        match left.pop():
            case str(text) if "\0" in text:
                return True
            case list(items):
                left += items
            case dict(fields):
                left += [*fields, *fields.values()]
    return False


def operation_in(fields: Any) -> Operation:
    """Read an operation in what JSON said; Refusal where it is not as it should be."""
    if not isinstance(fields, dict):
        raise _wrong("body", _OBJECT, fields)
    query, id = fields.get("query"), _document_id(fields)
    if not isinstance(query, str) and (id is None or query is not None):
        raise _wrong("query", _TEXT, query)
    if query is not None and _WRITTEN_NUL.search(query):
        raise Refusal(400, Problem(TEXT_UNSTORABLE, Place(field="query")))
    name = fields.get("operationName")
    if name is not None and not isinstance(name, str):
        raise _wrong("operationName", _TEXT, name)
    for field in ("variables", "extensions"):
        if not isinstance(fields.get(field), (Mapping, type(None))):
            raise _wrong(field, _OBJECT, fields[field])
    return Operation(query, fields.get("variables"), name or None, id)


def _document_id(fields: Mapping[str, Any]) -> str | None:
    """The id of a trusted document: `documentId`, or as Apollo's clients send it among the extensions."""
    id = fields.get("documentId")
    extensions = fields.get("extensions")
    if id is None and isinstance(extensions, Mapping):
        persisted = extensions.get("persistedQuery")
        id = persisted.get("sha256Hash") if isinstance(persisted, Mapping) else None
    if id is not None and not isinstance(id, str):
        raise _wrong("documentId", _TEXT, id)
    return id


_OBJECT, _TEXT, _NUMBER = Text("对象", "an object"), Text("文字", "a text"), Text("数", "a number")
_JSON_WORDS = {
    dict: _OBJECT,
    list: Text("列表", "a list"),
    str: _TEXT,
    bool: Text("true 或 false", "true or false"),
    type(None): Text("空", "nothing"),
}


def _wrong(field: str, expected: Text, found: object) -> Refusal:
    values = {"field": field, "expected": expected, "found": _JSON_WORDS.get(type(found), _NUMBER)}
    return Refusal(400, Problem(HTTP_BODY_FIELD, Place(field=field), values))
