"""How far a command is: bars on standard error where that is a terminal, nothing where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import TaskID

from steelyard.errors import Locale, Text
from steelyard.services.progress import Progress, Report, silent


@contextmanager
def progress_bars(locale: Locale) -> Iterator[Report]:
    """Show a bar for each stage that is reported while the block runs."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    tasks: dict[Text, TaskID] = {}
    with Bars(console=console, transient=True) as bars:

        def report(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bars.add_task(progress.stage.get(locale))
            bars.update(tasks[progress.stage], completed=progress.done, total=progress.total)

        yield report
