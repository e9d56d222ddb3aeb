"""Gauges: what is looked at when somebody asks: connections, what is kept, and work under way."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from steelyard.services.context import Context
from steelyard.services.import_jobs import ImportJobs


class Gauges(Collector):
    """The state of one process."""

    def __init__(self, context: Context, jobs: ImportJobs) -> None:
        self._context, self._jobs = context, jobs

    def collect(self) -> Iterator[Metric]:
        """Look at everything once."""
        context = self._context
        connections = GaugeMetricFamily(
            "steelyard_database_connections", "Connections to the database.", labels=("state",)
        )
        used, idle = context.database.connections()
        connections.add_metric(("used",), used)
        connections.add_metric(("idle",), idle)
        yield connections
        yield GaugeMetricFamily(
            "steelyard_cache_values", "Values that are kept between requests.", value=len(context.cache)
        )
        yield CounterMetricFamily(
            "steelyard_cache_asked", "How often a kept value was asked for.", value=context.cache.asked
        )
        yield CounterMetricFamily(
            "steelyard_cache_loaded", "How often one had to be loaded.", value=context.cache.loaded
        )
        work = GaugeMetricFamily("steelyard_work", "Long work that runs or waits, by kind.", labels=("kind",))
        for kind, taken in (
            ("search", context.searches.taken),
            ("export", context.exports.taken),
            ("evaluation", context.evaluations.taken),
            ("recount", context.recounts.taken),
            ("import", self._jobs.taken),
            ("upload", self._jobs.uploads.taken),
        ):
            work.add_metric((kind,), taken)
        yield work
