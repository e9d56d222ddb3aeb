"""Variants: weights of nodes that exist, for all siblings or none."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.outline import code_paths, groups, spots
from steelyard.scheme.problems.rubric import UNKNOWN_PARAMETER
from steelyard.scheme.problems.tree import UNKNOWN_NODE, VARIANT_HALF
from steelyard.scheme.suggestion import suggested


def known_nodes(scheme: Scheme) -> Iterator[Finding]:
    """Every code that a variant weighs is an indicator's."""
    codes = dict.fromkeys(spot.indicator.code for spot in spots(scheme))
    for variant, weights in (scheme.variants.weights if scheme.variants else {}).items():
        for code in weights:
            if code not in codes:
                path = ("variants", "weights", variant, code)
                yield Finding(UNKNOWN_NODE, path, suggested(code, codes), code_paths(scheme), at_key=True)


def known_parameters(scheme: Scheme) -> Iterator[Finding]:
    """A variant changes parameters that the scheme declares."""
    for variant, parameters in (scheme.variants.parameters if scheme.variants else {}).items():
        for name in parameters:
            if name not in scheme.parameters:
                path = ("variants", "parameters", variant, name)
                values = suggested(name, scheme.parameters)
                relies_on = (("parameters", ANY),)
                yield Finding(UNKNOWN_PARAMETER, path, values, relies_on, at_key=True)


def whole_families(scheme: Scheme) -> Iterator[Finding]:
    """A variant weighs all siblings of a group, or none of them."""
    for variant, weights in (scheme.variants.weights if scheme.variants else {}).items():
        for group in groups(scheme):
            codes = [spot.indicator.code for spot in group.children]
            rest = [code for code in codes if code not in weights]
            if rest and len(rest) < len(codes):
                path = ("variants", "weights", variant)
                values = {"variant": variant, "group": group.code, "rest": ", ".join(rest)}
                relies_on = (("variants", "weights", variant), *code_paths(scheme))
                yield Finding(VARIANT_HALF, path, values, relies_on, at_key=True)


CHECKS = (known_nodes, known_parameters, whole_families)
