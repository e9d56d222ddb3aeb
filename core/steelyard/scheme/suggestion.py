"""What somebody may have meant: the known name nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

_CUTOFF = 0.6
_MOST = 1000  # Looking at more names takes longer than a suggestion is worth.


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like `found`, if any comes near."""
    names = {name.casefold(): name for name in islice(known, _MOST)}
    matches = get_close_matches(found.casefold(), names, n=1, cutoff=_CUTOFF)
    return names[matches[0]] if matches else None


def suggested(found: str, known: Iterable[str]) -> dict[str, object]:
    """The values `found`, `known`, `suggestion_zh` and `suggestion_en` for a message."""
    names = list(known)
    name = nearest(found, names)
    return {
        "found": found,
        "known": ", ".join(names) or "–",
        "suggestion_zh": f"（是否指“{name}”？）" if name else "",
        "suggestion_en": f" (did you mean `{name}`?)" if name else "",
    }
