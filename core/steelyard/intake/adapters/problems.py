"""The kinds of problems that a source of records can have."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.errors import Kind, Level, Text


def _kind(code: str, zh: str, en: str, advice_zh: str, advice_en: str, level: Level = Level.ERROR) -> Kind:
    return Kind(code, Text(zh, en), Text(advice_zh, advice_en), level)


NOT_REREADABLE = _kind(
    "ADAPTER_HAS_NO_HEAD",
    "此数据源没有可另选的表头行。",
    "This source has no rows from which another header could be chosen.",
    "请报告此问题。",
    "Please report this.",
)
UNKNOWN_ADAPTER = _kind(
    "ADAPTER_UNKNOWN",
    "没有名为“{adapter}”的读取方式（已知：{known}）。",
    "There is no adapter “{adapter}” (known: {known}).",
    "用 `steelyard records adapters` 查看全部读取方式。",
    "See `steelyard records adapters`.",
)
UNKNOWN_FILE = _kind(
    "ADAPTER_FILE_NOT_RECOGNISED",
    "无法从文件名和内容判断文件格式。",
    "Neither name nor content tells what format the file has.",
    "用 --adapter 指明（已知：{known}）。",
    "Name it with --adapter (known: {known}).",
)
UNKNOWN_OPTION = _kind(
    "ADAPTER_UNKNOWN_OPTION",
    "没有选项“{option}”（已知：{known}）。",
    "There is no option “{option}” (known: {known}).",
    "更正选项名称。",
    "Correct the name of the option.",
)
MISSING_OPTION = _kind(
    "ADAPTER_OPTION_MISSING",
    "缺少选项“{option}”。",
    "The option “{option}” is missing.",
    "补上：--option {option}=…",
    "Give it: --option {option}=…",
)
BAD_OPTION = _kind(
    "ADAPTER_OPTION_INVALID",
    "选项“{option}”的值无效，应为：{expected}。",
    "The value of option “{option}” is not valid; expected: {expected}.",
    "更正该值。",
    "Correct the value.",
)
FILE_UNREADABLE = _kind(
    "ADAPTER_FILE_UNREADABLE",
    "无法打开文件：{reason}。",
    "The file cannot be opened: {reason}.",
    "核对路径和读取权限。",
    "Check the path and the permission to read it.",
)
NOT_TEXT = _kind(
    "ADAPTER_NOT_TEXT",
    "第 {line} 行（文件第 {byte} 个字节）既不是 UTF-8 也不是 GB18030 文本。",
    "Line {line} (byte {byte} of the file) is neither UTF-8 nor GB18030 text.",
    "请重新导出为 UTF-8。",
    "Export the file again as UTF-8.",
)
READ_AS_GB18030 = _kind(
    "ADAPTER_GB18030",
    "文件不是 UTF-8，已按 GB18030 读取。",
    "The file is not UTF-8; it was read as GB18030.",
    "如有乱码，请另存为 UTF-8。",
    "If texts look wrong, save it as UTF-8.",
    Level.WARNING,
)
NO_SUCH_HEADER_ROW = _kind(
    "ADAPTER_NO_SUCH_HEADER_ROW",
    "文件没有可作表头的第 {row} 行（可选前 {limit} 行）。",
    "The file has no row {row} that could be the header (one of the first {limit} can).",
    "更正 header_row。",
    "Correct header_row.",
)
NOT_XLSX = _kind(
    "ADAPTER_NOT_XLSX",
    "文件不是可读取的 XLSX 工作簿（或受密码保护）。",
    "The file is no XLSX workbook that can be read (or has a password).",
    "在表格软件中打开并另存为 .xlsx。",
    "Open it in a spreadsheet program and save it as .xlsx.",
)
XLSX_BEYOND_DATES = _kind(
    "ADAPTER_XLSX_BEYOND_DATES",
    "此行有单元格以日期或时长的格式显示，但其数值超出所有日期。",
    "A cell of this row is shown as a date or duration, but its number lies beyond all dates.",
    "更正该单元格的数值或格式。",
    "Correct the number of the cell, or its format.",
)
XLSX_TOO_LARGE = _kind(
    "ADAPTER_XLSX_TOO_LARGE",
    "工作簿解压后为 {size} MB、共 {cells} 个单元格，超过上限（{limit} MB，{most} 个单元格）或压缩比异常。",
    "Unpacked, the workbook has {size} MB and {cells} cells: more than is read ({limit} MB, {most} cells), "
    "or it is packed suspiciously tight.",
    "拆分工作簿，或导出为 CSV。",
    "Split the workbook or export CSV.",
)
HEADERS_TOO_LARGE = _kind(
    "ADAPTER_HEADERS_TOO_LARGE",
    "数据有 {columns} 列，最长的列名有 {letters} 个字符；最多 {most} 列，列名最多 {longest} 个字符。",
    "The data has columns: {columns}, and its longest name has letters: {letters}; at most {most} columns "
    "are read, with names of at most {longest} letters.",
    "只保留需要的列；JSON 行中请用固定的键名。",
    "Keep the columns that are needed; in JSON lines use the same keys in all lines.",
)
PARQUET_TOO_LARGE = _kind(
    "ADAPTER_PARQUET_TOO_LARGE",
    "从第 {row} 行起，平均每行超过 {most} 字节。",
    "From row {row} on, the rows have more than {most} bytes on average.",
    "导出时去掉过长的文本列。",
    "Export the table without its overlong texts.",
)
UNKNOWN_SHEET = _kind(
    "ADAPTER_UNKNOWN_SHEET",
    "工作簿没有工作表“{sheet}”（有：{known}）。",
    "The workbook has no sheet “{sheet}” (it has: {known}).",
    "更正选项 sheet。",
    "Correct the option sheet.",
)
NOT_PARQUET = _kind(
    "ADAPTER_NOT_PARQUET",
    "文件不是可读取的 Parquet 文件，或已损坏。",
    "The file is no Parquet file that can be read, or it is damaged.",
    "重新导出该文件。",
    "Export the file again.",
)
NOT_A_QUERY = _kind(
    "ADAPTER_NOT_A_QUERY",
    "只接受单个 SELECT 或 WITH 查询语句。",
    "Only one SELECT or WITH statement is accepted.",
    "去掉其他语句和分号。",
    "Remove other statements and semicolons.",
)
BAD_DATABASE_URL = _kind(
    "ADAPTER_DATABASE_URL",
    "数据库地址无效，或没有安装所需的驱动。",
    "The database URL is not valid, or its driver is not installed.",
    "形如 postgresql+psycopg://用户@主机/数据库；必要时安装驱动。",
    "Write e.g. postgresql+psycopg://user@host/database; install the driver where needed.",
)
QUERY_FAILED = _kind(
    "ADAPTER_QUERY_FAILED",
    "数据库未能执行查询（{reason}）。",
    "The database could not run the query ({reason}).",
    "核对查询语句、权限和连接。",
    "Check the query, the rights and the connection.",
)
SECRET_MISSING = _kind(
    "ADAPTER_SECRET_MISSING",
    "未能从 {source} 取得密钥。",
    "The secret could not be read from {source}.",
    "设置该环境变量或文件。",
    "Set that environment variable or file.",
)
SECRET_TWICE = _kind(
    "ADAPTER_SECRET_TWICE",
    "选项 {options} 只能给出一个。",
    "Only one of the options {options} may be given.",
    "保留其中一个。",
    "Keep one of them.",
)
INSECURE_URL = _kind(
    "ADAPTER_INSECURE_URL",
    "地址必须是 https（本机回环地址除外），且不含用户名和密码。",
    "The address must be https (except on loopback) and hold no user name or password.",
    "更正 url；密钥用 token_env 或 token_file 提供。",
    "Correct url; give a token by token_env or token_file.",
)
HTTP_REFUSED = _kind(
    "ADAPTER_HTTP_REFUSED",
    "接口以状态 {status} 拒绝了第 {page} 页的请求。",
    "The API refused page {page} with status {status}.",
    "核对地址、参数和令牌。",
    "Check address, parameters and token.",
)
HTTP_FAILED = _kind(
    "ADAPTER_HTTP_FAILED",
    "多次尝试后仍未取得第 {page} 页（{reason}）。",
    "Page {page} could not be had after several attempts ({reason}).",
    "稍后再试。",
    "Try again later.",
)
HTTP_REDIRECT = _kind(
    "ADAPTER_HTTP_REDIRECT",
    "第 {page} 页被转往另一主机或次数过多，已拒绝。",
    "Page {page} was redirected to another host or too often; refused.",
    "直接写明最终地址。",
    "Give the final address.",
)
HTTP_NOT_JSON = _kind(
    "ADAPTER_HTTP_NOT_JSON",
    "第 {page} 页的回答不是 JSON。",
    "The answer for page {page} is not JSON.",
    "核对地址。",
    "Check the address.",
)
HTTP_NO_ROWS = _kind(
    "ADAPTER_HTTP_NO_ROWS",
    "第 {page} 页在“{pointer}”处没有数组。",
    "Page {page} has no array at “{pointer}”.",
    "更正选项 rows（JSON 指针，如 /data/items）。",
    "Correct the option rows (a JSON pointer such as /data/items).",
)
HTTP_LOOP = _kind(
    "ADAPTER_HTTP_LOOP",
    "第 {page} 页重复了前面的页，翻页没有前进。",
    "Page {page} repeats an earlier one; paging does not advance.",
    "核对翻页选项。",
    "Check the options for paging.",
)
HTTP_TOO_MUCH = _kind(
    "ADAPTER_HTTP_TOO_MUCH",
    "超过上限：最多 {pages} 页，每页最多 {size} MB。",
    "More than is fetched: at most {pages} pages of at most {size} MB.",
    "缩小查询范围，或提高 max_pages。",
    "Ask for less, or raise max_pages.",
)
CELLS_TOO_FEW = _kind(
    "ROW_TOO_FEW_CELLS",
    "该行的单元格少于表头。",
    "The row has fewer cells than the header.",
    "补齐单元格。",
    "Add the missing cells.",
)
CELLS_TOO_MANY = _kind(
    "ROW_TOO_MANY_CELLS",
    "该行的单元格多于表头。",
    "The row has more cells than the header.",
    "删去多余的单元格；含分隔符的文本须加引号。",
    "Remove cells; quote texts that hold separators.",
)
OPEN_QUOTE = _kind(
    "ROW_OPEN_QUOTE",
    "从此行开始的引号没有结束。",
    "A quote that opens in this row does not close.",
    '补上引号；字段中的引号须写两次("")。',
    'Close the quote; double a quote inside a field ("").',
)
MISPLACED_QUOTE = _kind(
    "ROW_MISPLACED_QUOTE",
    "该行开始的字段在结束引号之后还有文字。",
    "A field that begins in this row has text after its closing quote.",
    '字段中的引号须写两次("")。',
    'Double a quote inside a field ("").',
)
TOO_LONG = _kind(
    "ROW_TOO_LONG",
    "该行或其中一个字段过长。",
    "The row or one of its fields is too long.",
    "核对引号，或缩短文本。",
    "Check the quotes, or shorten the text.",
)
NUL_BYTE = _kind(
    "ROW_NUL_BYTE",
    "该行含有空字节。",
    "The row holds a NUL byte.",
    "重新导出该行。",
    "Export the row again.",
)
NOT_AN_OBJECT = _kind(
    "ROW_NOT_AN_OBJECT",
    "该行不是一个 JSON 对象。",
    "The line is not one JSON object.",
    '每行写一个对象，如 {{"id": 1}}。',
    'Write one object a line, such as {{"id": 1}}.',
)
ROW_FAULTS: Mapping[str, Kind] = {
    "too_few_cells": CELLS_TOO_FEW,
    "too_many_cells": CELLS_TOO_MANY,
    "open_quote": OPEN_QUOTE,
    "misplaced_quote": MISPLACED_QUOTE,
    "too_long": TOO_LONG,
    "nul_byte": NUL_BYTE,
    "not_an_object": NOT_AN_OBJECT,
}
"""For each word in a batch's column `fault` the problem that a user reads; it takes no values."""
