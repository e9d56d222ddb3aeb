"""`steelyard config`: what an installation is told, and whether it can work with that."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from steelyard.cli.app import SETTINGS
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, show
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import TenantCode
from steelyard.errors import ConfigError, InvalidInput, Locale, SteelyardError, Text
from steelyard.services.context import DEFAULT_TENANT
from steelyard.services.installation import examine
from steelyard.services.notices.settings import from_environment
from steelyard.settings.given import Given, problems, read
from steelyard.store.address import parse_address

HEADS = {
    "name": Text("设置", "setting"),
    "value": Text("值", "value"),
    "source": Text("来自", "from"),
}
HIDDEN = "…"
FITS = Text("设置均有效。", "All settings fit.")
WORKS = Text(
    "可以运行：数据库 {database} 为版本 {version}，文件夹 {folder}，{packs} 个指标包。",
    "It can work: database {database} at version {version}, folder {folder}, {packs} packs.",
)

config_app = typer.Typer(no_args_is_help=True, help="Settings of this installation. 配置。")


@config_app.callback()
def configs() -> None:
    """Settings of this installation. 配置。"""


@config_app.command("check")
def check(
    context: typer.Context,
    offline: Annotated[
        bool, typer.Option("--offline", help="Look at the settings alone. 只检查设置本身。")
    ] = False,
    form: Form = ListFormat.TABLE,
    database: DatabaseUrl = DEFAULT_DATABASE,
    tenant: TenantCode = DEFAULT_TENANT,
    parts: PartsFolder = None,
    packs_dir: PackFolders = None,
    allow_pack: AllowedPacks = None,
) -> None:
    """Show all settings and where they come from; find what is wrong with them. 检查配置。

    Also looks whether the database answers and is up to date, whether files can be written, and whether all
    packs can be used. Nothing is changed. Exit status 1 where something is wrong.
    """
    locale: Locale = context.obj
    given: Sequence[Given] = context.meta.get(SETTINGS) or read(os.environ)
    show([_row(each, locale) for each in given], HEADS, form, locale)
    wrong = problems(os.environ, tuple(given))
    try:
        from_environment(os.environ)
    except ConfigError as error:
        wrong += [problem for problem in error.problems if problem.code != "SETTING_VALUE"]
    if wrong:
        raise InvalidInput(wrong)
    if offline:
        typer.echo(FITS.get(locale), err=True)
        return
    typer.echo(_works(database, tenant, parts, packs_dir, allow_pack).get(locale), err=True)


def _works(
    database: str,
    tenant: str,
    parts: Path | None,
    folders: Sequence[Path] | None,
    allowed: Sequence[str] | None,
) -> Text:
    try:
        packs = chosen_packs(folders, allowed, strict=True)
        found = asyncio.run(examine(database, packs, tenant=tenant, parts=parts))
    except SteelyardError as error:
        raise InvalidInput(error.problems) from error
    values = {"database": found.database, "version": found.version, "folder": found.folder}
    return WORKS.format({**values, "packs": found.packs})


def _row(given: Given, locale: Locale) -> dict[str, str | None]:
    return {
        "name": given.setting.name,
        "value": _shown(given),
        "source": given.source,
        "what": given.setting.title.get(locale),
    }


def _shown(given: Given) -> str | None:
    if given.value is None or not given.setting.is_secret:
        return given.value
    if given.setting.name != "database":
        return HIDDEN
    try:
        return parse_address(given.value).name
    except ConfigError:
        return HIDDEN
