"""Commands whose modules are imported when they are run, or when their own help is asked for.

A listing of commands needs a name and a line of help of each; importing what all of them work with takes
seconds. So both are declared where a command is registered, beside the place where it is found.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand


class Deferred(TyperCommand):
    """Stands for a command in listings, and lets the command itself read the command line."""

    def __init__(self, name: str | None, *, callback: Callable[[], Any], **attributes: Any) -> None:
        super().__init__(name, callback=callback, **attributes)
        self.found = callback
        """Imports the command's module and returns the command."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read this command's part of the command line, as the command itself does."""
        return self.found().make_context(*arguments, **options)


def defer(app: typer.Typer, package: str, *commands: tuple[str, str, str]) -> None:
    """Register commands, or groups of them, of a package with `app`: (name, target, line) of each.

    target: `module:function` or `module:group`, a group being a `typer.Typer`; line: the first paragraph of
    its help, which is what listings show.
    """
    for name, target, line in commands:
        app.command(name, cls=Deferred, help=line)(_finder(name, f"{package}.{target}"))


@contextmanager
def importing() -> Iterator[None]:
    """Look for no garbage meanwhile: modules stay, and to search them takes a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finder(name: str, target: str) -> Callable[[], Any]:
    module, _, attribute = target.partition(":")

    def find() -> Any:
        with importing():
            found = getattr(import_module(module), attribute)
        around = typer.Typer()
        if isinstance(found, typer.Typer):
            around.add_typer(found, name=name)
        else:
            around.command(name)(found)
        return typer.main.get_group(around).commands[name]

    return find
