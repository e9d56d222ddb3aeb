"""Unit choices: which of the units that one sees are meant, by their place, attributes, results and peers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.analysis.choice import Bools, Condition, Texts, alike, around, figures, within_factor
from steelyard.analysis.ranking import rank
from steelyard.errors import InvalidInput, Kind, NotFound, Problem
from steelyard.scoring import Outcome, Status
from steelyard.scoring.observations import Floats
from steelyard.services import unit_choice_problems as problems
from steelyard.services.cube import Cube
from steelyard.services.observed import last_day
from steelyard.services.problems import MEASURE_NOT_READ, UNIT_NOT_RANKED, near
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

FACTOR = 2.0
REACH = 2


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Who is like a unit, itself included, in everything that is named.

    attributes: they have the same values. ancestor_type: they lie below the same unit of that type. measure:
    their values of it lie within `factor` of the unit's, up and down.
    """

    unit: str
    attributes: tuple[str, ...] = ()
    ancestor_type: str | None = None
    measure: str | None = None
    factor: float = FACTOR


@dataclass(frozen=True, slots=True)
class Places:
    """Who stands at the top, at the bottom or around a unit, by an indicator; the root if none is named.

    Whoever ties at the cut is among them.
    """

    top: int = 0
    bottom: int = 0
    around: str | None = None
    reach: int = REACH
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """Which units are meant: those for which all holds that is given here; places are taken among them last.

    bands, verdicts, passed, outcomes: of the root, by what is shown of the period.
    """

    codes: tuple[str, ...] | None = None
    children_of: str | None = None
    below: str | None = None
    attributes: tuple[Condition, ...] = ()
    bands: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    passed: bool | None = None
    outcomes: tuple[Outcome, ...] = ()
    peers_of: PeerGroup | None = None
    places: Places | None = None


def chosen(
    shown: Cube, period: PeriodRecord, choice: UnitChoice | None, among: tuple[UnitRecord, ...]
) -> tuple[UnitRecord, ...]:
    """Those of some units of a cube that a choice means, as of a period and its last day.

    In the order of `codes` or of places where these are given, else in theirs. Raises NotFound for units and
    indicators that are not there or not seen, InvalidInput for all else that means nothing.
    """
    if choice is None:
        return among
    if choice.codes is not None:
        known = {unit.id for unit in among}
        among = tuple(unit for unit in shown.asked(choice.codes) if unit.id in known)
    choosing = _Choosing(shown, period, among)
    kept = choosing.kept(choice)
    units = tuple(unit for unit, keep in zip(among, kept.tolist(), strict=True) if keep)
    return units if choice.places is None else _placed(shown, period, choice.places, units)


def _placed(
    shown: Cube, period: PeriodRecord, places: Places, units: tuple[UnitRecord, ...]
) -> tuple[UnitRecord, ...]:
    if not (places.top or places.bottom or places.around is not None):
        raise InvalidInput(Problem(problems.PLACES_OF_NOTHING))
    place = shown.place(shown.entry.node(places.indicator))
    member = None
    if places.around is not None:
        found = shown.unit(places.around)
        member = next((at for at, unit in enumerate(units) if unit.id == found.id), None)
        if member is None:
            raise NotFound(Problem(UNIT_NOT_RANKED, values={"unit": found.code}))
    # Ties stand by code, as in rankings.
    order = sorted(range(len(units)), key=lambda at: units[at].code)
    ordered = [units[at] for at in order]
    ranking = rank(shown.evaluation.rates[place, shown.rows(ordered, period)] * 100)
    who = None if member is None else order.index(member)
    wanted = around(ranking, top=places.top, bottom=places.bottom, member=who, reach=places.reach)
    return tuple(ordered[at] for at in wanted.tolist())


