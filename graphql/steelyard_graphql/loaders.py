"""Loaders: what many fields of one request ask for one by one, fetched together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar

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
from steelyard.store.grants import GrantRecord
from steelyard.store.identities import IdentityRecord
from steelyard.store.measurements import MeasurementRecord
from steelyard.store.persons import PersonRecord
from steelyard.store.plan_notes import CommentRecord
from steelyard.store.tokens import TokenRecord

Seat = tuple[View, Actor, Scope]
"""The first three arguments of every service."""
CardKey = tuple[str, str, str]
"""Scheme, period and unit."""
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
        self.scorecards = DataLoader[CardKey, Scorecard](self._scorecards)
        self.records = DataLoader[CardKey, tuple[MeasurementRecord, ...]](self._records)
        self.sheets = DataLoader[int, tuple[str, ...]](self._sheets)
        self.persons = DataLoader[int, PersonRecord | None](self._persons)
        self.plan_comments = DataLoader[Plan, tuple[CommentRecord, ...]](
            self._plan_comments, cache_key_fn=_plan_id
        )
        self.plan_histories = DataLoader[Plan, tuple[PlanChange, ...]](
            self._plan_histories, cache_key_fn=_plan_id
        )
        self.deliveries = DataLoader[int, list[DeliveryRecord]](self._deliveries)
        self.grants = DataLoader[str, list[GrantRecord]](self._of_accounts(access_lists.grants_in))
        self.tokens = DataLoader[str, list[TokenRecord]](self._of_accounts(access_lists.tokens_in))
        self.identities = DataLoader[str, list[IdentityRecord]](self._of_accounts(access_lists.identities_in))

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
