"""Corrections: what it makes of a difference that one side, or both, were corrected since they first stood.

A difference of corrected sides is the difference of what stood first, and what the corrections changed on the
one side less what they changed on the other. So all that corrections make is how far they moved the scores,
wherever they did it: in measures, weights, a version or rules.
"""

from __future__ import annotations

from dataclasses import replace

from steelyard.analysis.attribution.attribute import Attribution, NodeChange, Part, PartKind, without_noise


def corrected(
    now: Attribution,
    at_first: Attribution,
    of_first_side: Attribution | None,
    of_second_side: Attribution | None,
) -> Attribution:
    """Take the difference `now` apart into what there was `at_first`, and corrections by their subjects.

    of_first_side, of_second_side: what each side is now less what it was at first; None where it was not
    corrected. All are of one node. Where anything has no score, `now` stays as it is: there is no number that
    a correction has changed.
    """
    legs = [(-1.0, of_first_side), (1.0, of_second_side)]
    known = [(sign, leg) for sign, leg in legs if leg is not None]
    if any(each.difference is None for each in (now, at_first, *(leg for _, leg in known))):
        return now
    moved: dict[str, float] = {}
    # Those of the second side first, as its tree is the one that is shown.
    for sign, leg in reversed(known):
        for part in leg.parts:
            moved[part.subject] = moved.get(part.subject, 0.0) + sign * part.value
    corrections = [
        Part(PartKind.CORRECTION, subject, value) for subject, value in moved.items() if without_noise(value)
    ]
    return Attribution(
        code=now.code,
        before=now.before,
        after=now.after,
        difference=now.difference,
        parts=(*at_first.parts, *corrections),
        nodes=_nodes(now, at_first, of_first_side, of_second_side),
        estimated=any(each.estimated for each in (at_first, *(leg for _, leg in known))),
    )


def _nodes(
    now: Attribution,
    at_first: Attribution,
    of_first_side: Attribution | None,
    of_second_side: Attribution | None,
) -> tuple[NodeChange, ...]:
    """The nodes of `now` and others that make anything: both sides as they are now, and what they make."""
    legs = now, at_first, of_second_side, of_first_side
    current, original, second, first = ({} if leg is None else _by_code(leg) for leg in legs)
    result = []
    for code in dict.fromkeys((*current, *original, *second, *first)):
        was, one, two = original.get(code), first.get(code), second.get(code)
        made = sum(each.value for each in (was, two) if each) - (one.value if one else 0.0)
        value = without_noise(made)
        if code not in current and not value:
            continue
        before = one.after if one else was.before if was else None
        after = two.after if two else was.after if was else None
        shown = current.get(code) or NodeChange(code, before, after, 0.0)
        result.append(replace(shown, value=value))
    return tuple(result)


def _by_code(found: Attribution) -> dict[str, NodeChange]:
    return {node.code: node for node in found.nodes}
