"""Administrative changes at the command line: the reason that each asks for, and what is said of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from steelyard.cli.tenant import local_seat
from steelyard.errors import Locale, Text
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import Performed, perform
from steelyard.store.proposals import ProposalRecord

R = TypeVar("R")

Reason = Annotated[str, typer.Option("--reason", help="Why; it stays with the act. 理由，随操作记录保存。")]
DONE = Text("{title}：操作记录 {number}。", "{title}: done, act {number}.")
WAITS = Text(
    "{title}：需要第二个人同意，已存为草案 {proposal}。",
    "{title}: a second person has to consent; it waits as proposal {proposal}.",
)


def do(
    database: str, tenant: str, deed: Deed[R], reason: str, locale: Locale, *, parts: Path | None = None
) -> R | None:
    """Perform a deed as the local administrator, say so on stderr, and return its result.

    None where it waits for a second person.
    """

    async def run() -> Performed[R] | ProposalRecord:
        async with local_seat(database, tenant, parts=parts) as seat:
            return await perform(*seat, deed, reason=reason)

    outcome = asyncio.run(run())
    if isinstance(outcome, ProposalRecord):
        tell_waiting(deed.title, outcome, locale)
        return None
    typer.echo(
        DONE.format({"title": deed.title.get(locale), "number": outcome.act.number}).get(locale), err=True
    )
    return outcome.result


def tell_waiting(title: Text, proposal: ProposalRecord, locale: Locale) -> None:
    """Say on stderr that a deed waits for a second person."""
    values = {"title": title.get(locale), "proposal": proposal.id}
    typer.echo(WAITS.format(values).get(locale), err=True)