class _Choosing:
    """A choice in the making: what holds for which units, and what is wrong with what was asked."""

    def __init__(self, shown: Cube, period: PeriodRecord, units: tuple[UnitRecord, ...]) -> None:
        self._shown, self._period, self._units = shown, period, units
        self._on = last_day(period)
        self._problems: list[Problem] = []

    def kept(self, choice: UnitChoice) -> Bools:
        """For which units all holds, (units,); raises what `chosen` does."""
        found = np.ones(len(self._units), dtype=bool)
        for holds in (self._by_place, self._by_attributes, self._by_results, self._by_peers):
            for each in holds(choice):
                found &= each
        if self._problems:
            raise InvalidInput(self._problems)
        return found

    def _by_place(self, choice: UnitChoice) -> Iterator[Bools]:
        structure = self._shown.structure
        if choice.below is not None:
            yield self._are(structure.below(structure.unit(choice.below), self._on))
        if choice.children_of is not None:
            yield self._are(structure.children(structure.unit(choice.children_of), self._on))

    def _by_attributes(self, choice: UnitChoice) -> Iterator[Bools]:
        for condition in choice.attributes:
            texts = self._texts(condition.name, self._units)
            if condition.is_range and any(texts) and np.isnan(figures(texts)).all():
                values = {"attribute": condition.name, "found": next(filter(None, texts))[:100]}
                self._problems.append(Problem(problems.ATTRIBUTE_NO_NUMBER, values=values))
            self._never(condition)
            yield condition.holds(texts)

    def _by_results(self, choice: UnitChoice) -> Iterator[Bools]:
        found, rows = self._shown.evaluation, self._shown.rows(self._units, self._period)
        if choice.bands:
            wanted = self._known(problems.BAND_NOT_KNOWN, choice.bands, found.bands)
            yield np.isin(found.band_marks[0, rows], wanted)
        if choice.verdicts:
            wanted = self._known(problems.VERDICT_NOT_KNOWN, choice.verdicts, found.verdict_words)
            yield np.isin(found.verdict[rows], wanted)
        if choice.passed is not None:
            yield np.asarray(found.passes[0, rows] == int(choice.passed))
        if choice.outcomes:
            yield np.isin(found.outcomes[0, rows], [int(each) for each in choice.outcomes])

    def _by_peers(self, choice: UnitChoice) -> Iterator[Bools]:
        group = choice.peers_of
        if group is None:
            return
        unit = self._shown.unit(group.unit)
        # Nobody is among whom one chooses from where the unit itself is not: it is looked up on its own.
        together = (unit, *self._units)
        for name in group.attributes:
            texts = self._texts(name, together)
            if texts[0] is None:
                self._lacks(problems.PEER_WITHOUT_ATTRIBUTE, unit, name)
            yield alike(texts, 0)[1:]
        if group.ancestor_type is not None:
            yield self._below_the_same(unit, group.ancestor_type)
        if group.measure is not None:
            sizes = self._sizes(group.measure, together)
            if len(sizes) and not sizes[0] > 0:
                self._lacks(problems.PEER_WITHOUT_SIZE, unit, group.measure)
            if len(sizes):
                yield within_factor(sizes, 0, group.factor)[1:]
        if not (group.attributes or group.ancestor_type or group.measure):
            self._problems.append(Problem(problems.PEERS_IN_NOTHING, values={"unit": unit.code}))

    def _below_the_same(self, unit: UnitRecord, unit_type: str) -> Bools:
        structure = self._shown.structure
        above = structure.parent(unit, self._on)
        while above is not None and above.unit_type != unit_type:
            above = structure.parent(above, self._on)
        if above is None:
            self._lacks(problems.PEER_WITHOUT_ANCESTOR, unit, unit_type)
            return self._are(())
        return self._are(structure.below(above, self._on))

    def _sizes(self, measure: str, units: Sequence[UnitRecord]) -> Floats:
        observed = self._shown.evaluation.observations
        if measure not in observed.measures:
            values = {**near(measure, observed.measures), "scheme": self._shown.entry.code}
            self._problems.append(Problem(MEASURE_NOT_READ, values=values))
            return np.zeros(0)
        at = observed.measures.index(measure), self._shown.rows(units, self._period)
        return np.where(observed.status[at] == Status.VALUE, observed.values[at], np.nan)

    def _texts(self, name: str, units: Sequence[UnitRecord]) -> Texts:
        structure = self._shown.structure
        of_unit = dict(structure.values_of(name, self._on))
        known = {each.name for each in structure.settings}
        if name not in known:
            values = near(name, sorted(known))
            self._problems.append(Problem(problems.ATTRIBUTE_NOT_KNOWN, values=values))
        return [of_unit.get(unit.id) for unit in units]

    def _never(self, condition: Condition) -> None:
        """Note values that the attribute has of no unit on any day: of another day they may well be."""
        ever = sorted({each.value for each in self._shown.structure.settings if each.name == condition.name})
        for value in dict.fromkeys(condition.values) if ever else ():
            if value not in ever:
                values = {**near(value, ever), "attribute": condition.name}
                self._problems.append(Problem(problems.ATTRIBUTE_VALUE, values=values))

    def _known(self, kind: Kind, wanted: Sequence[str], known: Sequence[str]) -> list[int]:
        for each in wanted:
            if each not in known:
                values = {
                    **near(each, known),
                    "scheme": self._shown.entry.code,
                    "known": ", ".join(known) or "–",
                }
                self._problems.append(Problem(kind, values=values))
        return [known.index(each) for each in wanted if each in known]

    def _lacks(self, kind: Kind, unit: UnitRecord, what: str) -> None:
        values = {"unit": unit.code, "what": what[:100], "period": self._period.code}
        self._problems.append(Problem(kind, values=values))

    def _are(self, units: Sequence[UnitRecord]) -> Bools:
        ids = {unit.id for unit in units}
        return np.array([unit.id in ids for unit in self._units], dtype=bool)
