"""Effects: what became of an indicator on which somebody acted, against the promise and against others.

The comparison is a difference in differences (Card & Krueger, American Economic Review 84(4), 1994): the
change of the unit that acted less the mean change of comparable units that did not.  One unit has one change,
so what the others' changes say of chance is a prediction interval for one more of them,
d ± t(n−1) · s · √(1 + 1/n) (Hahn & Meeker, Statistical Intervals, 1991): a change outside it is more than
what happens to such units anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from steelyard.errors import Text
from steelyard.improvement.wording import figure
from steelyard.scoring.observations import Floats

LEAST = 5
"""How few comparable units say nothing: below, no comparison is given."""
CONFIDENCE = 0.95


class Fulfilment(StrEnum):
    """How a change stands to what was promised.

    REACHED: as much or more. PARTLY: some of it. NONE: nothing, or less than before. UNPROMISED: nothing was
    promised. UNKNOWN: the indicator has no score on one side.
    """

    REACHED = "reached"
    PARTLY = "partly"
    NONE = "none"
    UNPROMISED = "unpromised"
    UNKNOWN = "unknown"


class Suggestion(StrEnum):
    """What the figures alone would call the action; OPEN where they do not settle it."""

    VERIFIED = "verified"
    NOT_EFFECTIVE = "not_effective"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change beside those of `n` comparable units that did not act; all in rates.

    mean: of their changes. difference: the unit's change less that. low, high: the 95 % prediction interval
    of the difference. distinct: whether the interval leaves out 0.
    """

    n: int
    mean: float
    difference: float
    low: float
    high: float

    @property
    def distinct(self) -> bool:
        """Whether the change is more, or less, than what happens to such units anyway."""
        return self.low > 0 or self.high < 0

    @property
    def sentence(self) -> Text:
        """The comparison in words."""
        return _compared(self)


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of an indicator: rates before and after, None without a score.

    promised: what the action was to add. comparison: None where too few others could be compared. sentence:
    the change and the promise in words.
    """

    before: float | None
    after: float | None
    promised: float | None
    fulfilment: Fulfilment
    comparison: Comparison | None
    suggestion: Suggestion
    sentence: Text

    @property
    def change(self) -> float | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


def effect(
    before: float | None, after: float | None, promised: Fraction | None, others: Floats, least: int = LEAST
) -> Effect:
    """Hold a change against its promise and against others.

    others: (n, 2) rates before and after of comparable units that did not act; those with NaN are left out.
    """
    pledge = None if promised is None else float(promised)
    fulfilment = _fulfilment(before, after, promised)
    comparison = None
    if before is not None and after is not None:
        comparison = _comparison(after - before, others, max(least, 2))
    return Effect(
        before=before,
        after=after,
        promised=pledge,
        fulfilment=fulfilment,
        comparison=comparison,
        suggestion=_suggestion(fulfilment, comparison),
        sentence=_sentence(before, after, pledge, fulfilment),
    )


def measured(after: float | None) -> Effect:
    """The effect of an action that was to get an indicator measured: it has a score now, or it has not."""
    done = after is not None
    percent = "–" if after is None else _percent(after)
    sentence = (
        Text(f"已测得，得分率 {percent}。", f"It is measured now: {percent} of the full mark.")
        if done
        else Text("仍未测得。", "It is still not measured.")
    )
    return Effect(
        before=None,
        after=after,
        promised=None,
        fulfilment=Fulfilment.REACHED if done else Fulfilment.NONE,
        comparison=None,
        suggestion=Suggestion.VERIFIED if done else Suggestion.NOT_EFFECTIVE,
        sentence=sentence,
    )


def _fulfilment(before: float | None, after: float | None, promised: Fraction | None) -> Fulfilment:
    if before is None or after is None:
        return Fulfilment.UNKNOWN
    # The decimals that the rates stand for: 0.85 − 0.6 keeps a promise of 0.25, which floats would deny.
    change = Fraction(repr(after)) - Fraction(repr(before))
    if promised is None:
        return Fulfilment.UNPROMISED
    if change >= promised:
        return Fulfilment.REACHED
    return Fulfilment.PARTLY if change > 0 else Fulfilment.NONE


def _comparison(change: float, others: Floats, least: int) -> Comparison | None:
    changes = others[:, 1] - others[:, 0]
    # In an order of their own: the last digits of sums would tell in which order the units stand.
    changes = np.sort(changes[~np.isnan(changes)])
    n = len(changes)
    if n < least:
        return None
    # Only who asks for an effect waits for scipy to be loaded.
    from scipy.special import stdtrit

    mean, spread = float(changes.mean()), float(changes.std(ddof=1))
    reach = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * spread * (1 + 1 / n) ** 0.5
    difference = change - mean
    return Comparison(n, mean, difference, difference - reach, difference + reach)


def _suggestion(fulfilment: Fulfilment, comparison: Comparison | None) -> Suggestion:
    """What is settled: a kept promise that others did not come by anyway; no change, or one like others'."""
    if fulfilment is Fulfilment.UNKNOWN:
        return Suggestion.OPEN
    if fulfilment is Fulfilment.NONE:
        better = comparison is not None and comparison.low > 0
        return Suggestion.OPEN if better else Suggestion.NOT_EFFECTIVE
    if comparison is None:
        return Suggestion.VERIFIED if fulfilment is Fulfilment.REACHED else Suggestion.OPEN
    if comparison.difference <= 0:
        return Suggestion.NOT_EFFECTIVE
    return (
        Suggestion.VERIFIED if fulfilment is Fulfilment.REACHED and comparison.distinct else Suggestion.OPEN
    )


