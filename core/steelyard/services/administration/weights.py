"""The deed that publishes a weight set: from a period on it decides, and it never changes again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, NotFound, Place, Problem, Text
from steelyard.services.administration.canonical import State
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.period_state import find_period
from steelyard.services.weights import problems as p
from steelyard.services.weights.drafting import require_draft
from steelyard.services.weights.in_force import in_force
from steelyard.services.weights.sets import SCHEMES_OWN, find_number
from steelyard.store import periods, stamps, weight_sets
from steelyard.store.periods import PeriodRecord, PeriodState
from steelyard.store.transaction import Reader, Writer
from steelyard.store.weight_sets import WeightSetRecord, WeightSetState

_NAMED = 10
_Weights = Mapping[str, object]


def weights_key(record: WeightSetRecord) -> str:
    """How acts call a weight set: `scheme/number`."""
    return f"{record.scheme}/{record.number}"


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    published = await weight_sets.load(reader, scope, state=WeightSetState.PUBLISHED)
    return {
        weights_key(each): _state(each) for each in published if keys is None or weights_key(each) in keys
    }


def _state(record: WeightSetRecord) -> State:
    starts = record.starts
    return {
        "weights": weight_sets.weights_text(record.content),
        "standards": weight_sets.standards_text(record.content),
        "method": record.method,
        "from": None if starts is None else f"{starts.calendar}/{starts.period}",
        "publication": record.publication,
        "author": record.author,
        "reason": record.reason,
    }


WEIGHTS = Governed("weights", _states, "{}/{}".format)


@dataclass(frozen=True, slots=True)
class PublishWeights(Deed[WeightSetRecord]):
    """Let a draft decide from a period on; of a scheme's `calendars` none may be closed from there on.

    revision: the draft's that was seen. seen: the set in force in that period, 0 for the scheme's own.
    """

    name: ClassVar = "weights.publish"
    title: ClassVar = Text("发布权重方案", "Publish a weight set")
    permission: ClassVar = Permission.WEIGHTS_PUBLISH
    topics: ClassVar = (stamps.STRUCTURE, weight_sets.TOPIC)

    scheme: str
    number: int
    revision: int
    calendar: str
    period: str
    calendars: tuple[str, ...]
    seen: int = SCHEMES_OWN

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[WeightSetRecord]:
        """Publish it; NotFound, and Conflict where it is no draft as seen, or the past would change."""
        known = await weight_sets.load(writer, scope, scheme=self.scheme)
        draft = find_number(known, self.scheme, self.number)
        require_draft(draft, self.revision)
        period = await self._start(writer, scope)
        await self._require_open(writer, scope, period)
        self._require_seen(known, period)
        made = await weight_sets.publish(writer, scope, draft, period.id, actor)
        return Change(WEIGHTS.subject(weights_key(made)), None, _state(made), made)

    async def _start(self, reader: Reader, scope: Scope) -> PeriodRecord:
        """The first period that the set is to hold for; NotFound where it is not on record."""
        try:
            return await find_period(reader, scope, self.calendar, self.period)
        except NotFound as error:
            values: dict[str, object] = {"calendar": self.calendar, "period": self.period}
            raise NotFound(Problem(p.WEIGHTS_PERIOD_NOT_ON_RECORD, Place(field="period"), values)) from error

    async def _require_open(self, reader: Reader, scope: Scope, period: PeriodRecord) -> None:
        """Raise Conflict with the closed periods that the set would decide on."""
        problems = [
            Problem(
                p.WEIGHTS_OF_CLOSED_PERIOD,
                Place(field="period"),
                {"calendar": each.calendar, "period": each.code},
            )
            for each in await periods.load(reader, scope)
            if each.calendar in self.calendars
            and each.start >= period.start
            and each.state is PeriodState.CLOSED
        ]
        if problems:
            raise Conflict(problems)

    def _require_seen(self, known: Collection[WeightSetRecord], period: PeriodRecord) -> None:
        """Raise Conflict where another set is in force by now than the one that was seen."""
        found = in_force([each for each in known if each.state is WeightSetState.PUBLISHED], period)
        number = SCHEMES_OWN if found is None else found.number
        if number == self.seen:
            return
        seen = next((each.weights for each in known if each.number == self.seen), {})
        values = {
            "calendar": period.calendar,
            "period": period.code,
            "found": number,
            "expected": self.seen,
            "nodes": ", ".join(_named(seen, {} if found is None else found.weights)) or "–",
        }
        raise Conflict(Problem(p.WEIGHTS_SUPERSEDED, Place(field="seen"), values))


def _named(first: _Weights, second: _Weights) -> Iterator[str]:
    """The indicators whose weights differ, the first of them."""
    different = sorted(code for code in {*first, *second} if first.get(code) != second.get(code))
    yield from different[:_NAMED]
    if len(different) > _NAMED:
        yield "…"
