"""A Python client that ariadne-codegen generates from SDL and screens: type-checked, and run."""

from __future__ import annotations

import shutil
from pathlib import Path

from outside.judgement import Judgement, Outcome, passed_if
from outside.places import SCREENS, SDL, folder
from outside.program import run, said
from outside.python_tools import environment, program
from outside.service import Service

SETTINGS = f"""
[tool.ariadne-codegen]
schema_path = "{SDL}"
queries_path = "{SCREENS}"
target_package_name = "steelyard_client"

[tool.ariadne-codegen.scalars.Date]
type = "datetime.date"

[tool.ariadne-codegen.scalars.DateTime]
type = "datetime.datetime"

[tool.mypy]
strict = true

[[tool.mypy.overrides]]
# Its own, the same for every schema.
module = "steelyard_client.async_base_client"
ignore_errors = true
"""
PROGRAM = """
import asyncio
import datetime
import sys

from steelyard_client import Client, Locale
from steelyard_client.exceptions import GraphQLClientGraphQLMultiError

url, authorization = sys.argv[1:]


async def main() -> None:
    async with Client(url, {"authorization": authorization}) as client:
        shops = await client.overview("ecommerce.shop", "2025-12", "EC-EAST", 50, Locale.ZH)
        assert shops.overview_page is not None
        scores: list[float | None] = [row.score for row in shops.overview_page.nodes]
        print(f"✓ an overview of {len(scores)} units")
        desk = "automotive.front-desk", "2014", Locale.EN
        card = (await client.scorecard("DEALER-SH-XX", *desk)).scorecard
        assert card is not None
        start: datetime.date = card.period.start
        print(f"✓ a scorecard of {len(card.nodes)} nodes, from {start}")
        board = (await client.plan_board(Locale.EN, on=datetime.date(2026, 1, 31))).plan_board
        assert board is not None and board.day == datetime.date(2026, 1, 31)
        print("✓ a plan board of a day")
        try:
            await client.scorecard("NOBODY", *desk)
        except GraphQLClientGraphQLMultiError as error:
            print(f"✓ an error with its code: {(error.errors[0].extensions or {})['code']}")


asyncio.run(main())
"""


def judge(service: Service) -> Judgement:
    """Generate the client, check it and a program on it with `mypy --strict`, run the program."""
    shutil.rmtree(folder("python_client"))
    place = folder("python_client")
    (place / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (place / "program.py").write_text(PROGRAM, encoding="utf-8")
    steps: tuple[tuple[str | Path, ...], ...] = (
        (program("ariadne-codegen"),),
        (program("mypy"), "--cache-dir", place / ".mypy_cache", "program.py", "steelyard_client"),
        (program("python"), "program.py", service.url, service.authorization),
    )
    for step in steps:
        done = run(step, folder=place, environment=environment())
        if done.returncode:
            return Judgement(Outcome.FAILED, tuple(said(done)))
    return passed_if(True, said(done))
