"""The stages of an import of records, in their order: what `Progress` names, and where a crash may come.

A stage is reported with `done == total` once it is over. Up to ROW_WRITTEN a crash leaves nothing but files
that are collected later; from COMMITTED on the import stands.
"""

from __future__ import annotations

from steelyard.errors import Text

READING = Text("读取并校验记录", "Reading and validating records")
VALIDATED = Text("校验完毕", "Validated")
PART_WRITTEN = Text("数据文件已写出", "Part written")
SYNCED = Text("数据文件已落盘", "Part synced")
RENAMED = Text("数据文件已就位", "Part in place")
MEASURED = Text("计算度量", "Measuring")
ROW_WRITTEN = Text("写入数据库", "Writing to the database")
COMMITTED = Text("已提交", "Committed")
EVALUATED = Text("评价已保存", "Evaluation stored")

OF_IMPORT = (READING, VALIDATED, PART_WRITTEN, SYNCED, RENAMED, MEASURED, ROW_WRITTEN, COMMITTED)
"""Those of an import; EVALUATED is told by whoever evaluates afterwards."""
