"""What a scope shows: of units out of it nothing but peer statistics."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME
from steelyard import services
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, NotFound, Text
from steelyard.services import (
    catalogue,
    editions,
    evaluating,
    importing,
    measurements,
    peers,
    runs,
    structure,
)
from steelyard.services.administration import policy

FOLDER = Path(services.__file__).parent
WHOLE = {
    r"editions\.load_whole": {"effects", "peer_figures", "peers"},
    r"cube\.(build|evaluated)": {"dependents", "editions", "evaluating", "past_cubes"},
    r"past_cubes\.load": {"past_results", "receipts"},
    r"past_results\.load": {"attributions"},
    r"closed_results\.load": {"dependents", "editions", "evaluating"},
}
"""By what gives the cube of a whole tenant, who asks for it."""
WHOLE_STRUCTURES = {
    "assessments/reading",
    "cube",
    "dependents",
    "entitlements",
    "exemptions",
    "notices/deadlines",
    "notices/listing",
    "past_cubes",
    "plans/board",
    "plans/changing",
    "plans/reading",
    "plans/telling",
    "plans/verifying",
    "rollups/recounts",
}
"""Who asks for the structure of a whole tenant: for what is theirs to show, or to hold rights to it.

Recounts ask for its periods alone: a feed may be complete in one of which nothing is recorded.
"""


async def _narrow(seat: Seat, *codes: str) -> Seat:
    view, actor, scope = seat
    whole = await structure.load(*seat)
    return view, actor, replace(scope, unit_ids=frozenset(whole.unit(code).id for code in codes))


def _callers(function: str) -> set[str]:
    texts = {path.relative_to(FOLDER): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py")}
    return {
        path.with_suffix("").as_posix() for path, text in texts.items() if re.search(rf"\b{function}\b", text)
    }


@pytest.mark.parametrize("function", WHOLE)
def test_only_these_ask_for_units_out_of_scope(function: str) -> None:
    """Whoever else needs them: think of `peers`, and of the test of non-interference."""
    assert _callers(function) <= WHOLE[function]


def test_only_these_ask_for_the_structure_of_all() -> None:
    assert _callers(r"structure\.load_whole") <= WHOLE_STRUCTURES


async def test_a_cube_holds_nothing_of_other_units(seat: Seat) -> None:
    view, _, scope = await _narrow(seat, "S3", "S4")
    found = await editions.load(view, scope, view.context.entry(SCHEME))
    assert [unit.code for unit in found.units] == ["S3", "S4"]
    assert [period.code for period in found.periods] == ["2025-01"]
    assert found.evaluation.observations.units == ("S3", "S4")
    assert found.evaluation.rows == 2
    assert not found.is_whole


async def test_periods_of_others_are_not_there(seat: Seat) -> None:
    narrow = await _narrow(seat, "S3", "S4")
    assert [period.code for period in await catalogue.periods(*narrow, scheme=SCHEME)] == ["2025-01"]
    with pytest.raises(NotFound, match="PERIOD_WITHOUT_DATA") as caught:
        await peers.standing(*narrow, scheme=SCHEME, unit="S3", period="2025-02")
    assert "2025-01" in caught.value.problems[0].advice("en")
    assert "2025-Q1" not in caught.value.problems[0].advice("en")


async def test_runs_and_versions_are_of_all_units(seat: Seat) -> None:
    narrow = await _narrow(seat, "S1", "S2")
    assert await runs.heads(*seat)
    assert await runs.heads(*narrow) == ()
    assert await catalogue.versions(*seat, scheme=SCHEME)
    assert await catalogue.versions(*narrow, scheme=SCHEME) == ()


async def test_few_peers_are_not_told_of(seat: Seat) -> None:
    narrow = await _narrow(seat, "S1")
    found = await peers.standing(*narrow, scheme=SCHEME, unit="S1", period="2025-01")
    assert found == peers.Withheld(policy.USUAL_PEER_MINIMUM)


async def test_peers_are_all_units(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "current", _minimum_of_three)
    of_all = await peers.standing(*seat, scheme=SCHEME, unit="S1", period="2025-01")
    narrow = await _narrow(seat, "S1")
    assert await peers.standing(*narrow, scheme=SCHEME, unit="S1", period="2025-01") == of_all
    assert isinstance(of_all, peers.PeerStanding)
    assert (of_all.summary.count, of_all.rank) == (4, 1)


async def _minimum_of_three(view: object, scope: object) -> policy.Policies:
    return policy.Policies(frozenset(), 3, {})


async def test_nobody_evaluates_without_all_units(seat: Seat) -> None:
    view, _, scope = seat
    with pytest.raises(Forbidden, match="FORBIDDEN"):
        await evaluating.evaluate_scheme(view, _actor({}), scope, scheme=SCHEME)


TABLE = b"unit,period,SPEED\nS1,2025-03,50%\nS2,2025-03,50%\n"


async def test_a_table_needs_the_permission_on_all_its_units(writing_seat: Seat) -> None:
    view, _, scope = writing_seat
    whole = await structure.load(*writing_seat)
    first = frozenset({whole.unit("S1").id})
    actor = _actor({Permission.MEASUREMENT_IMPORT: first})
    with pytest.raises(Forbidden, match="FORBIDDEN"):
        await importing.import_table(view, actor, scope, scheme=SCHEME, data=TABLE, file="t.csv")
    rated = replace(_actor(dict.fromkeys(Permission)), rated=first)
    with pytest.raises(Forbidden, match="SELF_RATING"):
        await importing.import_table(view, rated, scope, scheme=SCHEME, data=TABLE, file="t.csv")


async def test_the_row_of_a_file_is_for_those_who_see_all_of_it(seat: Seat) -> None:
    narrow = await _narrow(seat, "S1")
    rows = []
    for view, actor, scope in (seat, (narrow[0], _actor(dict.fromkeys(Permission)), narrow[2])):
        found = await measurements.records(view, actor, scope, scheme=SCHEME, period="2025-01", units=["S1"])
        rows.append({record.row for record in found["S1"]})
    assert rows == [{2}, {None}]


def _actor(rights: dict[Permission, frozenset[int] | None]) -> Actor:
    return Actor("somebody", Text("某人", "Somebody"), rights)


async def _with_token(seat: Seat, account: tuple[str, ...] | None, token: str) -> Seat:
    """An account that sees these units, all if None, with a token that leaves one of them."""
    view, _, scope = seat
    whole = await structure.load(*seat)
    units = None if account is None else frozenset(whole.unit(code).id for code in account)
    left = frozenset({whole.unit(token).id})
    actor = replace(_actor({Permission.SCORE_READ: left}), account_rights={Permission.SCORE_READ: units})
    return view, actor, actor.scope(scope.tenant_id)


async def test_a_narrow_token_unlocks_no_peer_statistics(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "current", _minimum_of_three)
    asked = {"scheme": SCHEME, "unit": "S1", "period": "2025-01"}
    narrow = await _with_token(seat, ("S1", "S2", "S3"), "S1")
    assert await peers.standing(*narrow, **asked) == peers.Withheld(3)
    of_all = await peers.standing(*seat, **asked)
    for account in (("S1",), None):
        told = await peers.standing(*await _with_token(seat, account, "S1"), **asked)
        assert told == of_all
