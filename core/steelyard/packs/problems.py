"""The kinds of problems that packs have."""

from __future__ import annotations

from steelyard.errors import Kind, Level, Text

_ASK_AUTHOR = Text(
    "请将此信息转告指标包的作者，或卸载该指标包。",
    "Tell the pack's author, or uninstall the pack.",
)

NAMES: dict[str, dict[str, object]] = {
    "pack": {"what_zh": "名称", "what_en": "name"},
    "scheme": {"what_zh": "评价体系", "what_en": "scheme"},
    "calendar": {"what_zh": "日历", "what_en": "calendar"},
    "rubric": {"what_zh": "评分标准", "what_en": "rubric"},
}
"""What packs provide names of, as NAME_CLASH and DUPLICATE_NAME say it."""

IMPORT_FAILED = Kind(
    "PACK_IMPORT_FAILED",
    Text(
        "指标包 {pack} 无法导入：{error}。",
        "The pack {pack} cannot be imported: {error}.",
    ),
    _ASK_AUTHOR,
)
HOOK_FAILED = Kind(
    "PACK_HOOK_FAILED",
    Text(
        "指标包 {pack} 的钩子 {hook} 出错：{error}。",
        "The hook {hook} of the pack {pack} failed: {error}.",
    ),
    _ASK_AUTHOR,
)
UNKNOWN_HOOK = Kind(
    "PACK_UNKNOWN_HOOK",
    Text(
        "指标包 {pack} 实现了不存在的钩子 {hook}；现有钩子：{known}。",
        "The pack {pack} implements {hook}, which is no hook; the hooks are {known}.",
    ),
    Text("是否指 {nearest}？", "Is {nearest} meant?"),
)
BAD_SIGNATURE = Kind(
    "PACK_BAD_SIGNATURE",
    Text(
        "指标包 {pack} 的钩子 {hook} 声明了参数 {arguments}；钩子没有参数。",
        "The hook {hook} of the pack {pack} declares the arguments {arguments}; hooks take none.",
    ),
    Text("请去掉参数。", "Leave the arguments out."),
)
UNMARKED_HOOK = Kind(
    "PACK_UNMARKED_HOOK",
    Text(
        "指标包 {pack} 定义了 {hook}，但没有标注 @hookimpl。",
        "The pack {pack} defines {hook} without @hookimpl.",
    ),
    Text("请在函数前加上 @hookimpl。", "Put @hookimpl before the function."),
)
BAD_RECORD = Kind(
    "PACK_BAD_RECORD",
    Text(
        "指标包 {pack} 的钩子 {hook} 返回了 {found}，应为 {expected}。",
        "The hook {hook} of the pack {pack} returned {found}; expected {expected}.",
    ),
    Text(
        "钩子必须同步返回 steelyard.packs 中的记录。",
        "A hook returns records of steelyard.packs, and is not asynchronous.",
    ),
)
NO_INFO = Kind(
    "PACK_NO_INFO",
    Text(
        "指标包 {pack} 没有实现 steelyard_pack。",
        "The pack {pack} does not implement steelyard_pack.",
    ),
    Text("请实现该钩子并返回 PackInfo。", "Implement this hook; it returns a PackInfo."),
)
API_VERSION = Kind(
    "PACK_API_VERSION",
    Text(
        "指标包 {pack} 为接口版本 {found} 编写，当前 Steelyard 的接口版本为 {expected}。",
        "The pack {pack} was written for API version {found}; this Steelyard has {expected}.",
    ),
    Text("{advice_zh}", "{advice_en}"),
)


def version_values(found: int, expected: int) -> dict[str, object]:
    """The values of API_VERSION besides the pack: what to do depends on which of the two is behind."""
    words = Text("请升级 Steelyard。", "Upgrade Steelyard.")
    if found < expected:
        words = Text("请安装该指标包的较新版本。", "Install a newer version of the pack.")
    return {"found": found, "expected": expected, "advice_zh": words.zh, "advice_en": words.en}


