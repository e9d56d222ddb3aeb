"""Assessments: rater types listed once, weights that count, a minimum that can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.assessment import (
    DUPLICATE_RATER,
    RATER_WEIGHT_UNUSED,
    RATERS_MINIMUM,
    RATERS_WEIGH_NOTHING,
)


def raters_are_listed_once(scheme: Scheme) -> Iterator[Finding]:
    """No two rater types have the same name."""
    seen: set[str] = set()
    for index, rater in enumerate(() if scheme.assessment is None else scheme.assessment.raters):
        if rater.type in seen:
            yield Finding(DUPLICATE_RATER, ("assessment", "raters", index, "type"), {"type": rater.type})
        seen.add(rater.type)


def weights_count(scheme: Scheme) -> Iterator[Finding]:
    """Weights stand where they are used, and not all of them are 0."""
    rules = scheme.assessment
    if rules is None:
        return
    if rules.combine == "weighted" and not any(each.weight.resolved({}) for each in rules.raters):
        relies_on = (
            ("assessment", "raters"),
            ("assessment", "raters", ANY),
            ("assessment", "raters", ANY, ANY),
        )
        yield Finding(RATERS_WEIGH_NOTHING, ("assessment", "combine"), {}, relies_on)
    for index, rater in enumerate(rules.raters if rules.combine != "weighted" else ()):
        if "weight" in rater.model_fields_set:
            path = ("assessment", "raters", index, "weight")
            values = {"type": rater.type, "combine": rules.combine}
            yield Finding(RATER_WEIGHT_UNUSED, path, values, relies_on=(("assessment", "combine"),))


def minimum_can_be_counted(scheme: Scheme) -> Iterator[Finding]:
    """A value needs one sheet at least."""
    if scheme.assessment is not None and scheme.assessment.minimum < 1:
        yield Finding(RATERS_MINIMUM, ("assessment", "minimum"), {"found": scheme.assessment.minimum})


CHECKS = (raters_are_listed_once, weights_count, minimum_can_be_counted)
