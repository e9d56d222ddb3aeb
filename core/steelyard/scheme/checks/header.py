"""What readers of a scheme need: the recommended fields, both languages, notes on assumptions."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.errors import Text
from steelyard.scheme.base import OneText
from steelyard.scheme.document import Path
from steelyard.scheme.finding import Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import spots
from steelyard.scheme.problems.tree import ASSUMED_WITHOUT_NOTE, ONE_LANGUAGE, RECOMMENDED_FIELD

_DEFAULTS = {
    "version": Text("版本为0", "version 0 is used"),
    "title": Text("以scheme名称代替", "the scheme's name is shown instead"),
    "unit_type": Text("评价对象为unit", "what is scored is called a unit"),
    "calendar": Text("周期按数据中的写法", "periods are taken as the data write them"),
}
_NAMED = 5


def recommended_fields(scheme: Scheme) -> Iterator[Finding]:
    """Version, title, unit type and calendar are given."""
    for field, default in _DEFAULTS.items():
        if field not in scheme.model_fields_set:
            values = {"field": field, "default_zh": default.zh, "default_en": default.en}
            yield Finding(RECOMMENDED_FIELD, (), values, relies_on=((field,),))


def both_languages(scheme: Scheme) -> Iterator[Finding]:
    """Titles are given in zh and in en."""
    found = [
        (path, title.zh)
        for path, title in _titles(scheme)
        if isinstance(title, OneText) and not _is_symbol(title.zh)
    ]
    if found:
        paths = tuple(path for path, _ in found)
        titles = ", ".join(title for _, title in found[:_NAMED]) + " …" * (len(found) > _NAMED)
        yield Finding(ONE_LANGUAGE, paths[0], {"count": len(found), "titles": titles}, relies_on=paths)


def explained_assumptions(scheme: Scheme) -> Iterator[Finding]:
    """What is assumed has a note that says so."""
    assumed: list[tuple[Path, bool]] = [((), scheme.assumed and scheme.note is None)]
    assumed += [(s.path, s.indicator.assumed and s.indicator.note is None) for s in spots(scheme)]
    if scheme.rollup is not None:
        assumed.append((("rollup",), scheme.rollup.assumed and scheme.rollup.note is None))
    assumed += [(("rules", n), rule.assumed and rule.note is None) for n, rule in enumerate(scheme.rules)]
    for path, lacks_note in assumed:
        if lacks_note:
            relies_on = ((*path, "note"),)
            yield Finding(ASSUMED_WITHOUT_NOTE, (*path, "assumed"), {}, relies_on, at_key=True)


def _titles(scheme: Scheme) -> Iterator[tuple[Path, Text | None]]:
    yield ("title",), scheme.title
    for index, band in enumerate(scheme.bands):
        yield ("bands", index, "title"), band.title
    for spot in spots(scheme):
        yield (*spot.path, "title"), spot.indicator.title
    for index, rule in enumerate(scheme.rules):
        if rule.consequence is not None:
            yield ("rules", index, "consequence", "title"), rule.consequence.title
    for index, rater in enumerate(scheme.assessing.raters):
        yield ("assessment", "raters", index, "title"), rater.title
    if scheme.layout is not None:
        yield ("layout", "total"), scheme.layout.total
        yield ("layout", "subtotal"), scheme.layout.subtotal
        for index, column in enumerate(scheme.layout.columns):
            path = ("layout", "columns", index)
            yield (*path, "head"), column.head
            yield from (((*path, "words", code), words) for code, words in column.words.items())


def _is_symbol(title: str) -> bool:
    """Letters such as NPS or 5S, which are the same in both languages."""
    return title.isascii() and not any(character.islower() for character in title)


CHECKS = (recommended_fields, both_languages, explained_assumptions)