NAME_CLASH = Kind(
    "PACK_NAME_CLASH",
    Text(
        "指标包 {pack} 的{what_zh} {name} 已由指标包 {other} 提供。",
        "The pack {pack} provides the {what_en} {name}, which the pack {other} provides already.",
    ),
    Text("请卸载其中之一，或改名。", "Uninstall one of them, or rename it."),
)
FOREIGN_NAME = Kind(
    "PACK_FOREIGN_NAME",
    Text(
        "评分标准 {name} 的名称应以 {pack}. 开头。",
        "The rubric {name} needs a name that begins with {pack}.",
    ),
    Text("请改名。", "Rename it."),
)
UNKNOWN_CALENDAR = Kind(
    "PACK_UNKNOWN_CALENDAR",
    Text(
        "评价体系 {scheme} 使用的日历 {found} 未声明{suggestion_zh}；可用：{known}。",
        "The scheme {scheme} uses the calendar {found}, which nobody declares{suggestion_en}: {known}.",
    ),
    Text(
        "请在 calendars.yaml 中声明它，或改用已有的日历。",
        "Declare it in calendars.yaml, or use one that there is.",
    ),
)
UNKNOWN_RUBRIC = Kind(
    "PACK_UNKNOWN_RUBRIC",
    Text(
        "指标 {node} 使用的 python 评分标准 {found} 未由本指标包注册{suggestion_zh}；已注册：{known}。",
        "The pack does not register the Python rubric {found} of {node}{suggestion_en}; it has {known}.",
    ),
    Text("请用 steelyard_rubrics 注册它。", "Register it with steelyard_rubrics."),
)
UNKNOWN_INDICATOR = Kind(
    "PACK_UNKNOWN_INDICATOR",
    Text(
        "改进建议 {advice} 针对的指标 {found} 不在本指标包的任何评价体系中{suggestion_zh}。",
        "The advice {advice} is for the indicator {found}, which is in no scheme of the pack{suggestion_en}.",
    ),
    Text("请改正指标代码。", "Correct the indicator's code."),
)
DUPLICATE_ADVICE = Kind(
    "PACK_DUPLICATE_ADVICE",
    Text("改进建议的代码 {name} 重复。", "The advice code {name} occurs twice."),
    Text("请给每条建议不同的代码。", "Give each advice a code of its own."),
)
UNKNOWN_SCHEME = Kind(
    "PACK_UNKNOWN_SCHEME",
    Text(
        "所指的评价体系 {found} 不在本指标包中{suggestion_zh}；现有：{known}。",
        "The scheme {found} meant here is not in the pack{suggestion_en}; it has {known}.",
    ),
    Text("请改正名称。", "Correct the name."),
)
DUPLICATE_UNIT = Kind(
    "PACK_DUPLICATE_UNIT",
    Text("样例评价对象 {name} 出现多次。", "The sample unit {name} occurs twice."),
    Text("请给每个对象不同的代码。", "Give each unit a code of its own."),
)
UNKNOWN_PARENT = Kind(
    "PACK_UNKNOWN_PARENT",
    Text(
        "样例评价对象 {unit} 的上级 {found} 没有列在它之前{suggestion_zh}。",
        "The parent {found} of the sample unit {unit} is not listed before it{suggestion_en}.",
    ),
    Text("请先列上级，再列下级。", "List parents before their children."),
)
NOT_UTF8 = Kind(
    "PACK_NOT_UTF8",
    Text("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    Text("请以 UTF-8 保存。", "Save it as UTF-8."),
)
CASE_MISMATCH = Kind(
    "PACK_CASE_MISMATCH",
    Text(
        "案例“{case}”：{node} 的 {figure} 应为 {expected}，实为 {actual}。",
        "Case “{case}”: {figure} of {node} is stated as {expected} and comes out as {actual}.",
    ),
    Text("请核对案例与评价体系。", "Check the case and the scheme."),
)
CASE_UNKNOWN_NODE = Kind(
    "PACK_CASE_UNKNOWN_NODE",
    Text(
        "案例“{case}”：评价体系 {scheme} 没有指标 {found}{suggestion_zh}。",
        "Case “{case}”: the scheme {scheme} has no indicator {found}{suggestion_en}.",
    ),
    Text("请改正指标代码。", "Correct the indicator's code."),
)
CASE_UNKNOWN_MEASURE = Kind(
    "PACK_CASE_UNKNOWN_MEASURE",
    Text(
        "案例“{case}”：评价体系 {scheme} 不读取度量 {found}{suggestion_zh}。",
        "Case “{case}”: the scheme {scheme} does not read the measure {found}{suggestion_en}.",
    ),
    Text("请改正度量名称。", "Correct the measure's name."),
)
BAD_PACK_NAME = Kind(
    "PACK_BAD_NAME",
    Text(
        "指标包名称“{name}”应由小写字母、数字和连字符组成。",
        "The pack's name “{name}” has to consist of small letters, digits and hyphens.",
    ),
    Text("请改成如 service-team 的名称。", "Use a name such as service-team."),
)
NO_PACK_FILE = Kind(
    "PACK_NO_PACK_FILE",
    Text(
        "文件夹 {folder} 中没有 pack.yaml{hint_zh}。",
        "The folder {folder} has no pack.yaml{hint_en}.",
    ),
    Text(
        "指标包文件夹须有 pack.yaml；steelyard pack new 可生成一个。",
        "A pack's folder holds pack.yaml; `steelyard pack new` makes one.",
    ),
)
NO_FOLDER = Kind(
    "PACK_NO_FOLDER",
    Text(
        "指标包文件夹 {folder} 无法读取：{reason}。", "The folder of packs {folder} cannot be read: {reason}."
    ),
    Text("请检查 --packs-dir 与 STEELYARD_PACKS。", "Check --packs-dir and STEELYARD_PACKS."),
)
OUTSIDE = Kind(
    "PACK_FILE_OUTSIDE",
    Text("文件是指向指标包文件夹之外的链接。", "The file is a link that leads out of the pack's folder."),
    Text("请把文件放进文件夹。", "Put the file itself into the folder."),
)
UNREADABLE = Kind(
    "PACK_UNREADABLE",
    Text("文件无法读取：{reason}。", "The file cannot be read: {reason}."),
    Text("请检查文件及其权限。", "Check the file and its permissions."),
)
TOO_LARGE = Kind(
    "PACK_FILE_TOO_LARGE",
    Text("文件超过 {limit} 字节。", "The file has more than {limit} bytes."),
    Text("请拆分文件。", "Split it."),
)
HOOK_BESIDE_FILES = Kind(
    "PACK_HOOK_BESIDE_FILES",
    Text(
        "指标包 {pack} 有 pack.yaml，其内容来自文件；却又实现了 {hook}。",
        "The pack {pack} has a pack.yaml, so its files say what {hook} says; yet it implements that hook.",
    ),
    Text(
        "请删去该钩子；有 pack.yaml 时 Python 只提供：{hooks}。",
        "Remove the hook; beside pack.yaml Python provides only {hooks}.",
    ),
)
NOT_ALLOWED = Kind(
    "PACK_NOT_ALLOWED",
    Text("指标包 {pack} 不在允许之列。", "The pack {pack} is not among those allowed."),
    Text(
        "如需使用，请加入 --allow-pack 或 STEELYARD_ALLOWED_PACKS。",
        "To use it, add it to --allow-pack or STEELYARD_ALLOWED_PACKS.",
    ),
)
ALLOWED_ABSENT = Kind(
    "PACK_ALLOWED_ABSENT",
    Text(
        "允许的指标包“{found}”并不存在{suggestion_zh}。",
        "The allowed pack “{found}” is not there{suggestion_en}.",
    ),
    Text("现有：{known}。", "There are {known}."),
)
DUPLICATE_NAME = Kind(
    "PACK_DUPLICATE_NAME",
    Text(
        "本指标包的{what_zh}“{name}”出现两次；另一处：{other}。",
        "The pack has the {what_en} “{name}” twice; the other: {other}.",
    ),
    Text("请改名，或删去其中之一。", "Rename one of them, or leave it out."),
)
UNIT_CYCLE = Kind(
    "PACK_UNIT_CYCLE",
    Text("样例评价对象的上级成环：{circle}。", "The parents of sample units form a circle: {circle}."),
    Text("请断开其中一环。", "Break the circle at one of them."),
)
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
        "评价体系 {scheme} 没有“{attribute}”为“{found}”的变体{suggestion_zh}；。",
        "The scheme {scheme} has no variant for {attribute} “{found}”{suggestion_en}.",
    ),
    Text(
        "该对象用原权重；变体：{known}。",
        "The unit is scored with the scheme's own figures; variants: {known}.",
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
        "评价体系读取度量“{measure}”，而样例或案例写作“{found}”。",
        "The scheme reads the measure “{measure}”; samples or cases call it “{found}”.",
    ),
    Text("请统一名称。", "Call it the same everywhere."),
    Level.WARNING,
)
