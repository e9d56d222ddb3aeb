"""The nodes of a scheme's tree with their paths in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY
from steelyard.scheme.model import Indicator, Scheme


@dataclass(frozen=True, slots=True)
class Spot:
    """An indicator and where it stands."""

    path: Path
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Group:
    """The root (path `()`) or an indicator with children, and where the children stand."""

    path: Path
    code: str
    children_path: Path
    children: tuple[Spot, ...]
    indicator: Indicator | None = None


def groups(scheme: Scheme) -> Iterator[Group]:
    """The groups of the tree, parents first."""
    pending = [Group((), scheme.root, ("indicators",), _spots(("indicators",), scheme.indicators))]
    while pending:
        group = pending.pop()
        yield group
        pending += [_group(spot) for spot in reversed(group.children) if not spot.indicator.is_leaf]


def spots(scheme: Scheme) -> Iterator[Spot]:
    """All indicators below the root."""
    for group in groups(scheme):
        yield from group.children


def leaves(scheme: Scheme) -> Iterator[Spot]:
    """All indicators without children."""
    return (spot for spot in spots(scheme) if spot.indicator.is_leaf)


def code_paths(scheme: Scheme) -> tuple[Path, ...]:
    """What a statement about all codes of the tree relies on."""
    return (("root",), *((*group.children_path, ANY, "code") for group in groups(scheme)))


def _group(spot: Spot) -> Group:
    path = (*spot.path, "children")
    children = _spots(path, spot.indicator.children or ())
    return Group(spot.path, spot.indicator.code, path, children, spot.indicator)


def _spots(path: Path, indicators: tuple[Indicator, ...]) -> tuple[Spot, ...]:
    return tuple(Spot((*path, index), indicator) for index, indicator in enumerate(indicators))
