"""Loaders: what many fields of one request ask for one by one, fetched together."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Protocol, TypeVar

from strawberry.dataloader import DataLoader

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import SteelyardError
from steelyard.services import measurements, scorecards
from steelyard.services.administration import access_lists, listing
from steelyard.services.assessments import reading
from steelyard.services.context import View
from steelyard.services.notices import listing as notice_listing
from steelyard.services.plans import reading as plan_reading
from steelyard.services.plans.history import PlanChange
from steelyard.services.plans.plan import Plan
from steelyard.services.score_sheet import Scorecard
from steelyard.store.deliveries import DeliveryRecord
from steelyard.store.measurements import MeasurementRecord
from steelyard.store.persons import PersonRecord
from steelyard.store.plan_notes import CommentRecord

Seat = tuple[View, Actor, Scope]
"""The first three arguments of every service."""
CardKey = tuple[str, str, str]
"""Scheme, period and unit."""
K = TypeVar("K")
T = TypeVar("T")

Results = list[T | BaseException]
"""What a loader hands out, one for each key; an error is raised where its key was asked for."""
Fetch = Callable[[str, str, Sequence[str]], Awaitable[Sequence[T]]]
"""Fetches something for units of one scheme and period, in their order."""


class OfAccount(Protocol):
    """What belongs to an account."""

    @property
    def account(self) -> str:
        """The account's code."""


A = TypeVar("A", bound=OfAccount)


class Listed(Protocol[A]):
    """Lists something of all accounts, or of one."""

    async def __call__(
        self, view: View, actor: Actor, scope: Scope, *, account: str | None = None
    ) -> list[A]:
        """Return the list."""


class Loaders:
    """The loaders of one request."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._loading: set[asyncio.Task[Any]] = set()
        self.scorecards = self._loader(self._scorecards)
        self.records = self._loader(self._records)
        self.sheets = self._loader(self._sheets)
        self.persons = self._loader(self._persons)
        self.plan_comments = self._loader(self._plan_comments, _plan_id)
        self.plan_histories = self._loader(self._plan_histories, _plan_id)
        self.deliveries = self._loader(self._deliveries)
        self.grants = self._loader(self._of_accounts(access_lists.grants_in))
        self.tokens = self._loader(self._of_accounts(access_lists.tokens_in))
        self.identities = self._loader(self._of_accounts(access_lists.identities_in))

    def stop(self) -> None:
        """Stop what is being loaded: the request is over."""
        for task in self._loading:
            task.cancel()

    def _loader(
        self,
        load: Callable[[list[K]], Awaitable[Sequence[T | BaseException]]],
        key: Callable[[K], Hashable] | None = None,
    ) -> DataLoader[K, T]:
        async def loaded(keys: list[K]) -> Sequence[T | BaseException]:
            # Loading is a task of its own: it would not end with those who wait for it.
            task = asyncio.current_task()
            if task is not None:
                self._loading.add(task)
                task.add_done_callback(self._loading.discard)
            return await load(keys)

        return DataLoader(loaded, cache_key_fn=key)

    async def _scorecards(self, keys: list[CardKey]) -> Results[Scorecard]:
        async def fetch(scheme: str, period: str, units: Sequence[str]) -> Sequence[Scorecard]:
            return await scorecards.cards(*self._seat, scheme=scheme, period=period, units=units)

        return await _by_scheme_and_period(keys, fetch)

    async def _records(self, keys: list[CardKey]) -> Results[tuple[MeasurementRecord, ...]]:
        async def fetch(
            scheme: str, period: str, units: Sequence[str]
        ) -> Sequence[tuple[MeasurementRecord, ...]]:
            found = await measurements.records(*self._seat, scheme=scheme, period=period, units=units)
            return [found[unit] for unit in units]

        return await _by_scheme_and_period(keys, fetch)

    async def _sheets(self, ids: list[int]) -> list[tuple[str, ...]]:
        found = await reading.behind(*self._seat, measurement_ids=ids)
        return [found[id] for id in ids]

    async def _persons(self, ids: list[int]) -> list[PersonRecord | None]:
        found = await listing.persons_of(*self._seat, ids)
        return [found.get(id) for id in ids]

    async def _plan_comments(self, plans: list[Plan]) -> list[tuple[CommentRecord, ...]]:
        found = await plan_reading.comments(*self._seat, plans)
        return [found[plan.record.id] for plan in plans]

    async def _plan_histories(self, plans: list[Plan]) -> list[tuple[PlanChange, ...]]:
        found = await plan_reading.histories(*self._seat, plans)
        return [found[plan.record.id] for plan in plans]

    async def _deliveries(self, ids: list[int]) -> list[list[DeliveryRecord]]:
        found = await notice_listing.deliveries_of(*self._seat, notice_ids=ids)
        return [found[id] for id in ids]

    def _of_accounts(self, listed: Listed[A]) -> Callable[[list[str]], Awaitable[list[list[A]]]]:
        async def load(codes: list[str]) -> list[list[A]]:
            only = codes[0] if len(codes) == 1 else None
            by_account = defaultdict[str, list[A]](list)
            for each in await listed(*self._seat, account=only):
                by_account[each.account].append(each)
            return [by_account[code] for code in codes]

        return load


def _plan_id(plan: Plan) -> int:
    return plan.record.id


async def _by_scheme_and_period(keys: Sequence[CardKey], fetch: Fetch[T]) -> Results[T]:
    """Fetch the units of each scheme and period at once."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for scheme, period, unit in keys:
        groups[scheme, period].append(unit)
    found: dict[CardKey, T | BaseException] = {}
    for (scheme, period), units in groups.items():
        for unit, result in zip(units, await _each(scheme, period, units, fetch), strict=True):
            found[scheme, period, unit] = result
    return [found[key] for key in keys]


async def _each(scheme: str, period: str, units: Sequence[str], fetch: Fetch[T]) -> Results[T]:
    """Fetch all at once; where that fails one by one, so that a unit that cannot be had fails alone."""
    try:
        return list(await fetch(scheme, period, units))
    except SteelyardError as error:
        if len(units) == 1:
            return [error]
    return [result for unit in units for result in await _each(scheme, period, [unit], fetch)]
