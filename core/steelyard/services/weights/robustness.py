"""Robustness: how much of a period's ranking, and of passing, hangs on weights and on small numbers.

It is told about units that the actor sees, and nothing is stored. Ranks are told where at least the policy's
`peer_minimum` units have a score; what carries a unit over its pass line, and how far its score may be off
because its measures are of few records, of any number.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import attrgetter
from threading import Event

import numpy as np

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.analysis import robustness as analysis
from steelyard.analysis.ranking import Ranking, rank
from steelyard.analysis.robustness.draws import CONCENTRATION
from steelyard.analysis.robustness.simulation import DRAWS, check_arguments
from steelyard.errors import InvalidInput, Place, Problem, Text
from steelyard.scoring import Evaluation
from steelyard.scoring.observations import Rows
from steelyard.services import editions
from steelyard.services.administration import policy
from steelyard.services.context import View
from steelyard.services.progress import Progress, Report, silent
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.problems import WEIGHTS_TOO_MUCH_TO_SIMULATE
from steelyard.services.weights.proposal import ProposedWeight
from steelyard.services.weights.sampled import SampledMeasures, Unsampled, load_sampled
from steelyard.services.weights.what_if import Trial, prepare, require_right, with_weights
from steelyard.store.periods import PeriodRecord
from steelyard.store.units import UnitRecord

AT_ONCE_MOST = 4_000_000
"""Draws × units of a simulation that is waited for: 400 draws of 10,000 units, say."""
FOLLOWED_MOST = 20_000_000
"""Draws × units of one whose progress is followed; 4 bytes of each are kept until its end."""
LOOKED_EVERY = 0.2
"""Seconds between two looks of a follower."""
WAITING = Text("等待", "Waiting")
DRAWING = Text("抽取权重", "Drawing weights")
SAMPLING = Text("抽取权重与抽样度量", "Drawing weights and sampled measures")
VARYING = Text("逐一改变权重", "Varying one weight after the other")
CROSSING = Text("查找跨越合格线的倍数", "Looking for what carries units over their pass lines")
_THREADS = ThreadPoolExecutor(2, "steelyard-robustness")
"""So many simulations of one process run at a time; others wait in the order in which they came."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be simulated.

    weights, weight_set: what is drawn around, as in `propose`; neither: what is in force. units: their codes;
    they are ranked among each other; None for all that may be seen. The rest is as in `simulate`.
    """

    scheme: str
    period: str
    weights: Sequence[ProposedWeight] = ()
    weight_set: int | None = None
    units: Sequence[str] | None = None
    draws: int = DRAWS
    concentration: float = CONCENTRATION
    seed: int = 0


@dataclass(frozen=True)
class Sampling:
    """What sampling errors make of the ranking of n units.

    measures: those of which it is known how many records they are of. error: of the scores, the weights
    staying. simulation: the draws of weights with draws of these measures; None where no ranking is told.
    """

    measures: tuple[str, ...]
    error: analysis.SamplingError
    simulation: analysis.Robustness | None


@dataclass(frozen=True)
class RobustRanking:
    """How robust the ranking of n units is.

    ranking: by the root's scores, as it stands. simulation, variation: None where fewer than `minimum` units
    have a score. sampling: None where no measure is known to be of so many records. unsampled: the means of
    records that have no error, and why.
    """

    entry: SchemeEntry
    period: PeriodRecord
    units: tuple[UnitRecord, ...]
    minimum: int
    ranking: Ranking
    crossings: analysis.Crossings
    simulation: analysis.Robustness | None
    variation: analysis.OneAtATime | None
    sampling: Sampling | None = None
    unsampled: tuple[Unsampled, ...] = ()


class _Stopped(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True)
class _Work:
    """What a thread needs: the evaluation with the weights that are drawn around, and the units' rows."""

    asked: Asked
    entry: SchemeEntry
    period: PeriodRecord
    units: tuple[UnitRecord, ...]
    minimum: int
    evaluation: Evaluation = field(repr=False)
    rows: Rows = field(repr=False)
    sampled: SampledMeasures = field(repr=False)

    def run(self, report: Report) -> RobustRanking:
        """Do it; raises InvalidInput for numbers out of range, and what `report` raises."""
        found, rows, measures = self.evaluation, self.rows, self.sampled.measures
        ranking = rank(found.score(self.entry.root.code)[rows])
        simulation = variation = sampled = None
        if ranking.scored >= max(1, self.minimum):
            simulation = self._simulated(None, _telling(report, DRAWING))
            sampled = self._simulated(measures, _telling(report, SAMPLING)) if measures else None
            variation = analysis.vary(found, rows, report=_telling(report, VARYING))
        crossings = analysis.crossings(found, rows, report=_telling(report, CROSSING))
        sampling = None
        if measures:
            error = analysis.sampling_error(found, rows, measures)
            sampling = Sampling(tuple(measures), error, sampled)
        return RobustRanking(
            self.entry,
            self.period,
            self.units,
            self.minimum,
            ranking,
            crossings,
            simulation,
            variation,
            sampling,
            self.sampled.without,
        )

    def _simulated(
        self, sampled: Mapping[str, analysis.Sampled] | None, report: analysis.Report
    ) -> analysis.Robustness:
        """The draws of weights, alone or with sampled measures."""
        return analysis.simulate(
            self.evaluation,
            self.rows,
            draws=self.asked.draws,
            concentration=self.asked.concentration,
            seed=self.asked.seed,
            sampled=sampled,
            report=report,
        )


