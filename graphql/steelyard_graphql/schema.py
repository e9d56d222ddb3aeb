"""The whole schema: its operations live in the modules of their nouns and are put together here."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from steelyard_graphql.administration.accounts import AccountQueries, find_account
from steelyard_graphql.administration.acts import ActQueries, find_act
from steelyard_graphql.administration.changes import (
    AccountChanges,
    PeriodChanges,
    PersonChanges,
    TenantChanges,
    UnitChanges,
)
from steelyard_graphql.administration.closing import ClosingMutations
from steelyard_graphql.administration.notices import NoticeMutations, NoticeQueries, find_notice
from steelyard_graphql.administration.persons import PersonQueries, find_person
from steelyard_graphql.administration.policies import PolicyMutations, PolicyQueries
from steelyard_graphql.administration.proposals import (
    ProposalMutations,
    ProposalQueries,
    find_proposal,
)
from steelyard_graphql.administration.roles import RoleQueries
from steelyard_graphql.administration.subscribers import SubscriberChanges, SubscriberQueries
from steelyard_graphql.administration.tenants import TenantQueries
from steelyard_graphql.administration.unit_import import UnitImportMutations
from steelyard_graphql.administration.viewer import ViewerQueries
from steelyard_graphql.assessments.asking import AssessmentQueries
from steelyard_graphql.assessments.changes import AssessmentChanges
from steelyard_graphql.assessments.decisions import AssessmentDecisions
from steelyard_graphql.assessments.files import AssessmentFiles
from steelyard_graphql.assessments.sheets import find_assessment
from steelyard_graphql.attributions import AttributionQueries
from steelyard_graphql.behind import BehindEntry, BehindRecords, BehindSheets, BehindTable
from steelyard_graphql.comparisons import ComparisonQueries
from steelyard_graphql.context import Info
from steelyard_graphql.evaluating import EvaluationMutations
from steelyard_graphql.exemptions import ExemptionQueries
from steelyard_graphql.fields import computed
from steelyard_graphql.heat_maps import HeatMapQueries
from steelyard_graphql.import_jobs import ImportMutations, ImportQueries, ImportSubscriptions
from steelyard_graphql.late_feeds import LateFeedQueries
from steelyard_graphql.measurements import MeasurementMutations
from steelyard_graphql.nodes import Finder, Node, find_node
from steelyard_graphql.objections import ObjectionQueries
from steelyard_graphql.overviews import OverviewQueries
from steelyard_graphql.packs import PackQueries, find_pack
from steelyard_graphql.paths import PathQueries
from steelyard_graphql.periods import PeriodQueries, find_calendar, find_period
from steelyard_graphql.planning.asking import PlanQueries, PlanSubscriptions
from steelyard_graphql.planning.board import PlanBoardQueries
from steelyard_graphql.planning.changes import PlanChanges
from steelyard_graphql.planning.deciding import PlanDecisions
from steelyard_graphql.planning.drafting import PlanDrafting
from steelyard_graphql.planning.files import PlanFiles
from steelyard_graphql.planning.plans import find_plan
from steelyard_graphql.rankings import RankingQueries
from steelyard_graphql.record_imports import RecordImportMutations, RecordImportQueries
from steelyard_graphql.record_jobs import RecordJobMutations
from steelyard_graphql.revisions import RevisionQueries
from steelyard_graphql.rollups import RollUpQueries
from steelyard_graphql.schemes import SchemeQueries, find_indicator, find_scheme
from steelyard_graphql.scorecards import ScorecardQueries, find_scorecard
from steelyard_graphql.unit_findings import FindingQueries
from steelyard_graphql.units import UnitQueries, find_unit
from steelyard_graphql.uploads import UPLOAD, Upload
from steelyard_graphql.weights.drafting import DraftMutations
from steelyard_graphql.weights.finding import FindingMutations
from steelyard_graphql.weights.robustness import RobustnessQueries, RobustnessSubscriptions
from steelyard_graphql.weights.trying import TryingMutations

FINDERS = MappingProxyType[str, Finder](
    {
        "Account": find_account,
        "Act": find_act,
        "Assessment": find_assessment,
        "Calendar": find_calendar,
        "ImprovementPlan": find_plan,
        "Indicator": find_indicator,
        "Notice": find_notice,
        "Pack": find_pack,
        "Period": find_period,
        "Person": find_person,
        "Proposal": find_proposal,
        "Scheme": find_scheme,
        "Scorecard": find_scorecard,
        "Unit": find_unit,
    }
)
"""How `node(id:)` finds an object of each type."""


@strawberry.type(description="Everything that can be asked.")
class Query(
    PackQueries,
    SchemeQueries,
    UnitQueries,
    PeriodQueries,
    ScorecardQueries,
    ExemptionQueries,
    ObjectionQueries,
    RevisionQueries,
    FindingQueries,
    PathQueries,
    OverviewQueries,
    ComparisonQueries,
    AttributionQueries,
    HeatMapQueries,
    RankingQueries,
    RollUpQueries,
    ViewerQueries,
    RoleQueries,
    AccountQueries,
    PersonQueries,
    PolicyQueries,
    ProposalQueries,
    ActQueries,
    TenantQueries,
    NoticeQueries,
    SubscriberQueries,
    ImportQueries,
    AssessmentQueries,
    PlanQueries,
    PlanBoardQueries,
    RecordImportQueries,
    LateFeedQueries,
    RobustnessQueries,
):
    """The queries of all nouns, and `node`."""

    @computed("Any object by its global id; null where there is none (any more).")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="An id from another answer.")],
    ) -> Node | None:
        """Return an object."""
        return await find_node(info.context, id, FINDERS)


@strawberry.type(description="Everything that can be changed or tried.")
class Mutation(
    MeasurementMutations,
    EvaluationMutations,
    TryingMutations,
    FindingMutations,
    DraftMutations,
    UnitChanges,
    UnitImportMutations,
    PeriodChanges,
    AccountChanges,
    PersonChanges,
    PolicyMutations,
    ProposalMutations,
    TenantChanges,
    NoticeMutations,
    SubscriberChanges,
    ImportMutations,
    RecordImportMutations,
    RecordJobMutations,
    AssessmentChanges,
    AssessmentDecisions,
    AssessmentFiles,
    ClosingMutations,
    PlanDrafting,
    PlanChanges,
    PlanDecisions,
    PlanFiles,
):
    """The mutations of all nouns."""


@strawberry.type(description="Everything that can be followed as it happens.")
class Subscription(ImportSubscriptions, RobustnessSubscriptions, PlanSubscriptions):
    """The subscriptions of all nouns."""


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    # What an interface stands for is in no field of its own.
    types=[BehindEntry, BehindRecords, BehindSheets, BehindTable],
    config=StrawberryConfig(scalar_map={Upload: UPLOAD}),
)


def sdl() -> str:
    """Return the schema in the schema definition language, with a final newline."""
    return f"{schema.as_str().rstrip()}\n"
