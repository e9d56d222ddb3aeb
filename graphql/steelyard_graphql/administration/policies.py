"""Policies: what a tenant decides about consent, peer groups, names, objections and notices."""

from __future__ import annotations

from typing import Annotated, Self

import strawberry

from steelyard.access.permissions import Permission
from steelyard.services.administration import policy
from steelyard.services.administration.consent import MAY_WAIT
from steelyard.services.administration.policies import SetPolicy
from steelyard.services.administration.policy import Policies as Held
from steelyard_graphql.administration.acts import Act
from steelyard_graphql.administration.deeds import ProposalMade, done
from steelyard_graphql.administration.persons import PersonKind
from steelyard_graphql.context import Info, RequestContext
from steelyard_graphql.faults import Problem
from steelyard_graphql.fields import computed
from steelyard_graphql.mutations import mutation


@strawberry.type(description="For how long the names of a kind of persons are kept.")
class Retention:
    """A retention period."""

    kind: PersonKind = strawberry.field(description="The kind of persons.")
    days: int = strawberry.field(description="Days from registering until the name is erased.")


@strawberry.type(description="What the tenant decided.")
class Policies:
    """The policies that hold."""

    second_person: list[str] = strawberry.field(
        description="The deeds that need a second person's consent, by name, e.g. `grant.add`."
    )
    may_wait: list[str] = strawberry.field(description="All deeds for which consent may be asked.")
    peer_minimum: int = strawberry.field(
        description="How many units that one does not see must have a score before they are told of."
    )
    retention: list[Retention] = strawberry.field(
        description="For how long names are kept; a kind that is absent is kept until it is erased."
    )
    days_to_object: int = strawberry.field(
        description="For how many days after a final result one may object to it."
    )
    days_to_decide: int = strawberry.field(
        description="Within how many days an objection is to be decided on."
    )
    days_to_keep_notices: int = strawberry.field(description="For how many days notices are kept.")
    days_to_try_notices: int = strawberry.field(
        description="After how many days a notice that waits for its delivery is given up."
    )

    @classmethod
    def of(cls, held: Held) -> Self:
        """Show what holds."""
        return cls(
            second_person=sorted(held.second_person),
            may_wait=sorted(MAY_WAIT),
            peer_minimum=held.peer_minimum,
            retention=[
                Retention(kind=PersonKind(kind), days=days) for kind, days in sorted(held.retention.items())
            ],
            days_to_object=held.objection_days.file,
            days_to_decide=held.objection_days.decide,
            days_to_keep_notices=held.notice_days.told,
            days_to_try_notices=held.notice_days.waiting,
        )


@strawberry.input(description="Decide for which deeds a second person has to consent.")
class SetSecondPersonInput:
    """The whole list, which takes the place of the one before."""

    deeds: list[str] = strawberry.field(description="Their names; an empty list asks for nobody.")
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.input(description="Decide how small a group of unseen units may be told of.")
class SetPeerMinimumInput:
    """A number of units."""

    units: int = strawberry.field(description="At least this many: 3 or more.")
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.input(description="For how long the names of a kind of persons are kept.")
class RetentionInput:
    """A retention period."""

    kind: PersonKind = strawberry.field(description="The kind of persons.")
    days: int = strawberry.field(description="Days from registering until the name is erased.")


@strawberry.input(description="Decide for how long names are kept.")
class SetRetentionInput:
    """All periods, which take the place of those before."""

    periods: list[RetentionInput] = strawberry.field(
        description="By kind; a kind that is absent is kept until it is erased."
    )
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.input(description="Decide how long one may object to results, and how long deciding may take.")
class SetObjectionDaysInput:
    """Numbers of days."""

    file: int = strawberry.field(description="Days after a final result in which one may object to it.")
    decide: int = strawberry.field(description="Days within which an objection is to be decided on.")
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.input(description="Decide for how long notices are kept, and how long they may wait.")
class SetNoticeDaysInput:
    """Numbers of days."""

    told: int = strawberry.field(description="Days for which notices are kept: 30 or more.")
    waiting: int = strawberry.field(
        description="Days after which a notice that waits for its delivery is given up."
    )
    reason: str = strawberry.field(description="Why, in your own words: it stands in the act.")


@strawberry.type(description="The policies as they hold now.")
class PoliciesChanged:
    """A policy was set."""

    policies: Policies = strawberry.field(description="What holds now.")
    act: Act | None = strawberry.field(description="The act; null for those who may not see acts.")


PoliciesResult = Annotated[
    PoliciesChanged | ProposalMade | Problem,
    strawberry.union("PoliciesResult", description="What holds now, what waits, or what is wrong."),
]


@strawberry.type
class PolicyQueries:
    """The query about policies."""

    @computed("What the tenant decided about consent, peer groups and names.")
    async def policies(self, info: Info) -> Policies:
        """Return what holds."""
        return Policies.of(await policy.current(info.context.view, info.context.scope))


@strawberry.type
class PolicyMutations:
    """The mutations about policies."""

    @mutation("Decide for which deeds a second person has to consent.", needs=Permission.POLICY_EDIT)
    async def set_second_person(
        self, info: Info, input: Annotated[SetSecondPersonInput, strawberry.argument(description="The list.")]
    ) -> PoliciesResult:
        """Set the policy `second_person`."""
        deed = SetPolicy(policy.SECOND_PERSON, tuple(input.deeds) or None)
        return await _set(info.context, deed, input.reason)

    @mutation("Decide how small a group of unseen units may be told of.", needs=Permission.POLICY_EDIT)
    async def set_peer_minimum(
        self,
        info: Info,
        input: Annotated[SetPeerMinimumInput, strawberry.argument(description="The number.")],
    ) -> PoliciesResult:
        """Set the policy `peer_minimum`."""
        return await _set(info.context, SetPolicy(policy.PEER_MINIMUM, input.units), input.reason)

    @mutation("Decide for how long names are kept.", needs=Permission.POLICY_EDIT)
    async def set_retention(
        self, info: Info, input: Annotated[SetRetentionInput, strawberry.argument(description="The periods.")]
    ) -> PoliciesResult:
        """Set the policy `retention`."""
        days = {str(each.kind.value): each.days for each in input.periods}
        return await _set(info.context, SetPolicy(policy.RETENTION, days or None), input.reason)

    @mutation(
        "Decide how long one may object to results, and how long deciding may take.",
        needs=Permission.POLICY_EDIT,
    )
    async def set_objection_days(
        self,
        info: Info,
        input: Annotated[SetObjectionDaysInput, strawberry.argument(description="The numbers.")],
    ) -> PoliciesResult:
        """Set the policy `objection_days`."""
        days = {"file": input.file, "decide": input.decide}
        return await _set(info.context, SetPolicy(policy.OBJECTION_DAYS, days), input.reason)

    @mutation(
        "Decide for how long notices are kept, and how long they may wait.", needs=Permission.POLICY_EDIT
    )
    async def set_notice_days(
        self,
        info: Info,
        input: Annotated[SetNoticeDaysInput, strawberry.argument(description="The numbers.")],
    ) -> PoliciesResult:
        """Set the policy `notice_days`."""
        days = {"told": input.told, "waiting": input.waiting}
        return await _set(info.context, SetPolicy(policy.NOTICE_DAYS, days), input.reason)


async def _set(context: RequestContext, deed: SetPolicy, reason: str) -> PoliciesChanged | ProposalMade:
    outcome = await done(context, deed, reason)
    if isinstance(outcome, ProposalMade):
        return outcome
    held = await policy.current(context.view, context.scope)
    return PoliciesChanged(policies=Policies.of(held), act=outcome.act)
