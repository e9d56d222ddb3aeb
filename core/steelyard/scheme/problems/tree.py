"""Problems of the tree, its weights and bands, and of what stands at its head."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

TWO_ROOTS = Kind(
    "SCHEME_TWO_ROOTS",
    Text(
        "一个评价体系只有一个根；此处是第二个：{found}。",
        "A scheme has one root; this is a second one: {found}.",
    ),
    Text("请只保留一个根，其余拆成各自的文件。", "Keep one root, and give the others their own files."),
)
CYCLE = Kind(
    "SCHEME_CYCLE",
    Text("指标位于自身之下：{path}。", "An indicator stands below itself: {path}."),
    Text("请断开其中一环。", "Break the circle at one of them."),
)
DUPLICATE_CODE = Kind(
    "SCHEME_DUPLICATE_CODE",
    Text(
        "代码“{code}”已用于另一指标（{other_zh}）。",
        "The code `{code}` is another indicator's already ({other_en}).",
    ),
    Text("请给每个指标不同的代码。", "Give every indicator a code of its own."),
)
LEAF_WITHOUT_RUBRIC = Kind(
    "SCHEME_LEAF_WITHOUT_RUBRIC",
    Text("指标“{code}”既无children也无rubric。", "The indicator `{code}` has neither children nor a rubric."),
    Text(
        "请写评分标准，例如rubric: {{kind: points}}，或写下级指标。",
        "Add a rubric such as `rubric: {{kind: points}}`, or children.",
    ),
)
LEAF_FIELD = Kind(
    "SCHEME_LEAF_FIELD",
    Text(
        "指标“{code}”没有下级，不能有“{field}”。",
        "The indicator `{code}` has no children, so it cannot have `{field}`.",
    ),
    Text("请删去该字段。", "Leave the field out."),
)
GROUP_FIELD = Kind(
    "SCHEME_GROUP_FIELD",
    Text(
        "指标“{code}”有下级，不能有“{field}”。",
        "The indicator `{code}` has children, so it cannot have `{field}`.",
    ),
    Text("请移到下级指标，或删去children。", "Move it to a child, or leave the children out."),
)
EMPTY_GROUP = Kind(
    "SCHEME_EMPTY_GROUP",
    Text("指标“{code}”的children为空。", "The children of `{code}` are an empty list."),
    Text("请写下级指标，或改写rubric。", "Add children, or write a rubric instead."),
)
MIXED_WEIGHTS = Kind(
    "SCHEME_MIXED_WEIGHTS",
    Text(
        "“{group}”之下混用分值与权重：“{code}”为{found}，首个指标为{first}。",
        "Below `{group}` points and weights are mixed: `{code}` has {found}, the first sibling has {first}.",
    ),
    Text(
        "同级指标须全写points、全写weight，或全不写。", "Siblings all carry points, or all weight, or none."
    ),
)
POINTS_AND_WEIGHT = Kind(
    "SCHEME_POINTS_AND_WEIGHT",
    Text("指标“{code}”既有points又有weight。", "The indicator `{code}` has both points and a weight."),
    Text("分值即权重，请只留一个。", "Points are weights too; keep one of them."),
)
POWER_OUT_OF_RANGE = Kind(
    "SCHEME_POWER_OUT_OF_RANGE",
    Text("幂平均的指数不能是{found}。", "A power mean cannot have the exponent {found}."),
    Text(
        "绝对值应在0.001至1000之间；指数趋于0即geometric。",
        "Its size lies within 0.001 … 1000; towards 0 it becomes geometric.",
    ),
)
BAND_OVERLAP = Kind(
    "SCHEME_BAND_OVERLAP",
    Text(
        "等级“{code}”自{found}起，不低于其上的“{above}”（{bound}）。",
        "The band `{code}` begins at {found}, which is not below `{above}` above it ({bound}).",
    ),
    Text(
        "请由高到低排列，下限各不相同。",
        "List bands from best to worst, each with a lower bound than the one before.",
    ),
)
BAND_HOLE = Kind(
    "SCHEME_BAND_HOLE",
    Text(
        "最后一个等级“{code}”自{found}起，更低的得分没有等级。",
        "The last band `{code}` begins at {found}; scores below it have no band.",
    ),
    Text("最后一个等级须从0%开始。", "Let the last band begin at 0%."),
)
DUPLICATE_BAND = Kind(
    "SCHEME_DUPLICATE_BAND",
    Text("等级代码“{code}”重复（{other_zh}）。", "There is another band `{code}` ({other_en})."),
    Text("请给每个等级不同的代码。", "Give every band a code of its own."),
)
NO_WEIGHT = Kind(
    "SCHEME_NO_WEIGHT",
    Text(
        "“{code}”之下各指标权重均为0，永不计分。",
        "All weights below `{code}` are 0, so it never has a score.",
    ),
    Text("请至少给一个指标大于0的权重。", "Give at least one of them a weight above 0."),
    Level.WARNING,
)
POINTS_SUM = Kind(
    "SCHEME_POINTS_SUM",
    Text(
        "“{code}”为{points}分，而下级合计{total}分。",
        "`{code}` has {points} points, but its children add up to {total}.",
    ),
    Text(
        "计分时按比例折算；若非有意，请更正。",
        "They are scaled to fit; correct one of them if that is not meant.",
    ),
    Level.WARNING,
)
ZERO_FULL_MARK = Kind(
    "SCHEME_ZERO_FULL_MARK",
    Text("指标“{code}”满分为0，不影响得分。", "The full mark of `{code}` is 0, so it never counts."),
    Text("请给出分值，或删去该指标。", "Give it points, or leave it out."),
    Level.WARNING,
)
UNKNOWN_NODE = Kind(
    "SCHEME_UNKNOWN_NODE",
    Text("没有指标“{found}”{suggestion_zh}。", "There is no indicator `{found}`{suggestion_en}."),
    Text("请写已有指标的代码。", "Write the code of an indicator of this scheme."),
)
VARIANT_HALF = Kind(
    "SCHEME_VARIANT_HALF",
    Text(
        "变体“{variant}”只给了“{group}”之下一部分指标权重；其余仍用原权重：{rest}。",
        "The variant `{variant}` weighs only some indicators below `{group}`; these keep their own: {rest}.",
    ),
    Text("请给全部同级指标写权重。", "Give weights to all siblings."),
    Level.WARNING,
)
RECOMMENDED_FIELD = Kind(
    "SCHEME_RECOMMENDED_FIELD",
    Text("未写“{field}”；{default_zh}。", "`{field}` is left out; {default_en}."),
    Text("建议写明。", "It is better to say it."),
    Level.WARNING,
)
ONE_LANGUAGE = Kind(
    "SCHEME_ONE_LANGUAGE",
    Text(
        "自此处起有{count}个标题只有一种语言：{titles}。",
        "Titles given in one language only, from here on: {count} ({titles}).",
    ),
    Text("请写{{zh: …, en: …}}。", "Write it as {{zh: …, en: …}}."),
    Level.WARNING,
)
ASSUMED_WITHOUT_NOTE = Kind(
    "SCHEME_ASSUMED_WITHOUT_NOTE",
    Text("此处标为假定，却没有note说明。", "This is marked as assumed, but no note says what is."),
    Text("请用note写明假定了什么。", "Say in `note` what is assumed and why."),
    Level.FUTURE_ERROR,
)
