"""`steelyard config`: what an installation is told, and whether it can work with that."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import typer

from steelyard.cli.app import SETTINGS
from steelyard.cli.database import DEFAULT_DATABASE, DatabaseUrl, PartsFolder
from steelyard.cli.listing import Form, ListFormat, Term, show, term
from steelyard.cli.looks import looked
from steelyard.cli.pack_options import AllowedPacks, PackFolders, chosen_packs
from steelyard.cli.tenant import TenantCode
from steelyard.errors import ConfigError, InvalidInput, Locale, Problem, SteelyardError, Text
from steelyard.services.context import DEFAULT_TENANT
from steelyard.services.installation import examine
from steelyard.services.notices.settings import from_environment
from steelyard.settings.given import DEFAULT, ENVIRONMENT, Given, problems, read
from steelyard.settings.known import KNOWN
from steelyard.settings.problems import SETTING_VALUE
from steelyard.store.address import parse_address

HEADS = {
    "name": Text("设置", "setting"),
    "value": Text("值", "value"),
    "source": Text("来自", "from"),
}
HIDDEN = "…"
Found = TypeVar("Found")
SOURCES = {ENVIRONMENT: Text("环境变量", "environment"), DEFAULT: Text("默认值", "default")}
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

    Also looks into the manifest of trusted documents, and whether the database answers and is up to date,
    whether files can be written, and whether all packs can be used.
    Nothing is changed. Exit status 1 where something is wrong.
    """
    locale: Locale = context.obj
    settings = context.meta.get(SETTINGS) or read(os.environ)
    options = _options(context)
    given = [options.get(each.setting.variable, each) for each in settings.given]
    show([_row(each, locale) for each in given], HEADS, form, locale)
    wrong = problems(os.environ, settings)
    told = {problem.values["name"] for problem in wrong if problem.kind is SETTING_VALUE}
    _, of_notices = _look(lambda: from_environment(os.environ))
    wrong += [problem for problem in of_notices if problem.values["name"] not in told]
    wrong += looked()
    if offline:
        _require_none(wrong)
        typer.echo(FITS.get(locale), err=True)
        return
    packs, of_packs = _look(lambda: chosen_packs(packs_dir, allow_pack, strict=True))
    found, of_place = _look(lambda: asyncio.run(examine(database, tenant=tenant, parts=parts)))
    _require_none([*wrong, *of_packs, *of_place])
    if packs is not None and found is not None:
        typer.echo(WORKS.format({**found._asdict(), "packs": len(packs.names)}).get(locale), err=True)


def _look(look: Callable[[], Found]) -> tuple[Found | None, Sequence[Problem]]:
    """What looking finds, and what is wrong: all is looked at before anything is told."""
    try:
        return look(), ()
    except SteelyardError as error:
        return None, error.problems


def _require_none(wrong: Sequence[Problem]) -> None:
    if wrong:
        raise InvalidInput(wrong)


def _options(context: typer.Context) -> dict[str, Given]:
    """What options of this command line say, by the variable that they win over."""
    by_variable = {setting.variable: setting for setting in KNOWN.values()}
    found = {}
    within: Any = context
    while within is not None:
        for option in within.command.params:
            setting = by_variable.get(option.envvar)
            source = within.get_parameter_source(option.name)
            if setting is not None and source is not None and source.name == "COMMANDLINE":
                value = within.params[option.name]
                text = (
                    (setting.form.between or "").join(map(str, value)) if isinstance(value, list) else value
                )
                found[setting.variable] = Given(setting, str(text), option.opts[0])
        within = within.parent
    return found


def _row(given: Given, locale: Locale) -> dict[str, str | Term | None]:
    return {
        "name": given.setting.name,
        "value": _shown(given),
        "source": term(given.source, SOURCES),
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
