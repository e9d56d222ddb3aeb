"""Metrics: what a server counts and measures, by the names under which Prometheus knows it.

Labels have few values each: routes and not paths, codes of errors and not messages.
"""

from __future__ import annotations

from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The metrics of one server, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        Info("steelyard_build", "The version that runs.", registry=registry).info(
            {"version": version("steelyard")}
        )
        self.requests = Counter(
            "steelyard_http_requests", "HTTP answers.", ("method", "route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "steelyard_http_request_seconds",
            "Seconds until an HTTP answer began.",
            ("route",),
            registry=registry,
            buckets=SECONDS,
        )
        self.running = Gauge(
            "steelyard_http_requests_running", "HTTP requests that are being answered.", registry=registry
        )
        self.sockets = Gauge("steelyard_websockets", "Open WebSocket connections.", registry=registry)
        self.operations = Counter(
            "steelyard_graphql_operations",
            "GraphQL answers: `ok`, `errors` (of some fields), or `refused` (never began).",
            ("outcome",),
            registry=registry,
        )
        self.errors = Counter(
            "steelyard_graphql_errors", "Errors in GraphQL answers by code.", ("code",), registry=registry
        )
