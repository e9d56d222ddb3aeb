"""The history of plans: what was changed of a plan or an action, from what to what, by whom and why.

Each change keeps the revision that it made, so that whoever was too late can be told what they did not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from steelyard.errors import Text
from steelyard.scheme.number import decimal_text
from steelyard.store.plan_notes import ChangeRecord, NewChange

_NAMED = 10
_UNTOLD = ("_at", "_by", "_id")
"""How columns end that say by whom and when, which a change says anyway, or that are for programs."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it said, and what it says; words in zh and en, lists as they are, None for nothing."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change. action: the number of the action, None for the plan itself. revision: that it made."""

    action: int | None
    what: str
    revision: int
    fields: tuple[FieldChange, ...]
    reason: str | None
    changed_at: datetime
    changed_by: str


def entry(
    what: str,
    revision: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    action_id: int | None = None,
    reason: str = "",
) -> NewChange:
    """A change to be recorded, of the fields named in `after` that people read."""
    after = {name: value for name, value in after.items() if _is_told(name)}
    told = {"revision": revision, "fields": {name: told_value(value) for name, value in after.items()}}
    if reason:
        told["reason"] = reason
    fields = {name: told_value(before.get(name)) for name in after}
    return NewChange(action_id, what, {"fields": fields}, told)


def told_value(value: Any) -> Any:
    """A field's value as JSON that people can read."""
    match value:
        case Text(zh=zh, en=en):
            return {"zh": zh, "en": en}
        case Fraction():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [str(each) for each in value]
    return value


def read(records: Iterable[ChangeRecord], numbers: Mapping[int, int]) -> tuple[PlanChange, ...]:
    """The history that records tell; numbers: of the actions, by id."""
    return tuple(
        PlanChange(
            None if each.action_id is None else numbers.get(each.action_id),
            each.what,
            int((each.after or {}).get("revision", 0)),
            _fields(each),
            (each.after or {}).get("reason"),
            each.changed_at,
            each.changed_by,
        )
        for each in records
    )


def since(history: Sequence[PlanChange], action: int | None, revision: int) -> tuple[PlanChange, ...]:
    """What was changed of an action, or of the plan itself, after a revision."""
    return tuple(each for each in history if each.action == action and each.revision > revision)


def named(changes: Sequence[PlanChange]) -> str:
    """What was changed, in one line: fields, what they say now, and who changed them."""
    said = [
        f"{field.field} = {shown(field.after)} ({each.changed_by})"
        for each in changes
        for field in each.fields
    ] or [f"{each.what} ({each.changed_by})" for each in changes]
    return ", ".join(said[:_NAMED]) + " …" * (len(said) > _NAMED) or "–"


def shown(value: Any) -> str:
    """A field's value in one line, words in en."""
    match value:
        case None:
            return "–"
        case {"en": en}:
            return str(en)
        case list():
            return " ".join(map(str, value)) or "–"
    return str(value)


def _is_told(column: str) -> bool:
    return column != "effect" and not column.endswith(_UNTOLD)


def _fields(record: ChangeRecord) -> tuple[FieldChange, ...]:
    before = (record.before or {}).get("fields", {})
    after = (record.after or {}).get("fields", {})
    return tuple(FieldChange(name, before.get(name), after[name]) for name in after)