def _telling(report: Report, stage: Text) -> analysis.Report:
    return lambda done, total: report(Progress(stage, done, total))


async def assess(view: View, actor: Actor, scope: Scope, asked: Asked) -> RobustRanking:
    """Simulate, and wait for it; at most `AT_ONCE_MOST` draws × units.

    Raises InvalidInput with all problems, NotFound, and Forbidden without `weights.propose` on the units.
    """
    work = await _prepared(view, actor, scope, asked, AT_ONCE_MOST)
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work.run, silent)


async def follow(
    view: View, actor: Actor, scope: Scope, asked: Asked
) -> AsyncGenerator[Progress | RobustRanking, None]:
    """Simulate, and tell now and then how far it is, last what came out; closing the generator stops it.

    At most `FOLLOWED_MOST` draws × units; raises what `assess` does.
    """
    work = await _prepared(view, actor, scope, asked, FOLLOWED_MOST)
    stop, now = Event(), Progress(WAITING, 0, 0)

    def report(progress: Progress) -> None:
        nonlocal now
        if stop.is_set():
            raise _Stopped
        now = progress

    running = asyncio.get_running_loop().run_in_executor(_THREADS, work.run, report)
    told = None
    try:
        while not running.done():
            if now != told:
                told = now
                yield told
            await asyncio.wait([running], timeout=LOOKED_EVERY)
        yield running.result()
    finally:
        stop.set()
        running.cancel()


async def _prepared(view: View, actor: Actor, scope: Scope, asked: Asked, most: int) -> _Work:
    entry = view.context.entry(asked.scheme)
    actor.require_somewhere(Permission.WEIGHTS_PROPOSE)
    untried = asked.weight_set is None and not asked.weights
    trial = Trial(None, ()) if untried else await prepare(view, scope, entry, asked.weights, asked.weight_set)
    known = await editions.load(view, scope, entry)
    period = known.period(asked.period)
    scores = known.edition(period)
    entry, units = scores.entry, sorted(scores.asked(asked.units), key=attrgetter("code"))
    actor.require(Permission.WEIGHTS_PROPOSE, {unit.id for unit in units})
    require_right(entry, trial.of(scores, period).weights, asked.weights)
    if asked.draws * len(units) > most:
        values = {"draws": asked.draws, "units": len(units), "most": most}
        raise InvalidInput(Problem(WEIGHTS_TOO_MUCH_TO_SIMULATE, Place(field="draws"), values))
    check_arguments(len(units), asked.draws, asked.concentration, asked.seed)
    minimum = (await policy.current(view, scope)).peer_minimum
    everyone = scores.rows(scores.units, period)
    evaluation = await asyncio.to_thread(with_weights, scores, period, everyone, trial)
    rows = np.array([scores.position(unit) for unit in units], dtype=np.intp)
    sampled = await load_sampled(view, scope, scores, period, units)
    return _Work(asked, entry, period, tuple(units), minimum, evaluation, rows, sampled)
