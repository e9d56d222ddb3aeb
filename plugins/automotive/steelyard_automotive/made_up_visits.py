"""Made-up repair orders and call-backs: well run dealers keep their promises, and their customers say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from steelyard.packs import GeneratorRequest
from steelyard.packs.made_up import Block, Cells, Faults, amount, choice, code, flag, later, made_up, text

if TYPE_CHECKING:
    from pyarrow import RecordBatch

TYPES = ("maintenance", "general", "accident", "warranty", "internal")
SHARES = (0.5, 0.26, 0.08, 0.13, 0.03)
_HOURS = np.array([1.5, 4.0, 60.0, 6.0, 3.0])
_PRICE = np.array([620.0, 1_150.0, 4_800.0, 900.0, 300.0])
_SPREAD = np.array([0.25, 0.6, 0.7, 0.5, 0.4])


def work_orders(request: GeneratorRequest) -> Iterator[RecordBatch]:
    """Repair orders."""
    faults = Faults(("order_no", "arrived"), "dealer", "order_no", "repair_type", "promised", "invoice")
    return made_up(request, _work_orders, faults)


def csi_calls(request: GeneratorRequest) -> Iterator[RecordBatch]:
    """Call-backs, the first about the first repair order, and so on."""
    faults = Faults(("call_no", "called"), "dealer", "call_no", None, "delivered", "overall")
    return made_up(request, _csi_calls, faults)


def _work_orders(block: Block) -> Mapping[str, Cells]:
    rng, rows, good = block.rng, block.rows, block.quality
    kind = block.one_of(SHARES)
    arrived = block.moment(8, 18)
    quoted = _HOURS[kind] * rng.lognormal(0, 0.3, rows)
    # Accident cars stay for days, and nobody promises them to the hour: they are late more often.
    actual = quoted * rng.lognormal(0.12 - 0.22 * good + 0.05 * (kind == 2), 0.26 - 0.14 * good, rows)
    estimate = _PRICE[kind] * rng.lognormal(0, _SPREAD[kind])
    invoice = estimate * rng.lognormal(0.03, 0.14 - 0.09 * good, rows)
    busy = 0.5 + np.exp(-(((arrived - block.day).astype(np.int64) / 3_600 - 10) ** 2) / 8)
    wait = rng.exponential((0.35 - 0.25 * good) * busy, rows)
    odd = block.odd
    delivered = ~block.chance(0.015)
    return {
        "order_no": code("RO", block.number + 1),
        "dealer": block.units(),
        "adviser": code("SA", block.unit * 8 + rng.integers(1, 9, rows), 4),
        "customer": code("C", rng.integers(0, max(block.request.rows // 3, 1), rows)),
        "arrived": text(arrived),
        "received": text(later(arrived, wait)),
        "promised": text(later(arrived, np.where(odd, -quoted, quoted)), ~block.chance(0.16 - 0.15 * good)),
        "delivered": text(later(arrived, actual), delivered),
        "entered": text(later(arrived, np.where(block.chance(0.06 - 0.05 * good), 40, 0.2) + wait)),
        "estimate": amount(estimate, ~block.chance(0.2 - 0.18 * good)),
        "invoice": amount(invoice * np.where(odd, 100, 1), delivered),
        "repair_type": choice(kind, TYPES, ~block.chance(0.15 - 0.14 * good)),
        "appointment": flag((kind != 2) & block.chance(0.15 + 0.45 * good)),
        "comeback": flag(block.chance(0.075 - 0.06 * good)),
    }


def _csi_calls(block: Block) -> Mapping[str, Cells]:
    rng, good = block.rng, block.quality
    delay = rng.geometric(0.35 + 0.35 * good).astype(np.int64)
    reached = block.chance(0.55 + 0.3 * good)
    mean = 7.1 + 2.0 * good
    overall = block.mark(mean, 10, 1.2)
    # Whoever complains is seldom content.
    complaint = block.chance(np.where(overall <= 6, 0.35, 0.015))
    return {
        "call_no": code("CB", block.number + 1),
        "dealer": block.units(),
        "order_no": code("RO", block.number + 1),
        "delivered": text(block.day - np.where(block.odd, -5, delay).astype("timedelta64[D]")),
        "called": text(block.day),
        "reached": flag(reached),
        "overall": text(overall, reached),
        "adviser_score": text(block.mark(0.6 * overall + 0.4 * mean + 0.2, 10, 0.7), reached),
        "repair_score": text(block.mark(0.6 * overall + 0.4 * mean, 10, 0.7), reached),
        "delivery_score": text(block.mark(0.6 * overall + 0.4 * mean - 0.3, 10, 0.8), reached),
        "complaint": flag(complaint, reached),
    }
