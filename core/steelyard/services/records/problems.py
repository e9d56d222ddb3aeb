"""What can be wrong with a request about records."""

from __future__ import annotations

from steelyard.errors import Kind, Text

RECORD_TABLE_NOT_FOUND = Kind(
    "RECORD_TABLE_NOT_FOUND",
    Text(
        "没有名为“{table}”的记录表{suggestion_zh}。",
        "There is no table of records `{table}`{suggestion_en}.",
    ),
    Text(
        "请写成 `行业包.表`；`steelyard records tables` 列出全部记录表。",
        "Write `<pack>.<table>`; `steelyard records tables` lists them.",
    ),
)
IMPORT_CANCELLED = Kind(
    "IMPORT_CANCELLED",
    Text("导入已取消，未保存任何内容。", "The import was cancelled; nothing was kept."),
    Text("可随时重新导入同一文件。", "The same file can be imported again at any time."),
)
SOURCE_CHANGED = Kind(
    "SOURCE_CHANGED",
    Text(
        "文件在读取期间被改动，未保存任何内容。",
        "The file was changed while it was read; nothing was kept.",
    ),
    Text(
        "等文件写完（如导出结束）后重新导入。",
        "Import it again once it is written, say when the export is over.",
    ),
)
NO_REJECTS = Kind(
    "NO_REJECTS",
    Text("导入 {import} 没有被拒绝的行。", "The import {import} has no rejected rows."),
    Text("所有行均已保存，或该导入不在可见范围内。", "All its rows were stored."),
)
NO_GENERATOR = Kind(
    "NO_GENERATOR",
    Text("记录表“{table}”没有生成器。", "There is no generator for the table of records `{table}`."),
    Text(
        "行业包可用 `steelyard_generators` 钩子提供。",
        "A pack may provide one with the hook `steelyard_generators`.",
    ),
)
RECORD_CHECK_NOT_FOUND = Kind(
    "RECORD_CHECK_NOT_FOUND",
    Text(
        "记录表“{table}”没有名为“{check}”的检查{suggestion_zh}。",
        "The table of records `{table}` has no check `{check}`{suggestion_en}.",
    ),
    Text(
        "`steelyard pack explain` 列出各表的检查。",
        "`steelyard pack explain` lists the checks of each table.",
    ),
)
