"""What can be wrong with improvement plans."""

from __future__ import annotations

from steelyard.errors import Kind, Text

PLAN_NOT_FOUND = Kind(
    "PLAN_NOT_FOUND",
    Text("没有改进计划 {number}。", "There is no improvement plan {number}."),
    Text("请检查编号与权限范围。", "Check the number and what you may see."),
)
PLAN_ACTION_NOT_FOUND = Kind(
    "PLAN_ACTION_NOT_FOUND",
    Text("改进计划 {number} 没有措施 {action}。", "Plan {number} has no action {action}."),
    Text("请检查措施编号。", "Check the number of the action."),
)
PLAN_CHANGED = Kind(
    "PLAN_CHANGED",
    Text(
        "改进计划 {number} 已从第 {given} 版改为第 {found} 版；其间改动：{changed}。",
        "Plan {number} is at revision {found}, not {given}; changed since: {changed}.",
    ),
    Text("请读取最新内容后再修改。", "Read it as it is now, and change it again."),
)
PLAN_ACTION_CHANGED = Kind(
    "PLAN_ACTION_CHANGED",
    Text(
        "改进计划 {number} 的措施 {action} 已从第 {given} 版改为第 {found} 版；其间改动：{changed}。",
        "Action {action} of plan {number} is at revision {found}, not {given}; changed since: {changed}.",
    ),
    Text("请读取最新内容后再修改。", "Read it as it is now, and change it again."),
)
PLAN_STATE = Kind(
    "PLAN_STATE",
    Text(
        "改进计划 {number} 的状态是 {state}，此操作需要 {expected}。",
        "Plan {number} is {state}; this needs it to be {expected}.",
    ),
    Text("请先完成前一步，或另建计划。", "Do what comes before, or draft another plan."),
)
PLAN_ACTION_STATE = Kind(
    "PLAN_ACTION_STATE",
    Text(
        "改进计划 {number} 的措施 {action} 的状态是 {state}，此操作需要 {expected}。",
        "Action {action} of plan {number} is {state}; this needs it to be {expected}.",
    ),
    Text("请先完成前一步。", "Do what comes before."),
)
PLAN_EMPTY = Kind(
    "PLAN_EMPTY",
    Text("改进计划 {number} 没有措施。", "Plan {number} has no action."),
    Text("请至少加入一项措施。", "Add one action at least."),
)
PLAN_SELF_AGREEMENT = Kind(
    "PLAN_SELF_AGREEMENT",
    Text(
        "{unit} 的得分也评价您本人，您不能批准其改进计划或判定其效果。",
        "The scores of {unit} rate yourself, so you neither agree to its plans nor judge their effect.",
    ),
    Text("请由不受该得分评价的人员批准。", "Let somebody do it whom these scores do not rate."),
)
PLAN_TARGET_REACHED = Kind(
    "PLAN_TARGET_REACHED",
    Text("{unit} 的 {node} 在 {period} 已达到该目标。", "{node} of {unit} reaches that target in {period}."),
    Text("请选择更高的目标，或按弱项编制计划。", "Choose a higher target, or draft a plan from findings."),
)
PLAN_FINDING_UNKNOWN = Kind(
    "PLAN_FINDING_UNKNOWN",
    Text("没有弱项“{found}”{suggestion_zh}。", "There is no finding `{found}`{suggestion_en}."),
    Text("可用的弱项：{known}。", "There are: {known}."),
)
PLAN_OWNER_UNKNOWN = Kind(
    "PLAN_OWNER_UNKNOWN",
    Text(
        "没有您可见、且可查看 {unit} 的账户 {owner}。",
        "There is no account {owner} that you see and that may see {unit}.",
    ),
    Text(
        "请检查账户；不可见者可自行认领措施。",
        "Check the account; whom you do not see may claim the action themselves.",
    ),
)
PLAN_NODE_NEEDED = Kind(
    "PLAN_NODE_NEEDED",
    Text("预期效果需要写明指标。", "An expected effect needs an indicator."),
    Text("请给出 node，或不填预期效果。", "Name the node, or leave the effect out."),
)
PLAN_FIELD_INVALID = Kind(
    "PLAN_FIELD_INVALID",
    Text(
        "{field}：“{found}”不可用；应为 {expected_zh}。",
        "{field}: `{found}` cannot be used; give {expected_en}.",
    ),
    Text("请改正后再试。", "Correct it and try again."),
)
PLAN_NOTHING_GIVEN = Kind(
    "PLAN_NOTHING_GIVEN",
    Text("没有要修改的内容。", "Nothing is given that would change it."),
    Text("请至少给出一项。", "Give one field at least."),
)
PLAN_EVIDENCE_TOO_MANY = Kind(
    "PLAN_EVIDENCE_TOO_MANY",
    Text("改进计划 {number} 已有 {most} 个文件。", "Plan {number} has {most} files already."),
    Text("请先移除不需要的文件。", "Remove those that are not needed."),
)
PLAN_EVIDENCE_NOT_FOUND = Kind(
    "PLAN_EVIDENCE_NOT_FOUND",
    Text("该措施没有文件 {evidence}。", "The action has no file {evidence}."),
    Text("请检查编号。", "Check the number."),
)
PLAN_NOT_MEASURED_AGAIN = Kind(
    "PLAN_NOT_MEASURED_AGAIN",
    Text(
        "改进计划 {number} 的措施 {action} 的效果尚未测得。",
        "The effect of action {action} of plan {number} has not been measured.",
    ),
    Text("请先评价后续周期并记录效果。", "Evaluate a later period and record the effect first."),
)
