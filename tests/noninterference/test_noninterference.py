"""Twins that differ only in what is out of scope give the same answers: a sample of `make soak`."""

from __future__ import annotations

import re
from dataclasses import replace
from unittest.mock import patch

import pytest

from noninterference import campaign
from noninterference.campaign import all_fields, open_twin
from noninterference.conftest import Twins
from noninterference.leaks import LEAKS
from noninterference.worlds import Level, Twin
from steelyard.access.roles import Role
from steelyard_graphql.execution import Executor
from steelyard_graphql.schema import schema

SAMPLE = [
    ("sqlite", Level.REGION, Twin.DEALT, (Role.ADMINISTRATOR, Role.ASSESSOR, Role.BRANCH_MANAGER)),
    ("sqlite", Level.REGION, Twin.SHIFTED, (Role.ANALYST, Role.VIEWER)),
    ("sqlite", Level.BRANCH, Twin.DEALT, (Role.ADMINISTRATOR, Role.VIEWER)),
    ("sqlite", Level.BRANCH, Twin.SHIFTED, (Role.AUDITOR, Role.BRANCH_MANAGER)),
    ("sqlite", Level.TENANT, Twin.DEALT, (Role.ADMINISTRATOR,)),
    ("postgresql", Level.REGION, Twin.DEALT, (Role.ASSESSOR,)),
    ("postgresql", Level.BRANCH, Twin.SHIFTED, (Role.ANALYST,)),
]
REGION = Level.REGION, Twin.DEALT
QUERIES = 40
WALKS = 2 * ((Level.TENANT, Role.ADMINISTRATOR), (Level.REGION, Role.ASSESSOR))
WALK = 1_200
"""Questions of each walk: after all of them every field was answered with a value."""
LEAK = 400
"""Questions within which each planted leak is found; most show in the first ten."""
ELSEWHERE = "steelyard_graphql.administration"
"""The types of administration are asked for here, too, and the worlds hold accounts, grants, tokens,
proposals and persons; but most results of deeds need what a draw seldom hits on: that each is answered, the
tests of administration see."""
NO_DATA = frozenset({"Instrument", "InstrumentTarget"})
"""Types of which the industry of the twins brings nothing."""

OF_JOBS = frozenset({"ImportJob", "ImportJobChanged", "Subscription"})
"""A job is told to who began it alone, or who may import everywhere; tests/graphql_api/test_permissions.py
holds it to that. No question can be drawn that begins one: it takes a file."""

WITHOUT_DATA = frozenset(
    {
        ("Exemption", "endReason"),
        ("Exemption", "endedBy"),
        ("Exemption", "rule"),
        ("ComparisonCell", "toTarget"),
        ("ControlLimits", "centre"),
        ("ControlLimits", "lower"),
        ("ControlLimits", "upper"),
        ("MeasurementRecord", "assessments"),
        ("NodeScore", "target"),
        ("Pack", "instruments"),
        ("Revision", "exemptionsChanged"),
        ("RollUpNode", "declaredFeedCount"),
        ("RollUpNode", "feedCount"),
        ("Scheme", "weightSet"),
        ("Scheme", "weightSetDifference"),
        ("Scheme", "weightSets"),
        ("Scheme", "weightsInForce"),
        ("Scorecard", "weightSet"),
        ("TrendPoint", "limits"),
        ("TrendPoint", "yearChange"),
    }
)
"""Fields of which the worlds hold nothing: sheets, targets, weight sets, years, exemptions of rules, feeds
that are complete beside others of which nothing came (tests/services/test_rollups_recounted.py has them)."""

OF_WEIGHTS = frozenset(
    {
        "FoundWeight",
        "RobustnessProgress",
        "SetWeight",
        "WeightDraftDiscarded",
        "WeightDraftKept",
        "WeightSet",
        "WeightStandard",
        "WeightingStep",
        "WeightsFound",
        "WeightsPublished",
    }
)
"""Weight sets are of the whole tenant and tell of no unit but those that their standards are for, if they are
seen: tests/graphql_api/test_weight_standards.py. Most of their fields take a draft that a question before has
brought on; tests/graphql_api/test_weights.py sees that each is answered."""

