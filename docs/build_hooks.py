"""Writes docs/packs/hooks.md from the hook specifications: `python docs/build_hooks.py`."""

from __future__ import annotations

import dataclasses
import inspect
import itertools
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from steelyard import packs
from steelyard.packs import hookspecs
from steelyard.packs.contribution import BESIDE_FILES

PAGE = Path(__file__).parent / "packs" / "hooks.md"
HEAD = """# The hooks

Most packs need none: a folder with `pack.yaml` says all in files (see [index.md](index.md)). Python says
only what files cannot: beside `pack.yaml` a package may implement {beside}, and nothing else.
A pack without `pack.yaml` says all in hooks.

This page is written by `python docs/build_hooks.py` from the specifications in
`core/steelyard/packs/hookspecs.py`; a test holds it to the code. How hooks may change is on
[compatibility.md](compatibility.md).

{rules}

## The hooks one by one
"""
RECORDS = (
    "PackInfo",
    "SchemeSource",
    "Calendar",
    "Part",
    "PythonRubric",
    "RecordGenerator",
    "GeneratorRequest",
    "Advice",
    "SampleData",
    "SampleUnit",
    "SampleTable",
    "CaseSource",
    "Text",
)


def hooks() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The hook specifications in the order of the file."""
    found = inspect.getmembers(hookspecs, inspect.isfunction)
    own = [(name, hook) for name, hook in found if name.startswith("steelyard_")]
    yield from sorted(own, key=lambda item: item[1].__code__.co_firstlineno)


def split(doc: str) -> tuple[str, str]:
    """A docstring's words, and its example as code."""
    words, _, example = doc.partition("Example:\n")
    return words.strip(), textwrap.dedent(example).strip()


def record(name: str) -> Iterator[str]:
    """A record's section: its docstring and its fields with their types and defaults."""
    kind = getattr(packs, name)
    yield f"### `{name}`\n"
    doc = [part.strip() for part in inspect.cleandoc(kind.__doc__ or "").split("\n\n")]
    yield doc[0] + "\n"
    yield "```python"
    for field in dataclasses.fields(kind):
        default = "" if field.default is dataclasses.MISSING else f" = {field.default!r}"
        if field.default_factory is not dataclasses.MISSING:
            default = " = {}"
        yield f"{field.name}: {field.type}{default}"
    yield "```\n"
    for part in doc[1:]:
        # Paragraphs of `name: words` become lists; doctests are for the code's own reader.
        if not part.startswith(">>>"):
            yield listed(part) + "\n"


def listed(part: str) -> str:
    """A paragraph as it stands, or as a list where its lines explain fields."""
    lines = part.split("\n")
    if not all(line.startswith("  ") or ": " in line for line in lines):
        return part
    return "\n".join(line if line.startswith("  ") else f"- {line}" for line in lines)


def rules() -> str:
    """What the specifications say of all hooks: the module's docstring after its first line."""
    words = inspect.cleandoc(hookspecs.__doc__ or "").partition("\n\n")[2]
    parts = itertools.groupby(words.split("\n\n"), key=lambda part: part.startswith("    "))
    texts = [(code, ("\n\n\n" if code else "\n\n").join(part)) for code, part in parts]
    return "\n\n".join(block(text) if code else text for code, text in texts)


def page() -> str:
    """The whole page."""
    beside = " and ".join(f"`{hook}`" for hook in BESIDE_FILES)
    lines = [HEAD.format(beside=beside, rules=rules())]
    for name, hook in hooks():
        words, example = split(inspect.cleandoc(hook.__doc__ or ""))
        returns = inspect.signature(hook).return_annotation
        lines += [f"### `{name}`\n", f"`{name}() -> {returns}`\n", words + "\n", block(example) + "\n"]
    lines.append("## The records\n")
    lines.append("All are importable from `steelyard.packs`, and nothing else is part of the interface.\n")
    for name in RECORDS:
        lines += record(name)
    return "\n".join(lines).rstrip() + "\n"


def block(code: str) -> str:
    """A fenced block; TOML where it begins with a table."""
    code = textwrap.dedent(code).strip()
    language = "toml" if code.startswith("[") else "python"
    return f"```{language}\n{code}\n```"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
