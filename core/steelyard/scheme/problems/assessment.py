"""Problems of the section on assessments."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

DUPLICATE_RATER = Kind(
    "SCHEME_DUPLICATE_RATER",
    Text("评估人类型“{type}”列了两次。", "The rater type `{type}` is listed twice."),
    Text("请只列一次。", "List it once."),
)
RATERS_WEIGH_NOTHING = Kind(
    "SCHEME_RATERS_WEIGH_NOTHING",
    Text(
        "combine为weighted，但没有权重大于0的评估人类型。",
        "`combine: weighted` has no rater type that weighs more than 0.",
    ),
    Text("请在raters中列出类型与权重。", "List the types under `raters`, with their weights."),
)
RATER_WEIGHT_UNUSED = Kind(
    "SCHEME_RATER_WEIGHT_UNUSED",
    Text(
        "评估人类型“{type}”有权重，但combine为{combine}，权重不起作用。",
        "The rater type `{type}` has a weight, which `combine: {combine}` does not use.",
    ),
    Text("请写combine: weighted，或删去权重。", "Write `combine: weighted`, or leave the weight out."),
    Level.WARNING,
)
RATERS_MINIMUM = Kind(
    "SCHEME_RATERS_MINIMUM",
    Text("minimum为{found}，至少应为1。", "`minimum` is {found}; it is at least 1."),
    Text("请写从几份评估表起才有得分。", "Say from how many sheets there is a value."),
)
