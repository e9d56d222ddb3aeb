"""Logs: one line an event on stderr, as words or as an object of JSON, each with the facts of its request."""

from __future__ import annotations

import copy
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from pythonjsonlogger.orjson import OrjsonFormatter

from steelyard_graphql.operation.facts import CURRENT

LogFormat = Literal["text", "json"]
FIELDS = "fields"
"""`logger.info("…", extra={FIELDS: {…}})`: what belongs to an event beside its words."""
QUIET = {
    # It tells of every connection that it looks at, and readiness looks at one each time.
    "alembic": logging.WARNING,
    # It tells of every body that it cannot read; so does the answer.
    "python_multipart": logging.ERROR,
    # It tells of every address that an issuer was asked at.
    "httpx": logging.WARNING,
}


def configure(form: LogFormat, level: str, stream: TextIO | None = None) -> None:
    """Write what happens to stderr from now on. level: debug, info, warning or error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    logging.basicConfig(handlers=[handler], level=level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


class Lines(logging.Formatter):
    """Time, level, words, and `name=value` of what belongs to them, on one line; then a traceback, if any."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Write an event."""
        pairs = "".join(f" {name}={value}" for name, value in _fields(record).items())
        # What somebody sent must not begin a line of its own.
        words = (record.getMessage() + pairs).replace("\n", "\\n").replace("\r", "\\r")
        made = copy.copy(record)
        made.msg, made.args = words, ()
        return super().format(made)


class JsonLines(OrjsonFormatter):
    """An object a line: time (UTC), level, logger, message, the facts, and a traceback as `exception`."""

    def __init__(self) -> None:
        super().__init__("%(message)s", rename_fields={"exc_info": "exception"})

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Put everything about the event into its object."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data.update(time=moment, level=record.levelname.lower(), logger=record.name)
        super().add_fields(log_data, record, message_dict)
        log_data.pop(FIELDS, None)
        # The server that carries the application sends its words once more, in colour.
        log_data.pop("color_message", None)
        log_data.update(_fields(record))


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    facts = CURRENT.get()
    given: Mapping[str, object] = getattr(record, FIELDS, {})
    return {**given, **({} if facts is None else facts.as_fields())}
