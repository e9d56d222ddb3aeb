"""Problems of a file's text: its encoding, and YAML that is not strict."""

from __future__ import annotations

from steelyard.errors import Kind, Text

NOT_UTF8 = Kind(
    "SCHEME_NOT_UTF8",
    Text(
        "文件不是UTF-8编码（第{byte}字节起），{likely_zh}。",
        "The file is not UTF-8 (from byte {byte} on); it {likely_en}.",
    ),
    Text("请以UTF-8编码另存。", "Save it as UTF-8."),
)
UNREADABLE = Kind(
    "SCHEME_UNREADABLE",
    Text("无法读取文件：{reason}。", "The file cannot be read: {reason}."),
    Text("请检查路径与权限。", "Check the path and the permissions."),
)
MORE_PROBLEMS = Kind(
    "SCHEME_MORE_PROBLEMS",
    Text(
        "自此处起至少还有{more}个问题未列出。", "At least {more} more problems, from here on, are not listed."
    ),
    Text("请先更正已列出的问题。", "Correct those that are listed first."),
)
EMPTY_FILE = Kind(
    "SCHEME_EMPTY_FILE",
    Text("文件中没有内容。", "The file holds nothing."),
    Text(
        "请写入内容，或删去该文件；各种文件的写法见docs/packs/format.md。",
        "Write it or delete it; docs/packs/format.md shows what belongs into each file.",
    ),
)
TOO_MANY_CHARACTERS = Kind(
    "SCHEME_TOO_LARGE",
    Text("文件超过{limit}字。", "The file has more than {limit} characters."),
    Text("请拆成几个评价体系。", "Split it into several schemes."),
)
TOO_MANY_NODES = Kind(
    "SCHEME_TOO_MANY_NODES",
    Text("引用展开后超过{limit}个值。", "With its aliases unfolded the file has more than {limit} values."),
    Text("请减少“*”引用。", "Use fewer aliases (*)."),
)
SYNTAX = Kind(
    "SCHEME_YAML_SYNTAX",
    Text("不是合法的YAML：{reason_zh}。", "This is not valid YAML: {reason_en}."),
    Text("请检查缩进、冒号、括号与引号。", "Check indentation, colons, brackets and quotes."),
)
FULL_WIDTH_MARK = Kind(
    "SCHEME_FULL_WIDTH_MARK",
    Text(
        "此处是全角或特殊的“{found}”，YAML不认。",
        "There is a full-width or typographic `{found}` here, which YAML takes for a letter.",
    ),
    Text("请改用半角的“{plain}”。", "Write `{plain}`, and a space where one belongs."),
)
TAB = Kind(
    "SCHEME_TAB",
    Text(
        "此处有制表符；YAML只允许用空格分隔与缩进。",
        "There is a tab here; only spaces may indent or separate.",
    ),
    Text("请将制表符换成空格。", "Replace the tab by spaces."),
)
CONTROL_CHARACTER = Kind(
    "SCHEME_CONTROL_CHARACTER",
    Text(
        "此处有不允许的控制字符{character}。",
        "There is a control character {character}, which is not allowed.",
    ),
    Text("请删除该字符。", "Delete the character."),
)
YAML_VERSION = Kind(
    "SCHEME_YAML_VERSION",
    Text("文件声明为YAML {found}；应为1.2。", "The file declares YAML {found}; expected 1.2."),
    Text("请删除%YAML一行。", "Delete the %YAML line."),
)
SECOND_DOCUMENT = Kind(
    "SCHEME_SECOND_DOCUMENT",
    Text("此处“---”开始了第二个YAML文档。", "A second YAML document begins here (`---`)."),
    Text(
        "一个文件只写一个评价体系；请删去“---”或拆成两个文件。",
        "A file holds one scheme; delete the `---`, or make two files of it.",
    ),
)
DUPLICATE_KEY = Kind(
    "SCHEME_DUPLICATE_KEY",
    Text(
        "字段“{key}”出现了两次；首次在第{line}行。", "The key `{key}` is given twice; first in line {line}."
    ),
    Text("请保留其中一个。", "Keep one of them."),
)
KEY_NOT_TEXT = Kind(
    "SCHEME_KEY_NOT_TEXT",
    Text("字段名必须是一个词。", "A key has to be a plain word."),
    Text("请改写为“名称: 值”。", "Write `name: value`."),
)
MERGE_KEY = Kind(
    "SCHEME_MERGE_KEY",
    Text("“<<”不属于YAML 1.2，不予合并。", "`<<` is not part of YAML 1.2 and merges nothing."),
    Text("请直接写出这些字段。", "Write the fields out."),
)
TAG = Kind(
    "SCHEME_TAG",
    Text("不允许使用YAML标签“{tag}”。", "The YAML tag `{tag}` is not allowed."),
    Text("请删除标签；字段决定值的类型。", "Delete the tag; the field decides what its value is."),
)
UNKNOWN_ALIAS = Kind(
    "SCHEME_UNKNOWN_ALIAS",
    Text("引用“*{name}”之前没有锚点“&{name}”。", "The alias `*{name}` follows no anchor `&{name}`."),
    Text("请先定义锚点，或直接写出内容。", "Define the anchor above it, or write the content out."),
)
TOO_DEEP = Kind(
    "SCHEME_TOO_DEEP",
    Text("嵌套超过{limit}层。", "This is nested more than {limit} deep."),
    Text("请减少层级。", "Use fewer levels."),
)
