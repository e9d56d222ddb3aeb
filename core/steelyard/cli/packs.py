"""`steelyard pack`: what is installed, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer

from steelyard.cli.columns import Cell, laid_out, terminal_width
from steelyard.cli.deferred import defer
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.pack_problem import problem_entry
from steelyard.errors import Locale, Text
from steelyard.packs import PackListing, Packs

pack_app = typer.Typer(no_args_is_help=True, help="Packs of indicators. 行业指标包。")

HEADS = (
    Text("名称", "Name"),
    Text("版本", "Version"),
    Text("标题", "Title"),
    Text("状态", "State"),
    Text("评价体系", "Schemes"),
    Text("来源", "From"),
)
REASON = Text("原因", "why")


class ListFormat(StrEnum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"


@pack_app.callback()
def packs() -> None:
    """Packs of indicators. 行业指标包。"""


defer(
    pack_app,
    "steelyard.cli",
    ("check", "pack_check:check", "Check packs and run their cases. 检查指标包并运行其案例。"),
    (
        "explain",
        "pack_explain:explain",
        "Say in words what a scheme says: tree, weights, rubrics, rules, assumptions. 用文字说明评价体系。",
    ),
    ("new", "pack_new:new", "Write a new pack to begin with. 生成一个新的指标包。"),
    (
        "schema",
        "pack_schema:schema",
        "Print the JSON Schema of a pack's file, for editors. 输出供编辑器使用的 JSON Schema。",
    ),
)


@pack_app.command("list")
def list_packs(
    context: typer.Context,
    form: Annotated[
        ListFormat, typer.Option("--format", help="How the list is written. 输出格式。")
    ] = ListFormat.TABLE,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where a pack cannot be loaded. 有指标包未载入则失败。")
    ] = False,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """List the installed packs with their state. 列出已安装的指标包及其状态。"""
    found = chosen_packs(packs_dir, allow_pack, strict=strict)
    if form is ListFormat.JSON:
        out = typer.get_binary_stream("stdout")
        entries = [_entry(listing, found) for listing in found.listing]
        out.write(orjson.dumps(entries, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        out.flush()
    else:
        _print(found, context.obj)


def _schemes(listing: PackListing, found: Packs) -> list[str]:
    return [code for code, installed in found.schemes.items() if installed.pack == listing.name]


def _print(found: Packs, locale: Locale) -> None:
    rows = [
        (
            Cell(listing.name, whole=True),
            Cell(listing.version),
            Cell("" if listing.title is None else listing.title.get(locale)),
            Cell(listing.state),
            Cell("\n".join(_schemes(listing, found))),
            Cell(listing.origin),
        )
        for listing in found.listing
    ]
    typer.echo(laid_out([head.get(locale) for head in HEADS], rows, terminal_width()), nl=False)
    for listing in found.listing:
        if listing.reason:
            typer.echo(f"{listing.name}: {REASON.get(locale)}\n{listing.reason_text(locale)}")


def _entry(listing: PackListing, found: Packs) -> dict[str, Any]:
    title = listing.title
    return {
        "name": listing.name,
        "version": listing.version,
        "title": None if title is None else {"zh": title.zh, "en": title.en},
        "state": str(listing.state),
        "schemes": _schemes(listing, found),
        "origin": listing.origin,
        "reason": [problem_entry(problem) for problem in listing.reason],
        "warnings": [problem_entry(problem) for problem in listing.warnings],
    }
