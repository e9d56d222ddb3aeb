"""What accounts may spend in a minute, by the costs of their queries.

Each account has a bucket that holds a minute's allowance and fills evenly. The buckets are in the memory of
one process: several processes allow as many times as much, and one that begins anew begins with full buckets.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import ceil
from time import monotonic

from steelyard.errors import Problem, TransientError
from steelyard_graphql.limits.problems import CLIENT_BUDGET

MINUTE = 60.0
ACCOUNTS_MOST = 10_000
"""Buckets that are kept; those used longest ago are forgotten, as they are the fullest."""


@dataclass(slots=True)
class _Bucket:
    left: float
    seen: float


class Allowances:
    """The buckets of one process. clock: seconds, from whenever."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._per_minute, self._clock = per_minute, clock
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, account: Hashable, cost: int) -> int:
        """Spend the cost of a query, and return what is left.

        Raises TransientError (CLIENT_BUDGET_SPENT) where there is not so much, and takes nothing.
        """
        bucket = self._bucket(account)
        if cost > bucket.left and bucket.left < self._per_minute:
            lacking = min(cost, self._per_minute) - bucket.left
            values = {
                "most": self._per_minute,
                "cost": cost,
                "remaining": max(0, int(bucket.left)),
                "seconds": ceil(lacking * MINUTE / self._per_minute),
            }
            raise TransientError(Problem(CLIENT_BUDGET, values=values))
        return self._spent(bucket, cost)

    def spend(self, account: Hashable, cost: int) -> int:
        """Spend what is under way already, such as a subscription's next event; return what is left."""
        return self._spent(self._bucket(account), cost)

    def _bucket(self, account: Hashable) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(account, _Bucket(self._per_minute, now))
        self._buckets.move_to_end(account)
        bucket.left = min(self._per_minute, bucket.left + (now - bucket.seen) * self._per_minute / MINUTE)
        bucket.seen = now
        if len(self._buckets) > ACCOUNTS_MOST:
            self._buckets.popitem(last=False)
        return bucket

    def _spent(self, bucket: _Bucket, cost: int) -> int:
        # Not below one minute's worth of debt: nobody is to be shut out for longer than that.
        bucket.left = max(bucket.left - cost, -float(self._per_minute))
        return max(0, int(bucket.left))
