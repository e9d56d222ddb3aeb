"""Result: weights of one group's indicators, and how they were obtained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field, ValidationError

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.weighting import problems as p
from steelyard.weighting.consistency import LIMIT
from steelyard.weighting.details import DECIMALS, Ahp, Details, ExactDecimal, Part, PastRows
from steelyard.weighting.eigenvector import Floats


class Weighting(Part):
    """Weights by code, exact decimals that are relative to each other, and where they come from.

    Computed ones add up to 1; those set by hand are as they were set.
    """

    weights: dict[str, ExactDecimal]
    details: Annotated[Details, Field(discriminator="method")]

    @property
    def method(self) -> str:
        """`by_hand`, `equal`, `ahp`, `entropy` or `critic`."""
        return self.details.method

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at before the weights are used."""
        details = self.details
        if isinstance(details, Ahp):
            return tuple(_inconsistent(details))
        return tuple(_gaps(details)) if isinstance(details, PastRows) else ()

    def to_json(self) -> str:
        """Write the result canonically: sorted keys, no spaces, exact numbers as text."""
        kept = self.model_dump(mode="json")
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> Weighting:
        """Read what `to_json` wrote. Raises InvalidInput (WEIGHTING_UNREADABLE) with every fault's place."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            places = [".".join(map(str, fault["loc"])) or "$" for fault in error.errors()]
            raise InvalidInput(
                Problem(p.UNREADABLE, Place(field=where), {"where": where}) for where in places
            ) from error


def by_code(codes: Iterable[str], figures: Floats) -> dict[str, float]:
    """Computed figures by code, without the noise of floats."""
    return dict(zip(codes, figures.round(DECIMALS).tolist(), strict=True))


def _inconsistent(details: Ahp) -> Iterator[Problem]:
    """The judges who contradict themselves, and the joined matrix if that does."""
    named = len(details.judges) > 1
    for judge in details.judges:
        if judge.consistency_ratio > LIMIT:
            whose = (f"评判人“{judge.name}”", f"Judge `{judge.name}`") if named else ("评判人", "The judge")
            yield _too_inconsistent(whose, judge.consistency_ratio)
    if named and details.consistency_ratio is not None and details.consistency_ratio > LIMIT:
        yield _too_inconsistent(("合成后", "All judges together"), details.consistency_ratio)


def _too_inconsistent(whose: tuple[str, str], ratio: float) -> Problem:
    values = {"whose": whose[0], "whose_en": whose[1], "ratio": f"{ratio:.4f}", "limit": f"{LIMIT:.2f}"}
    return Problem(p.INCONSISTENT, values=values)


def _gaps(details: PastRows) -> Iterator[Problem]:
    if details.constant:
        yield Problem(p.CONSTANT, values={"nodes": ", ".join(details.constant)})
    if details.rows_left_out:
        values = {"left_out": details.rows_left_out, "rows": details.rows}
        yield Problem(p.ROWS_LEFT_OUT, values=values)
