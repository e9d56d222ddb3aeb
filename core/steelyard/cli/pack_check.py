"""`steelyard pack check`: every problem of a pack, a folder of packs or a scheme file, for its author."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.cells import cell_len

from steelyard.cli.pack_problem import LINK, problem_entry
from steelyard.errors import InvalidInput, Level, Locale, NotFound, Problem, Text
from steelyard.packs.checking import Report, check_pack, check_scheme_file
from steelyard.packs.file_text import read_text
from steelyard.packs.origin import PackOrigin, folder_packs, installed_packs
from steelyard.packs.pack_file import FILE, no_pack_file
from steelyard.packs.problems import NOT_INSTALLED
from steelyard.scheme.suggestion import suggested

SUMMARY = Text(
    "{name}：评价体系 {schemes} 个，案例 {cases} 个；错误 {errors}，将来的错误 {future}，警告 {warnings}。",
    "{name}: schemes {schemes}, cases {cases}; errors {errors}, future errors {future}, warnings {warnings}.",
)
SEE = Text("见 {link}", "see {link}")


class CheckFormat(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"


def check(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Folders or names of packs, or scheme files. 指标包文件夹、名称或评价体系文件。",
        ),
    ],
    form: Annotated[
        CheckFormat, typer.Option("--format", help="How the findings are written. 输出格式。")
    ] = CheckFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too. 有警告也算失败。")] = False,
) -> None:
    """Check packs and run their cases. 检查指标包并运行其案例。

    All problems are reported in one run. Exit code 1 if there are errors (with --strict: any problems).
    """
    reports = [report for path in paths for report in reports_of(path)]
    if form is CheckFormat.JSON:
        entries = [_entry(report) for report in reports]
        out = typer.get_binary_stream("stdout")
        out.write(orjson.dumps(entries, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        out.flush()
    else:
        for report in reports:
            _print(report, context.obj)
    if any(report.problems if strict else not report.is_usable for report in reports):
        raise typer.Exit(1)


def reports_of(name: str) -> list[Report]:
    """Check what `name` stands for: a folder, a file, or an installed pack.

    Raises NotFound where there is nothing of that name, UsageError for a folder that cannot be read.
    """
    path = Path(name)
    if path.is_dir():
        origins = [_with_hooks(origin) for origin in folder_packs(path)]
        if not origins:
            empty = no_pack_file(path, name)
            return [Report(name, name, (), 0, (empty,))]
        return [check_pack(origin) for origin in origins]
    if path.exists():
        return [_of_file(path)]
    installed = {origin.name: origin for origin in installed_packs()}
    if name not in installed:
        raise NotFound(Problem(NOT_INSTALLED, values=suggested(name, installed)))
    return [check_pack(installed[name])]


def _of_file(path: Path) -> Report:
    """A file of a pack is checked with the pack; a scheme file may stand by itself."""
    home = next((above for above in path.absolute().parents[:2] if (above / FILE).is_file()), None)
    if home is None:
        real = path.resolve()
        try:
            text = read_text(real.parent, (real.name,), str(path)) or ""
        except InvalidInput as error:
            return Report(str(path), str(path), (), 0, error.problems)
        return check_scheme_file(text, str(path))
    report = check_pack(_with_hooks(folder_packs(home)[0]))
    if path.name == FILE:
        return report
    ending = path.absolute().relative_to(home).as_posix()
    own = tuple(problem for problem in report.problems if (problem.place.file or "").endswith(f"/{ending}"))
    return replace(report, problems=own)


def _with_hooks(origin: PackOrigin) -> PackOrigin:
    """The installed pack whose folder this is, so that its Python is there; else the folder."""
    for other in installed_packs():
        if other.folder is None or origin.folder is None:
            continue
        here, there = origin.folder.root, other.folder.root
        if isinstance(here, Path) and isinstance(there, Path) and here.resolve() == there.resolve():
            return replace(origin, load=other.load)
    return origin


def _print(report: Report, locale: Locale) -> None:
    for problem in report.problems:
        typer.echo(_text(problem, locale))
    values = {
        "name": report.name,
        "schemes": len(report.schemes),
        "cases": report.cases,
        "errors": report.count(Level.ERROR),
        "future": report.count(Level.FUTURE_ERROR),
        "warnings": report.count(Level.WARNING),
    }
    typer.echo(SUMMARY.format(values).get(locale))


def _text(problem: Problem, locale: Locale) -> str:
    """The problem, the line that it stands in with a mark below, and where to read more."""
    lines = [problem.text(locale)]
    if problem.snippet is not None:
        lines.append(f"    {problem.snippet}")
        if problem.caret is not None:
            # A Chinese character is as wide as two others.
            lines.append("    " + " " * cell_len(problem.snippet[: problem.caret]) + "^")
    link = SEE.format({"link": LINK.format(code=problem.code)}).get(locale)
    return "\n".join([*lines, f"    {link}"])


def _entry(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "origin": report.origin,
        "usable": report.is_usable,
        "schemes": report.schemes,
        "cases": report.cases,
        "errors": report.count(Level.ERROR),
        "future_errors": report.count(Level.FUTURE_ERROR),
        "warnings": report.count(Level.WARNING),
        "problems": [problem_entry(problem) for problem in report.problems],
    }
