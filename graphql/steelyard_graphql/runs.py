"""Runs (评价批次): evaluations that were stored, and what they were computed from."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Self

import strawberry

from steelyard.store.runs import RunRecord
from steelyard.store.runs import RunState as State


@strawberry.enum(description="Whether an evaluation may be followed by another of the same period.")
class RunState(Enum):
    """The states of the store."""

    PROVISIONAL = strawberry.enum_value(State.PROVISIONAL.value, description="The period is open.")
    FINAL = strawberry.enum_value(State.FINAL.value, description="The period was closed with it.")


@strawberry.type(description="One stored evaluation of a scheme and period (评价批次).")
class Run:
    """A run."""

    revision: int = strawberry.field(
        description="1 for the first evaluation of its scheme and period, and so on."
    )
    state: RunState = strawberry.field(description="Whether another may follow.")
    evaluated_at: datetime.datetime = strawberry.field(description="When it was made.")
    evaluated_by: str = strawberry.field(description="Who made it.")
    engine_version: str = strawberry.field(description="The version of Steelyard that made it.")
    inputs_hash: str = strawberry.field(description="sha256 of what it was computed from.")
    result_hash: str = strawberry.field(description="sha256 of what came out.")

    @classmethod
    def of(cls, record: RunRecord) -> Self:
        """Show a run."""
        return cls(
            revision=record.revision,
            state=RunState(record.state.value),
            evaluated_at=record.evaluated_at,
            evaluated_by=record.evaluated_by,
            engine_version=record.engine_version,
            inputs_hash=record.inputs_hash,
            result_hash=record.result_hash,
        )
