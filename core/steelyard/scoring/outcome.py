"""What a cell holds, what a node comes out as, and why: small integers in arrays, words for people."""

from __future__ import annotations

from enum import IntEnum

from steelyard.errors import Text


class Status(IntEnum):
    """What was observed of one measure for one unit and period.

    The first three are numbered as the outcomes of a leaf. INVALID marks a value that cannot be used.
    EMPTY_FEED says that nothing was recorded although the feed is complete: rules count it as 0, a leaf has
    no number from it.
    """

    VALUE = 0
    NOT_APPLICABLE = 1
    MISSING = 2
    INVALID = 3
    EMPTY_FEED = 4


class Outcome(IntEnum):
    """Whether a node has a number, and if not which of the three ways of having none it is."""

    SCORED = 0
    NOT_APPLICABLE = 1
    MISSING = 2
    INCOMPLETE = 3


SCORED, NOT_APPLICABLE, MISSING, INCOMPLETE = map(int, Outcome)
"""The same as plain integers: comparing an array with an enum member costs more than the comparison."""


class Reason(IntEnum):
    """Why a node has its outcome; the first five are numbered as the statuses they come from."""

    MEASURED = 0
    VALUE_NOT_APPLICABLE = 1
    VALUE_MISSING = 2
    VALUE_INVALID = 3
    NOTHING_RECORDED = 4
    CONDITION_NOT_MET = 5
    CONDITION_UNKNOWN = 6
    NO_FULL_MARK = 7
    AGGREGATED = 8
    NOTHING_APPLIES = 9
    NOTHING_SCORED = 10
    BLOCKED = 11
    COVERAGE_TOO_LOW = 12
    EXEMPT = 13


REASONS: dict[Reason, Text] = {
    Reason.MEASURED: Text("已测量", "measured"),
    Reason.VALUE_MISSING: Text("没有数据", "nothing was measured"),
    Reason.VALUE_INVALID: Text("数据无法使用", "the value cannot be used"),
    Reason.VALUE_NOT_APPLICABLE: Text("不适用于该对象", "it does not concern this unit"),
    Reason.NOTHING_RECORDED: Text("数据源完整，但没有记录", "the feed is complete and has no record"),
    Reason.CONDITION_NOT_MET: Text("适用条件不满足", "the condition for it to apply is not met"),
    Reason.CONDITION_UNKNOWN: Text("适用条件没有数据", "it is not known whether it applies"),
    Reason.NO_FULL_MARK: Text("满分为 0", "its full mark is 0"),
    Reason.AGGREGATED: Text("由下级指标汇总", "computed from the indicators below"),
    Reason.NOTHING_APPLIES: Text("下级指标均不适用", "none of the indicators below applies"),
    Reason.NOTHING_SCORED: Text("下级指标均无得分", "none of the indicators below has a score"),
    Reason.BLOCKED: Text("有下级指标没有得分", "an indicator below has no score"),
    Reason.COVERAGE_TOO_LOW: Text("覆盖率不足", "too little was measured below"),
    Reason.EXEMPT: Text("该对象已豁免", "the unit is exempt from it"),
}


class RuleState(IntEnum):
    """What became of a rule for one unit and period."""

    QUIET = 0
    FIRED = 1
    UNDECIDED = 2
    EXEMPT = 3
