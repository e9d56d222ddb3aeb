"""Writes docs/errors.md from the kinds of problems in the code: `python docs/build_errors.py`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import steelyard
import steelyard_graphql
from steelyard import errors
from steelyard.errors import Kind

PAGE = Path(__file__).with_name("errors.md")
HEAD = """# Errors

Every problem has a stable code. The command line prints it in brackets, GraphQL carries it in
`extensions.code` or in the `code` of a typed problem. Exit codes: 0 done, 1 problems found, 2 wrong usage.
`{name}` stands for what was found.

This page is written by `python docs/build_errors.py`; a test holds it to the code.

"""


def kinds() -> Iterator[tuple[str, Kind]]:
    """All kinds of problems with the room that defines them, each once."""
    seen: set[str] = set()
    for package in (steelyard, steelyard_graphql):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any("problems" in part for part in module.name.split(".")):
                continue
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Kind) and value.code not in seen:
                    seen.add(value.code)
                    yield _room(module.name), value


def _room(module: str) -> str:
    parts = module.split(".")
    return "GraphQL" if parts[0] == "steelyard_graphql" else parts[1]


def _shown(template: str) -> str:
    """A message's template as a reader sees it: doubled braces stand for single ones."""
    return template.strip().replace("{{", "{").replace("}}", "}")


def page() -> str:
    """The whole page: the tree of exceptions, then a section a code, by room."""
    tree = inspect.cleandoc(errors.__doc__ or "").split("\n\n")
    tree_text = next(part for part in tree if "SteelyardError" in part)
    lines = [HEAD, "## The tree\n", "```", inspect.cleandoc(tree_text), "```", ""]
    by_room: dict[str, list[Kind]] = {}
    for room, kind in kinds():
        by_room.setdefault(room, []).append(kind)
    for room in sorted(by_room):
        lines.append(f"## {room}\n")
        for kind in sorted(by_room[room], key=lambda kind: kind.code):
            lines.append(f'<a id="{kind.code}"></a>\n')
            lines.append(f"### `{kind.code}`\n")
            if kind.level is errors.Level.WARNING:
                lines.append("A warning: it stops nothing and changes no exit code.\n")
            elif kind.level is errors.Level.FUTURE_ERROR:
                lines.append("A future error: it stops nothing yet; a later version will refuse it.\n")
            lines.append(_shown(f"{kind.message.en} {kind.advice.en}") + "\n")
            lines.append(_shown(f"{kind.message.zh}{kind.advice.zh}") + "\n")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
