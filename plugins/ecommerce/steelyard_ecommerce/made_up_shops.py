"""Made-up records of shops: well run ones answer, ship and pay back sooner, and have fewer complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from steelyard.packs import GeneratorRequest
from steelyard.packs.made_up import Block, Cells, Faults, amount, choice, code, flag, later, made_up, text

if TYPE_CHECKING:
    from pyarrow import RecordBatch

    Generate = Callable[[GeneratorRequest], Iterator[RecordBatch]]

KINDS = ("refund_only", "return", "exchange")
REASONS = ("quality", "description", "damaged", "late", "no_reason", "other")
PROBLEMS = ("return", "delivery", "quality", "safety", "invoice", "other")


def generators() -> Mapping[str, Generate]:
    """What makes records, by table."""
    return {
        "orders": _of(
            _orders, Faults(("order_no", "ordered"), "shop", "order_no", None, "shipped", "amount")
        ),
        "refunds": _of(_refunds, Faults(("refund_no",), "shop", "refund_no", "reason", "paid", "amount")),
        "chats": _of(_chats, Faults(("session_no",), "shop", "session_no", "channel", "ended", "rating")),
        "tickets": _of(
            _tickets, Faults(("ticket_no",), "shop", "ticket_no", "problem", "closed", "contacts")
        ),
        "reviews": _of(_reviews, Faults(("review_no",), "shop", "review_no", None, "reviewed", "overall")),
    }


def _of(columns: Callable[[Block], Mapping[str, Cells]], faults: Faults) -> Generate:
    return lambda request: made_up(request, columns, faults)


def _buyers(block: Block) -> Cells:
    """At most half as many buyers as rows; some come often."""
    share = block.rng.random(block.rows) ** 1.5
    return code("B", (share * max(block.request.rows // 2, 1)).astype(np.int64))


def _orders(block: Block) -> Mapping[str, Cells]:
    good, rng, rows = block.quality, block.rng, block.rows
    ordered = block.moment(7, 24)
    shipping = rng.gamma(2, 14 - 8 * good)
    shipped = later(ordered, np.where(block.odd, -5, shipping))
    return {
        "order_no": code("DD", block.number + 1),
        "shop": block.units(),
        "buyer": _buyers(block),
        "ordered": text(ordered),
        "shipped": text(shipped, ~block.chance(0.01)),
        "signed": text(later(shipped, 24 + rng.gamma(3, 15, rows)), ~block.chance(0.03)),
        "amount": amount(148 * rng.lognormal(0, 0.7, rows)),
        "dispute": flag(block.chance(0.0008 - 0.0007 * good)),
    }


def _refunds(block: Block) -> Mapping[str, Cells]:
    good, rng = block.quality, block.rng
    requested = block.moment(7, 24)
    hours = np.where(block.odd, -20, rng.gamma(2, 55 - 40 * good))
    bad = block.chance(0.32 - 0.2 * good)
    reason = np.where(bad, 0, 1 + block.one_of((0.15, 0.12, 0.08, 0.5, 0.15)))
    return {
        "refund_no": code("TK", block.number + 1),
        "shop": block.units(),
        "order_no": code("DD", block.number * 12 + 1),
        "requested": text(requested),
        "paid": text(later(requested, hours), ~block.chance(0.06)),
        "amount": amount(131 * rng.lognormal(0, 0.7, block.rows)),
        "kind": choice(block.one_of((0.3, 0.6, 0.1)), KINDS),
        "reason": choice(reason, REASONS, ~block.chance(0.02)),
    }


def _chats(block: Block) -> Mapping[str, Cells]:
    good, rng = block.quality, block.rng
    phone = block.chance(0.25)
    started = block.moment(8, 23)
    waits = np.where(phone, 0.35, 6.5 - 5.5 * good) * rng.lognormal(-0.3, 0.8, block.rows)
    replied = block.chance(0.8 + 0.17 * good)
    reply = later(started, np.where(block.odd, -10, waits) / 60)
    talk = rng.gamma(4, 55 - 10 * good)
    return {
        "session_no": code("HH", block.number + 1),
        "shop": block.units(),
        "buyer": _buyers(block),
        "agent": choice(rng.integers(0, 20, block.rows), tuple(f"KF{n:02}" for n in range(20)), replied),
        "channel": choice(phone.astype(np.int64), ("chat", "phone")),
        "started": text(started),
        "first_reply": text(reply, replied),
        "ended": text(later(reply, talk / 3_600), replied),
        # Whoever waits long, rates lower; most do not rate.
        "rating": text(block.mark(7.2 + 2 * good - 0.12 * waits, 10, 1.1), replied & block.chance(0.3)),
    }


def _tickets(block: Block) -> Mapping[str, Cells]:
    good, rng = block.quality, block.rng
    opened = block.moment(8, 23)
    problem = block.one_of((0.35, 0.3, 0.2, 0.0005, 0.05, 0.1))
    solved = block.chance(0.72 + 0.24 * good)
    closed = solved | block.chance(0.5)
    contacts = rng.geometric(0.6 + 0.3 * good)
    # The more often somebody has to ask, the more of them complain.
    complaint = block.chance(np.clip(0.05 + 0.06 * contacts * (1.2 - good), 0, 1))
    return {
        "ticket_no": code("GD", block.number + 1),
        "shop": block.units(),
        "buyer": _buyers(block),
        "agent": code("KF", rng.integers(0, 20, block.rows), 2),
        "opened": text(opened),
        "closed": text(later(opened, np.where(block.odd, -8, rng.gamma(1.5, 14 - 10 * good))), closed),
        "problem": choice(problem, PROBLEMS, ~block.chance(0.01)),
        "contacts": text(contacts),
        "solved": flag(solved, closed),
        "complaint": flag(complaint),
        "repeated": flag(complaint & block.chance(0.15 - 0.12 * good)),
    }


def _reviews(block: Block) -> Mapping[str, Cells]:
    mean = 3.5 + 1.1 * block.quality
    overall = block.mark(mean, 5, 0.8)
    aspects = {
        aspect: text(block.mark(0.5 * (overall + mean), 5, 0.6), block.chance(0.7))
        for aspect in ("flow", "quick", "look", "delivery", "design")
    }
    return {
        "review_no": code("PJ", block.number + 1),
        "shop": block.units(),
        "order_no": code("DD", block.number * 3 + 1),
        "reviewed": text(block.day),
        "overall": text(overall, block.chance(0.97)),
        **aspects,
    }
