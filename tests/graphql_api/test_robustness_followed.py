"""Long simulations over real connections: progress is told, and who goes stops the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from graphql_api.http_server import Api
from graphql_api.test_sockets import begin, connected, hear, say
from steelyard.services.weights import robustness
from steelyard.services.weights.robustness import RobustRanking

SUBSCRIPTION = """
subscription ($draws: Int!) {
  robustnessProgress(input: {scheme: "ecommerce.shop", period: "2025-12", draws: $draws}) {
    stage done total result { scored entries { rank } }
  }
}
"""
MANY = 100_000
LONG = 10.0
"""Seconds within which work that nobody waits for has to end."""


class Watched:
    """Notes how simulations end: with what they came to, or with what stopped them."""

    def __init__(self, run: Callable[..., RobustRanking]) -> None:
        self._run = run
        self.began, self.ended = threading.Semaphore(0), threading.Semaphore(0)
        self.ends: list[str] = []

    def __call__(self, work: Any, report: Any) -> RobustRanking:
        """Run one."""
        self.began.release()
        end = "stopped"
        try:
            found = self._run(work, report)
            end = "done"
        finally:
            self.ends.append(end)
            self.ended.release()
        return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """All simulations of this process."""
    watched = Watched(robustness._Work.run)
    monkeypatch.setattr(robustness._Work, "run", lambda work, report: watched(work, report))
    monkeypatch.setattr(robustness, "LOOKED_EVERY", 0.01)
    return watched


def _subscribe(draws: int) -> dict[str, Any]:
    return {"query": SUBSCRIPTION, "variables": {"draws": draws}}


def _progress(message: Any) -> Any:
    assert message["type"] == "next", message
    return message["payload"]["data"]["robustnessProgress"]


def _until_drawing(socket: Any) -> None:
    while not _progress(hear(socket))["done"]:
        pass


def test_progress_is_told_until_the_result(plain_api: Api, watched: Watched) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload=_subscribe(3000))
        heard = [_progress(hear(socket))]
        while heard[-1]["result"] is None:
            heard.append(_progress(hear(socket)))
        assert hear(socket) == {"type": "complete", "id": "1"}
    assert len(heard) > 2
    assert heard[-1]["result"]["scored"] == len(
        [each for each in heard[-1]["result"]["entries"] if each["rank"]]
    )
    assert watched.ends == ["done"]


def test_a_client_that_completes_stops_the_work(plain_api: Api, watched: Watched) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload=_subscribe(MANY))
        _until_drawing(socket)
        say(socket, "complete", id="1")
        assert watched.ended.acquire(timeout=LONG)
        assert watched.ends == ["stopped"]
        say(socket, "ping")
        while (message := hear(socket))["type"] == "next":
            pass
        assert message == {"type": "pong"}


def test_a_connection_that_ends_stops_the_work(plain_api: Api, watched: Watched) -> None:
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        say(socket, "subscribe", id="1", payload=_subscribe(MANY))
        _until_drawing(socket)
    assert watched.ended.acquire(timeout=LONG)
    assert watched.ends == ["stopped"]


def test_an_event_stream_that_is_left_stops_the_work(plain_api: Api, watched: Watched) -> None:
    accept = {"accept": "text/event-stream"}
    with plain_api.stream("POST", "/graphql", json=_subscribe(MANY), headers=accept) as answer:
        lines = answer.iter_lines()
        while '"done":0' in next(line for line in lines if line.startswith("data")):
            pass
    assert watched.ended.acquire(timeout=LONG)
    assert watched.ends == ["stopped"]


def test_what_waits_for_its_turn_is_not_begun_once_nobody_waits(plain_api: Api, watched: Watched) -> None:
    """Two run at a time; the third is completed before its turn, and a fourth has it."""
    with connected(plain_api) as socket:
        begin(socket, plain_api)
        for id in ("1", "2"):
            say(socket, "subscribe", id=id, payload=_subscribe(MANY))
            assert watched.began.acquire(timeout=LONG)
        say(socket, "subscribe", id="3", payload=_subscribe(MANY))
        while (message := hear(socket))["id"] != "3":
            pass
        assert _progress(message)["stage"] == "Waiting"
        for id in ("3", "1", "2"):
            say(socket, "complete", id=id)
        say(socket, "subscribe", id="4", payload=_subscribe(10))
        while (message := hear(socket))["type"] != "complete":
            pass
        assert message["id"] == "4"
    for _ in range(3):
        assert watched.ended.acquire(timeout=LONG)
    assert sorted(watched.ends) == ["done", "stopped", "stopped"]
