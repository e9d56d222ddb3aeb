"""Exposition: where Prometheus finds the metrics, on an address apart from the API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import start_http_server

from steelyard.errors import Problem, UsageError, system_reason
from steelyard.settings.forms import split_address
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.operation.problems import METRICS_PORT_TAKEN


@contextmanager
def exposed(metrics: Metrics, address: str | None) -> Iterator[str | None]:
    """Meanwhile answer at `http://address/metrics`, which is yielded; nothing for None.

    A port of 0 means any. Raises UsageError (METRICS_PORT_TAKEN).
    """
    if address is None:
        yield None
        return
    host, port = split_address(address)
    try:
        server, thread = start_http_server(port, host, metrics.registry)
    except OSError as error:
        values = {"host": host, "port": port, "reason": system_reason(error)}
        raise UsageError(Problem(METRICS_PORT_TAKEN, values=values)) from error
    try:
        yield f"http://{host}:{server.server_port}/metrics"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
