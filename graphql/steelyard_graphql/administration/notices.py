"""Notices: what happened and is told, and whether those who subscribed were reached."""

from __future__ import annotations

import datetime
from typing import Annotated, Self

import orjson
import strawberry

from steelyard.access.permissions import Permission
from steelyard.errors import Text
from steelyard.services import structure
from steelyard.services.notices import listing
from steelyard.services.notices.want import NoticeKind as Known
from steelyard.store.deliveries import DeliveryRecord
from steelyard.store.notices import NoticeRecord
from steelyard_graphql.administration.accounts import unit_of
from steelyard_graphql.administration.notice_kinds import DeliveryError, DeliveryState, NoticeKind
from steelyard_graphql.connections import (
    After,
    Connection,
    Edge,
    First,
    PageArguments,
    Window,
    check,
    read_cursor,
    size_of,
    write_cursor,
    wrong_cursor,
)
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import computed
from steelyard_graphql.ids import global_id
from steelyard_graphql.locale import Locale, LocaleArgument, said
from steelyard_graphql.mutations import mutation
from steelyard_graphql.nodes import Node
from steelyard_graphql.units import Unit

LIST = "notices"


@strawberry.type(description="A notice on its way to one subscriber.")
class NoticeDelivery:
    """A delivery."""

    subscriber: int = strawberry.field(description="The number of the subscriber.")
    state: DeliveryState = strawberry.field(description="How far it is.")
    attempts: int = strawberry.field(description="How often it was tried.")
    due_at: datetime.datetime | None = strawberry.field(
        description="When it is tried next; null where it is not."
    )
    http_status: int | None = strawberry.field(description="The status of the last answer, of a webhook.")
    error: DeliveryError | None = strawberry.field(description="Why the last try failed, if it did.")
    delivered_at: datetime.datetime | None = strawberry.field(description="When it was delivered.")

    @classmethod
    def of(cls, record: DeliveryRecord) -> Self:
        """Show a delivery."""
        state = DeliveryState(record.state.value)
        return cls(
            subscriber=record.subscriber,
            state=state,
            attempts=record.attempts,
            due_at=record.due_at if state is DeliveryState.WAITING else None,
            http_status=record.http_status,
            error=None if record.error is None else DeliveryError(record.error),
            delivered_at=record.delivered_at,
        )


@strawberry.type(description="Something that happened and was told to those who had subscribed to it.")
class Notice(Node):
    """A notice."""

    key: str = strawberry.field(description="What happened; the same matter is told once.")
    kind: NoticeKind = strawberry.field(description="What it tells of.")
    happened_at: datetime.datetime = strawberry.field(description="When it became known.")
    payload: str = strawberry.field(description="What receivers are sent, as JSON; see docs/notices.md.")
    record: strawberry.Private[NoticeRecord]

    @computed("What happened, in a few words.")
    def title(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the title in the language asked for."""
        return said(Text(**self.record.payload["title"]), locale)

    @computed("What happened, in sentences.")
    def text(self, locale: LocaleArgument = Locale.EN) -> str:
        """Return the text in the language asked for."""
        return said(Text(**self.record.payload["text"]), locale)

    @computed("The unit that it is about.")
    async def unit(self, info: Info) -> Unit | None:
        """Return the unit."""
        return await unit_of(info.context, self.record.unit_id)

    @computed("Whether subscribers were reached, by their numbers.", needs=Permission.SUBSCRIBER_EDIT)
    async def deliveries(self, info: Info) -> list[NoticeDelivery] | None:
        """Return the deliveries."""
        found = await info.context.loaders.deliveries.load(self.record.id)
        return [NoticeDelivery.of(each) for each in found]

    @classmethod
    def of(cls, record: NoticeRecord) -> Self:
        """Show a notice."""
        return cls(
            id=strawberry.ID(global_id("Notice", record.key)),
            key=record.key,
            kind=NoticeKind(record.kind),
            happened_at=record.happened_at,
            payload=orjson.dumps(record.payload).decode(),
            record=record,
        )


@strawberry.type(description="A page of notices, the latest first.")
class NoticeConnection(Connection[Notice]):
    """A page of notices."""


@strawberry.input(description="A notice that is to be sent again.")
class RedeliverNoticeInput:
    """Which notice, and to whom."""

    key: str = strawberry.field(description="The key of the notice.")
    subscriber: int | None = strawberry.field(
        default=None, description="The number of the subscriber; all that were given up if left out."
    )


@strawberry.type(description="A notice is going to be sent again.")
class NoticeRedelivered:
    """The success of redeliverNotice."""

    notice: Notice = strawberry.field(description="The notice.")


RedeliverNoticeResult = Annotated[
    NoticeRedelivered | Problem,
    strawberry.union("RedeliverNoticeResult", description="What is done, or what is wrong."),
]


async def find_notice(context: RequestContext, key: str) -> Notice:
    """Return one notice; NotFound (NOTICE_NOT_FOUND), also where it may not be seen."""
    return Notice.of(await listing.notice(*context.seat, key=key))


@strawberry.type
class NoticeQueries:
    """The queries about notices."""

    @computed(
        "What happened on units that one sees and was told, the latest first. Of actions and objections one"
        " is told who may see plans or decide on objections there."
    )
    async def notices(
        self,
        info: Info,
        unit: Annotated[
            str | None, strawberry.argument(description="Only of this unit and those below it, by its code.")
        ] = None,
        kinds: Annotated[
            list[NoticeKind] | None, strawberry.argument(description="Only of these kinds.")
        ] = None,
        first: First = None,
        after: After = None,
    ) -> NoticeConnection | None:
        """Return a page of notices."""
        asked = PageArguments(first, after)
        check(asked)
        ids = None
        if unit is not None:
            known = await structure.load(*info.context.seat)
            ids = frozenset(each.id for each in known.below(known.unit(unit)))
        found = await listing.notices_after(
            *info.context.seat,
            kinds=None if kinds is None else [Known(str(each.value)) for each in kinds],
            unit_ids=ids,
            after=None if after is None else _place(after),
            limit=size_of(asked),
        )
        window = Window(found.before, found.before + len(found.rows), found.total)
        nodes = [Notice.of(row) for row in found.rows]
        cursors = [write_cursor(LIST, each.happened_at.isoformat(), each.key) for each in nodes]
        return NoticeConnection(
            edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=window.info(cursors),
            total_count=found.total,
        )


@strawberry.type
class NoticeMutations:
    """The mutations about notices."""

    @mutation("Send a notice again, with the same id.", needs=Permission.SUBSCRIBER_EDIT)
    async def redeliver_notice(
        self,
        info: Info,
        input: Annotated[RedeliverNoticeInput, strawberry.argument(description="Which, and to whom.")],
    ) -> RedeliverNoticeResult:
        """Send a notice again."""
        found = await listing.redeliver(*info.context.seat, key=input.key, subscriber=input.subscriber)
        return NoticeRedelivered(notice=Notice.of(found))


def _place(cursor: str) -> tuple[datetime.datetime, str]:
    match read_cursor(cursor, LIST, "after"):
        case [str(moment), str(key)]:
            try:
                found = datetime.datetime.fromisoformat(moment)
            except ValueError:
                raise wrong_cursor(cursor, "after") from None
            if found.tzinfo is not None:
                return found, key
    raise wrong_cursor(cursor, "after")
