"""Sampled measures: those that were counted from few records, and what else they might have been.

A share of k in n records is what was seen of a true share. It is drawn from the beta distribution with the
parameters k + ½ and n − k + ½: what H. Jeffreys' prior and the binomial distribution leave open (L. D. Brown,
T. T. Cai and A. DasGupta, Interval estimation for a binomial proportion, Statistical Science 16, 2001). So
3 of 3 are not taken for certain, as they would be if k were drawn from n and k ÷ n. Its interval is that of
E. B. Wilson (Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22, 1927).

A mean of n values that lie between two ends is treated as the share of the way from one to the other. Values
between these ends vary at most as much as if each were one of them (R. Bhatia and C. Davis, A better bound
on the variance, American Mathematical Monthly 107, 2000): the error is at most the one that is told.

A mean of n values without such ends has the standard error s ÷ √n, with their standard deviation s; what it
might have been is drawn from Student's distribution with n − 1 degrees of freedom (Student, The probable
error of a mean, Biometrika 6, 1908), and lies in its interval. Of less than two values nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from steelyard.analysis.robustness.sheet import Part, Sheet
from steelyard.scoring.observations import Floats, Observations, Rows
from steelyard.scoring.outcome import Status
from steelyard.scoring.rubrics.function import Bools, RubricFunction

CONFIDENCE = 0.95
_PRIOR = 0.5


@dataclass(frozen=True)
class SampledShare:
    """A measure that is a share of counted records, in n rows: `least` + `times` × hits ÷ records.

    hits, records: (n,), hits of so many records; NaN where that is not known. times, least: 1 and 0 for a
    share, 100 and 0 for percents, and for a mean how far the largest value that it may have is above the
    least, and that.
    """

    hits: Floats
    records: Floats
    times: float = 1.0
    least: float = 0.0

    @property
    def known(self) -> Bools:
        """Where there are records, and no more hits than these."""
        with np.errstate(invalid="ignore"):
            return np.asarray((self.records > 0) & (self.hits >= 0) & (self.hits <= self.records))

    def ends(self, confidence: float) -> tuple[Floats, Floats]:
        """Wilson's interval of the measure, (n,) each; NaN where there are no records."""
        low, high = wilson(self.hits, self.records, confidence)
        return self.least + self.times * low, self.least + self.times * high

    def drawn(self, generator: np.random.Generator, draws: int) -> Floats:
        """What the measure might have been, (draws, n); NaN where there are no records."""
        known = self.known
        hits, misses = (np.where(known, each, 1.0) for each in (self.hits, self.records - self.hits))
        found = generator.beta(hits + _PRIOR, misses + _PRIOR, size=(draws, len(known)))
        return np.where(known, self.least + self.times * found, np.nan)

    def take(self, rows: Rows) -> SampledShare:
        """The same in some of the rows."""
        return replace(self, hits=self.hits[rows], records=self.records[rows])


@dataclass(frozen=True)
class SampledMean:
    """A measure that is a mean of counted records, in n rows: (n,) each, NaN where that is not known.

    values: the means. errors: their standard errors. records: of how many values each is, at least 2.
    """

    values: Floats
    errors: Floats
    records: Floats

    @property
    def known(self) -> Bools:
        """Where there is an error."""
        with np.errstate(invalid="ignore"):
            return np.asarray((self.records >= 2) & (self.errors >= 0) & np.isfinite(self.values))

    def ends(self, confidence: float) -> tuple[Floats, Floats]:
        """Student's interval of the measure, (n,) each; NaN where there is no error."""
        # Only who asks for an error of a mean waits for scipy to be loaded.
        from scipy.special import stdtrit

        known = self.known
        factor = stdtrit(np.where(known, self.records - 1, 1.0), (1 + confidence) / 2)
        apart = np.where(known, factor * self.errors, np.nan)
        return self.values - apart, self.values + apart

    def drawn(self, generator: np.random.Generator, draws: int) -> Floats:
        """What the measure might have been, (draws, n); NaN where there is no error."""
        known = self.known
        degrees = np.where(known, self.records - 1, 1.0)
        found = generator.standard_t(degrees, size=(draws, len(known)))
        return np.where(known, self.values + found * self.errors, np.nan)

    def take(self, rows: Rows) -> SampledMean:
        """The same in some of the rows."""
        return SampledMean(self.values[rows], self.errors[rows], self.records[rows])


