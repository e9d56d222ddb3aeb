"""Who is told: added, paused, resumed, removed; and what acts, lists and exports tell of it."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import orjson
import pytest

from administration.conftest import by_hand as by_hand
from administration.people import Seat, acting
from notices.conftest import FINDINGS, Subscribe, Tell
from steelyard.access.roles import Role
from steelyard.errors import Conflict, Forbidden, InvalidInput, NotFound, SteelyardError
from steelyard.services.administration import listing as acts
from steelyard.services.administration.deed import Deed
from steelyard.services.administration.perform import perform
from steelyard.services.administration.subscribers import (
    MOST,
    AddSubscriber,
    PauseSubscriber,
    RemoveSubscriber,
    ResumeSubscriber,
)
from steelyard.services.administration.verify import verify
from steelyard.services.notices import listing
from steelyard.services.notices.want import NoticeKind, Want
from steelyard.store import tenant_export, units
from steelyard.store.subscribers import Channel

URL = "https://hooks.example.org/steelyard?key=abc123"


async def test_acts_tell_all_but_address_and_secret(seat: Seat, subscribe: Subscribe) -> None:
    made = await subscribe(URL, unit="R1")
    for deed in (PauseSubscriber(1), ResumeSubscriber(1), RemoveSubscriber(1)):
        await perform(*seat, deed, reason="because")
    found = (await acts.acts_before(*seat))[:4]
    assert [(each.deed, each.subject) for each in found] == [
        ("subscriber.remove", "subscriber:1"),
        ("subscriber.resume", "subscriber:1"),
        ("subscriber.pause", "subscriber:1"),
        ("subscriber.add", "subscriber:1"),
    ]
    assert made.secret is not None
    for each in found:
        assert not any(part in repr(each) for part in ("hooks.example", "abc123", made.secret))
    after = orjson.loads(found[-1].after or "")
    assert after["wants"] == [{"kind": "finding.new"}]
    assert (after["unit"], after["state"], after["channel"]) == ("R1", "active", "webhook")
    removed = orjson.loads(found[0].after or "")
    assert (removed["state"], removed["address"]) == ("removed", None)
    assert (await verify(*seat)).findings == ()
    assert await listing.subscribers_in(*seat) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE subscriber SET address = 'https://evil.example.org/'", "ROW_CHANGED"),
        ("UPDATE subscriber SET secret = 'whsec_AAAA'", "ROW_CHANGED"),
        ("UPDATE subscriber SET state = 'removed'", "ROW_CHANGED"),
        ("UPDATE subscriber SET state = 'glad'", "ROW_UNREADABLE"),
        ("DELETE FROM subscriber", "ROW_REMOVED"),
    ],
)
async def test_a_subscriber_changed_by_hand_is_found(
    seat: Seat, subscribe: Subscribe, by_hand: Any, sql: str, found: str
) -> None:
    await subscribe(URL)
    await by_hand(sql)
    assert [each.code for each in (await verify(*seat)).findings] == [found]


async def test_an_export_leaves_secrets_out(seat: Seat, subscribe: Subscribe) -> None:
    view, _, scope = seat
    made = await subscribe(URL)
    target = io.BytesIO()
    async with view.context.database.read(scope) as reader:
        await tenant_export.write(reader, scope, target)
    with ZipFile(target) as archive:
        row = json.loads(archive.read("subscriber.jsonl"))
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert (row["address"], row["secret"]) == (URL, None)
    assert made.secret is not None
    assert made.secret.encode() not in everything


THRESHOLD = NoticeKind.THRESHOLD
REFUSED: list[tuple[Deed[Any], type[SteelyardError], list[str]]] = [
    (AddSubscriber(Channel.WEBHOOK, "http://example.org", ()), InvalidInput, ["ADDRESS", "KINDS"]),
    (AddSubscriber(Channel.MAIL, URL, FINDINGS), InvalidInput, ["ADDRESS"]),
    (AddSubscriber(Channel.WEBHOOK, URL, FINDINGS, unit="NONE"), NotFound, ["UNIT_NOT_FOUND"]),
    (AddSubscriber(Channel.WEBHOOK, URL, FINDINGS * 51), InvalidInput, ["KINDS"]),
    (AddSubscriber(Channel.WEBHOOK, URL, (Want(THRESHOLD),)), InvalidInput, ["THRESHOLD"]),
    (
        AddSubscriber(Channel.WEBHOOK, URL, (Want(THRESHOLD, None, "X", 0), Want(THRESHOLD, None, "X", 101))),
        InvalidInput,
        ["THRESHOLD", "THRESHOLD"],
    ),
    (
        AddSubscriber(Channel.WEBHOOK, URL, (Want(THRESHOLD, None, "X", float("nan")),)),
        InvalidInput,
        ["THRESHOLD"],
    ),
    (
        AddSubscriber(Channel.WEBHOOK, URL, (Want(NoticeKind.RULE_FIRED, None, "X", 5),)),
        InvalidInput,
        ["THRESHOLD"],
    ),
    (ResumeSubscriber(1), Conflict, ["IS_ALREADY"]),
    (PauseSubscriber(2), NotFound, ["NOT_FOUND"]),
    (RemoveSubscriber(0), NotFound, ["NOT_FOUND"]),
]


@pytest.mark.parametrize(("deed", "error", "codes"), REFUSED)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_cannot_be_done_is_refused(
    seat: Seat, subscribe: Subscribe, deed: Deed[Any], error: type[SteelyardError], codes: list[str]
) -> None:
    await subscribe(URL)
    with pytest.raises(error) as raised:
        await perform(*seat, deed, reason="because")
    assert [each.code.removeprefix("SUBSCRIBER_") for each in raised.value.problems] == codes


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_removed_subscriber_does_not_come_back(seat: Seat, subscribe: Subscribe) -> None:
    await subscribe(URL)
    await perform(*seat, RemoveSubscriber(1), reason="because")
    with pytest.raises(NotFound):
        await perform(*seat, ResumeSubscriber(1), reason="because")
    assert (await subscribe(URL)).record.number == 2


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_there_are_not_too_many(
    seat: Seat, subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 100
    monkeypatch.setattr("steelyard.services.administration.subscribers.MOST", 1)
    await subscribe(URL)
    with pytest.raises(InvalidInput, match="SUBSCRIBERS_TOO_MANY"):
        await subscribe(URL)


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_it_takes_the_permission_on_the_whole_tenant(seat: Seat, tell: Tell) -> None:
    view, _, scope = seat
    async with view.context.database.read(scope) as reader:
        ids = [unit.id for unit in await units.load(reader, scope)]
    for actor in (acting("eve", Role.ADMINISTRATOR, ids), acting("bob", Role.BRANCH_MANAGER)):
        for deed in (AddSubscriber(Channel.WEBHOOK, URL, FINDINGS), RemoveSubscriber(1)):
            with pytest.raises(Forbidden, match=r"subscriber\.edit"):
                await perform(view, actor, scope, deed, reason="because")
        for call in (
            listing.subscribers_in(view, actor, scope),
            listing.deliveries_of(view, actor, scope, notice_ids=[1]),
            listing.redeliver(view, actor, scope, key="x"),
        ):
            with pytest.raises(Forbidden, match=r"subscriber\.edit"):
                await call
