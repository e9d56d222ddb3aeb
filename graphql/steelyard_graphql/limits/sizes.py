"""How long lists are taken to be, and what fields weigh, before anybody knows.

How many units a scheme scores is data, and the cost of a query is known before data are touched. So each list
has a size here: what an argument asks for, or what a large installation has. Where more are there, resolving
stops at the limit of fields that are really resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAGE_ARGUMENTS = ("first", "last")
PAGE_USUAL, PAGE_MOST = 20, 100
FEW = 10
"""Items of a list that no table names: those that belong to one thing, such as the grants of an account."""
UNITS, PERIODS, INDICATORS, TREE = 100, 24, 10, 30
"""Units that a scheme scores, periods, compared indicators, and nodes of a tree."""
TIES = 200
"""Entries of an end of a ranking, which lists no more: whoever ties at the cut comes beyond those asked."""

SIZES: Mapping[str, int] = MappingProxyType(
    {
        "BackTestedPeriod.changes": UNITS,
        "BackTestedPeriod.regraded": UNITS,
        "Calendar.periods": PERIODS,
        "HeatMap.columns": INDICATORS,
        "HeatMap.rows": UNITS,
        "IndistinctGroup.units": UNITS,
        "HeatMapRow.cells": INDICATORS,
        "Attribution.nodes": TREE,
        "Attribution.units": UNITS,
        "Diagnosis.unmeasured": TREE,
        "Diagnosis.weakPoints": TREE,
        "MeasurementRecorded.nodes": TREE,
        "PlanBaseline.rates": TREE,
        "Pack.instruments": 3,
        "Pack.schemes": 4,
        "Query.findings": TREE,
        "Query.overview": UNITS,
        "Query.periods": PERIODS,
        "Query.revisions": FEW,
        "Query.schemes": FEW,
        "Query.tenants": UNITS,
        "Query.unitRoots": FEW,
        "Query.waitingCorrections": UNITS,
        "Query.calendars": FEW,
        "Query.packs": FEW,
        "Query.roles": FEW,
        "Query.identityProviders": FEW,
        "Query.subscribers": UNITS,
        "RankingEnd.entries": TIES,
        "RollUp.members": UNITS,
        "RollUp.nodes": INDICATORS,
        "Robustness.entries": UNITS,
        "Robustness.influences": TREE,
        "Robustness.groups": UNITS,
        "Scheme.indicators": TREE,
        "Scheme.weightSetDifference": TREE,
        "Scheme.periods": PERIODS,
        "Scorecard.nodes": TREE,
        "Unit.children": 50,
        "WeightSet.weights": TREE,
        "WeightsFound.weights": TREE,
        "WeightsProposed.changes": UNITS,
        "WeightsProposed.regraded": UNITS,
        "WeightsProposed.weights": TREE,
    }
)
"""Items of lists that nothing in the query bounds; `first` and `last` bound those that are here, too.

`length` and `reach` bound lists that are not here.
"""

GIVEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Attribution.units": ("units", "codes"),
        "BackTestedPeriod.changes": ("units",),
        "Comparison.indicators": ("indicators",),
        "Comparison.units": ("units", "codes"),
        "ComparedIndicator.periods": ("periods",),
        "ComparedPeriod.cells": ("units", "codes"),
        "HeatMap.columns": ("indicators",),
        "HeatMap.rows": ("codes",),
        "HeatMapRow.cells": ("indicators",),
        "Query.overview": ("codes",),
        "Robustness.entries": ("units",),
        "RollUp.nodes": ("indicators",),
        "WeightsBackTested.periods": ("periods",),
        "WeightsProposed.changes": ("units",),
    }
)
"""Lists that are as long as what an argument further out gives, where it does: the first of these that does.

It may stand in an input, as `codes` in `choose`, and be a list or a number.
"""

WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "Query.__schema": 5_000,
        "Query.__type": 500,
        "Query.attribution": 500,
        "Query.comparison": 100,
        "Query.findings": 200,
        "Query.heatMap": 100,
        "Query.medianAttribution": 1_000,
        "Query.overview": 100,
        "Query.overviewPage": 100,
        "Query.pathToGrade": 5_000,
        "Query.planBoard": 100,
        "Query.ranking": 100,
        "Query.robustness": 10_000,
        "Query.rollUp": 100,
        "Query.rollUpTrend": 500,
        "Subscription.robustnessProgress": 10_000,
        "Unit.scorecard": 20,
        "Scorecard.draftPlan": 500,
        "NodeScore.explanation": 10,
        "NodeScore.peers": 20,
        "NodeScore.trend": 20,
    }
)
"""Fields that cost more than 1 by themselves: what has to be computed for them."""
MUTATION = 100
"""What a mutation weighs: a transaction, and what hangs on it."""
MUTATIONS: Mapping[str, int] = MappingProxyType(
    {
        "backTestWeights": 10_000,
        "closePeriod": 5_000,
        "draftPlan": 5_000,
        "evaluate": 10_000,
        "findWeights": 1_000,
        "importUnits": 1_000,
        "proposeWeights": 2_000,
    }
)
"""Mutations that weigh more."""
INTROSPECTED = frozenset({"__schema", "__type"})
"""Their weight is for all in them: how much there is, is known."""
