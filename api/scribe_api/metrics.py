"""Counts and latencies for Prometheus: never text, never the id of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Scope

    from scribe.types.analysis import Analysis

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The metrics of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("scribe_requests", "Requests", labels, registry=self._registry)
        self._latency = Histogram(
            "scribe_request_seconds",
            "Time to answer",
            ("route",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._analyses = Counter(
            "scribe_analyses", "Notes analysed", ("decision",), registry=self._registry
        )
        self._analysis_latency = Histogram(
            "scribe_analysis_seconds",
            "Time to analyse a note",
            registry=self._registry,
            buckets=_SECONDS,
        )
        self.cards = Counter(
            "scribe_cards", "Feedback on cards", ("outcome",), registry=self._registry
        )
        self.waiting = Gauge(
            "scribe_waiting",
            "Analyses taken and not finished, waiting or running",
            registry=self._registry,
        )
        self._deliveries = Counter(
            "scribe_webhooks",
            "Attempts to deliver a result",
            ("target", "outcome"),
            registry=self._registry,
        )
        self._replaced = Counter(
            "scribe_workers_replaced",
            "Processes that analyse, replaced: late (an analysis was stopped), died, grown (memory)",
            ("reason",),
            registry=self._registry,
        )

    def count(self, scope: Scope, status: int | None, seconds: float) -> None:
        """Count a request that was answered, by the pattern of its route and not by its path."""
        route = getattr(scope.get("route"), "path", None) or "(none)"
        method = scope["method"] if scope["method"] in _METHODS else "(other)"
        self._requests.labels(method, route, str(status or 0)).inc()
        self._latency.labels(route).observe(seconds)

    def count_analysis(self, analysis: Analysis, seconds: float) -> None:
        """Count a note that was analysed."""
        self._analyses.labels(analysis.suggestion.decision.value).inc()
        self._analysis_latency.observe(seconds)

    def watch_spool(self, count: Callable[[bool], float]) -> None:
        """Show how many results wait for their receivers, and how many were given up.

        Args:
            count: Returns the number of dead ones, or of those that wait.
        """
        kept = Gauge(
            "scribe_webhooks_kept",
            "Results that are not delivered",
            ("state",),
            registry=self._registry,
        )
        kept.labels("waiting").set_function(lambda: count(False))
        kept.labels("dead").set_function(lambda: count(True))

    def count_delivery(self, target: str, outcome: str) -> None:
        """Count an attempt to deliver a result: delivered, failed, or dead."""
        self._deliveries.labels(target, outcome).inc()

    def count_replaced(self, reason: str) -> None:
        """Count a process that was replaced."""
        self._replaced.labels(reason).inc()

    def text(self) -> bytes:
        """Return the metrics in the text format of Prometheus."""
        return generate_latest(self._registry)
