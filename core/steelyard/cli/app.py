"""The application: every command of core is registered here; `steelyard_graphql.cli` adds its own.

How to add a command: write its function, whose docstring is its help, in a module of its own, and add a row
to the `defer` below: its name, `module:function`, and the first paragraph of the docstring. A group of
commands, `steelyard GROUP …`, is a `typer.Typer` in a module; its row has `module:group_app` and the group's
help. The group's own module holds `@group_app.command("…")` functions; commands that live in other modules
are rows of a `defer(group_app, …)` there, as in `records`. Nothing is to be imported here: a command's module
is imported when the command is run. A test holds the rows to what they point at.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.deferred import defer
from steelyard.cli.edge import Edge
from steelyard.cli.language import Language, environment_language

# What a pack raises is for `steelyard pack list`, not for the middle of a result.
logging.getLogger("steelyard").addHandler(logging.NullHandler())

CONFIG = "STEELYARD_CONFIG"
SETTINGS = "steelyard.settings"
"""Where a command's context has the settings as they were given, if a file says some."""
CHECKED_BY = "config"

app = typer.Typer(
    name="steelyard",
    cls=Edge,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Steelyard evaluates after-sales service. 杆秤：售后服务评价。",
)
defer(
    app,
    "steelyard.cli",
    ("score", "score:score", "Score a table of measurements. 按评价体系为度量表计分。"),
    ("import", "importing:import_measurements", "Import a table of measurements. 导入度量表。"),
    ("evaluate", "evaluation:evaluate", "Evaluate a scheme and store the result. 评价并保存结果。"),
    ("export", "export:export_app", "Scorecards, rankings and comparisons as files. 导出。"),
    (
        "report",
        "unit_report:report",
        "Write a printable report of a unit in a period. 生成可打印的评价报告。",
    ),
    (
        "revisions",
        "revisions:list_revisions",
        "List the final evaluations of a period and how they differ. 列出各版最终评价及其差异。",
    ),
    (
        "measure",
        "records_measure:measure",
        "Measure records again, with corrections that waited for a period to be open. 重新计算度量。",
    ),
    ("verify", "acts:verify", "Verify the chain of acts and all that it governs. 核对操作链及其所管的数据。"),
    (
        "backup",
        "backup:backup",
        "Write database and files, names too, into a zip file; others work meanwhile. 备份数据库与文件。",
    ),
    (
        "restore",
        "backup:restore",
        "Restore a backup into a database that `db upgrade` has just made. 恢复备份到新建的数据库。",
    ),
    ("records", "records:records_app", "Records: the rows behind measures. 业务记录。"),
    ("db", "database:database_app", "The database. 数据库。"),
    ("pack", "packs:pack_app", "Packs of indicators. 行业指标包。"),
    ("token", "tokens:token_app", "Tokens, with which programs come in. 访问令牌。"),
    ("account", "accounts:account_app", "Accounts: who may come in. 账户。"),
    ("grant", "grants:grant_app", "Grants: who holds which role where. 授权。"),
    ("provider", "providers:provider_app", "Identity providers (OpenID Connect). 身份提供方。"),
    ("unit", "units:unit_app", "Units: what is scored. 评价对象。"),
    ("calendar", "periods:calendar_app", "Calendars: how a year is divided. 日历。"),
    ("period", "periods:period_app", "Periods: when units are scored. 考核周期。"),
    ("person", "persons:person_app", "Persons: names behind pseudonyms. 人员。"),
    ("policy", "policies:policy_app", "Policies of administration. 管理策略。"),
    (
        "findings",
        "unit_findings:list_findings",
        "List what a unit's evaluation calls attention to, what costs most first. 列出评价中发现的问题。",
    ),
    (
        "rollup",
        "rollup:roll_up",
        "Roll scores up to a region or a longer period, by the rule of the scheme. 按声明的规则汇总得分。",
    ),
    ("plan", "plan:plan_app", "Plans: how a unit gets better. 改进计划。"),
    ("weights", "weights:weights_app", "Weight sets: tried, drafted, published. 权重方案。"),
    (
        "exemption",
        "exemptions:exemption_app",
        "Exemptions: what does not count for a unit, until a day. 豁免。",
    ),
    (
        "subscriber",
        "subscribers:subscriber_app",
        "Subscribers: who is told of notices. 通知接收方。",
    ),
    ("notice", "notices:notice_app", "Notices: what happened is told. 通知。"),
    ("objection", "objections:objection_app", "Objections to final results. 异议。"),
    ("proposal", "proposals:proposal_app", "Deeds that wait for a second person. 待复核的操作。"),
    ("act", "acts:act_app", "The chain of administrative acts. 管理操作链。"),
    ("tenant", "tenants:tenant_app", "Tenants: who keeps data here. 租户。"),
    ("assessment", "assessment:assessment_app", "Assessments: sheets filled in by people. 评估表。"),
    ("config", "config:config_app", "Settings of this installation. 配置。"),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"steelyard {version('steelyard')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    lang: Annotated[
        Language,
        typer.Option(
            default_factory=environment_language,
            show_default="from the environment",
            help="Language of messages and tables. 消息与表格的语言。",
        ),
    ],
    config: Annotated[
        Path | None,
        typer.Option(envvar=CONFIG, help="The file of settings (TOML). 配置文件。", show_default=False),
    ] = None,
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version. 显示版本。", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Options of all commands."""
    context.obj = lang.locale
    if config is not None:
        from steelyard.settings.given import put_into

        os.environ[CONFIG] = str(config)
        # Commands read the environment alone; their own options are read after this.
        settings = context.meta[SETTINGS] = put_into(os.environ)
        # `config check` tells what is wrong with the file together with all else.
        if context.invoked_subcommand != CHECKED_BY:
            settings.require_usable()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
