"""Answers to compare: what clients see but for the numbers of internal faults."""

from __future__ import annotations

from typing import Any

from steelyard_graphql.execution import Answer


def seen(answer: Answer) -> tuple[Any, list[tuple[Any, ...]], bool]:
    """The data, the errors by code, path, locations and message, and whether execution began."""
    errors = [
        (
            error["extensions"]["code"],
            tuple(error.get("path", ())),
            str(error.get("locations")),
            None if error["extensions"]["code"] == "INTERNAL" else error["message"],
        )
        for error in answer.body.get("errors", ())
    ]
    return answer.body.get("data"), errors, answer.began
