"""A server in a process of its own: the demo's application, and the answers of some requests ready-made.

`python -m bench.http_server FOLDER` serves the packs' samples from a database in the folder; it reads the
queries (`queries.json`: by name), says its address in `address.txt` and ends by a signal.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.packs import load_packs
from steelyard.services import sampling
from steelyard.services.context import Context, open_context
from steelyard.services.import_jobs import open_import_jobs
from steelyard.store.migrate import upgrade
from steelyard_graphql.app import create_demo_app
from steelyard_graphql.context import request_context
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.schema import schema
from steelyard_graphql.serving import OrderlyServer, address, bind


async def _serve(folder: Path) -> None:
    url = f"sqlite:///{folder / 'bench.db'}"
    await upgrade(url)
    opened = bind("127.0.0.1", 0)
    async with open_context(url, load_packs(strict=True)) as context, open_import_jobs(context) as jobs:
        await sampling.load_samples(context.view(), LOCAL_ADMINISTRATOR, context.scope, records=False)
        ready = Route("/ready/{name}", _ready(await _answers(context, folder)), methods=["POST"])
        app = Starlette(routes=[ready, Mount("/", create_demo_app(context, jobs))])

        def started() -> None:
            (folder / "address.new").write_text(address(opened))
            (folder / "address.new").rename(folder / "address.txt")

        await OrderlyServer(app, started).serve(sockets=[opened])


async def _answers(context: Context, folder: Path) -> dict[str, bytes]:
    queries = orjson.loads((folder / "queries.json").read_bytes())
    executor, answers = Executor(schema), {}
    for name, query in queries.items():
        answer = await executor.execute(Operation(query), request_context(context))
        if "errors" in answer.body:
            raise AssertionError(answer.body["errors"])
        answers[name] = orjson.dumps(answer.body)
    return answers


def _ready(answers: dict[str, bytes]) -> Callable[[Request], Awaitable[Response]]:
    async def ready(request: Request) -> Response:
        await request.body()
        return Response(answers[request.path_params["name"]], media_type="application/json")

    return ready


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
