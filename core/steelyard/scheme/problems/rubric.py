"""Problems of rubrics and of the parameters that they use."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

LINEAR_WITHOUT_RANGE = Kind(
    "SCHEME_LINEAR_WITHOUT_RANGE",
    Text(
        "best与worst相同（{found}），无法区分好坏。",
        "`best` equals `worst` ({found}), so nothing can be told apart.",
    ),
    Text("请给出两个不同的值；大小关系即方向。", "Give two values; which is larger decides the direction."),
)
SCALE_WITHOUT_RANGE = Kind(
    "SCHEME_SCALE_WITHOUT_RANGE",
    Text("max（{max}）应大于min（{min}）。", "`max` ({max}) has to be above `min` ({min})."),
    Text("越小越好时请用linear。", "Use linear where less is better."),
)
CLAMP_ORDER = Kind(
    "SCHEME_CLAMP_ORDER",
    Text(
        "clamp的下限{low}高于上限{high}。",
        "The lower limit {low} of `clamp` lies above the upper limit {high}.",
    ),
    Text("请写[下限, 上限]。", "Write [lower, upper]."),
)
NOT_ASCENDING = Kind(
    "SCHEME_NOT_ASCENDING",
    Text("{found}不大于其前的{before}。", "{found} is not above {before} before it."),
    Text("请由小到大排列，不得重复。", "List them from small to large, none twice."),
)
MIXED_NOTATION = Kind(
    "SCHEME_MIXED_NOTATION",
    Text(
        "“{field}”为{found}，而同一度量的其他界限带%。",
        "`{field}` is {found}, while another threshold of the same measure carries %.",
    ),
    Text("是否指{found}%？", "Is {found}% meant?"),
)
RATE_BEYOND = Kind(
    "SCHEME_RATE_BEYOND",
    Text(
        "得分率“{found}”不在0%至100%之间，会被截断。",
        "The rate `{found}` lies outside 0% to 100% and would be cut.",
    ),
    Text(
        "请更正该值；确需超出时写clip: false。",
        "Correct it; if a rate beyond the range is meant, write `clip: false`.",
    ),
)
MIXED_UNITS = Kind(
    "SCHEME_MIXED_UNITS",
    Text(
        "度量“{measure}”被“{percent}”按百分数读取（{other_zh}，unit: percent），"
        "又被“{fraction}”按小数比率读取。",
        "`{percent}` reads the measure `{measure}` in percent ({other_en}, `unit: percent`), "
        "but `{fraction}` reads it as a fraction.",
    ),
    Text(
        "请统一：去掉unit: percent，或让“{fraction}”也用unit: percent、界限不带%（如95）。",
        "Choose one: leave `unit: percent` out, or give `{fraction}` `unit: percent` too, "
        "or lines without % (95, not 95%).",
    ),
)
DEDUCTION_FORM = Kind(
    "SCHEME_DEDUCTION_FORM",
    Text(
        "每条扣分须恰有below、above、per_case、steps之一；现有：{found}。",
        "A deduction has exactly one of below, above, per_case and steps; found: {found}.",
    ),
    Text("请只留一种，或拆成几条。", "Keep one of them, or make several rules of it."),
)
DEDUCTION_POINTS = Kind(
    "SCHEME_DEDUCTION_POINTS",
    Text(
        "这条扣分没有写扣多少分（points）。",
        "This deduction does not say how many points it takes (`points`).",
    ),
    Text("请写points。", "Add `points`."),
)
DEDUCTION_STEPS_POINTS = Kind(
    "SCHEME_DEDUCTION_STEPS_POINTS",
    Text("写了steps时，分值写在各级之内。", "Beside `steps` the points stand inside each step."),
    Text("请删去此处的points。", "Leave these points out."),
)
EACH_WITHOUT_LINE = Kind(
    "SCHEME_EACH_WITHOUT_LINE",
    Text("each只与below或above一起使用。", "`each` belongs to `below` or `above`."),
    Text("请写界限，或用per_case。", "Add the line, or use per_case."),
)
COUNT_WITHOUT_EACH = Kind(
    "SCHEME_COUNT_WITHOUT_EACH",
    Text("没有each时，count不起作用。", "Without `each`, `count` means nothing."),
    Text("请写each，或删去count。", "Add `each`, or leave `count` out."),
)
NOT_POSITIVE = Kind(
    "SCHEME_NOT_POSITIVE",
    Text("“{field}”应大于0，现为{found}。", "`{field}` has to be above 0; found {found}."),
    Text("请写大于0的数。", "Write a number above 0."),
)
NEGATIVE_DEDUCTION = Kind(
    "SCHEME_NEGATIVE_DEDUCTION",
    Text("扣{found}分等于加分。", "To take {found} points away adds points."),
    Text("扣分请写正数。", "Write the points to be taken as a positive number."),
    Level.WARNING,
)
UNKNOWN_PARAMETER = Kind(
    "SCHEME_UNKNOWN_PARAMETER",
    Text("没有参数“{found}”{suggestion_zh}。", "There is no parameter `{found}`{suggestion_en}."),
    Text("请在parameters中声明；现有：{known}。", "Declare it under `parameters`; there are: {known}."),
)
PARAMETER_NAME = Kind(
    "SCHEME_PARAMETER_NAME",
    Text("参数名“{name}”无法写成$名称。", "The parameter name `{name}` cannot be written behind a $."),
    Text(
        "请用拉丁字母、数字与下划线，且不以数字开头。",
        "Use Latin letters, digits and _, and begin with no digit.",
    ),
)
UNUSED_PARAMETER = Kind(
    "SCHEME_UNUSED_PARAMETER",
    Text("参数“{name}”没有被使用。", "The parameter `{name}` is used nowhere."),
    Text("请以${name}使用，或删去。", "Use it as ${name}, or leave it out."),
    Level.WARNING,
)
