"""Quotas that cannot be met: bands that are left out, groups too small to give each band its place."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.document import Path
from steelyard.scheme.finding import ANY, Finding
from steelyard.scheme.model import Scheme
from steelyard.scheme.problems.reach import QUOTA_BAND, QUOTA_GROUP
from steelyard.scheme.quantities import literal
from steelyard.scheme.rule import QuotaRule


def quotas_name_all_bands(scheme: Scheme) -> Iterator[Finding]:
    """A quota has a share for each band, be it 0: a band without one has no place at all."""
    bands = {band.code for band in scheme.bands}
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, QuotaRule):
            absent = [band.code for band in scheme.bands if band.code not in rule.shares]
            if absent and all(code in bands for code in rule.shares):
                values = {"id": rule.id, "bands": ", ".join(absent)}
                path: Path = ("rules", index, "shares")
                yield Finding(QUOTA_BAND, path, values, (("bands", ANY, "code"), (*path, ANY)))


def quotas_can_be_met(scheme: Scheme) -> Iterator[Finding]:
    """A binding quota begins with groups that have a place for every band."""
    for index, rule in enumerate(scheme.rules):
        if isinstance(rule, QuotaRule) and not rule.advisory:
            shares = [literal(share) for share in rule.shares.values()]
            bands = sum(share is None or share > 0 for share in shares)
            if rule.min_group < bands:
                field = "min_group" if "min_group" in rule.model_fields_set else "id"
                values = {"id": rule.id, "found": rule.min_group, "bands": bands}
                yield Finding(QUOTA_GROUP, ("rules", index, field), values)


CHECKS = (quotas_name_all_bands, quotas_can_be_met)
