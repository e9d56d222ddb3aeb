"""Attributions: why a unit lies above or below another, below its past, or below the middle of others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.attribution.attribute import (
    Attribution,
    NodeChange,
    Part,
    PartKind,
    attribute,
    without_noise,
)
from steelyard.analysis.attribution.correction import corrected
from steelyard.analysis.attribution.side import Side
from steelyard.analysis.selection import select_observations, select_rows
from steelyard.errors import InvalidInput, NotFound, Problem, Text
from steelyard.scoring import Evaluation, evaluate, rule_sentence
from steelyard.services import editions, past_results
from steelyard.services.attribution_words import sentence
from steelyard.services.context import View
from steelyard.services.cube import Cube
from steelyard.services.problems import NOBODY_SCORED, REVISION_NOT_FOUND
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.services.unit_choice import UnitChoice, chosen
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

MIDDLE = Text("中位数", "the median")


class UnitAt(NamedTuple):
    """A unit in a period; as a revision of a closed period showed it, or as it is shown now."""

    unit: str
    period: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference taken apart: `entry` and `node` as on the second side; `titles` by part, of its subject.

    units: who is compared with the first: nobody else but the second, or who is in the middle.
    """

    entry: SchemeEntry
    node: SchemeNode
    attribution: Attribution
    units: tuple[UnitRecord, ...]
    sentence: Text

    def title(self, part: Part) -> Text:
        """What a part's subject is called."""
        return _title(self.entry, part)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A unit in a period, as it is shown."""

    unit: UnitRecord
    period: PeriodRecord
    cube: Cube
    evaluation: Evaluation
    revision: int | None = None

    @property
    def side(self) -> Side:
        return Side(self.evaluation, 0)

    @property
    def name(self) -> Text:
        zh, en = (f"{title} {self.period.code}" for title in (self.unit.title.zh, self.unit.title.en))
        if self.revision is not None:
            return Text(f"{zh}（第 {self.revision} 版）", f"{en} (revision {self.revision})")
        return Text(f"{zh} ", en)


async def between(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    first: UnitAt | tuple[str, str],
    second: UnitAt | tuple[str, str],
    node: str | None = None,
) -> Explained:
    """Why the second differs from the first, each a unit and a period; at the root if no node is named.

    What was corrected since a period first stood is a change of its own, unless a side names a revision.
    Raises NotFound for what is not there, and for revisions where not all units are seen: that there are
    several tells of all of them.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    asked = UnitAt(*first), UnitAt(*second)
    shown = [_seen(known, each.unit, each.period) for each in asked]
    a, b = [
        side if each.revision is None else await _revised(view, scope, side, each.revision)
        for side, each in zip(shown, asked, strict=True)
    ]
    at = b.cube.entry.node(node)
    is_plain = any(each.revision is not None for each in asked)
    were = [None if is_plain else await _at_first(view, scope, each) for each in (a, b)]
    found = await asyncio.to_thread(_with_corrections, a, b, were[0], were[1], node)
    entry = b.cube.entry
    told = sentence(found, a.name, b.name, lambda part: _title(entry, part))
    return Explained(entry, at, found, (b.unit,), told)


