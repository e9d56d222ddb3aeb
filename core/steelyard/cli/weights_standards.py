"""`steelyard weights standards`: the pass lines and targets of a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Annotated

import typer

from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.problems import STANDARD_UNREADABLE
from steelyard.cli.source import require_loaded
from steelyard.cli.tenant import DEFAULT_TENANT, TenantCode, local_seat
from steelyard.cli.weights import Number, Scheme
from steelyard.cli.weights_draft import tell
from steelyard.errors import Problem, UsageError
from steelyard.scoring.variants import unit_parameter
from steelyard.services.weights import drafting, sets
from steelyard.services.weights.fitting import fitted
from steelyard.store.weight_sets import Standard, WeightSetRecord

_FORM = "NODE=70% for all, NODE=70%@UNIT for a unit and those below, NODE=70%@size=large by an attribute."
Lines = Annotated[list[str] | None, typer.Option("--pass", help=f"A pass line: {_FORM} 合格线。")]
Targets = Annotated[list[str] | None, typer.Option("--target", help="A target, written alike. 目标。")]
Clear = Annotated[bool, typer.Option("--clear", help="Drop those that the draft has. 先清除原有的标准。")]


def standards(
    context: typer.Context,
    scheme: Scheme,
    number: Number,
    lines: Lines = None,
    targets: Targets = None,
    clear: Clear = False,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Set pass lines and targets of a draft, as rates; what is not named stays. 设定草案的合格线与目标。

    What is nearer to a unit holds: the unit itself, those above it, an attribute, all.
    """
    packs = chosen_packs(packs_dir, allow_pack)
    require_loaded(scheme, packs)
    wanted = [replace(each, pass_line=rate) for each, rate in map(_standard, lines or ())]
    wanted += [replace(each, target=rate) for each, rate in map(_standard, targets or ())]

    async def run() -> WeightSetRecord:
        async with local_seat(database, tenant, packs) as seat:
            found = await sets.find(*seat, scheme, number)
            content = fitted(seat[0].context.entry(scheme), found.content)
            kept = () if clear else content.standards
            return await drafting.change(
                *seat,
                scheme=scheme,
                number=number,
                revision=found.revision,
                standards=_laid_over(kept, wanted),
            )

    tell(asyncio.run(run()), context.obj)


def _standard(text: str) -> tuple[Standard, Fraction]:
    """For which node and units a rate is, and the rate; UsageError (CLI_STANDARD_UNREADABLE)."""
    node, equals, rest = text.partition("=")
    rate, _, where = rest.partition("@")
    name, by_attribute, value = where.partition("=")
    number = unit_parameter(rate)
    if not node or not equals or number is None or (by_attribute and not (name and value)):
        raise UsageError(Problem(STANDARD_UNREADABLE, values={"found": text[:100]}))
    if by_attribute:
        return Standard(node, attribute=name, value=value), number.resolved({})
    return Standard(node, unit=name or None), number.resolved({})


def _laid_over(kept: Sequence[Standard], wanted: Sequence[Standard]) -> list[Standard]:
    """Standards with others in place of those for the same node and units."""
    found = {replace(each, pass_line=None, target=None): each for each in kept}
    for each in wanted:
        key = replace(each, pass_line=None, target=None)
        before = found.get(key, key)
        found[key] = replace(
            each,
            pass_line=before.pass_line if each.pass_line is None else each.pass_line,
            target=before.target if each.target is None else each.target,
        )
    return list(found.values())