def _percent(rate: float) -> str:
    return f"{figure(rate * 100)}%"


def _points(difference: float) -> str:
    """A difference of rates in percentage points, with its sign."""
    size = figure(abs(difference) * 100)
    if size == "0":
        return size
    return f"+{size}" if difference > 0 else f"-{size}"


def _sentence(
    before: float | None, after: float | None, promised: float | None, fulfilment: Fulfilment
) -> Text:
    if before is None or after is None:
        return Text(
            "前后两期未都有得分，无法比较。", "It has no score before or after, so nothing can be compared."
        )
    return _changed(before, after, promised, fulfilment)


def _changed(before: float, after: float, promised: float | None, fulfilment: Fulfilment) -> Text:
    old, new, change = _percent(before), _percent(after), _points(after - before)
    zh = f"得分率由 {old} 到 {new}（{change} 个百分点）"
    en = f"The rate went from {old} to {new} ({change} percentage points)"
    if promised is None:
        return Text(f"{zh}。", f"{en}.")
    kept = {
        Fulfilment.REACHED: Text("已兑现", "is kept"),
        Fulfilment.PARTLY: Text("部分兑现", "is kept in part"),
    }.get(fulfilment, Text("未兑现", "is not kept"))
    pledge = _points(promised)
    return Text(f"{zh}，预期 {pledge} {kept.zh}。", f"{en}; the promise of {pledge} {kept.en}.")


def _compared(comparison: Comparison) -> Text:
    mean, difference = _points(comparison.mean), _points(comparison.difference)
    low, high = _points(comparison.low), _points(comparison.high)
    told = (
        Text("不能以偶然解释", "which chance does not explain")
        if comparison.distinct
        else Text("可能只是偶然", "which may be chance")
    )
    return Text(
        f"{comparison.n} 个未采取该措施的可比对象平均变化 {mean}，相差 {difference} 个百分点"
        f"（95% 区间 {low} 至 {high}），{told.zh}。",
        f"{comparison.n} comparable units without the action changed by {mean} on average: a difference of "
        f"{difference} (95 % interval {low} to {high}), {told.en}.",
    )
