"""Why a pack cannot be loaded, or one of its files cannot be read."""

from __future__ import annotations

from steelyard.errors import Kind, Text

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
        "指标包 {pack}（{place}）的{what_zh} {name} 已由指标包 {other}（{other_place}）提供。",
        "The pack {pack} ({place}) provides the {what_en} {name}, which the pack {other} ({other_place}) "
        "provides already.",
    ),
    Text("请卸载其中之一，或改名。", "Uninstall one of them, or rename it."),
)
NOT_UTF8 = Kind(
    "PACK_NOT_UTF8",
    Text("文件不是 UTF-8 编码。", "The file is not UTF-8."),
    Text("请以 UTF-8 保存。", "Save it as UTF-8."),
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