async def from_median(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    unit: str,
    period: str,
    units: Sequence[str] | None = None,
    below: str | None = None,
    choice: UnitChoice | None = None,
    node: str | None = None,
) -> Explained:
    """Why a unit differs from the median of others in a period: of these units, those below one, or all seen.

    Of these those that `choice` means.
    The median is the score of who stands in the middle, or the mean of the two who do; so is its attribution.
    Raises NotFound, and InvalidInput (NOBODY_SCORED) where nobody else has a score.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    own = _seen(known, unit, period)
    at = own.cube.entry.node(node)
    among = chosen(own.cube, own.period, choice, own.cube.asked(units, below, own.period))
    middle = _middle(own, [each for each in among if each.id != own.unit.id], at)
    if not middle:
        raise InvalidInput([Problem(NOBODY_SCORED, values={"node": at.code, "period": own.period.code})])
    made = [await asyncio.to_thread(_between, each, own, node) for each in middle]
    found, entry = _mean(made), own.cube.entry
    told = sentence(found, MIDDLE, own.name, lambda part: _title(entry, part))
    return Explained(entry, at, found, tuple(each.unit for each in middle), told)


def _seen(known: Cube, unit: str, period: str) -> _Seen:
    asked = known.period(period)
    shown = known.edition(asked)
    found = shown.unit(unit)
    return _Seen(found, asked, shown, _row(shown, found, asked))


def _row(shown: Cube, unit: UnitRecord, period: PeriodRecord) -> Evaluation:
    return select_rows(shown.evaluation, shown.rows([unit], period))


async def _revised(view: View, scope: Scope, seen: _Seen, revision: int) -> _Seen:
    entry = view.context.entry(seen.cube.entry.code)
    shown = None
    if scope.unit_ids is None:
        shown = await past_results.load(view, scope, entry, seen.period, revision)
    if shown is None:
        values = {"scheme": entry.code, "period": seen.period.code, "revision": revision}
        raise NotFound(Problem(REVISION_NOT_FOUND, values=values))
    return _Seen(seen.unit, seen.period, shown, _row(shown, seen.unit, seen.period), revision)


async def _at_first(view: View, scope: Scope, seen: _Seen) -> _Seen | None:
    """A side as it first stood; None where it was not corrected since."""
    shown = await past_results.load(view, scope, view.context.entry(seen.cube.entry.code), seen.period)
    if shown is None or seen.unit not in shown.units:
        return None
    return _Seen(seen.unit, seen.period, shown, _row(shown, seen.unit, seen.period))


def _with_corrections(
    first: _Seen, second: _Seen, first_was: _Seen | None, second_was: _Seen | None, node: str | None
) -> Attribution:
    now = _between(first, second, node)
    of_first, of_second = _moved(first_was, first, node), _moved(second_was, second, node)
    if of_first is None and of_second is None:
        return now
    before = first if first_was is None or of_first is None else first_was
    after = second if second_was is None or of_second is None else second_was
    return corrected(now, _between(before, after, node), of_first, of_second)


def _moved(was: _Seen | None, seen: _Seen, node: str | None) -> Attribution | None:
    """What a side is now less what it was at first; None where that is nothing.

    It was corrected for the sake of others then, of whom nothing is told: not even that there was something.
    """
    if was is None:
        return None
    found = _between(was, seen, node)
    return found if found.parts or found.before != found.after else None


def _between(first: _Seen, second: _Seen, node: str | None) -> Attribution:
    crossed = None
    if first.cube.entry.hash != second.cube.entry.hash:
        crossed = _crossed(first, second)
    return attribute(first.side, second.side, node, crossed)


def _crossed(first: _Seen, second: _Seen) -> dict[str, tuple[float, float]]:
    """The rates of each side's measures by the other's rubrics, by leaf."""
    a, b = (_again(one, other) for one, other in ((first, second), (second, first)))
    codes = set(a.codes) & set(b.codes)
    return {code: (float(a.rate(code)[0]), float(b.rate(code)[0])) for code in codes}


def _again(one: _Seen, other: _Seen) -> Evaluation:
    """What one side measured, evaluated by the other side's version."""
    rows = np.zeros(1, dtype=np.intp)
    seen = select_observations(one.evaluation.observations, rows)
    return evaluate(other.cube.entry.scheme, seen, rubrics=other.cube.entry.rubrics)


def _middle(own: _Seen, others: Sequence[UnitRecord], node: SchemeNode) -> list[_Seen]:
    """Who among the others stands in the middle: one, or two; ties by code."""
    rows = own.cube.rows(others, own.period)
    rates = own.cube.evaluation.rates[own.cube.evaluation.index[node.code], rows]
    ranked = sorted(
        (rate, each.code, each) for rate, each in zip(rates.tolist(), others, strict=True) if rate == rate
    )
    count = len(ranked)
    places = sorted({(count - 1) // 2, count // 2}) if count else []
    chosen = [ranked[place][2] for place in places]
    return [_seen(own.cube, each.code, own.period.code) for each in chosen]


def _mean(made: Sequence[Attribution]) -> Attribution:
    """The mean of attributions of the same node to the same second side."""
    if len(made) == 1:
        return made[0]
    parts: dict[tuple[PartKind, str], float] = {}
    for each in made:
        for part in each.parts:
            key = part.kind, part.subject
            parts[key] = parts.get(key, 0.0) + part.value / len(made)
    befores = [each.before for each in made if each.before is not None]
    before = sum(befores) / len(befores) if befores else None
    last = made[-1]
    return Attribution(
        code=last.code,
        before=before,
        after=last.after,
        difference=None if last.after is None or before is None else without_noise(last.after - before),
        parts=tuple(Part(*key, value) for key, value in parts.items() if without_noise(value)),
        nodes=_mean_nodes(made),
        estimated=any(each.estimated for each in made),
    )


def _mean_nodes(made: Sequence[Attribution]) -> tuple[NodeChange, ...]:
    """Each node with the mean of its values; `before` is of who stands in the middle together."""
    result = []
    for node in made[-1].nodes:
        same = [each for one in made for each in one.nodes if each.code == node.code]
        befores = [each.before for each in same if each.before is not None]
        before = sum(befores) / len(befores) if len(befores) == len(made) else None
        value = without_noise(sum(each.value for each in same) / len(made))
        result.append(NodeChange(node.code, before, node.after, value))
    return tuple(result)


def _title(entry: SchemeEntry, part: Part) -> Text:
    node = None if part.kind is PartKind.RULE else entry.by_code.get(part.subject)
    if node is not None:
        return node.indicator.label
    rule = next((each.rule for each in entry.rules if each.rule.id == part.subject), None)
    return Text(part.subject, part.subject) if rule is None else rule_sentence(rule)