Sampled = SampledShare | SampledMean
"""A measure of counted records, and what it might have been."""


def wilson(hits: Floats, records: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Wilson's interval of shares, low and high in 0…1; NaN where there are no records.

    >>> [round(float(end), 4) for end in wilson(np.array(8.0), np.array(10.0))]
    [0.4902, 0.9433]
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    with np.errstate(all="ignore"):
        share = hits / records
        middle = (share + z * z / (2 * records)) / (1 + z * z / records)
        half = z * np.sqrt(share * (1 - share) / records + (z / (2 * records)) ** 2) / (1 + z * z / records)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)


class SampledLeaves:
    """The leaves of a sheet of n units that read sampled measures: scored again with other values of these.

    Whether a leaf has a score, and what rules read of measures, stays as it was.
    """

    def __init__(self, sheet: Sheet, observed: Observations, sampled: Mapping[str, Sampled]) -> None:
        self._sheet, self._observed = sheet, observed
        self.measures = {name: share for name, share in sampled.items() if name in observed.measures}
        rubrics = ((index, sheet.tree.nodes[index].rubric) for index in sheet.leaves)
        self._reading = {
            index: rubric
            for index, rubric in rubrics
            if rubric is not None and not self.measures.keys().isdisjoint(rubric.measures)
        }

    def laid(self, values: Mapping[str, Floats]) -> Sheet:
        """The sheet with other values of measures, (draws, n) each, in place of those that were observed."""
        leaves = {
            index: self._leaf(index, rubric, values)
            for index, rubric in self._reading.items()
            if not values.keys().isdisjoint(rubric.measures)
        }
        return replace(self._sheet, leaves={**self._sheet.leaves, **leaves})

    def _leaf(self, index: int, rubric: RubricFunction, values: Mapping[str, Floats]) -> Part:
        leaf, draws = self._sheet.leaves[index], len(next(iter(values.values())))
        shape = (draws, self._sheet.units)
        read = np.stack([self._values(measure, values, shape) for measure in rubric.measures])
        skipped = self._skipped(rubric, shape)
        with np.errstate(all="ignore"):
            rates = rubric.rates(read, skipped)
            unusable = rubric.unusable(read if skipped is None else np.where(skipped, 0.0, read))
        usable = np.isfinite(rates) if unusable is None else np.isfinite(rates) & ~unusable
        rates = np.clip(rates, 0.0, 1.0) if rubric.clip else rates
        known = leaf.scored & usable.reshape(shape)
        return replace(leaf, rate=np.where(known, rates.reshape(shape), leaf.rate))

    def _values(self, measure: str, values: Mapping[str, Floats], shape: tuple[int, int]) -> Floats:
        """What a measure is in all draws, (draws × n,)."""
        observed = self._observed
        if measure not in observed.measures:
            return np.full(shape, np.nan).ravel()
        own = observed.values[observed.measures.index(measure)]
        other = values.get(measure)
        found = own if other is None else np.where(np.isnan(other), own, other)
        return np.broadcast_to(found, shape).ravel()

    def _skipped(self, rubric: RubricFunction, shape: tuple[int, int]) -> Bools | None:
        """Which of several measures do not apply, (k, draws × n); None where all do."""
        observed = self._observed
        lines = [observed.measures.index(each) for each in rubric.measures if each in observed.measures]
        if len(lines) < 2 or len(lines) < len(rubric.measures):
            return None
        absent = observed.status[lines] == Status.NOT_APPLICABLE
        if not absent.any():
            return None
        return np.broadcast_to(absent[:, np.newaxis], (len(lines), *shape)).reshape(len(lines), -1)
