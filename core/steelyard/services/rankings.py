"""Rankings: the places of units on one indicator in one period, ties sharing the best of their ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.analysis.comparison import spread
from steelyard.analysis.ranking import UNRANKED, Ranking, rank
from steelyard.analysis.selection import select_rows
from steelyard.errors import NotFound, Problem
from steelyard.scheme.model import Band
from steelyard.scoring import Evaluation, Outcome, Reason
from steelyard.scoring.observations import Rows
from steelyard.services import editions
from steelyard.services.comparisons import SpreadCell, spread_cell
from steelyard.services.context import View
from steelyard.services.problems import UNIT_NOT_RANKED
from steelyard.services.scheme_entry import SchemeEntry, SchemeNode
from steelyard.services.score_sheet import number, numbers
from steelyard.services.unit_choice import UnitChoice, chosen
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord


@dataclass(frozen=True, slots=True)
class RankEntry:
    """One unit's place. Units without a score come last, by code, and have no rank, percentile and quartile.

    position: in the list, from 0. tied: how many share the rank. percentile: the share 0…1 of the others that
    are worse, ties counting half. quartile: 1 is the best.
    """

    position: int
    unit: UnitRecord
    rank: int | None
    tied: int
    outcome: Outcome
    reason: Reason
    score: float | None
    points: float | None
    band: Band | None
    passed: bool | None
    percentile: float | None
    quartile: int | None


@dataclass(frozen=True, slots=True)
class End:
    """The best or the worst places; `left_out` more tie with the last of them."""

    entries: tuple[RankEntry, ...]
    left_out: int


class RankingTable:
    """All places; entries are made as they are asked for."""

    def __init__(
        self,
        entry: SchemeEntry,
        node: SchemeNode,
        period: PeriodRecord,
        units: tuple[UnitRecord, ...],
        evaluation: Evaluation,
    ) -> None:
        self.entry, self.node, self.period, self.units = entry, node, period, units
        self._evaluation = evaluation
        self._index = evaluation.index[node.code]
        self._ranking: Ranking = rank(evaluation.score(node.code))

    @property
    def total(self) -> int:
        """How many units are listed."""
        return len(self.units)

    @property
    def scored(self) -> int:
        """How many of them have a score."""
        return self._ranking.scored

    @cached_property
    def spread(self) -> SpreadCell:
        """What their scores look like."""
        return spread_cell(spread(self._evaluation.score(self.node.code)), self.units)

    def entries(self, start: int, stop: int) -> tuple[RankEntry, ...]:
        """The places from position `start` up to, but not including, `stop`."""
        return tuple(self._entries(self._ranking.order[max(start, 0) : max(stop, 0)].tolist()))

    def find(self, unit: str) -> RankEntry:
        """One unit's place; NotFound (UNIT_NOT_RANKED) where it is not listed."""
        return next(self._entries([self._member(unit)]))

    def neighbours(self, unit: str, reach: int) -> tuple[RankEntry, ...]:
        """One unit's place and up to `reach` above and below it."""
        return tuple(self._entries(self._ranking.neighbours(self._member(unit), max(reach, 0)).tolist()))

    def best(self, count: int, most: int) -> End:
        """The best places, and whoever ties with the last of them, up to `most`; only units with a score."""
        return self._end(self._ranking.best(count), most)

    def worst(self, count: int, most: int) -> End:
        """The last places, the worst first, and whoever ties with the best of them; as `best`."""
        return self._end(self._ranking.worst(count)[::-1], most)

    def position_after(self, score: float | None, unit: str) -> int:
        """Where the list goes on after a place with this score and unit, though it may be gone by now."""
        key = np.inf if score is None else -score
        places = self._places
        low, high = 0, len(places)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if places[middle] <= (key, unit) else (low, middle)
        return low

    @cached_property
    def _places(self) -> list[tuple[float, str]]:
        """By position what the list is ordered by: the score downwards, then the code."""
        keys = np.nan_to_num(-self._ranking.key, nan=np.inf)[self._ranking.order].tolist()
        codes = (self.units[member].code for member in self._ranking.order.tolist())
        return list(zip(keys, codes, strict=True))

    @cached_property
    def _members(self) -> dict[str, int]:
        return {unit.code: member for member, unit in enumerate(self.units)}

    def _end(self, members: Rows, most: int) -> End:
        listed = members[:most]
        return End(tuple(self._entries(listed.tolist())), len(members) - len(listed))

    def _member(self, unit: str) -> int:
        if unit not in self._members:
            raise NotFound(Problem(UNIT_NOT_RANKED, values={"unit": unit}))
        return self._members[unit]

    def _entries(self, members: Sequence[int]) -> Iterator[RankEntry]:
        evaluation, ranking, index = self._evaluation, self._ranking, self._index
        bands = (*self.entry.bands, None)
        for member in members:
            yield RankEntry(
                position=ranking.position.item(member),
                unit=self.units[member],
                rank=ranking.rank.item(member) or None,
                tied=ranking.tied.item(member),
                outcome=Outcome(evaluation.outcomes.item(index, member)),
                reason=Reason(evaluation.reasons.item(index, member)),
                score=self._scores[member],
                points=self._points[member],
                band=bands[evaluation.band_marks.item(index, member)],
                passed=(False, True, None)[evaluation.passes.item(index, member)],
                percentile=number(ranking.percentile.item(member)),
                quartile=ranking.quartile.item(member) if ranking.rank[member] != UNRANKED else None,
            )

    @cached_property
    def _scores(self) -> list[float | None]:
        return numbers(self._evaluation.score(self.node.code))

    @cached_property
    def _points(self) -> list[float | None]:
        return numbers(self._evaluation.points(self.node.code))


async def rank_units(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    period: str,
    node: str | None = None,
    below: str | None = None,
    units: Sequence[str] | None = None,
    choice: UnitChoice | None = None,
) -> RankingTable:
    """Rank units on an indicator, the root if left out; NotFound for what is not there.

    Ranked are the `units` named, else those at or below one, else all that the scheme scores: of these those
    that `choice` means.
    """
    known = await editions.load(view, scope, view.context.entry(scheme))
    record = known.period(period)
    scores = known.edition(record)
    by = scores.entry.node(node)
    meant = chosen(scores, record, choice, scores.asked(units, below, record))
    listed = tuple(sorted(meant, key=lambda unit: unit.code))
    cut = select_rows(scores.evaluation, scores.rows(listed, record))
    return RankingTable(scores.entry, by, record, listed, cut)
