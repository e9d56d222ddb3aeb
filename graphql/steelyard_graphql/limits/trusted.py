"""Trusted documents: queries that are known beforehand, named by the sha256 of their text.

The manifest is an object of JSON, id → text. Where a server has one it answers no other queries, however they
come; where it has none, a request that names a document by its id alone is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from steelyard.errors import ConfigError, InvalidInput, Place, Problem, Text
from steelyard_graphql.limits.problems import (
    DOCUMENT_UNKNOWN,
    DOCUMENT_UNTRUSTED,
    DOCUMENTS_EMPTY,
    DOCUMENTS_UNREADABLE,
)

SHOWN = 80
BYTES_MOST = 64 << 20
MISNAMED = Text("{id} 不是其文本的 sha256 值", "{id} is not the sha256 of its text")


def document_id(text: str) -> str:
    """The id of a document."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class TrustedDocuments:
    """The documents of a manifest; any for None."""

    def __init__(self, texts: Mapping[str, str] | None) -> None:
        self._texts = texts

    def text(self, query: str | None, id: str | None) -> str:
        """The text of what is asked, by its text or its id, `sha256:` before it or not.

        Raises InvalidInput (DOCUMENT_UNKNOWN, DOCUMENT_UNTRUSTED).
        """
        if self._texts is None and query is not None:
            return query
        known = self._texts or {}
        named = (id or "").removeprefix("sha256:") if query is None else document_id(query)
        if named in known:
            return known[named]
        if query is not None:
            raise InvalidInput(Problem(DOCUMENT_UNTRUSTED))
        raise InvalidInput(Problem(DOCUMENT_UNKNOWN, Place(field="documentId"), {"id": named[:SHOWN]}))


def read_manifest(path: Path | None) -> TrustedDocuments:
    """Read a manifest; ConfigError where it is none or empty, or ids are not their texts'."""
    if path is None:
        return TrustedDocuments(None)
    texts = manifest_texts(path)
    if wrong := misnamed(path, texts):
        raise ConfigError(wrong)
    return TrustedDocuments(texts)


def misnamed(path: Path, texts: Mapping[str, str]) -> list[Problem]:
    """The documents of a manifest whose id is not their text's, each as a problem of the file."""
    return [
        Problem(
            DOCUMENTS_UNREADABLE,
            Place(str(path), field=id[:SHOWN]),
            {"reason": MISNAMED.format({"id": id[:SHOWN]})},
        )
        for id, text in texts.items()
        if document_id(text) != id
    ]


def manifest_texts(path: Path) -> dict[str, str]:
    """The texts of a manifest by their ids; ConfigError (DOCUMENTS_UNREADABLE, DOCUMENTS_EMPTY)."""
    try:
        with path.open("rb") as file:
            data = file.read(BYTES_MOST + 1)
        if len(data) > BYTES_MOST:
            raise ValueError(f"more than {BYTES_MOST} bytes")
        texts = json.loads(data)
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            raise ValueError("it is no object of texts")
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(Problem(DOCUMENTS_UNREADABLE, Place(str(path)), {"reason": str(error)})) from error
    if not texts:
        raise ConfigError(Problem(DOCUMENTS_EMPTY, Place(str(path))))
    return texts
