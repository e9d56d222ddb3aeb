"""Publishing: what is needed to let a draft decide from a period on."""

from __future__ import annotations

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput
from steelyard.services.administration.weights import PublishWeights
from steelyard.services.calendars import require_period
from steelyard.services.context import View
from steelyard.services.weights.drafting import require_draft
from steelyard.services.weights.fitting import misfits
from steelyard.services.weights.sets import SCHEMES_OWN, every, find_number


async def publication(
    view: View,
    actor: Actor,
    scope: Scope,
    *,
    scheme: str,
    number: int,
    revision: int,
    period: str,
    seen: int = SCHEMES_OWN,
) -> PublishWeights:
    """The deed that publishes a draft of a scheme from a period of its calendars on.

    seen: the number of the set that is in force in that period as the caller knows, 0 for the scheme's own
    weights. Raises NotFound for the scheme, the set and the period, Forbidden without `weights.publish`,
    Conflict where it is no draft at that revision, and InvalidInput where it does not fit the installed
    version of the scheme.
    """
    entry = view.context.entry(scheme)
    actor.require(Permission.WEIGHTS_PUBLISH)
    first = require_period(entry, period)
    draft = find_number(await every(view, scope, entry), scheme, number)
    require_draft(draft, revision)
    if problems := misfits(entry, number, draft.content):
        raise InvalidInput(problems)
    calendars = tuple(calendar.code for calendar in entry.calendars)
    return PublishWeights(scheme, number, revision, first.calendar, period, calendars, seen)
