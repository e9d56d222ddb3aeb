"""Fitting: what of a weight set the installed version of its scheme has no indicator for.

A set is kept as it was decided, and a pack may be upgraded after that. What a set says of indicators that are
gone has no effect; everybody who sees the set is told, a draft is rid of it with the next change, and no set
is published with it.
"""

from __future__ import annotations

from steelyard.errors import Place, Problem
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights.problems import WEIGHT_SET_OUTDATED
from steelyard.services.weights.proposal import zero_problems
from steelyard.store.weight_sets import Content


def gone(entry: SchemeEntry, content: Content) -> tuple[str, ...]:
    """The codes of indicators that a set names and the scheme does not have, in their order."""
    named = (*content.weights, *(each.node for each in content.standards))
    return tuple(dict.fromkeys(code for code in named if code not in entry.by_code))


def fitted(entry: SchemeEntry, content: Content) -> Content:
    """What has an effect."""
    return Content(
        {code: weight for code, weight in content.weights.items() if code in entry.by_code},
        tuple(each for each in content.standards if each.node in entry.by_code),
    )


def misfits(entry: SchemeEntry, number: int, content: Content) -> tuple[Problem, ...]:
    """Why a set cannot be published for the version of the scheme that is installed."""
    values: dict[str, object] = {
        "number": number,
        "scheme": entry.code,
        "version": entry.scheme.version,
        "nodes": ", ".join(gone(entry, content)),
    }
    outdated = Problem(WEIGHT_SET_OUTDATED, Place(field="number"), values)
    return (*([outdated] if values["nodes"] else []), *zero_problems(entry, fitted(entry, content).weights))
