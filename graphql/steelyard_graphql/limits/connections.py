"""Connections: how many WebSockets and streams an account may have open at a time."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from steelyard.services.places import Places
from steelyard.settings.limits import Limits
from steelyard_graphql.limits.problems import CONNECTIONS_TOO_MANY


@dataclass(frozen=True, slots=True)
class Connections:
    """The places of one process: WebSockets, and subscriptions and streams of events."""

    sockets: Places
    streams: Places


def connections(limits: Limits) -> Connections:
    """As many places as the limits say for an account; a tenant has as many as its accounts."""
    sockets, streams = (
        Places(CONNECTIONS_TOO_MANY, per_tenant=sys.maxsize, per_account=most)
        for most in (limits.sockets, limits.streams)
    )
    return Connections(sockets, streams)
