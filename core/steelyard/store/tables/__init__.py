"""All tables, one module a noun; importing this package completes the metadata.

| module | tables |
|---|---|
| tenant | tenant |
| person | person |
| account | account, account_grant, api_token, identity_provider, account_identity |
| act | act, proposal, policy |
| unit | unit, unit_parent, unit_attribute, past_unit_parent, past_unit_attribute |
| calendar, period | calendar, period |
| scheme_version, weight_set | scheme_version, weight_set |
| import_batch | import_batch |
| content_folder | content_folder |
| record_import | record_import, record_extent, record_withdrawal, record_feed, record_waiting |
| record_quality, import_job | record_quality, import_job |
| assessment | assessment, assessment_line, assessment_evidence, measurement_rating |
| measurement | measurement, current_measurement |
| run | run, run_head, run_root |
| exemption, objection | exemption, objection |
| plan | plan, plan_finding, plan_action, plan_action_finding, plan_comment, plan_evidence, plan_change |
| notice | notice, subscriber, delivery |
| stamp | version_stamp |
"""

from __future__ import annotations

from steelyard.store.tables.account import (
    ACCOUNT,
    ACCOUNT_GRANT,
    ACCOUNT_IDENTITY,
    API_TOKEN,
    IDENTITY_PROVIDER,
)
from steelyard.store.tables.act import ACT, POLICY, PROPOSAL
from steelyard.store.tables.assessment import (
    ASSESSMENT,
    ASSESSMENT_EVIDENCE,
    ASSESSMENT_LINE,
    MEASUREMENT_RATING,
)
from steelyard.store.tables.calendar import CALENDAR
from steelyard.store.tables.columns import METADATA
from steelyard.store.tables.content_folder import CONTENT_FOLDER
from steelyard.store.tables.exemption import EXEMPTION
from steelyard.store.tables.import_batch import IMPORT_BATCH
from steelyard.store.tables.import_job import IMPORT_JOB
from steelyard.store.tables.measurement import CURRENT_MEASUREMENT, MEASUREMENT
from steelyard.store.tables.notice import DELIVERY, NOTICE, SUBSCRIBER
from steelyard.store.tables.objection import OBJECTION
from steelyard.store.tables.period import PERIOD
from steelyard.store.tables.person import PERSON
from steelyard.store.tables.plan import (
    PLAN,
    PLAN_ACTION,
    PLAN_ACTION_FINDING,
    PLAN_CHANGE,
    PLAN_COMMENT,
    PLAN_EVIDENCE,
    PLAN_FINDING,
)
from steelyard.store.tables.record_import import (
    RECORD_EXTENT,
    RECORD_FEED,
    RECORD_IMPORT,
    RECORD_WAITING,
    RECORD_WITHDRAWAL,
)
from steelyard.store.tables.record_quality import RECORD_QUALITY
from steelyard.store.tables.run import RUN, RUN_HEAD, RUN_ROOT
from steelyard.store.tables.scheme_version import SCHEME_VERSION
from steelyard.store.tables.stamp import VERSION_STAMP
from steelyard.store.tables.tenant import TENANT
from steelyard.store.tables.unit import (
    PAST_UNIT_ATTRIBUTE,
    PAST_UNIT_PARENT,
    UNIT,
    UNIT_ATTRIBUTE,
    UNIT_PARENT,
)
from steelyard.store.tables.weight_set import WEIGHT_SET

__all__ = [
    "ACCOUNT",
    "ACCOUNT_GRANT",
    "ACCOUNT_IDENTITY",
    "ACT",
    "API_TOKEN",
    "ASSESSMENT",
    "ASSESSMENT_EVIDENCE",
    "ASSESSMENT_LINE",
    "CALENDAR",
    "CONTENT_FOLDER",
    "CURRENT_MEASUREMENT",
    "DELIVERY",
    "EXEMPTION",
    "IDENTITY_PROVIDER",
    "IMPORT_BATCH",
    "IMPORT_JOB",
    "MEASUREMENT",
    "MEASUREMENT_RATING",
    "METADATA",
    "NOTICE",
    "OBJECTION",
    "PAST_UNIT_ATTRIBUTE",
    "PAST_UNIT_PARENT",
    "PERIOD",
    "PERSON",
    "PLAN",
    "PLAN_ACTION",
    "PLAN_ACTION_FINDING",
    "PLAN_CHANGE",
    "PLAN_COMMENT",
    "PLAN_EVIDENCE",
    "PLAN_FINDING",
    "POLICY",
    "PROPOSAL",
    "RECORD_EXTENT",
    "RECORD_FEED",
    "RECORD_IMPORT",
    "RECORD_QUALITY",
    "RECORD_WAITING",
    "RECORD_WITHDRAWAL",
    "RUN",
    "RUN_HEAD",
    "RUN_ROOT",
    "SCHEME_VERSION",
    "SUBSCRIBER",
    "TENANT",
    "UNIT",
    "UNIT_ATTRIBUTE",
    "UNIT_PARENT",
    "VERSION_STAMP",
    "WEIGHT_SET",
]
