"""What can be wrong with a backup, and with where it is restored."""

from __future__ import annotations

from steelyard.errors import Kind, Text

BACKUP_FOREIGN = Kind(
    "BACKUP_FOREIGN",
    Text(
        "{file} 不是完整的 Steelyard 备份（{reason}）。",
        "{file} is not a whole backup of Steelyard ({reason}).",
    ),
    Text(
        "请指定 `steelyard backup` 写出的文件；若它被截断，请用另一份。",
        "Name a file that `steelyard backup` wrote; if it was cut short, take another one.",
    ),
)
BACKUP_DAMAGED = Kind(
    "BACKUP_DAMAGED",
    Text(
        "备份 {file} 中的 {entry} 与清单不符，未恢复任何数据。",
        "{entry} in the backup {file} is not what its manifest says. Nothing was restored.",
    ),
    Text("备份已损坏或被改动，请用另一份。", "The backup is damaged or was changed: take another one."),
)
BACKUP_VERSION = Kind(
    "BACKUP_VERSION",
    Text(
        "备份 {file} 的版本是 {found}，本程序的是 {expected}。",
        "The backup {file} is of version {found}; this program works with {expected}.",
    ),
    Text(
        "请用写出它的 Steelyard 版本恢复，再用本程序运行 `steelyard db upgrade`。",
        "Restore it with the version of Steelyard that wrote it, then run this `steelyard db upgrade`.",
    ),
)
RESTORE_NOT_EMPTY = Kind(
    "RESTORE_NOT_EMPTY",
    Text(
        "数据库 {database} 已有租户，未恢复任何数据。",
        "The database {database} has tenants already. Nothing was restored.",
    ),
    Text(
        "请恢复到 `steelyard db upgrade` 新建、尚未使用的数据库。",
        "Restore into a database that `steelyard db upgrade` has just made and nobody has used.",
    ),
)
