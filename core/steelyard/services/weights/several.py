"""Several groups at once: which groups of a scheme are meant, and what comparisons say of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from steelyard.errors import InvalidInput, Place, Problem
from steelyard.scheme.number import decimal_text
from steelyard.services.problems import near
from steelyard.services.scheme_entry import SchemeEntry
from steelyard.services.weights import problems as p
from steelyard.services.weights.judgement_problems import JUDGEMENTS_WEIGHT
from steelyard.services.weights.wanted import ByComparisons, Compared, ComparedBy, Wanted
from steelyard.weighting.problems import NOT_OF_THE_GROUP

ALL = "all"
"""Stands for all groups of a scheme that share weight out, unless an indicator is called so."""


def groups_of(entry: SchemeEntry, text: str) -> tuple[str, ...]:
    """The codes of groups that were written: one, several with commas between them, or `all`."""
    if is_all(entry, text):
        return tuple(node.code for node in entry.nodes if len(node.children) > 1)
    return tuple(code.strip() for code in text.split(","))


def is_all(entry: SchemeEntry, text: str) -> bool:
    """Whether all groups are meant."""
    return text == ALL and ALL not in entry.by_code


def by_comparisons(
    entry: SchemeEntry, groups: Sequence[str], said: Iterable[ComparedBy], how: ByComparisons
) -> tuple[Wanted, ...]:
    """What judges say of each of these groups, sorted by the indicators that they compare.

    said: a judge may be there several times, as in several files. how: how they are joined. A group that
    nobody compared anything of is there without judges. Raises InvalidInput with the comparisons that are of
    none of these groups.
    """
    sorted_in: dict[str, dict[str, ComparedBy]] = {group: {} for group in groups}
    problems: list[Problem] = []
    for judge in said:
        for each in judge.comparisons:
            node = entry.by_code.get(each.first)
            into = sorted_in.get(str(node.parent)) if node is not None else None
            if into is None:
                problems.append(_nowhere(entry, groups, each))
                continue
            known = into.get(judge.name, replace(judge, comparisons=()))
            if known.weight != judge.weight:
                values = {"judge": judge.name, "found": decimal_text(judge.weight)}
                problems.append(Problem(JUDGEMENTS_WEIGHT, _place(each, "weight"), values))
            into[judge.name] = replace(known, comparisons=(*known.comparisons, each))
    if problems:
        raise InvalidInput(problems)
    return tuple(
        Wanted(group, replace(how, judges=tuple(judges.values()))) for group, judges in sorted_in.items()
    )


def compared(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Without the groups that nobody compared anything of; all of them where there are none else."""
    every = tuple(wanted)
    return tuple(each for each in every if isinstance(each.how, ByComparisons) and each.how.judges) or every


def placed(problems: Sequence[Problem], wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """The problems with the codes of groups in place of their numbers, for who wrote these."""
    for problem in problems:
        first, _, rest = (problem.place.field or "").partition(".")
        number, _, rest = rest.partition(".")
        if problem.place.file is None and first == "groups" and number.isdecimal():
            field = ", ".join(filter(None, (wanted[int(number)].group, "" if rest == "group" else rest)))
            yield replace(problem, place=Place(field=field))
        else:
            yield problem


def _nowhere(entry: SchemeEntry, groups: Sequence[str], each: Compared) -> Problem:
    """That a comparison is of none of the groups."""
    place = _place(each, "first")
    if each.first not in entry.by_code:
        values = {**near(each.first, entry.by_code), "node": each.first, "scheme": entry.code}
        return Problem(p.WEIGHT_UNKNOWN_NODE, place, values)
    known = (code for group in groups if group in entry.by_code for code in entry.by_code[group].children)
    return Problem(NOT_OF_THE_GROUP, place, {"node": each.first, "known": ", ".join(known)})


def _place(each: Compared, column: str) -> Place:
    return replace(each.place or Place(), field=column)
