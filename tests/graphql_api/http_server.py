"""A server as users run it: real HTTP on a free port of the loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.roles import Role
from steelyard.packs import Packs
from steelyard.services.administration.first_token import provide_token
from steelyard.services.administration.tokens import CreateToken
from steelyard.services.authentication import open_authenticator
from steelyard.services.context import Context, open_context
from steelyard.services.import_jobs import open_import_jobs
from steelyard.settings.limits import Limits
from steelyard_graphql.app import create_app, create_demo_app
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.serving import OrderlyServer, address, bind

GRAPHQL = "application/graphql-response+json"


PATIENT = 60.0
"""Seconds for what takes a moment on a machine with nothing else to do."""


class Api(httpx.Client):
    """A client of one server."""

    context: Context

    def __init__(self, *, timeout: float = PATIENT, **options: Any) -> None:
        super().__init__(timeout=timeout, **options)

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The data of an answer that has no errors."""
        answer = self.answer(query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def answer(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The whole answer."""
        body = {"query": query, "variables": dict(variables or {})}
        return self.post("/graphql", json=body, headers={"accept": GRAPHQL}).json()

    def codes(self, query: str, variables: Mapping[str, Any] | None = None) -> list[str]:
        """The codes of an answer's errors."""
        return [error["extensions"]["code"] for error in self.answer(query, variables).get("errors", [])]


async def administrators_token(context: Context, account: str = "admin") -> str:
    """The text of a token of an account that may do everything, made at the machine."""
    return await provided_token(context, account, Role.ADMINISTRATOR)


async def provided_token(context: Context, account: str, role: Role) -> str:
    """The text of a token of an account that has a role on the whole tenant, made at the machine."""
    seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
    token = CreateToken(account, "test")
    made = await provide_token(*seat, token, role=role, reason="for the tests")
    assert made.token is not None
    return made.token.text


@contextmanager
def running(
    url: str,
    packs: Packs,
    *,
    demo: bool = False,
    metrics: Metrics | None = None,
    limits: Limits | None = None,
) -> Iterator[Api]:
    """Serve a database until the end of the block, to an administrator unless it is the demo."""
    opened, started = bind("127.0.0.1", 0), threading.Event()
    held: dict[str, Any] = {}

    async def serve() -> None:
        async with (
            open_context(url, packs) as context,
            open_authenticator(context) as authenticator,
            open_import_jobs(context) as jobs,
        ):
            plain = create_app(context, authenticator, jobs, metrics, limits)
            app = create_demo_app(context, jobs) if demo else plain
            server = OrderlyServer(app, started.set, message_most=(limits or Limits()).body)
            held.update(context=context, server=server)
            if not demo:
                held["token"] = await administrators_token(context)
            await server.serve(sockets=[opened])

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert started.wait(PATIENT)
        with Api(base_url=address(opened)) as api:
            api.context = held["context"]
            if "token" in held:
                api.headers["authorization"] = f"Bearer {held['token']}"
            yield api
    finally:
        if "server" in held:
            held["server"].should_exit = True
        thread.join()
        opened.close()
