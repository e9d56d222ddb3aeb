"""What resolvers find as `info.context`: the request's view of the data, who asks, and what they may see."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

import strawberry

from steelyard.access.actor import LOCAL_ADMINISTRATOR, Actor
from steelyard.access.scope import Scope
from steelyard.packs import Packs
from steelyard.services.context import Context, View
from steelyard.services.import_jobs import ImportJobs
from steelyard_graphql.loaders import Loaders, Seat


@dataclass(slots=True)
class RequestContext:
    """One request. shared_jobs: those of the process; without them the request has jobs of its own."""

    view: View
    actor: Actor
    scope: Scope
    packs: Packs
    shared_jobs: InitVar[ImportJobs | None] = None
    jobs: ImportJobs = field(init=False)
    loaders: Loaders = field(init=False)

    def __post_init__(self, shared_jobs: ImportJobs | None) -> None:
        self.jobs = shared_jobs or ImportJobs(self.view.context)
        self.renew()

    @property
    def seat(self) -> Seat:
        """The first three arguments of every service."""
        return (self.view, self.actor, self.scope)

    def renew(self) -> None:
        """Forget what was loaded: after a mutation the caller reads its own write."""
        self.loaders = Loaders(self.seat)


Info = strawberry.Info[RequestContext, None]


def request_context(context: Context, jobs: ImportJobs | None = None) -> RequestContext:
    """Make the context of a new request by the local administrator."""
    return RequestContext(context.view(), LOCAL_ADMINISTRATOR, context.scope, context.packs, jobs)
