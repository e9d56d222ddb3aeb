"""The edge of the commands: errors become text on stderr and an exit status; no traceback leaves it."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeGuard

import typer
from typer.core import TyperGroup

from steelyard.cli import usage
from steelyard.cli.language import Language, environment_language
from steelyard.cli.problems import INTERNAL, UNWRITABLE_OUTPUT
from steelyard.cli.report import report
from steelyard.errors import InternalError, Problem, SteelyardError, TransientError, system_reason

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})


class Edge(TyperGroup):
    """The outermost group of commands."""

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read the command line, which prints help and version by itself."""
        try:
            return super().make_context(*arguments, **options)
        except OSError as error:
            if not _is_of_output(error):
                raise
            failed = unwritable(error)
        except typer.TyperException as error:
            usage.tell(error, environment_language().locale)
            raise
        report(failed.problems, environment_language().locale)
        raise typer.Exit(failed.exit_status)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; on an error print it and exit with its status."""
        try:
            return super().invoke(ctx)
        except typer.TyperException as error:
            usage.tell(error, Language(ctx.params["lang"]).locale)
            raise
        except (typer.Exit, typer.Abort, EOFError):
            raise
        except SteelyardError as error:
            failed = error
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            failed = unwritable(error) if _is_of_output(error) else masked(error)
        report(failed.problems, Language(ctx.params["lang"]).locale)
        raise typer.Exit(failed.exit_status)


def _is_of_output(error: Exception) -> TypeGuard[OSError]:
    """What fails on a file names it; what fails on a stream that is open does not."""
    return isinstance(error, OSError) and error.errno in NO_ROOM and error.filename is None


def unwritable(error: OSError) -> TransientError:
    """Give up standard output, which would fail again when Python ends; return what to tell."""
    with suppress(OSError), Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())
    return TransientError(Problem(UNWRITABLE_OUTPUT, values={"reason": system_reason(error)}))


def masked(error: Exception) -> InternalError:
    """Write an unexpected exception to a file of its own and return an error that names it."""
    number = secrets.token_hex(4)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"steelyard-{number}-", suffix=".log", delete=False
    ) as log:
        log.writelines(traceback.format_exception(error))
    values = {"id": number, "type": type(error).__name__, "log": log.name}
    return InternalError(Problem(INTERNAL, values=values))
