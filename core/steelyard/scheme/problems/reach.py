"""Problems of figures that contradict each other, and of parts of a scheme that never come into play."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

BAND_UNREACHED = Kind(
    "SCHEME_BAND_UNREACHED",
    Text(
        "没有得分落在等级“{code}”：总得分率总在{low}与{high}之间。",
        "No score reaches the band `{code}`: the total lies between {low} and {high} whatever is measured.",
    ),
    Text(
        "请核对等级下限与各指标的最低、最高得分。",
        "Check the bounds, and the least and most that indicators give.",
    ),
    Level.WARNING,
)
VERDICT_UNREACHED = Kind(
    "SCHEME_VERDICT_UNREACHED",
    Text(
        "没有规则、合格线或等级给出结论“{verdict}”。",
        "No rule, pass line or band ever gives the verdict `{verdict}`.",
    ),
    Text("请写给出它的规则，或从verdicts中删去。", "Write the rule that gives it, or take it off the list."),
    Level.WARNING,
)
HIDDEN_VETO = Kind(
    "SCHEME_HIDDEN_VETO",
    Text(
        "规则“{id}”永远不会因“{code}”触发：其得分率至少为{low}。",
        "The veto `{id}` never fires for `{code}`: the rate of that indicator is at least {low}.",
    ),
    Text(
        "请降低该指标的下限（如floor、otherwise、clamp），或提高rate_at_most。",
        "Lower what the indicator gives at least (floor, otherwise, clamp), or raise rate_at_most.",
    ),
    Level.WARNING,
)
NEVER_FIRES = Kind(
    "SCHEME_RULE_NEVER",
    Text("规则“{id}”永远不会触发。", "The rule `{id}` can never fire."),
    Text("请核对它等待的条件。", "Check what it waits for."),
    Level.WARNING,
)
ALWAYS_FIRES = Kind(
    "SCHEME_RULE_ALWAYS",
    Text("规则“{id}”总会触发。", "The rule `{id}` fires whatever is measured."),
    Text("请核对界限。", "Check the line."),
    Level.WARNING,
)
NO_EFFECT = Kind(
    "SCHEME_RULE_WITHOUT_EFFECT",
    Text("规则“{id}”的{field}为0，不起作用。", "The rule `{id}` has `{field}: 0`, so it changes nothing."),
    Text("请更正，或删去该规则。", "Correct it, or leave the rule out."),
    Level.WARNING,
)
STEP_WITHOUT_EFFECT = Kind(
    "SCHEME_STEP_WITHOUT_EFFECT",
    Text("此级为{found}，与前一级相同。", "This step gives {found}, as the one before it does."),
    Text("请更正，或删去该级。", "Correct it, or leave the step out."),
    Level.WARNING,
)
STEP_UNREACHED = Kind(
    "SCHEME_STEP_UNREACHED",
    Text(
        "度量“{measure}”的值到不了此级（{found}）。",
        "No value of `{measure}` is ever in the step from {found}.",
    ),
    Text(
        "请核对界限；得分率不超过100%。",
        "Check the line: rates do not exceed 100 %, and applies_if leaves out the rest.",
    ),
    Level.WARNING,
)
FLOOR_ABOVE_FULL = Kind(
    "SCHEME_FLOOR_ABOVE_FULL",
    Text(
        "指标“{code}”的floor为{found}分，不低于满分{full}分，永不扣分。",
        "The floor of `{code}` is {found} points, not below its full mark of {full}: nothing is ever taken.",
    ),
    Text("请写低于满分的floor。", "Write a floor below the full mark."),
)
PRINTED_WEIGHT = Kind(
    "SCHEME_PRINTED_WEIGHT",
    Text(
        "指标“{code}”的来源所印权重为{printed}，而按分值应为{share}。",
        "The source prints the weight of `{code}` as {printed}; by its points it is {share}.",
    ),
    Text(
        "计分只用分值；请核对抄写，或用note说明来源有误。",
        "Points alone count: check the copy, or say in a `note` that the source contradicts itself.",
    ),
    Level.WARNING,
)
QUOTA_BAND = Kind(
    "SCHEME_QUOTA_BAND",
    Text(
        "规则“{id}”没有给等级{bands}份额，落入其中者必然超额。",
        "The quota `{id}` gives no share to {bands}; whoever is in such a band exceeds it.",
    ),
    Text("请给每个等级写份额，可以为0。", "Give each band a share, be it 0."),
    Level.WARNING,
)
QUOTA_GROUP = Kind(
    "SCHEME_QUOTA_GROUP",
    Text(
        "规则“{id}”是强制的，而{found}个对象分不到{bands}个等级。",
        "The quota `{id}` is binding, but a group of {found} has no place for each of {bands} bands.",
    ),
    Text("请把min_group设为等级数或更大。", "Let min_group be the number of bands at least."),
    Level.WARNING,
)
