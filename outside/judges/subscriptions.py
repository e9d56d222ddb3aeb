"""The clients `graphql-ws` and `graphql-sse`: a query, events, an early end, a bad token, two at once."""

from __future__ import annotations

from outside.judgement import Judgement, passed_if
from outside.node import script
from outside.program import said
from outside.service import Service

PATIENCE = 120


def by_socket(service: Service) -> Judgement:
    """Connect `graphql-ws`, with the token in `connection_init`."""
    return _judged("graphql_ws.mjs", service)


def by_events(service: Service) -> Judgement:
    """Connect `graphql-sse`, with a stream for each operation (distinct connections mode)."""
    return _judged("graphql_sse.mjs", service)


def _judged(name: str, service: Service) -> Judgement:
    done = script(name, service.url, service.authorization, patience=PATIENCE)
    return passed_if(done.returncode == 0, said(done))
