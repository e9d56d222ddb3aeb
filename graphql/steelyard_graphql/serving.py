"""Running the server: its address, its signals, and its orderly end."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import cast

import typer
import uvicorn
from starlette.applications import Starlette

from steelyard.errors import Problem, UsageError, system_reason
from steelyard.packs import Packs
from steelyard.services import heap
from steelyard.services.authentication import open_authenticator
from steelyard.services.context import open_context
from steelyard.services.import_jobs import open_import_jobs
from steelyard.services.notices import background
from steelyard.services.notices.settings import DeliverySettings, from_environment
from steelyard.services.records.garbage import only_new
from steelyard.settings.given import problems, read, value
from steelyard.store import service_role
from steelyard_graphql.app import PATH, create_app
from steelyard_graphql.http.asked import MOST
from steelyard_graphql.http.health import is_leaving, leave
from steelyard_graphql.http.hosts import is_loopback
from steelyard_graphql.http.patient_http import PatientProtocol
from steelyard_graphql.http.patient_socket import PatientSocketProtocol
from steelyard_graphql.limits.settings import from_environment as limits_given
from steelyard_graphql.operation import logs
from steelyard_graphql.operation.exposition import exposed
from steelyard_graphql.operation.logs import LogFormat
from steelyard_graphql.operation.metrics import Metrics
from steelyard_graphql.operation.problems import SERVE_PORT_TAKEN

SIGNALS = (signal.SIGINT, signal.SIGTERM)
logger = logging.getLogger("steelyard.serving")


class OrderlyServer(uvicorn.Server):
    """A server that a signal only asks to stop, so that whoever runs it can clean up after it.

    delay: seconds for which it works on after a signal and is not ready any more, so that whoever hands out
    requests sends it no new ones before it takes no more. message_most: bytes of a WebSocket's message.
    """

    def __init__(
        self,
        app: Starlette,
        on_started: Callable[[], None],
        *,
        delay: float = 0,
        patience: int = 10,
        message_most: int = MOST,
    ) -> None:
        super().__init__(settings(app, patience, message_most))
        self._app, self._on_started, self._delay = app, on_started, delay

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept requests, and say so."""
        await super().startup(sockets)
        self._on_started()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; at once where it was begun before."""
        delay = 0 if is_leaving(self._app) else self._delay
        leave(self._app)
        if delay:
            asyncio.get_running_loop().call_later(delay, super().handle_exit, sig, frame)
        else:
            super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGINT and SIGTERM; a second one does not wait for requests under way."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in SIGNALS:
                loop.remove_signal_handler(number)


def bind(host: str, port: int) -> socket.socket:
    """Open the port, or any free one for 0. Raises UsageError (SERVE_PORT_TAKEN)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only sockets that say TCP get TCP_NODELAY from asyncio; without it every answer waits 40 ms.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if not host:
            # To the system no name means every address.
            raise OSError("no address is given")
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
    except (OSError, OverflowError) as error:
        opened.close()
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        values = {"host": host, "port": port, "reason": reason}
        raise UsageError(Problem(SERVE_PORT_TAKEN, values=values)) from error
    return opened


def address(opened: socket.socket) -> str:
    """Return how a browser names the server, e.g. `http://127.0.0.1:8000`."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(database: str, packs: Packs, host: str, port: int, parts: Path | None = None) -> None:
    """Serve the API on a database until a signal. Raises ConfigError and UsageError before it begins.

    parts: the folder of files, as `open_context` takes it. The rest is read from the environment.
    """
    heap.share_one_arena()
    logs.configure(cast("LogFormat", value("log_format", os.environ)), str(value("log_level", os.environ)))
    _warn_of_strays()
    notices = from_environment()
    if not is_loopback(host):
        logger.warning("tokens sent to %s are safe on the way only behind a proxy with TLS", host)
    with bind(host, port) as opened:
        asyncio.run(_serve(database, packs, opened, notices, parts))


async def _serve(
    database: str, packs: Packs, opened: socket.socket, notices: DeliverySettings, parts: Path | None
) -> None:
    metrics, limits = Metrics(), limits_given()
    async with (
        open_context(database, packs, parts=parts) as context,
        open_authenticator(context) as authenticator,
        open_import_jobs(context) as jobs,
        background.delivering(context, notices),
    ):
        for weakness in await service_role.weaknesses(context.database):
            logger.warning("%s", weakness.text())
        where = f"{address(opened)}{PATH}"
        app = create_app(context, authenticator, jobs, metrics, limits)
        with exposed(metrics, value("metrics", os.environ)) as shown:
            if shown is not None:
                logger.info("metrics: %s", shown)
            await run(app, opened, lambda: typer.echo(f"GraphQL: {where}"), limits.body)


def _warn_of_strays() -> None:
    for problem in problems(os.environ, read(os.environ)):
        logger.warning("%s", problem.text())


async def run(
    app: Starlette, opened: socket.socket, on_started: Callable[[], None], message_most: int = MOST
) -> None:
    """Answer requests until a signal; call `on_started` once they are accepted."""
    delay, patience = (int(str(value(name, os.environ))) for name in ("shutdown_delay", "shutdown_patience"))
    server = OrderlyServer(app, on_started, delay=delay, patience=patience, message_most=message_most)
    # What is no longer used by now is not to be kept for good.
    gc.collect()
    with only_new():
        await server.serve(sockets=[opened])


def settings(app: Starlette, patience: int, message_most: int) -> uvicorn.Config:
    """How uvicorn runs the application."""
    return uvicorn.Config(
        app,
        http=PatientProtocol,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=patience,
        ws=PatientSocketProtocol,
        ws_max_size=message_most,
    )
