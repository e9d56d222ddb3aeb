"""What a check finds: a kind of problem at a path of the scheme, before anyone knows lines and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from steelyard.errors import Kind
from steelyard.scheme.document import Path

ANY = "*"
"""In a path that a finding relies on: every key or index."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a scheme's meaning.

    `relies_on` are the paths (with `*` for any part) that have to be sound for the finding to be true: where
    a file's part had to be left out because it could not be read, findings that rely on it are not reported.
    `other` is a second place that the message names, as {other_zh} and {other_en}.
    """

    kind: Kind
    path: Path
    values: Mapping[str, object] = field(default_factory=dict)
    relies_on: tuple[Path, ...] = ()
    other: Path | None = None
    at_key: bool = False


def path_text(path: Path) -> str:
    """Write a path as in `indicators[0].rubric.worst`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text or "scheme"
