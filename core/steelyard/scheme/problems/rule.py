"""Problems of rules and verdicts."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

DUPLICATE_RULE = Kind(
    "SCHEME_DUPLICATE_RULE",
    Text("规则“{id}”重复（{other_zh}）。", "There is another rule `{id}` ({other_en})."),
    Text("请给每条规则不同的id。", "Give every rule an id of its own."),
)
NO_CHILDREN = Kind(
    "SCHEME_NO_CHILDREN",
    Text("指标“{code}”没有下级。", "The indicator `{code}` has no children."),
    Text("请用nodes列出指标。", "List the indicators under `nodes`."),
)
UNKNOWN_BAND = Kind(
    "SCHEME_UNKNOWN_BAND",
    Text("没有等级“{found}”{suggestion_zh}。", "There is no band `{found}`{suggestion_en}."),
    Text("现有等级：{known}。", "The bands are: {known}."),
)
UNKNOWN_VERDICT = Kind(
    "SCHEME_UNKNOWN_VERDICT",
    Text("没有结论“{found}”{suggestion_zh}。", "There is no verdict `{found}`{suggestion_en}."),
    Text(
        "请在verdicts中由轻到重列出；现有：{known}。",
        "List it under `verdicts`, from mild to severe; there are: {known}.",
    ),
)
DUPLICATE_VERDICT = Kind(
    "SCHEME_DUPLICATE_VERDICT",
    Text("结论“{verdict}”列了两次。", "The verdict `{verdict}` is listed twice."),
    Text("次序即轻重，请只列一次。", "The order says which is more severe; list it once."),
)
BASE_VERDICT_UNLISTED = Kind(
    "SCHEME_BASE_VERDICT_UNLISTED",
    Text(
        "有合格线，而verdicts未列出{found}；未列出者轻于所有列出的结论。",
        "There is a pass line, but `verdicts` does not list {found}; "
        "what is not listed is milder than everything that is.",
    ),
    Text("请按轻重把它列入verdicts。", "List it where it belongs, from mild to severe."),
    Level.WARNING,
)
GATE_FORM = Kind(
    "SCHEME_GATE_FORM",
    Text("规则“{id}”须写children_of或nodes之一。", "The gate `{id}` needs either `children_of` or `nodes`."),
    Text(
        "例如require: {{children_of: SHOP, passed: true}}。",
        "Write it like `require: {{children_of: SHOP, passed: true}}`.",
    ),
)
VETO_FORM = Kind(
    "SCHEME_VETO_FORM",
    Text(
        "规则“{id}”的when须为any_of与rate_at_most，或measure与at_least；现有：{found}。",
        "The veto `{id}` needs any_of with rate_at_most, or measure with at_least; found: {found}.",
    ),
    Text("请写全其中一种，并删去另一种。", "Complete one of the two, and leave the other out."),
)
STREAK_FORM = Kind(
    "SCHEME_STREAK_FORM",
    Text("规则“{id}”须写band或verdict之一。", "The streak `{id}` needs either `band` or `verdict`."),
    Text("请只写其中一个。", "Write one of the two."),
)
ADJUST_FORM = Kind(
    "SCHEME_ADJUST_FORM",
    Text(
        "规则“{id}”写了{field}，却没有{missing}。", "The adjustment `{id}` has `{field}` but no `{missing}`."
    ),
    Text("veto_at（次数）与verdict须一起写。", "`veto_at` (a count) and `verdict` belong together."),
)
CAP_RANGE = Kind(
    "SCHEME_CAP_RANGE",
    Text("cap应为0至100的得分，现为{found}。", "`cap` is a score from 0 to 100; found {found}."),
    Text("例如cap: 60。", "Write it like `cap: 60`."),
)
CAP_BELOW_ONE = Kind(
    "SCHEME_CAP_BELOW_ONE",
    Text(
        "cap为{found}，即满分100分中的{found}分。",
        "`cap` is {found}: that is {found} of 100 points.",
    ),
    Text(
        "如指百分比，请写%，例如60%，或写60。",
        "If a share is meant, write it with %, or as points: 60% or 60.",
    ),
    Level.WARNING,
)
QUOTA_SHARES = Kind(
    "SCHEME_QUOTA_SHARES",
    Text("规则“{id}”的比例不能为负或全为0。", "The shares of `{id}` cannot be negative, nor all 0."),
    Text("例如{{excellent: 2, pass: 7, fail: 1}}。", "Write them like {{excellent: 2, pass: 7, fail: 1}}."),
)
GATE_WITHOUT_PASS_LINE = Kind(
    "SCHEME_GATE_WITHOUT_PASS_LINE",
    Text(
        "规则“{id}”要求合格的指标没有合格线：{nodes}。",
        "The gate `{id}` asks nodes to pass that have no pass line: {nodes}.",
    ),
    Text("请写pass；否则该规则永远无法判定。", "Write `pass`; without it the rule stays undecided for ever."),
    Level.WARNING,
)
