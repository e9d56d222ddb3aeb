"""What somebody may have meant: the known name nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from itertools import islice, pairwise

_CUTOFF = 0.6
# Looking at more names takes longer than a suggestion is worth: all of these are looked at for the pairs of
# letters that they share with what was found, and the best of them closely.
_MOST, _CLOSELY = 1000, 20
_LISTED = 50


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like `found`, if any comes near."""
    names = {name.casefold(): name for name in islice(known, _MOST)}
    wanted, pairs = found.casefold(), _pairs(found.casefold())

    def likeness(name: str) -> float:
        return len(pairs & _pairs(name)) / (len(pairs) + len(_pairs(name)))

    likely = nlargest(_CLOSELY, names, key=likeness)
    matches = get_close_matches(wanted, likely, n=1, cutoff=_CUTOFF)
    return names[matches[0]] if matches else None


def suggested(found: str, known: Iterable[str]) -> dict[str, object]:
    """The values `found`, `known` (the first 50), `nearest`, `suggestion_zh` and `_en` for a message."""
    names = list(known)
    name = nearest(found, names)
    return {
        "found": found,
        "known": ", ".join(names[:_LISTED]) + " …" * (len(names) > _LISTED) or "–",
        "nearest": name,
        "suggestion_zh": f"（是否指“{name}”？）" if name else "",
        "suggestion_en": f" (did you mean `{name}`?)" if name else "",
    }


@lru_cache(maxsize=4 * _MOST)
def _pairs(name: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring letters, with one letter at either end."""
    return frozenset(pairwise(f"\0{name}\0"))
