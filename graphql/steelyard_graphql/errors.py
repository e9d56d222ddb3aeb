"""Errors as clients see them: a message, a stable `extensions.code`, and words in zh and en.

Whatever is not one of ours is a fault of Steelyard itself: the client gets a number, the log has the same
number with everything else.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from graphql import GraphQLError
from graphql.language import ArgumentNode, VariableNode

from steelyard.errors import Kind, Problem, SteelyardError
from steelyard_graphql.problems import BAD_USER_INPUT, INTERNAL

Entry = dict[str, Any]
TOLD_MOST = 500
"""Characters of what the reason of a refusal may repeat of a request."""
logger = logging.getLogger("steelyard.graphql")


def entry(problem: Problem) -> Entry:
    """One problem as an entry of `errors`."""
    extensions: dict[str, Any] = {
        "code": problem.code,
        "message": {"zh": problem.message("zh"), "en": problem.message("en")},
        "advice": {"zh": problem.advice("zh"), "en": problem.advice("en")},
    }
    if problem.place.field is not None:
        extensions["argument"] = problem.place.field
    return {"message": problem.message("en"), "extensions": extensions}


def request_entries(kind: Kind, errors: Sequence[GraphQLError]) -> list[Entry]:
    """What kept a document from being executed, each as a problem of `kind`."""
    return [_located(entry(Problem(kind, values={"reason": _told(error)})), error) for error in errors]


def execution_entries(errors: Sequence[GraphQLError]) -> list[Entry]:
    """What went wrong in fields, in the order of the document; an error of several problems becomes several.

    Fields run beside each other: in the order of time, errors would tell what took how long.
    """
    ordered = sorted(errors, key=_order)
    return [_located(entry(problem), error) for error in ordered for problem in _problems(error)]


def internal(error: BaseException, where: str) -> Problem:
    """Write an unexpected error to the log under a new number, and return what a client may know of it."""
    number = secrets.token_hex(6)
    logger.error("internal error %s at %s", number, where, exc_info=error)
    return Problem(INTERNAL, values={"id": number})


def _order(error: GraphQLError) -> tuple[list[tuple[int, int]], list[tuple[bool, int | str]]]:
    places = [(place.line, place.column) for place in error.locations or ()]
    return places, [(isinstance(step, str), step) for step in error.path or ()]


def _problems(error: GraphQLError) -> Iterator[Problem]:
    original = error.original_error
    while isinstance(original, GraphQLError) and original.original_error is not None:
        original = original.original_error
    if isinstance(original, SteelyardError):
        yield from original.problems
    elif _is_about_arguments(error):
        yield Problem(BAD_USER_INPUT, values={"reason": _told(error)})
    else:
        path = ".".join(map(str, error.path or ()))
        yield internal(original or error, path)


def _told(error: GraphQLError) -> str:
    text = error.message
    return text if len(text) <= TOLD_MOST else f"{text[:TOLD_MOST]}…"


def _is_about_arguments(error: GraphQLError) -> bool:
    """The executor finds some wrong values only when it comes to the field: it blames the argument."""
    return any(isinstance(node, (ArgumentNode, VariableNode)) for node in error.nodes or ())


def _located(found: Entry, error: GraphQLError) -> Entry:
    places = [{"line": place.line, "column": place.column} for place in error.locations or ()]
    located: Entry = {"message": found["message"]}
    if places:
        located["locations"] = places
    if error.path is not None:
        located["path"] = list(error.path)
    return {**located, "extensions": found["extensions"]}
