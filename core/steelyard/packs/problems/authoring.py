"""What `pack check` tells an author besides, and what `pack new` meets with."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

SCHEME_NAME = Kind(
    "PACK_SCHEME_NAME",
    Text(
        "评价体系 {name} 的名称应以 {pack}. 开头。",
        "The scheme {name} needs a name that begins with `{pack}.`.",
    ),
    Text("名称全局唯一；请改名。", "Names are unique everywhere; rename it."),
    Level.FUTURE_ERROR,
)
STRAY_FILE = Kind(
    "PACK_STRAY_FILE",
    Text("此文件不会被读取{suggestion_zh}。", "Nothing reads this file{suggestion_en}."),
    Text("指标包的文件是：{known}。", "A pack's files are {known}."),
    Level.WARNING,
)
NO_SCHEMES = Kind(
    "PACK_NO_SCHEMES",
    Text("指标包 {pack} 没有评价体系。", "The pack {pack} has no schemes."),
    Text("请在 schemes/ 中放入 *.yaml。", "Put *.yaml files into schemes/."),
    Level.WARNING,
)
NO_CASES = Kind(
    "PACK_NO_CASES",
    Text("评价体系 {scheme} 没有案例。", "The scheme {scheme} has no cases."),
    Text(
        "请在 cases/ 中写下来源自己的算例：度量与应得的分数。",
        "Write the source's own examples into cases/: measures, and the scores that they should give.",
    ),
    Level.WARNING,
)
SAMPLE_UNIT = Kind(
    "PACK_SAMPLE_UNIT",
    Text(
        "samples/units.yaml 中没有评价对象“{found}”{suggestion_zh}。",
        "There is no unit “{found}” in samples/units.yaml{suggestion_en}.",
    ),
    Text("请更正代码，或在 units.yaml 中加入它。", "Correct the code, or add the unit to units.yaml."),
)
SAMPLE_UNIT_TYPE = Kind(
    "PACK_SAMPLE_UNIT_TYPE",
    Text(
        "评价对象“{unit}”的类型为 {found}，而评价体系 {scheme} 评价 {expected}。",
        "The unit “{unit}” is a {found}, but the scheme {scheme} scores a {expected}.",
    ),
    Text(
        "请更正 units.yaml 中的 type 或评价体系的 unit_type。",
        "Correct its type in units.yaml, or the scheme's unit_type.",
    ),
)
SAMPLE_PERIOD = Kind(
    "PACK_SAMPLE_PERIOD",
    Text(
        "“{period}”不是 {calendars} 的周期代码。",
        "“{period}” is no period of the calendar {calendars}.",
    ),
    Text("请按 {example} 的写法填写。", "Write it like {example}."),
)
SAMPLE_ATTRIBUTE = Kind(
    "PACK_SAMPLE_VARIANT",
    Text(
        "评价体系 {scheme} 没有“{attribute}”为“{found}”的变体{suggestion_zh}。",
        "The scheme {scheme} has no variant for {attribute} “{found}”{suggestion_en}.",
    ),
    Text(
        "该对象用原权重；变体：{known}。本应如此时，请在 variants 中写 `{found}: {{}}`。",
        "The unit is scored with the scheme's own figures; variants: {known}. If that is meant, "
        "list `{found}: {{}}` among them.",
    ),
    Level.WARNING,
)
NOT_INSTALLED = Kind(
    "PACK_NOT_FOUND",
    Text(
        "没有名为“{found}”的文件、文件夹或已安装的指标包{suggestion_zh}。",
        "There is no file, folder or installed pack “{found}”{suggestion_en}.",
    ),
    Text("已安装：{known}。", "Installed: {known}."),
)
EXISTS = Kind(
    "PACK_EXISTS",
    Text("{folder} 已存在且不为空。", "{folder} is there already, and not empty."),
    Text("请另选 --dir，或先移走它。", "Choose another --dir, or move it away."),
)
SAMPLE_ABOVE_FULL = Kind(
    "PACK_SAMPLE_ABOVE_FULL",
    Text(
        "{found} 分超过指标 {code} 的满分 {full}，按满分计。",
        "{found} points exceed the full mark of {code} ({full}), and are cut to it.",
    ),
    Text("请核对该值。", "Check the value."),
    Level.WARNING,
)
NO_SOURCE = Kind(
    "PACK_FIGURE_WITHOUT_SOURCE",
    Text(
        "{what} 的数值既无来源（source），也未标注为假定（assumed）。",
        "The figures of {what} have no source and are not marked as assumed.",
    ),
    Text(
        "请在评价体系或该处写明 source，或写 assumed: true 并附 note。",
        "Name the source here or in the scheme's head, or write assumed: true with a note.",
    ),
    Level.WARNING,
)
NO_NOTE = Kind(
    "PACK_ASSUMPTION_WITHOUT_NOTE",
    Text("{what} 标注为假定，但没有说明假定了什么。", "{what} is marked as assumed without saying what is."),
    Text("请写 note（zh 与 en）。", "Write a note in zh and en."),
    Level.WARNING,
)
NO_TITLE = Kind(
    "PACK_NO_TITLE",
    Text("{what} 没有 {field}。", "{what} has no {field}."),
    Text("请写 {field}: {{zh: …, en: …}}。", "Write {field}: {{zh: …, en: …}}."),
    Level.WARNING,
)
ONE_LANGUAGE = Kind(
    "PACK_ONE_LANGUAGE",
    Text(
        "{what} 的 {field}“{found}”没有中英文两种写法。",
        "The {field} “{found}” of {what} does not stand in both zh and en.",
    ),
    Text("请写 {field}: {{zh: …, en: …}}。", "Write {field}: {{zh: …, en: …}}."),
    Level.WARNING,
)
UNWRITABLE = Kind(
    "PACK_UNWRITABLE",
    Text("无法写入：{reason}。", "It cannot be written: {reason}."),
    Text("请检查 --dir 的路径与权限。", "Check the path and the permissions of --dir."),
)
MEASURE_RENAMED = Kind(
    "PACK_MEASURE_RENAMED",
    Text(
        "评价体系读取{what_zh}“{measure}”，而样例或案例写作“{found}”。",
        "The scheme reads the {what_en} “{measure}”; samples or cases call it “{found}”.",
    ),
    Text("请统一名称。", "Call it the same everywhere."),
    Level.WARNING,
)
EVALUATION_RAISES = Kind(
    "PACK_EVALUATION_RAISES",
    Text(
        "评价体系 {scheme} 在计分时出错：{error}。",
        "Scoring the scheme {scheme} raised {error}.",
    ),
    Text(
        "评分标准不得抛出异常或警告；无法使用的值应得 NaN。",
        "A rubric raises and warns of nothing; for a value that cannot be used it returns NaN.",
    ),
)
