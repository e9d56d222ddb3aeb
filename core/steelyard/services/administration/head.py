"""Heads: where a chain ended when somebody kept a note of it elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steelyard.errors import InvalidInput, Problem
from steelyard.services.administration.texts import shown
from steelyard.services.administration.verification_problems import HEAD_UNREADABLE

_HEAD = re.compile(r"(?P<tenant>[^:\s]+):(?P<number>[1-9][0-9]{0,17}):(?P<hash>[0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """The number and hash of the last act of a tenant's chain at some time: `tenant:number:hash`."""

    tenant: str
    number: int
    hash: str

    def __str__(self) -> str:
        """As it is written down."""
        return f"{self.tenant}:{self.number}:{self.hash}"


def read_heads(text: str) -> list[Head]:
    """Read heads, one a line; blank lines are passed over. InvalidInput with all that are none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    matches = [_HEAD.fullmatch(line) for line in lines]
    bad = [line for line, match in zip(lines, matches, strict=True) if match is None]
    if bad:
        raise InvalidInput(Problem(HEAD_UNREADABLE, values={"found": shown(line)}) for line in bad)
    return [Head(match["tenant"], int(match["number"]), match["hash"]) for match in matches if match]
