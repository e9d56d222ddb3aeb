"""What can be wrong with a server itself: its addresses, and whether it is ready."""

from __future__ import annotations

from steelyard.errors import Kind, Text

READY_TOO_SLOW = Kind(
    "READY_TOO_SLOW",
    Text("数据库在 {seconds} 秒内没有应答。", "The database did not answer within {seconds} seconds."),
    Text("请检查数据库的负载与网络。", "Check the load of the database and the way to it."),
)
READY_NO_MORE = Kind(
    "READY_NO_MORE",
    Text("服务正在停止。", "The server is about to stop."),
    Text("请把请求发往其他服务。", "Send requests to another server."),
)
SERVE_PORT_TAKEN = Kind(
    "SERVE_PORT_TAKEN",
    Text("无法在 {host} 使用端口 {port}：{reason}。", "Port {port} of {host} cannot be used: {reason}."),
    Text("请用 --port 选择另一端口。", "Choose another with --port."),
)
METRICS_PORT_TAKEN = Kind(
    "METRICS_PORT_TAKEN",
    Text(
        "无法在 {host} 使用端口 {port} 提供指标：{reason}。",
        "Metrics cannot be shown at port {port} of {host}: {reason}.",
    ),
    Text(
        "请为设置 metrics（STEELYARD_METRICS）选择另一地址。",
        "Choose another address for the setting metrics (STEELYARD_METRICS).",
    ),
)
