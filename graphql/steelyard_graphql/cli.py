"""The console script: core's commands, and those that need GraphQL."""

from __future__ import annotations

from steelyard.cli.app import app as app
from steelyard.cli.deferred import defer
from steelyard.cli.looks import also_look

defer(
    app,
    "steelyard_graphql",
    (
        "serve",
        "commands:serve",
        "Serve the GraphQL API to those with a token. 启动 GraphQL 服务，凭令牌访问。",
    ),
    (
        "demo",
        "commands:demo",
        "Load the samples into a fresh database and serve them with an explorer. 示例演示。",
    ),
    (
        "documents",
        "commands:documents",
        "Write a manifest of trusted documents; the queries are checked first. 生成受信文档清单。",
    ),
    ("schema", "commands:schema_app", "The GraphQL schema. GraphQL 模式。"),
)

also_look("steelyard_graphql.manifest:look")


def main() -> None:
    """Run the command line of this process."""
    app()
