"""`steelyard plan`: how a unit gets better."""

from __future__ import annotations

import typer

from steelyard.cli.deferred import defer

plan_app = typer.Typer(no_args_is_help=True)


@plan_app.callback()
def plan() -> None:
    """Plans: how a unit gets better. 改进计划。"""


defer(
    plan_app,
    "steelyard.cli",
    (
        "path",
        "plan_path:path",
        "Find the advice that reaches a target with the least effort. 求达标的最省力路径。",
    ),
)
