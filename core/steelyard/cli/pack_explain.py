"""`steelyard pack explain`: a scheme, or all of a pack's, on a page that can be printed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.page import Block, Heading, Lines, markdown, plain
from steelyard.cli.record_page import record_page
from steelyard.cli.scheme_page import scheme_page
from steelyard.cli.source import find_scheme
from steelyard.errors import InvalidInput, Locale, Text
from steelyard.packs import Packs, PackState, load_packs

INSTRUMENTS = Text("量表", "Instruments")


class PageFormat(StrEnum):
    """How the page is written."""

    TEXT = "text"
    MARKDOWN = "markdown"


def explain(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="SCHEME|PATH",
            help="Name or path of a scheme or a pack. 体系或指标包的名称或路径。",
        ),
    ],
    form: Annotated[
        PageFormat, typer.Option("--format", help="How the page is written. 输出格式。")
    ] = PageFormat.TEXT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Say in words what a scheme says: tree, weights, rubrics, rules, assumptions. 用文字说明评价体系。"""
    blocks = _blocks(name, lambda: chosen_packs(packs_dir, allow_pack), context.obj)
    out = typer.get_binary_stream("stdout")
    out.write((plain if form is PageFormat.TEXT else markdown)(blocks).encode())
    out.flush()


def _blocks(name: str, load: Callable[[], Packs], locale: Locale) -> list[Block]:
    """The page of a scheme or of a pack.

    Raises InvalidInput for a pack or scheme with problems, NotFound and UsageError where there is none.
    """
    path = Path(name)
    if path.is_dir():
        return _of_folder(path, locale)
    if not path.exists():
        packs = load()
        if name in packs.names:
            return _of_packs(packs, (name,), locale)
    used = find_scheme(name, load)
    return scheme_page(used.scheme, used.rubrics, locale)


def _of_folder(folder: Path, locale: Locale) -> list[Block]:
    """All packs of a folder; with what is installed, so that an installed pack's Python is there."""
    packs = load_packs(folders=[folder])
    here = str(folder.resolve())
    mine = [entry for entry in packs.listing if _lies_in(entry.folder, here)]
    refused = [problem for entry in mine if entry.state is not PackState.LOADED for problem in entry.reason]
    if refused:
        raise InvalidInput(refused)
    return _of_packs(packs, tuple(entry.name for entry in mine), locale)


def _lies_in(folder: str | None, above: str) -> bool:
    return folder is not None and Path(folder).is_relative_to(above)


def _of_packs(packs: Packs, names: tuple[str, ...], locale: Locale) -> list[Block]:
    blocks: list[Block] = []
    for code, installed in packs.schemes.items():
        if installed.pack in names:
            blocks += scheme_page(packs.schemes[code].scheme, packs.rubrics, locale)
    for name in names:
        blocks += record_page(packs, name, locale)
        lines = [
            f"{one.title.get(locale)} ({one.code}): {one.sentence().get(locale)}"
            for one in packs.instruments(name)
        ]
        if lines:
            blocks += [Heading(1, INSTRUMENTS.get(locale)), Lines(lines)]
    return blocks
