"""Files that are there, but where or how nobody can read them."""

from __future__ import annotations

from steelyard.errors import Kind, Text

SPREADSHEET = Kind(
    "PACK_SPREADSHEET",
    Text("这是 Excel 文件，不是 CSV。", "This is an Excel file, not CSV."),
    Text("请在 Excel 中另存为“CSV UTF-8”。", "Save it from Excel as “CSV UTF-8”."),
)
MISPLACED_SCHEME = Kind(
    "PACK_MISPLACED_SCHEME",
    Text(
        "此处的评价体系不会被读取；只读取 schemes/*.yaml。",
        "Schemes here are not read; only schemes/*.yaml are.",
    ),
    Text("请改为 {place}。", "Make it {place}."),
)
