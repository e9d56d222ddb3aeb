"""Publishing: what is needed to let a draft decide from a period on."""

from __future__ import annotations

from steelyard.services.administration.weights import PublishWeights
from steelyard.services.calendars import require_period
from steelyard.services.context import View
from steelyard.services.weights.sets import SCHEMES_OWN


def publication(
    view: View, *, scheme: str, number: int, revision: int, period: str, seen: int = SCHEMES_OWN
) -> PublishWeights:
    """The deed that publishes a draft of a scheme from a period of its calendars on.

    seen: the number of the set that is in force in that period as the caller knows, 0 for the scheme's own
    weights. Raises NotFound for the scheme and the period.
    """
    entry = view.context.entry(scheme)
    first = require_period(entry, period)
    calendars = tuple(calendar.code for calendar in entry.calendars)
    return PublishWeights(scheme, number, revision, first.calendar, period, calendars, seen)
