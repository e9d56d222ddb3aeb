"""Made-up records of campuses: well run ones reach more families and handle complaints sooner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from steelyard.packs import GeneratorRequest
from steelyard.packs.made_up import Block, Cells, Faults, amount, choice, code, flag, later, made_up, text

if TYPE_CHECKING:
    from pyarrow import RecordBatch

    Generate = Callable[[GeneratorRequest], Iterator[RecordBatch]]

OUTCOMES = (
    "unhandled",
    "dissatisfied",
    "rather_dissatisfied",
    "fairly_satisfied",
    "satisfied",
    "very_satisfied",
)
INSTRUMENTS = ("phone-survey", "choice-factors", "first-impression", "teaching-effect", "campus-management")
CHANNELS = ("phone", "on_site", "web", "interview", "email")
COURSES = ("数学", "语文", "英语", "物理", "化学")


def generators() -> Mapping[str, Generate]:
    """What makes records, by table."""
    return {
        "rosters": _of(_rosters, Faults(("customer", "as_of"), "campus", "customer", None, "as_of")),
        "callbacks": _of(_callbacks, Faults(("call_no", "called"), "campus", "call_no", None, "called")),
        "questionnaires": _of(
            _questionnaires, Faults(("sheet_no",), "campus", "sheet_no", "instrument", "answered", "overall")
        ),
        "staff_questionnaires": _of(
            _staff, Faults(("sheet_no",), "staff", "sheet_no", None, "answered", "design")
        ),
        "complaints": _of(
            _complaints, Faults(("complaint_no", "raised"), "campus", "complaint_no", "outcome", "handled")
        ),
        "enrolments": _of(
            _enrolments, Faults(("contract_no",), "campus", "contract_no", None, "signed", "amount")
        ),
        "refunds": _of(_refunds, Faults(("refund_no",), "campus", "refund_no", None, "requested", "amount")),
    }


def _of(columns: Callable[[Block], Mapping[str, Cells]], faults: Faults) -> Generate:
    return lambda request: made_up(request, columns, faults)


def _customers(block: Block) -> Cells:
    """Families, of whom most occur several times."""
    return code("ST", block.rng.integers(0, max(block.request.rows // 4, 1), block.rows))


def _rosters(block: Block) -> Mapping[str, Cells]:
    return {
        "campus": block.units(),
        # One a month, on its first day in the span; a number of its own keeps every row a record.
        "as_of": text(np.maximum(block.day.astype("datetime64[M]").astype("datetime64[D]"), block.day[0])),
        "customer": code("ST", block.number),
        "course": choice(block.one_of((4, 2, 4, 2, 1)), COURSES, ~block.chance(0.01)),
    }


def _callbacks(block: Block) -> Mapping[str, Cells]:
    good, rng = block.quality, block.rng
    called = block.moment(9, 20)
    reached = block.chance(0.5 + 0.3 * good)
    completed = reached & block.chance(0.7 + 0.25 * good)
    complained = completed & block.chance(0.14 - 0.09 * good)
    recorded = complained & block.chance(0.45 + 0.5 * good)
    late = np.where(block.chance(0.08 - 0.07 * good), 40.0, 0.5)
    return {
        "call_no": code("CB", block.number + 1),
        "campus": block.units(),
        "customer": _customers(block),
        "called": text(called),
        "entered": text(later(called, late)),
        "reached": flag(np.where(block.odd, False, reached), ~block.chance(0.01)),
        "completed": flag(np.where(block.odd, True, completed)),
        "satisfaction": text(block.mark(3.4 + 1.2 * good, 5, 0.7), completed),
        "said_complained": flag(complained, completed),
        "complaint_no": _where(recorded, code("TS", block.number + 1)),
        "caller": code("KF", rng.integers(1, 30, block.rows), 3),
    }


def _where(known: NDArray[np.bool_], cells: Cells) -> Cells:
    from pyarrow import compute, scalar, string

    return compute.if_else(known, cells, scalar(None, string()))


def _questionnaires(block: Block) -> Mapping[str, Cells]:
    good = block.quality
    instrument = block.one_of((0.3, 0.1, 0.2, 0.15, 0.25))
    rewarded = block.chance(0.5 - 0.25 * good)
    # Rewarded answers are kinder.
    mean = 3.2 + 1.3 * good + 0.3 * rewarded
    channel = np.where(instrument == 0, 0, 1 + block.one_of((0.35, 0.4, 0.1, 0.15)))
    delay = np.where(block.odd, -3, block.rng.geometric(0.5, block.rows))
    management = instrument == INSTRUMENTS.index("campus-management")
    return {
        "sheet_no": code("WJ", block.number + 1),
        "campus": block.units(),
        "answered": text(block.day),
        "entered": text(block.day + delay.astype("timedelta64[D]")),
        "instrument": choice(instrument, INSTRUMENTS),
        "channel": choice(channel, CHANNELS, ~block.chance(0.02)),
        "overall": text(block.mark(mean, 5, 0.7)),
        "manage": text(block.mark(mean, 5, 0.7), management),
        "service": text(block.mark(mean + 0.1, 5, 0.7), management),
        "outside": flag(block.chance(0.8 + 0.2 * good), ~block.chance(0.02)),
        "rewarded": flag(rewarded, ~block.chance(0.02)),
    }


def _staff(block: Block) -> Mapping[str, Cells]:
    # The code of a member of staff does not say the role: each answers as all three would be.
    aspects = (
        "design",
        "process",
        "strategy",
        "effect",
        "first_service",
        "follow_service",
        "adviser_service",
    )
    mean = 3.2 + 1.4 * block.quality
    marks = {aspect: text(block.mark(mean, 5, 0.6)) for aspect in aspects}
    return {
        "sheet_no": code("PJ", block.number + 1),
        "staff": block.units(),
        "answered": text(block.day),
        **marks,
    }


def _complaints(block: Block) -> Mapping[str, Cells]:
    good = block.quality
    handled = block.chance(0.75 + 0.23 * good)
    outcome = np.where(handled, block.mark(2.2 + 2.3 * good, 5, 1.0), 0)
    days = np.where(block.odd, -2, block.rng.geometric(0.25 + 0.45 * good))
    return {
        "complaint_no": code("TS", block.number + 1),
        "campus": block.units(),
        "customer": _customers(block),
        "raised": text(block.day),
        "handled": text(block.day + days.astype("timedelta64[D]"), handled),
        "severity": choice(block.one_of((0.1, 0.9)), ("major", "general")),
        "outcome": choice(outcome, OUTCOMES),
    }


def _enrolments(block: Block) -> Mapping[str, Cells]:
    price = 6_800 * block.rng.lognormal(0, 0.4, block.rows)
    return {
        "contract_no": code("HT", block.number + 1),
        "campus": block.units(),
        "customer": _customers(block),
        "signed": text(block.day),
        "amount": amount(price * np.where(block.odd, 100, 1)),
        "renewal": flag(block.chance(0.4 + 0.35 * block.quality)),
    }


def _refunds(block: Block) -> Mapping[str, Cells]:
    days = np.where(block.odd, -3, block.rng.geometric(0.1 + 0.2 * block.quality))
    return {
        "refund_no": code("TF", block.number + 1),
        "campus": block.units(),
        "contract_no": code("HT", block.number + 1),
        "requested": text(block.day),
        "paid": text(block.day + days.astype("timedelta64[D]"), ~block.chance(0.05)),
        "amount": amount(3_100 * block.rng.lognormal(0, 0.5, block.rows)),
    }
