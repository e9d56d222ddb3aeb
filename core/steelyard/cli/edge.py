"""The edge of the commands: errors become text on stderr and an exit status; no traceback leaves it."""

from __future__ import annotations

import errno
import secrets
import tempfile
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from steelyard.cli.language import Language
from steelyard.cli.problems import INTERNAL
from steelyard.cli.report import report
from steelyard.errors import InternalError, Problem, SteelyardError


class Edge(TyperGroup):
    """The outermost group of commands."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; on an error print it and exit with its status."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, typer.TyperException, EOFError):
            raise
        except SteelyardError as error:
            failed = error
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            failed = masked(error)
        report(failed.problems, Language(ctx.params["lang"]).locale)
        raise typer.Exit(failed.exit_status)


def masked(error: Exception) -> InternalError:
    """Write an unexpected exception to a file of its own and return an error that names it."""
    number = secrets.token_hex(4)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"steelyard-{number}-", suffix=".log", delete=False
    ) as log:
        log.writelines(traceback.format_exception(error))
    values = {"id": number, "type": type(error).__name__, "log": log.name}
    return InternalError(Problem(INTERNAL, values=values))
