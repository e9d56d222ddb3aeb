"""Checks of data quality that a pack declares: shown beside the score, never silently applied."""

from __future__ import annotations

from enum import StrEnum

from steelyard.records.condition import Conditions
from steelyard.scheme.base import Definition, Name, Words
from steelyard.scheme.number import Constant


class Quality(StrEnum):
    """What a check is about: 准确, 及时, 完整."""

    ACCURATE = "accurate"
    TIMELY = "timely"
    COMPLETE = "complete"


class OutlierRule(StrEnum):
    """A named rule for outliers among the values x of a group.

    IQR (Tukey): below Q1 − k·(Q3 − Q1) or above Q3 + k·(Q3 − Q1), quartiles interpolated linearly.
    MAD (Iglewicz and Hoaglin): |0.6745·(x − median)| > k · median(|x − median|).
    SIGMA: |x − mean| > k · standard deviation of the sample.
    """

    IQR = "iqr"
    MAD = "mad"
    SIGMA = "sigma"


class Outlier(Definition):
    """Flags values far from those of the same unit and period; `times` is the k of the rule."""

    column: Name
    rule: OutlierRule
    times: Constant


class RecordCheck(Definition):
    """One check: exactly one of flag, missing, duplicate, outlier; among says which rows are examined.

    flag: rows for which all these conditions hold are flagged. missing: rows without a value in this column.
    duplicate: rows that have the same values in these columns as another (all but the first).
    """

    check: Name
    title: Words
    quality: Quality
    among: Conditions = ()
    flag: Conditions | None = None
    missing: Name | None = None
    duplicate: tuple[Name, ...] | None = None
    outlier: Outlier | None = None
    note: Words | None = None
