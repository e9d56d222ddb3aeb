"""Outliers: values far from those of the same unit and period, by a named rule.

The rules are those of `steelyard.records.check.OutlierRule`, in floats: a value on the very line may fall on
either side of it. Fewer than `FEWEST` values, or values that do not differ, have no outliers.
"""

from __future__ import annotations

from fractions import Fraction

import narwhals.stable.v2 as nw

from steelyard.intake.measures.conditions import Columns
from steelyard.intake.measures.engine import Rows
from steelyard.intake.measures.parts import UNIT
from steelyard.intake.measures.spans import PERIOD
from steelyard.records.check import Outlier, OutlierRule

FEWEST = 8
_GROUP = [UNIT, PERIOD]
_VALUE, _N, _LOW, _HIGH = "steelyard:value", "steelyard:n", "steelyard:low", "steelyard:high"
_MIDDLE, _APART = "steelyard:middle", "steelyard:apart"
_MAD = 0.6745


def with_outliers(rows: Rows, outlier: Outlier, columns: Columns, examined: str, flagged: str) -> Rows:
    """Flag the outliers among the examined rows; rows without a value are not examined."""
    value = nw.col(outlier.column).cast(nw.Float64)
    known = nw.col(examined) & ~nw.col(outlier.column).is_null()
    values = rows.with_columns(known.alias(examined), nw.when(known).then(value).alias(_VALUE))
    times = float(Fraction(outlier.times.resolved({})))
    lines = _lines(values, outlier.rule, times)
    joined = values.join(lines, on=_GROUP, how="left")
    beyond = (nw.col(_VALUE) < nw.col(_LOW)) | (nw.col(_VALUE) > nw.col(_HIGH))
    enough = (nw.col(_N) >= FEWEST) & (nw.col(_LOW) < nw.col(_HIGH))
    return joined.with_columns((beyond & enough).fill_null(False).alias(flagged)).drop(
        _VALUE, _N, _LOW, _HIGH
    )


def _lines(values: Rows, rule: OutlierRule, times: float) -> Rows:
    """By unit and period the number of values, and the lines beyond which they are outliers."""
    number = nw.col(_VALUE).count().alias(_N)
    if rule is OutlierRule.IQR:
        ends = ((_LOW, 0.25), (_HIGH, 0.75))
        quartiles = [nw.col(_VALUE).quantile(at, interpolation="linear").alias(name) for name, at in ends]
        groups = values.group_by(_GROUP).agg(number, *quartiles)
        apart = (nw.col(_HIGH) - nw.col(_LOW)) * times
        return groups.with_columns((nw.col(_LOW) - apart).alias(_LOW), (nw.col(_HIGH) + apart).alias(_HIGH))
    if rule is OutlierRule.SIGMA:
        spread = nw.col(_VALUE).std(ddof=1).alias(_APART)
        groups = values.group_by(_GROUP).agg(number, nw.col(_VALUE).mean().alias(_MIDDLE), spread)
        return _around(groups, times)
    middle = values.group_by(_GROUP).agg(number, nw.col(_VALUE).median().alias(_MIDDLE))
    apart = (nw.col(_VALUE) - nw.col(_MIDDLE)).abs().alias(_APART)
    deviations = values.join(middle, on=_GROUP, how="left").with_columns(apart)
    median = deviations.group_by(_GROUP).agg(nw.col(_APART).median().alias(_APART))
    return _around(middle.join(median, on=_GROUP, how="left"), times / _MAD)


def _around(groups: Rows, times: float) -> Rows:
    apart = nw.col(_APART) * times
    return groups.select(
        *_GROUP, _N, (nw.col(_MIDDLE) - apart).alias(_LOW), (nw.col(_MIDDLE) + apart).alias(_HIGH)
    )
