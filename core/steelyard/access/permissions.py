"""Permissions, named after what people do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from steelyard.errors import Text


class Permission(StrEnum):
    """One thing that somebody may be allowed to do.

    Those in `WHOLE_TENANT` concern all units at once and so need a grant on the whole tenant; the others hold
    for the units at or below the node on which their role was granted.
    """

    SCORE_READ = "score.read"
    MEASUREMENT_READ = "measurement.read"
    MEASUREMENT_RECORD = "measurement.record"
    MEASUREMENT_IMPORT = "measurement.import"
    RECORD_READ = "record.read"
    ASSESSMENT_READ = "assessment.read"
    ASSESSMENT_WRITE = "assessment.write"
    ASSESSMENT_APPROVE = "assessment.approve"
    SCORE_EVALUATE = "score.evaluate"
    WEIGHTS_PROPOSE = "weights.propose"
    WEIGHTS_PUBLISH = "weights.publish"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_AGREE = "plan.agree"
    OBJECTION_FILE = "objection.file"
    OBJECTION_DECIDE = "objection.decide"
    EXEMPTION_GRANT = "exemption.grant"
    SUBSCRIBER_EDIT = "subscriber.edit"
    UNIT_EDIT = "unit.edit"
    CALENDAR_EDIT = "calendar.edit"
    PERIOD_CLOSE = "period.close"
    GRANT_READ = "grant.read"
    GRANT_EDIT = "grant.edit"
    ACT_READ = "act.read"
    PERSON_READ = "person.read"
    PERSON_EDIT = "person.edit"
    PERSON_ERASE = "person.erase"
    POLICY_EDIT = "policy.edit"
    TENANT_MANAGE = "tenant.manage"


MEANINGS: Mapping[Permission, Text] = MappingProxyType(
    {
        Permission.SCORE_READ: Text("查看评价对象及其得分", "see units and their scores"),
        Permission.MEASUREMENT_READ: Text(
            "查看所记录的度量及其来源", "see what was recorded, and where it came from"
        ),
        Permission.MEASUREMENT_RECORD: Text("录入单个度量", "record single measurements"),
        Permission.MEASUREMENT_IMPORT: Text(
            "导入度量表与业务记录", "import tables of measurements, and records"
        ),
        Permission.RECORD_READ: Text("查看度量背后的业务记录", "see the records behind measurements"),
        Permission.ASSESSMENT_READ: Text("查看评估表", "see sheets of assessments"),
        Permission.ASSESSMENT_WRITE: Text("填写并提交评估表", "fill in and submit sheets of assessments"),
        Permission.ASSESSMENT_APPROVE: Text("审批或退回评估表", "approve or return sheets of assessments"),
        Permission.SCORE_EVALUATE: Text("保存一次评价", "store an evaluation"),
        Permission.WEIGHTS_PROPOSE: Text("试算并起草其他权重", "try and draft other weights"),
        Permission.WEIGHTS_PUBLISH: Text("发布权重方案", "publish weight sets"),
        Permission.PLAN_READ: Text("查看改进计划", "see improvement plans"),
        Permission.PLAN_EDIT: Text("编制并推进改进计划", "draft improvement plans and carry them out"),
        Permission.PLAN_AGREE: Text(
            "批准改进计划并验证效果", "agree to improvement plans and verify their effect"
        ),
        Permission.OBJECTION_FILE: Text("对评价结果提出异议", "object to results"),
        Permission.OBJECTION_DECIDE: Text("裁定异议", "decide on objections"),
        Permission.EXEMPTION_GRANT: Text("豁免指标或规则", "exempt units from indicators and rules"),
        Permission.SUBSCRIBER_EDIT: Text("维护通知的接收方", "keep who is sent notices"),
        Permission.UNIT_EDIT: Text("新建、移动、更名、关闭评价对象", "create, move, rename and close units"),
        Permission.CALENDAR_EDIT: Text("维护日历与考核周期", "keep calendars and periods"),
        Permission.PERIOD_CLOSE: Text("关闭考核周期", "close periods"),
        Permission.GRANT_READ: Text("查看账户、授权与令牌", "see accounts, grants and tokens"),
        Permission.GRANT_EDIT: Text("维护账户、授权与令牌", "keep accounts, grants and tokens"),
        Permission.ACT_READ: Text("查看管理操作记录", "see the administrative acts"),
        Permission.PERSON_READ: Text("查看代号背后的姓名", "see the names behind pseudonyms"),
        Permission.PERSON_EDIT: Text("登记人员及其姓名", "register persons and their names"),
        Permission.PERSON_ERASE: Text("删除个人信息", "erase personal data"),
        Permission.POLICY_EDIT: Text(
            "决定双人复核、同组最少单位数、保留期限与异议期限",
            "decide on second persons, the smallest peer group, retention periods and days to object",
        ),
        Permission.TENANT_MANAGE: Text(
            "新建、停用、导出、删除租户", "create, suspend, export and delete tenants"
        ),
    }
)
"""What each permission lets one do."""

WHOLE_TENANT = frozenset(
    {
        Permission.CALENDAR_EDIT,
        Permission.PERIOD_CLOSE,
        Permission.SCORE_EVALUATE,
        Permission.WEIGHTS_PUBLISH,
        Permission.SUBSCRIBER_EDIT,
        Permission.ACT_READ,
        Permission.PERSON_READ,
        Permission.PERSON_EDIT,
        Permission.PERSON_ERASE,
        Permission.POLICY_EDIT,
        Permission.TENANT_MANAGE,
    }
)
"""Permissions that a grant below the top of the tree does not give."""
