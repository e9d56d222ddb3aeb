"""`steelyard documents`: a manifest of trusted documents from a folder of queries."""

from __future__ import annotations

import json
from pathlib import Path

from steelyard.errors import InvalidInput, Place, Problem, SteelyardError, UsageError
from steelyard.settings.limits import Limits
from steelyard_graphql.documents import Documents, Unreadable
from steelyard_graphql.limits.problems import DOCUMENT_INVALID, DOCUMENTS_NONE
from steelyard_graphql.limits.trusted import document_id
from steelyard_graphql.schema import schema

PATTERN = "*.graphql"


def manifest(folder: Path, limits: Limits) -> str:
    """The manifest of all queries in a folder and those below, as JSON, ids in order.

    Raises UsageError (DOCUMENTS_NONE) where there are none, InvalidInput with all that are not valid against
    the schema or go beyond the limits.
    """
    documents = Documents(schema._schema, limits=limits)
    texts: dict[str, str] = {}
    wrong: list[Problem] = []
    for path in sorted(folder.rglob(PATTERN)):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            wrong.append(_invalid(path, str(error)))
            continue
        wrong += _problems(documents, text, path)
        texts[document_id(text)] = text
    if wrong:
        raise InvalidInput(wrong)
    if not texts:
        raise UsageError(Problem(DOCUMENTS_NONE, Place(str(folder))))
    return json.dumps(dict(sorted(texts.items())), ensure_ascii=False, indent=1) + "\n"


def _problems(documents: Documents, text: str, path: Path) -> list[Problem]:
    try:
        documents.check(text)
    except Unreadable as unreadable:
        return [_invalid(path, error.message) for error in unreadable.errors]
    except SteelyardError as error:
        return [Problem(each.kind, Place(str(path)), each.values) for each in error.problems]
    return []


def _invalid(path: Path, reason: str) -> Problem:
    return Problem(DOCUMENT_INVALID, Place(str(path)), {"reason": reason})
