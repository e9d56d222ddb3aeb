"""A program's way in, all at once: its account and grant where they are not there yet, and a token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from steelyard.access.actor import Actor
from steelyard.access.rights import Granted
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.services.administration.account_state import find_account
from steelyard.services.administration.accounts import CreateAccount
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.grants import AddGrant
from steelyard.services.administration.perform import Performed, perform, refuse_problems
from steelyard.services.administration.texts import reason_problems
from steelyard.services.administration.tokens import CreatedToken, CreateToken
from steelyard.services.administration.unit_state import find_unit
from steelyard.services.context import View
from steelyard.store import accounts, grants
from steelyard.store.grants import holding
from steelyard.store.proposals import ProposalRecord


@dataclass(frozen=True, slots=True)
class FirstToken:
    """What was done, by the names of the deeds; without a token where one of them waits as a proposal."""

    done: tuple[str, ...]
    token: CreatedToken | None
    waiting: ProposalRecord | None = None


async def provide_token(
    view: View,
    actor: Actor,
    scope: Scope,
    token: CreateToken,
    *,
    role: Role | None = None,
    unit: str | None = None,
    reason: str,
) -> FirstToken:
    """Create a token; with a role first the account, and a grant of the role on a unit, unless it has both.

    Raises what the deeds raise; nothing is done before it is sure that there is such a unit or account.
    """
    refuse_problems([*reason_problems(reason), *token.problems()])
    done: list[str] = []
    for deed in await _before(view, scope, token.account, role, unit):
        outcome = await perform(view, actor, scope, deed, reason=reason)
        if isinstance(outcome, ProposalRecord):
            return FirstToken(tuple(done), None, outcome)
        done.append(deed.name)
    last = await perform(view, actor, scope, token, reason=reason)
    if isinstance(last, Performed):
        return FirstToken((*done, token.name), last.result)
    return FirstToken(tuple(done), None, last)


async def _before(
    view: View, scope: Scope, account: str, role: Role | None, unit: str | None
) -> Sequence[Deed[Any]]:
    """What has to be done before the token can be created."""
    async with view.context.database.read(scope) as reader:
        if role is None:
            await find_account(reader, scope, account)
            return ()
        unit_id = None if unit is None else (await find_unit(reader, scope, unit)).id
        if await accounts.find(reader, scope, account) is None:
            return CreateAccount(account), AddGrant(account, role, unit)
        held = holding(await grants.load(reader, scope, account=account), datetime.now(UTC))
        return () if Granted(role, unit_id) in held else (AddGrant(account, role, unit),)
