"""Lines of the log: words or JSON, one line an event, with the facts of the request."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from steelyard_graphql.operation.facts import CURRENT, Facts
from steelyard_graphql.operation.logs import FIELDS, JsonLines, Lines


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, logging.StreamHandler[StringIO]]]:
    handler = logging.StreamHandler(StringIO())
    logger = logging.Logger("steelyard.test")
    logger.addHandler(handler)
    yield logger, handler
    handler.close()


Log = tuple[logging.Logger, "logging.StreamHandler[StringIO]"]


def test_an_object_a_line(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(JsonLines())
    logger.info("answered\nwell %s", "so", extra={FIELDS: {"status": 200}})
    (line,) = handler.stream.getvalue().splitlines()
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"], found["status"]) == (
        "info",
        "steelyard.test",
        "answered\nwell so",
        200,
    )
    assert found["time"].endswith("+00:00")
    assert FIELDS not in found


def test_a_traceback_stays_in_its_object(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(JsonLines())
    try:
        raise RuntimeError("inside")
    except RuntimeError:
        logger.exception("failed")
    (line,) = handler.stream.getvalue().splitlines()
    assert "RuntimeError: inside" in json.loads(line)["exception"]


def test_words_with_what_belongs_to_them(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(Lines())
    logger.info("answered", extra={FIELDS: {"status": 200}})
    assert handler.stream.getvalue().endswith(" INFO answered status=200\n")


def test_what_somebody_sent_begins_no_line_of_its_own(log: Log) -> None:
    logger, handler = log
    handler.setFormatter(Lines())
    logger.info("found %s", "a\r\n2026-01-01 ERROR forged")
    assert handler.stream.getvalue().count("\n") == 1


@pytest.mark.parametrize("formatter", [Lines, JsonLines])
def test_every_line_of_a_request_has_its_number(log: Log, formatter: type[logging.Formatter]) -> None:
    logger, handler = log
    handler.setFormatter(formatter())
    known = CURRENT.set(Facts("0123456789abcdef", actor="a-1", codes=["INTERNAL"]))
    try:
        logger.warning("within")
    finally:
        CURRENT.reset(known)
    logger.warning("outside")
    within, outside = handler.stream.getvalue().splitlines()
    assert "0123456789abcdef" in within
    assert "a-1" in within
    assert "0123456789abcdef" not in outside
