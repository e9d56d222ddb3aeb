"""`streak`: fires in the n-th and every further consecutive period with a band or a verdict."""

from __future__ import annotations

import numpy as np

from steelyard.scoring.observations import Codes, Observations, Rows
from steelyard.scoring.outcome import RuleState
from steelyard.scoring.rubrics.function import Bools


def chronological(observations: Observations) -> tuple[Rows, Rows]:
    """Order rows by unit, calendar and time; return (order, lane) with one lane a unit and calendar."""
    periods = observations.periods
    calendars = {name: i for i, name in enumerate(dict.fromkeys(period.calendar for period in periods))}
    lane_of = np.array([calendars[period.calendar] for period in periods], dtype=np.intp)
    times = [(period.start.toordinal() if period.start else 0, i) for i, period in enumerate(periods)]
    place = np.empty(len(periods), dtype=np.intp)
    place[[i for _, i in sorted(times)]] = np.arange(len(periods))
    lane = observations.unit * max(len(calendars), 1) + lane_of[observations.period]
    order = np.lexsort((place[observations.period], lane))
    return order, lane


def streak(matches: Bools, scored: Bools, length: int, order: Rows, lane: Rows) -> Codes:
    """Return the rule's states, (n,): rows without a score neither count nor break."""
    state = np.full(len(matches), RuleState.QUIET, dtype=np.uint8)
    rows = order[scored[order]]
    if not len(rows):
        return state
    hit, lanes, at = matches[rows], lane[rows], np.arange(len(rows))
    begins = np.append(True, lanes[1:] != lanes[:-1])
    start = np.maximum.accumulate(np.where(~hit, at + 1, np.where(begins, at, 0)))
    state[rows[hit & (at - start + 1 >= length)]] = RuleState.FIRED
    return state
