"""The manifest of trusted documents: made from a folder of queries, and looked into by `config check`."""

from __future__ import annotations

import json
from pathlib import Path

from steelyard.errors import ConfigError, InvalidInput, Place, Problem, SteelyardError, UsageError
from steelyard.settings.limits import Limits
from steelyard_graphql.documents import Documents, Unreadable
from steelyard_graphql.limits.problems import DOCUMENT_INVALID, DOCUMENTS_FOLDER, DOCUMENTS_NONE
from steelyard_graphql.limits.settings import from_environment
from steelyard_graphql.limits.trusted import SHOWN, document_id, manifest_texts, misnamed
from steelyard_graphql.schema import schema

PATTERN = "*.graphql"


def manifest(folder: Path, limits: Limits) -> str:
    """The manifest of all queries in a folder and those below, as JSON, ids in order.

    Raises UsageError where there is no folder (DOCUMENTS_FOLDER) or no query in it (DOCUMENTS_NONE), and
    InvalidInput with all queries that are not valid against the schema or go beyond the limits.
    """
    if not folder.is_dir():
        raise UsageError(Problem(DOCUMENTS_FOLDER, Place(str(folder))))
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


def look() -> list[Problem]:
    """What is wrong with the manifest that the settings of this process name, document by document.

    Nothing where they name none, or where the limits themselves cannot be read.
    """
    try:
        limits = from_environment()
    except ConfigError:
        return []
    return [] if limits.documents is None else manifest_problems(limits.documents, limits)


def manifest_problems(path: Path, limits: Limits) -> list[Problem]:
    """All that is wrong with a manifest: that it cannot be read, or each of its documents.

    An id that is not its text's, what is not valid against the schema, and what goes beyond the limits.
    """
    try:
        texts = manifest_texts(path)
    except ConfigError as error:
        return list(error.problems)
    documents = Documents(schema._schema, limits=limits)
    wrong = misnamed(path, texts)
    for id, text in texts.items():
        wrong += _problems(documents, text, path, id[:SHOWN])
    return wrong


def _problems(documents: Documents, text: str, path: Path, id: str | None = None) -> list[Problem]:
    try:
        documents.check(text)
    except Unreadable as unreadable:
        return [_invalid(path, error.message, id) for error in unreadable.errors]
    except SteelyardError as error:
        return [Problem(each.kind, Place(str(path), field=id), each.values) for each in error.problems]
    return []


def _invalid(path: Path, reason: str, id: str | None = None) -> Problem:
    return Problem(DOCUMENT_INVALID, Place(str(path), field=id), {"reason": reason})
