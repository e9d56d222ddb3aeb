"""Afresh: what was proposed, checked against the packs that are installed by the time it is approved.

A deed is checked against the database when it is done. What it says of a scheme was checked when it was
drafted, and another version of the pack may be there since.
"""

from __future__ import annotations

from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, InvalidInput, NotFound, Problem
from steelyard.services import exemptions
from steelyard.services.administration import problems as p
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.exemptions import EndExemption, GrantExemption
from steelyard.services.administration.weights import PublishWeights
from steelyard.services.context import View
from steelyard.services.weights.publishing import publication


async def checked(view: View, actor: Actor, scope: Scope, proposal: int, deed: Deed[Any]) -> Deed[Any]:
    """The deed as it would be drafted now. Conflict (PROPOSAL_OUTDATED) with all that changed since."""
    try:
        return await _drafted_now(view, actor, scope, deed)
    except (InvalidInput, NotFound) as error:
        changed = {
            f"changed_{language}": "; ".join(each.text(language) for each in error.problems)
            for language in ("zh", "en")
        }
        outdated = Problem(p.PROPOSAL_OUTDATED, values={"proposal": proposal, **changed})
        raise Conflict([outdated, *error.problems]) from error


async def _drafted_now(view: View, actor: Actor, scope: Scope, deed: Deed[Any]) -> Deed[Any]:
    match deed:
        case PublishWeights():
            return await publication(
                view,
                actor,
                scope,
                scheme=deed.scheme,
                number=deed.number,
                revision=deed.revision,
                period=deed.period,
                seen=deed.seen,
            )
        case GrantExemption():
            return exemptions.granting(
                view,
                scheme=deed.scheme,
                unit=deed.unit,
                node=deed.node,
                rule=deed.rule,
                starts=deed.starts,
                expires=deed.expires,
                why=deed.why,
            )
        case EndExemption():
            return await exemptions.ending(view, scope, number=deed.number, ended=deed.ended, why=deed.why)
        case _:
            return deed
