"""The application: every command of core is registered here; `steelyard_graphql.cli` adds its own."""

from __future__ import annotations

import io
import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from steelyard.cli.accounts import account_app
from steelyard.cli.acts import act_app, verify
from steelyard.cli.assessment import assessment_app
from steelyard.cli.assessment_evidence import evidence_app
from steelyard.cli.assessment_lines import begin, discard, save
from steelyard.cli.backup import backup, restore
from steelyard.cli.database import database_app
from steelyard.cli.edge import Edge
from steelyard.cli.evaluation import evaluate
from steelyard.cli.grants import grant_app
from steelyard.cli.importing import import_measurements
from steelyard.cli.language import Language, environment_language
from steelyard.cli.packs import pack_app
from steelyard.cli.periods import calendar_app, period_app
from steelyard.cli.persons import person_app
from steelyard.cli.policies import policy_app
from steelyard.cli.proposals import proposal_app
from steelyard.cli.providers import provider_app
from steelyard.cli.records import records_app
from steelyard.cli.records_behind import show_behind
from steelyard.cli.records_flagged import show_flagged
from steelyard.cli.records_generate import generate
from steelyard.cli.records_import import import_file
from steelyard.cli.records_late import show_late
from steelyard.cli.records_measure import measure
from steelyard.cli.records_source import check, discover
from steelyard.cli.score import score
from steelyard.cli.tenants import tenant_app
from steelyard.cli.tokens import token_app
from steelyard.cli.units import unit_app
from steelyard.cli.weights import weights_app
from steelyard.cli.weights_draft import change, draft
from steelyard.cli.weights_find import find
from steelyard.cli.weights_standards import standards
from steelyard.cli.weights_try import back_test_weights, try_weights

# What a pack raises is for `steelyard pack list`, not for the middle of a result.
logging.getLogger("steelyard").addHandler(logging.NullHandler())

app = typer.Typer(
    name="steelyard",
    cls=Edge,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Steelyard evaluates after-sales service. 杆秤：售后服务评价。",
)
app.command("score")(score)
app.command("import")(import_measurements)
app.command("evaluate")(evaluate)
app.command("measure")(measure)
records_app.command("import")(import_file)
records_app.command("behind")(show_behind)
records_app.command("flagged")(show_flagged)
records_app.command("late")(show_late)
records_app.command("generate")(generate)
records_app.command("discover")(discover)
records_app.command("check")(check)
app.add_typer(records_app, name="records")
app.add_typer(database_app, name="db")
app.add_typer(pack_app, name="pack")
app.add_typer(token_app, name="token")
app.add_typer(account_app, name="account")
app.add_typer(grant_app, name="grant")
app.add_typer(provider_app, name="provider")
app.add_typer(unit_app, name="unit")
app.add_typer(calendar_app, name="calendar")
app.add_typer(period_app, name="period")
app.add_typer(person_app, name="person")
app.add_typer(policy_app, name="policy")
weights_app.command("draft")(draft)
weights_app.command("change")(change)
weights_app.command("standards")(standards)
weights_app.command("find")(find)
weights_app.command("try")(try_weights)
weights_app.command("back-test")(back_test_weights)
app.add_typer(weights_app, name="weights")
app.add_typer(proposal_app, name="proposal")
app.add_typer(act_app, name="act")
app.add_typer(tenant_app, name="tenant")
assessment_app.command("begin")(begin)
assessment_app.command("save")(save)
assessment_app.command("discard")(discard)
assessment_app.add_typer(evidence_app, name="evidence")
app.add_typer(assessment_app, name="assessment")
app.command("verify")(verify)
app.command("backup")(backup)
app.command("restore")(restore)


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
    show_version: Annotated[
        bool,
        typer.Option("--version", help="Show the version. 显示版本。", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Options of all commands."""
    context.obj = lang.locale
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
