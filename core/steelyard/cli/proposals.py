"""`steelyard proposal`: what waits for a second person."""

from __future__ import annotations

import asyncio
from typing import Annotated

import orjson
import typer

from steelyard.cli import states
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.deeds import DONE, Reason
from steelyard.cli.listing import Form, ListFormat, Row, show, term
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.errors import Text
from steelyard.services.administration import decide, listing
from steelyard.services.administration.perform import Performed
from steelyard.services.administration.registry import DEEDS
from steelyard.store.proposals import ProposalRecord, ProposalState

HEADS = {
    "id": Text("编号", "Id"),
    "deed": Text("操作", "Deed"),
    "subject": Text("对象", "Subject"),
    "reason": Text("理由", "Reason"),
    "drafted_by": Text("提出", "By"),
    "drafted_at": Text("时间（UTC）", "At (UTC)"),
    "state": Text("状态", "State"),
}
REJECTED = Text("草案 {id} 已驳回。", "Proposal {id} is rejected.")
WITHDRAWN = Text("草案 {id} 已撤回。", "Proposal {id} is withdrawn.")

Id = Annotated[int, typer.Argument(help="The proposal's number. 草案编号。")]

proposal_app = typer.Typer(no_args_is_help=True, help="Deeds that wait for a second person. 待复核的操作。")


@proposal_app.callback()
def proposals() -> None:
    """Deeds that wait for a second person. 待复核的操作。"""


@proposal_app.command("list")
def list_proposals(
    context: typer.Context,
    state: Annotated[ProposalState | None, typer.Option(help="All if left out. 状态。")] = ProposalState.OPEN,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """List what waits, the latest first. 列出待复核的操作。"""

    async def run() -> list[Row]:
        async with local_seat(database, tenant) as seat:
            return list(map(_row, await listing.proposals_before(*seat, state=state)))

    show(asyncio.run(run()), HEADS, form, context.obj)


@proposal_app.command("approve")
def approve(
    context: typer.Context,
    proposal: Id,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
) -> None:
    """Do what another person proposed. 批准他人提出的操作。"""

    async def run() -> Performed[object]:
        async with local_seat(database, tenant, parts=parts) as seat:
            return await decide.approve(*seat, proposal, reason=reason)

    act = asyncio.run(run()).act
    values = {"title": DEEDS[act.deed].title.get(context.obj), "number": act.number}
    typer.echo(DONE.format(values).get(context.obj), err=True)


@proposal_app.command("reject")
def reject(
    context: typer.Context,
    proposal: Id,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Decide that it is not done. 驳回。"""

    async def run() -> ProposalRecord:
        async with local_seat(database, tenant) as seat:
            return await decide.reject(*seat, proposal, reason=reason)

    typer.echo(REJECTED.format({"id": asyncio.run(run()).id}).get(context.obj), err=True)


@proposal_app.command("withdraw")
def withdraw(
    context: typer.Context,
    proposal: Id,
    reason: Reason,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
) -> None:
    """Take back one's own proposal. 撤回自己提出的操作。"""

    async def run() -> ProposalRecord:
        async with local_seat(database, tenant) as seat:
            return await decide.withdraw(*seat, proposal, reason=reason)

    typer.echo(WITHDRAWN.format({"id": asyncio.run(run()).id}).get(context.obj), err=True)


def _row(proposal: ProposalRecord) -> Row:
    fields = {name: getattr(proposal, name) for name in ProposalRecord.__slots__}
    return {
        **fields,
        "state": term(proposal.state.value, states.PROPOSAL),
        "input": orjson.loads(proposal.input),
    }
