"""Health: alive is one thing, able to work another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from conftest import copy_database
from graphql_api.http_server import Api, running
from steelyard.packs import Packs
from steelyard_graphql.http.health import readiness


def test_a_server_that_works(plain_api: Api) -> None:
    alive, ready = plain_api.get("/healthz"), plain_api.get("/readyz")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


def test_a_database_that_went_away(samples: Path, packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    copy_database(samples, path)
    with running(f"sqlite:///{path}", packs) as api:
        assert api.get("/readyz").status_code == 200
        path.rename(tmp_path / "elsewhere.db")
        alive, ready = api.get("/healthz"), api.get("/readyz")
        assert (alive.status_code, ready.status_code) == (200, 503)
        assert ready.json()["errors"][0]["extensions"]["code"] == "DATABASE_MISSING"
        codes = api.codes('{ unit(code: "AUTO-NET") { code } }')
        assert codes == ["DATABASE_UNREACHABLE"]


async def _answer(check: Callable[[], Awaitable[None]], patience: float = 5.0) -> httpx.Response:
    app = Starlette(routes=[Route("/readyz", readiness(check, patience))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get("/readyz")


async def test_a_database_that_does_not_answer() -> None:
    response = await _answer(lambda: asyncio.sleep(60), patience=0.01)
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "READY_TOO_SLOW"


async def test_a_fault_of_our_own_is_masked(caplog: pytest.LogCaptureFixture) -> None:
    async def check() -> None:
        raise RuntimeError("the inside")

    response = await _answer(check)
    assert response.status_code == 503
    assert "the inside" not in response.text
    assert "the inside" in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_asked_by_get(plain_api: Api, path: str) -> None:
    response = plain_api.post(path)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")
