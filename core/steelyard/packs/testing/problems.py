"""The kinds of problems that only the conformance suite finds; others are the loader's and the linter's."""

from __future__ import annotations

from steelyard.errors import Kind, Text

SAMPLE_UNMEASURED = Kind(
    "PACK_SAMPLE_UNMEASURED",
    Text(
        "样例表没有 {measures} 的任何数值，因此 {node} 处处缺数据。",
        "The sample table has no value of {measures}, so {node} is MISSING everywhere.",
    ),
    Text(
        '请补上该列；若有意不测，请在测试类中写 unmeasured = {{"{node}"}}。',
        'Fill the column; if that is meant, write unmeasured = {{"{node}"}} in the test class.',
    ),
)
NOT_REPEATABLE = Kind(
    "PACK_NOT_REPEATABLE",
    Text(
        "评价体系 {scheme}：{how}，{figure} 不同（{node}）。",
        "The scheme {scheme}: {how_en}, {figure} of {node} comes out differently.",
    ),
    Text(
        "评分标准只能取决于本行的度量值。",
        "A rubric may depend on nothing but its arguments and the values of its own column.",
    ),
)
RUBRIC_SHAPE = Kind(
    "PACK_RUBRIC_SHAPE",
    Text(
        "评分标准 {rubric} 对 {rows} 行返回了 {found}。",
        "The rubric {rubric} answered {rows} columns of values with {found}.",
    ),
    Text(
        "rates(args, values) 把形状 (k, n) 的值变为形状 (n,) 的浮点数组。",
        "rates(args, values) turns values of shape (k, n) into floats of shape (n,).",
    ),
)
RUBRIC_DISAGREES = Kind(
    "PACK_RUBRIC_DISAGREES",
    Text(
        "评分标准 {rubric} 对 {values} 的数组结果为 {rate}，精确结果为 {exact}。",
        "For {values} the rubric {rubric} gives {rate} as an array and {exact} exactly.",
    ),
    Text("请使 rates 与 exact 一致。", "Make rates and exact agree."),
)
RUBRIC_NAN = Kind(
    "PACK_RUBRIC_NAN",
    Text(
        "评分标准 {rubric} 对本指标包自己的样例中的值 {values} 没有结果（NaN）。",
        "The rubric {rubric} gives NaN for {values}, which the pack's own samples hold.",
    ),
    Text("请改正评分标准或数据。", "Correct the rubric or the data."),
)
RUBRIC_UNUSED = Kind(
    "PACK_RUBRIC_UNUSED",
    Text(
        "没有评价体系使用评分标准 {rubric}，因此无从检验。",
        "No scheme uses the rubric {rubric}, so nothing tests it.",
    ),
    Text("请在评价体系中使用它，或删去。", "Use it in a scheme, or take it out."),
)
RUBRIC_CHANGES_VALUES = Kind(
    "PACK_RUBRIC_CHANGES_VALUES",
    Text("评分标准 {rubric} 改动了传入的值。", "The rubric {rubric} changed the values it was given."),
    Text("请返回新的数组。", "Return a new array."),
)
NO_SENTENCE = Kind(
    "PACK_NO_SENTENCE",
    Text(
        "{node} 没有中英文两种说明：“{zh}”，“{en}”。",
        "{node} is not explained in both zh and en: “{zh}”, “{en}”.",
    ),
    Text(
        "评分标准的 sentence(args) 返回 Text(zh, en)。",
        "A rubric's sentence(args) returns Text(zh, en).",
    ),
)
RELEASED_CHANGED = Kind(
    "PACK_RELEASED_VERSION_CHANGED",
    Text(
        "评价体系 {scheme} 的版本 {version} 已发布，但内容已改变。",
        "Version {version} of the scheme {scheme} was released with other content.",
    ),
    Text(
        "请改回内容，或在评价体系中写新的 version。",
        "Take the change back, or give the scheme a new version.",
    ),
)
GENERATOR_UNKEPT = Kind(
    "PACK_GENERATOR_UNKEPT",
    Text(
        "表 {table} 的生成器不符合约定：{reason}。",
        "The generator for {table} does not keep its promise: {reason}.",
    ),
    Text(
        "同一请求给出相同的行，行数如所求，每个声明的列一列文本，按声明的顺序。",
        "The same request gives the same rows, as many as asked for, with a text for each declared column.",
    ),
)
