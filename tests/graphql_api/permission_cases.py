"""A question for each field that needs a permission; new ones are added here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CARD = 'scorecard(unit: "UNIT", scheme: "test.shop", period: "2025-01")'


@dataclass(frozen=True)
class Case:
    """A query in which UNIT stands for the code of a unit, and the code for a unit that is not seen."""

    query: str
    unseen: str | None = "UNIT_NOT_FOUND"


CASES: Mapping[str, Case] = MappingProxyType(
    {
        "Unit.person": Case('{ unit(code: "UNIT") { person { pseudonym } } }'),
        "NodeScore.records": Case(f'{{ {CARD} {{ node(code: "SPEED") {{ records {{ measure }} }} }} }}'),
        "MeasurementRecord.assessments": Case(
            f'{{ {CARD} {{ node(code: "SPEED") {{ records {{ assessments }} }} }} }}'
        ),
        "Query.assessments": Case('{ assessments(unit: "UNIT") { totalCount } }'),
        "Mutation.beginAssessment": Case(
            'mutation { beginAssessment(input: {scheme: "test.shop", unit: "UNIT", period: "2025-01"})'
            " { __typename ... on Problem { code message } } }"
        ),
        "NodeScore.behind": Case(
            f'{{ {CARD} {{ node(code: "SPEED") {{ behind(measure: "SPEED") {{ __typename }} }} }} }}'
        ),
        "Scorecard.recordFindings": Case(f"{{ {CARD} {{ recordFindings {{ table }} }} }}"),
        "Mutation.recordMeasurement": Case(
            'mutation { recordMeasurement(input: {scheme: "test.shop", unit: "UNIT", period: "2025-01",'
            ' measure: "SPEED", value: "50%"}) { __typename ... on Problem { code message } } }'
        ),
        "Mutation.proposeWeights": Case(
            'mutation { proposeWeights(input: {scheme: "test.shop", units: ["UNIT"], period: "2025-01",'
            ' weights: [{indicator: "SPEED", weight: 2}]}) { __typename ... on Problem { code message } } }'
        ),
        "Mutation.backTestWeights": Case(
            'mutation { backTestWeights(input: {scheme: "test.shop", units: ["UNIT"], until: "2025-01",'
            ' periods: 1, weights: [{indicator: "SPEED", weight: 2}]})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Query.plans": Case('{ plans(unit: "UNIT") { totalCount } }'),
        "Query.planBoard": Case('{ planBoard(unit: "UNIT") { counts { overdue } } }'),
        "Mutation.draftPlan": Case(
            'mutation { draftPlan(input: {scheme: "test.shop", unit: "UNIT", period: "2025-01"})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Query.robustness": Case(
            '{ robustness(input: {scheme: "test.shop", units: ["UNIT"], period: "2025-01", draws: 9})'
            " { entries { tipping { factor } } } }"
        ),
    }
)
"""By `Type.field`."""

_OF_WEIGHTS = " { __typename ... on Problem { code message } } }"
WEIGHTS: Mapping[str, str] = MappingProxyType(
    {
        "Mutation.findWeights": (
            'mutation { findWeights(input: {scheme: "test.shop", groups: [{group: "SHOP", method: EQUAL}]})'
            + _OF_WEIGHTS
        ),
        "Mutation.draftWeights": (
            'mutation { draftWeights(input: {scheme: "test.shop", reason: "why",'
            ' weights: [{indicator: "SPEED", weight: "2"}]})' + _OF_WEIGHTS
        ),
        "Mutation.changeWeightDraft": (
            'mutation { changeWeightDraft(input: {scheme: "test.shop", number: 1, revision: 0,'
            ' weights: [{indicator: "SPEED", weight: "2"}]})' + _OF_WEIGHTS
        ),
        "Mutation.discardWeightDraft": (
            'mutation { discardWeightDraft(input: {scheme: "test.shop", number: 1, revision: 0})'
            + _OF_WEIGHTS
        ),
        "Mutation.publishWeights": (
            'mutation { publishWeights(input: {scheme: "test.shop", number: 1, revision: 0,'
            ' period: "2025-01", reason: "why"})' + _OF_WEIGHTS
        ),
        "Subscription.robustnessProgress": (
            'subscription { robustnessProgress(input: {scheme: "test.shop", period: "2025-01"}) { done } }'
        ),
        "Mutation.evaluate": (
            'mutation { evaluate(input: {scheme: "test.shop"})'
            " { __typename ... on Problem { code message } } }"
        ),
    }
)
"""By `Type.field`: what is about the weights of all units, and what follows a simulation."""

JOBS: Mapping[str, str] = MappingProxyType(
    {
        "Mutation.importMeasurements": (
            'mutation ($file: Upload!) { importMeasurements(input: {scheme: "test.shop", file: $file})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Mutation.cancelImport": (
            'mutation { cancelImport(input: {job: "other"}) { __typename ... on Problem { code message } } }'
        ),
        "Query.importJob": '{ importJob(job: "other") { fileName } }',
        "Subscription.importProgress": 'subscription { importProgress(job: "other") { fileName } }',
    }
)
"""By `Type.field`: what names files and jobs, and no unit."""

RECORDS: Mapping[str, str] = MappingProxyType(
    {
        "Mutation.importRecords": (
            'mutation ($file: Upload!) { importRecords(input: {table: "test.none", file: $file})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Mutation.withdrawImport": (
            'mutation { withdrawImport(input: {number: 1, reason: "wrong"})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Mutation.declareFeed": (
            'mutation { declareFeed(input: {table: "test.none", units: ["S1"], periods: ["2025-01"]})'
            " { __typename ... on Problem { code message } } }"
        ),
        "Query.recordImports": "{ recordImports { totalCount } }",
        "Query.waitingCorrections": "{ waitingCorrections { rows } }",
        "Query.lateFeeds": "{ lateFeeds { totalCount } }",
    }
)
"""By `Type.field`: what is about tables of records, which this pack has none of."""

_OF_A_SHEET = " { __typename ... on Problem { code message } } }"
SHEETS: Mapping[str, str] = MappingProxyType(
    {
        "Query.assessment": '{ assessment(number: "NUMBER") { state } }',
        "Mutation.saveAssessment": (
            'mutation { saveAssessment(input: {number: "NUMBER", revision: 0})' + _OF_A_SHEET
        ),
        "Mutation.submitAssessment": (
            'mutation { submitAssessment(input: {number: "NUMBER", revision: 0})' + _OF_A_SHEET
        ),
        "Mutation.discardAssessment": (
            'mutation { discardAssessment(input: {number: "NUMBER", revision: 0})' + _OF_A_SHEET
        ),
        "Mutation.approveAssessment": (
            'mutation { approveAssessment(input: {number: "NUMBER", revision: 0})' + _OF_A_SHEET
        ),
        "Mutation.returnAssessment": (
            'mutation { returnAssessment(input: {number: "NUMBER", revision: 0, reason: "why"})' + _OF_A_SHEET
        ),
        "Mutation.removeEvidence": (
            'mutation { removeEvidence(input: {number: "NUMBER", evidence: 1})' + _OF_A_SHEET
        ),
        "Mutation.attachEvidence": (
            "mutation ($file: Upload!) { attachEvidence(input:"
            ' {number: "NUMBER", measure: "SPEED", file: $file})' + _OF_A_SHEET
        ),
        "Mutation.importAssessment": (
            "mutation ($file: Upload!) { importAssessment(input: {file: $file})" + _OF_A_SHEET
        ),
    }
)
"""By `Type.field`: what names a sheet by its number, which stands for NUMBER, or a form."""

DEEPER = frozenset({"BehindRecords.records", "BehindSheets.sheets", "RecordFinding.records"})
"""Fields of what this pack has none of: tests/services/test_records_behind.py, test_sheets_behind.py and
test_records_flagged.py hold them to their permissions."""

_OF_A_PLAN = " { __typename ... on Problem { code message } } }"
_ACTIONS = ("claim", "drop", "begin", "finish", "reopen")
PLANS: Mapping[str, str] = MappingProxyType(
    {
        "Query.plan": '{ plan(number: "NUMBER") { state } }',
        "Subscription.planChanged": 'subscription { planChanged(plan: "NUMBER") { state } }',
        "Mutation.renamePlan": (
            'mutation { renamePlan(input: {number: "NUMBER", revision: 0, title: "x"})' + _OF_A_PLAN
        ),
        "Mutation.agreeToPlan": (
            'mutation { agreeToPlan(input: {number: "NUMBER", revision: 0})' + _OF_A_PLAN
        ),
        "Mutation.dropPlan": (
            'mutation { dropPlan(input: {number: "NUMBER", revision: 0, reason: "why"})' + _OF_A_PLAN
        ),
        "Mutation.addPlanAction": (
            'mutation { addPlanAction(input: {number: "NUMBER", title: "x"})' + _OF_A_PLAN
        ),
        "Mutation.changePlanAction": (
            'mutation { changePlanAction(input: {number: "NUMBER", action: 1, revision: 0, title: "x"})'
            + _OF_A_PLAN
        ),
        **{
            f"Mutation.{verb}PlanAction": (
                f'mutation {{ {verb}PlanAction(input: {{number: "NUMBER", action: 1, revision: 0,'
                ' reason: "why"})' + _OF_A_PLAN
            )
            for verb in _ACTIONS
        },
        "Mutation.judgePlanAction": (
            'mutation { judgePlanAction(input: {number: "NUMBER", action: 1, revision: 0,'
            ' verdict: VERIFIED, reason: "why"})' + _OF_A_PLAN
        ),
        "Mutation.commentOnPlan": (
            'mutation { commentOnPlan(input: {number: "NUMBER", text: "x"})' + _OF_A_PLAN
        ),
        "Mutation.attachPlanEvidence": (
            "mutation ($file: Upload!) { attachPlanEvidence(input:"
            ' {number: "NUMBER", action: 1, file: $file})' + _OF_A_PLAN
        ),
        "Mutation.removePlanEvidence": (
            'mutation { removePlanEvidence(input: {number: "NUMBER", action: 1, evidence: 1})' + _OF_A_PLAN
        ),
    }
)
"""By `Type.field`: what names a plan by its number, which stands for NUMBER."""

OF_A_PLAN = frozenset({"ImprovementPlan.comments", "ImprovementPlan.history"})
"""Fields of a plan, for which one needs the same permission as for the plan itself."""
