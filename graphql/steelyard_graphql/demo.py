"""`steelyard demo`: a fresh database with the packs' samples, served with an explorer."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.cli.progress import progress_bars
from steelyard.errors import ConfigError, Locale, Problem, Text, UsageError
from steelyard.packs import Packs
from steelyard.services import sampling
from steelyard.services.context import Context, open_context
from steelyard.services.import_jobs import open_import_jobs
from steelyard.store import migrate
from steelyard.store.address import parse_address
from steelyard_graphql.app import PATH, create_demo_app
from steelyard_graphql.problems import DEMO_DATABASE_IN_USE
from steelyard_graphql.serving import address, bind, run
from steelyard_graphql.welcome import curl

HOST = "127.0.0.1"
TAKEN = Text("端口 {port} 已被占用，改用 {other}。", "Port {port} is taken; {other} is used instead.")
LOADING = Text("正在载入并评价各指标包的示例 …", "Loading and evaluating the samples of the packs …")
LOADED = Text(
    "已载入 {units} 个评价对象、{recorded} 个度量，完成 {runs} 次评价。",
    "Loaded {units} units and {recorded} measurements; {runs} evaluations are stored.",
)
READY = Text(
    "\n浏览器打开：\n\n  {explorer}\n\n或在终端执行：\n\n  {curl}\n\n按 Ctrl+C 停止。",
    "\nOpen in a browser:\n\n  {explorer}\n\nOr paste into a terminal:\n\n  {curl}\n\nStop with Ctrl+C.",
)


def demo(port: int, database: str | None, packs: Packs, locale: Locale, parts: Path | None = None) -> None:
    """Load the samples and serve them until a signal.

    port: another is used where it is taken. database: the URL of a new one; a temporary one for None.
    parts: the folder of files; beside the database for None.
    Raises ConfigError (DEMO_DATABASE_IN_USE), so that samples never get among data that matter.
    """
    opened = _some_port(port, locale)
    with opened, _place(database) as url:
        asyncio.run(_demo(url, packs, opened, locale, parts))


async def _demo(url: str, packs: Packs, opened: socket.socket, locale: Locale, parts: Path | None) -> None:
    await _require_new(url)
    await migrate.upgrade(url)
    async with open_context(url, packs, parts=parts) as context, open_import_jobs(context) as jobs:
        await _load(context, locale)
        explorer = f"{address(opened)}{PATH}"
        ready = READY.format({"explorer": explorer, "curl": curl(explorer)}).get(locale)
        await run(create_demo_app(context, jobs), opened, lambda: typer.echo(ready))


async def _load(context: Context, locale: Locale) -> None:
    typer.echo(LOADING.get(locale), err=True)
    with progress_bars(locale) as report:
        loaded = await sampling.load_samples(
            context.view(), LOCAL_ADMINISTRATOR, context.scope, progress=report
        )
    values = {"units": loaded.units, "recorded": loaded.recorded, "runs": loaded.runs}
    typer.echo(LOADED.format(values).get(locale), err=True)


async def _require_new(url: str) -> None:
    path = parse_address(url).path
    if path is not None and not path.exists():
        return
    if await migrate.current(url) is not None:
        raise ConfigError(Problem(DEMO_DATABASE_IN_USE, values={"database": parse_address(url).name}))


def _some_port(port: int, locale: Locale) -> socket.socket:
    try:
        return bind(HOST, port)
    except UsageError:
        opened = bind(HOST, 0)
        words = TAKEN.format({"port": port, "other": opened.getsockname()[1]})
        typer.echo(words.get(locale), err=True)
        return opened


@contextmanager
def _place(database: str | None) -> Iterator[str]:
    if database is not None:
        yield database
        return
    with TemporaryDirectory(prefix="steelyard-demo-") as folder:
        yield f"sqlite:///{Path(folder) / 'demo.db'}"
