"""Canonical JSON: the one way to write a value, so that equal values have equal hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

State = Mapping[str, Any]
"""What a subject is: JSON values only, exact numbers as text, days as ISO dates; no person's name."""


def canonical(value: Any) -> str:
    """Write a JSON value without blanks, keys in order of their code points."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest(text: str) -> str:
    """The sha256 of a text (UTF-8) in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def state_text(state: State | None) -> str | None:
    """A state as it stands in an act; None for what is not there."""
    return None if state is None else canonical(state)