OF_SHEETS = "steelyard_graphql.assessments"
"""Sheets are named by numbers drawn at random, and most of what changes answer takes a sheet that a question
before has brought on; tests/graphql_api/test_assessments.py sees that each is answered."""
OF_PLANS = "steelyard_graphql.planning"
"""Plans, too, are named by such numbers, and most of what is told of them takes one that was drafted before;
tests/graphql_api/test_plans.py and tests/services/plans see that each is answered, and to whom."""
OF_CLOSED_PERIODS = frozenset({"DependentVerdict", "Objection"})
"""The worlds hold objections that nobody decided on, and no verdicts that hang on what was corrected;
tests/services/test_objections.py and test_revisions.py see who is told."""
BEHIND_SHEETS = frozenset({"BehindSheets", "SheetBehind"})
"""The worlds hold no sheets; tests/services/test_sheets_behind.py sees who is told of them."""


def _of_scores() -> set[tuple[str, str]]:
    """The fields of everything that is not administration."""
    definitions = schema.schema_converter.type_map
    modules = {
        name: getattr(getattr(found.definition, "origin", None), "__module__", "")
        for name, found in definitions.items()
    }
    left = {name for name, module in modules.items() if module.startswith((ELSEWHERE, OF_SHEETS, OF_PLANS))}
    left |= NO_DATA | OF_JOBS | OF_WEIGHTS | OF_CLOSED_PERIODS | BEHIND_SHEETS | {"Query", "Mutation"}
    kept = {
        (name, field) for name, field in all_fields() if re.sub("(Edge|Connection)$", "", name) not in left
    }
    return kept - WITHOUT_DATA


@pytest.mark.parametrize(
    ("dialect", "level", "kind", "roles"), SAMPLE, ids=[f"{d}-{a.name}-{k.name}" for d, a, k, _ in SAMPLE]
)
async def test_nobody_can_tell_what_is_out_of_scope(
    twins: Twins, dialect: str, level: Level, kind: Twin, roles: tuple[Role, ...]
) -> None:
    async with open_twin(await twins(dialect, level, kind), level, kind) as twin:
        for role in roles:
            found = await twin.run(role, QUERIES, "sample")
            assert found.difference is None, str(found.difference)


async def test_every_field_is_reached(twins: Twins) -> None:
    missing = _of_scores()
    for turn, (level, role) in enumerate(WALKS):
        if not missing:
            break
        async with open_twin(await twins("sqlite", level, Twin.DEALT), level, Twin.DEALT) as twin:
            found = await twin.run(role, WALK, f"walk {turn}", until=missing)
        assert found.difference is None, str(found.difference)
        missing -= found.reached
    assert missing == set(), sorted(missing)


async def test_a_question_that_a_limit_refuses_is_no_answer(twins: Twins) -> None:
    few = Executor(schema, replace(campaign.WIDE, cost=100))
    with patch.object(campaign, "EXECUTOR", few):
        async with open_twin(await twins("sqlite", *REGION), *REGION) as twin:
            found = await twin.run(Role.VIEWER, QUERIES, "sample")
    assert found.difference is not None
    assert campaign.REFUSALS & found.codes == {"QUERY_TOO_EXPENSIVE"}


@pytest.mark.parametrize("name", LEAKS)
async def test_a_planted_leak_is_found(twins: Twins, name: str) -> None:
    leak = LEAKS[name]
    urls = await twins("sqlite", Level.REGION, leak.twin)
    async with open_twin(urls, Level.REGION, leak.twin) as twin:
        with leak.plant():
            found = await twin.run(Role.ADMINISTRATOR, LEAK, "leaks", toward={leak.field})
    assert found.difference is not None, f"{found.asked} questions did not show it"
