"""What can be wrong with the folder of files that belongs to a database."""

from __future__ import annotations

from steelyard.errors import Kind, Text

CONTENT_UNPLACED = Kind(
    "CONTENT_UNPLACED",
    Text(
        "没有说明 {database} 的记录文件放在哪里。",
        "It is not said where the files with records of {database} are.",
    ),
    Text(
        "请用 --parts 或 STEELYARD_PARTS 指定一个文件夹；同一数据库的所有主机须使用同一个。",
        "Name a folder with --parts or STEELYARD_PARTS; all hosts of one database need the same one.",
    ),
)
CONTENT_UNUSABLE = Kind(
    "CONTENT_UNUSABLE",
    Text("无法使用文件夹 {folder}：{reason}。", "The folder {folder} cannot be used: {reason}."),
    Text("请检查路径、权限与磁盘空间。", "Check the path, its permissions and the room on the disk."),
)
CONTENT_FOREIGN = Kind(
    "CONTENT_FOREIGN",
    Text(
        "文件夹 {folder} 不属于这个数据库。",
        "The folder {folder} does not belong to this database.",
    ),
    Text(
        "请指定此前使用的文件夹（--parts）；若已丢失，请将数据库与文件一同从备份恢复。",
        "Name the folder that was used before (--parts); if it is lost, restore database and files together.",
    ),
)
CONTENT_LOST = Kind(
    "CONTENT_LOST",
    Text("文件夹 {folder} 缺少文件 {content}。", "The file {content} is missing in the folder {folder}."),
    Text(
        "请将数据库与文件一同从备份恢复。",
        "Restore database and files together from a backup.",
    ),
)
