"""The tables of improvement plans: what was found, what is done about it, by whom, and what it brought."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from steelyard.store.tables.columns import (
    CODE,
    IDENTITY,
    METADATA,
    UtcTime,
    code,
    identity,
    reference,
    tenant_key,
)

PLAN = Table(
    "plan",
    METADATA,
    identity(),
    tenant_key(),
    code("number"),
    code("scheme"),
    Column("scheme_id", IDENTITY, nullable=False),
    Column("unit_id", IDENTITY, nullable=False),
    Column("period_id", IDENTITY, nullable=False),
    code("node"),
    Column("title", String, nullable=False),
    Column("target", JSON(none_as_null=True)),
    Column("baseline", JSON, nullable=False),
    code("state"),
    Column("revision", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    code("created_by"),
    Column("changed_at", UtcTime, nullable=False),
    Column("agreed_at", UtcTime),
    Column("agreed_by", CODE),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    reference("scheme_id", "scheme_version"),
    reference("unit_id", "unit"),
    reference("period_id", "period"),
    UniqueConstraint("tenant_id", "number"),
    UniqueConstraint("tenant_id", "id"),
    Index(None, "tenant_id", "unit_id"),
)
"""One plan of a unit, for a node of a scheme's tree. `number` is random and names it. `period_id`: the period
whose evaluation it answers. `target`: what it is to reach, `baseline`: how things stood when it was made;
both as written then, so that the plan survives other versions of the scheme. `revision` counts the changes
of the plan itself, for optimistic locking."""

PLAN_FINDING = Table(
    "plan_finding",
    METADATA,
    identity(),
    tenant_key(),
    Column("plan_id", IDENTITY, nullable=False),
    code("key"),
    code("kind"),
    Column("node", CODE),
    Column("rule", CODE),
    Column("title", JSON, nullable=False),
    Column("sentence", JSON, nullable=False),
    Column("cost", CODE),
    Column("position", Integer, nullable=False),
    reference("plan_id", "plan"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "plan_id", "key"),
    UniqueConstraint("tenant_id", "id"),
)
"""A weak point that a plan answers, as it was found: `title` and `sentence` in zh and en, `cost` in points at
the root as decimal text."""

PLAN_ACTION = Table(
    "plan_action",
    METADATA,
    identity(),
    tenant_key(),
    Column("plan_id", IDENTITY, nullable=False),
    Column("number", Integer, nullable=False),
    code("kind"),
    Column("node", CODE),
    Column("advice", CODE),
    Column("title", JSON, nullable=False),
    Column("description", String),
    Column("role", JSON(none_as_null=True)),
    Column("owner", CODE),
    Column("due", Date),
    Column("effort", CODE),
    Column("expected_effect", CODE),
    Column("baseline_rate", CODE),
    code("state"),
    Column("revision", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("done_by", CODE),
    Column("verified_at", UtcTime),
    Column("verified_by", CODE),
    Column("verified_period_id", IDENTITY),
    Column("effect", JSON(none_as_null=True)),
    reference("plan_id", "plan"),
    reference("verified_period_id", "period"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    UniqueConstraint("tenant_id", "plan_id", "number"),
    UniqueConstraint("tenant_id", "id"),
)
"""One step. `number` counts the actions of the plan; `title`, `role` in zh and en; `owner` is an account's
code, empty while nobody has claimed it; `effort` in person-days, `expected_effect` what is added to the
node's rate, `baseline_rate` the rate when it was planned, all decimal text; `effect` what came of it."""

PLAN_ACTION_FINDING = Table(
    "plan_action_finding",
    METADATA,
    tenant_key(primary_key=True),
    Column("action_id", IDENTITY, primary_key=True),
    Column("finding_id", IDENTITY, primary_key=True),
    reference("action_id", "plan_action"),
    reference("finding_id", "plan_finding"),
    sqlite_with_rowid=False,
)
"""Which actions answer which findings."""

PLAN_COMMENT = Table(
    "plan_comment",
    METADATA,
    identity(),
    tenant_key(),
    Column("plan_id", IDENTITY, nullable=False),
    Column("action_id", IDENTITY),
    Column("text", String, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    code("written_by"),
    reference("plan_id", "plan"),
    reference("action_id", "plan_action"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    Index(None, "tenant_id", "plan_id"),
)
"""What people say about a plan or one of its actions."""

PLAN_EVIDENCE = Table(
    "plan_evidence",
    METADATA,
    identity(),
    tenant_key(),
    Column("action_id", IDENTITY, nullable=False),
    code("content"),
    Column("file_name", String, nullable=False),
    code("media_type"),
    Column("size", Integer, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    code("added_by"),
    reference("action_id", "plan_action"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    Index(None, "tenant_id", "action_id"),
)
"""A file that shows that an action was done; `content` is its sha256 in hex, it lies beside the parts."""

PLAN_CHANGE = Table(
    "plan_change",
    METADATA,
    identity(),
    tenant_key(),
    Column("plan_id", IDENTITY, nullable=False),
    Column("action_id", IDENTITY),
    code("what"),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("changed_at", UtcTime, nullable=False),
    code("changed_by"),
    reference("plan_id", "plan"),
    reference("action_id", "plan_action"),
    ForeignKeyConstraint(["tenant_id"], ["tenant.id"]),
    Index(None, "tenant_id", "plan_id"),
)
"""The history of a plan: what somebody changed of it or of an action."""
