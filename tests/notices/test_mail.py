"""Mails: in both languages, through a server of the settings' choice."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from notices.receivers import smtp_receiver
from steelyard.errors import ConfigError
from steelyard.services.notices import listing
from steelyard.services.notices.courier import Round, open_courier
from steelyard.services.notices.settings import DeliverySettings, MailSettings, from_environment
from steelyard.store.engine import Database
from steelyard.store.subscribers import Channel

SENDER = "steelyard@example.org"


def settings(port: int) -> DeliverySettings:
    return DeliverySettings(mail=MailSettings("127.0.0.1", port, "none", SENDER))


async def test_a_mail_has_both_languages(
    seat: Seat, subscribe: Subscribe, tell: Tell, database: Database
) -> None:
    made = await subscribe("ada@example.org", channel=Channel.MAIL, locale="en")
    assert made.secret is None
    await tell("S1", "slow\r\nBcc: eve@example.org")
    async with smtp_receiver() as server, open_courier(database, settings(server.port)) as courier:
        assert await courier.deliver(seat[2]) == Round(1, 0)
        await listing.redeliver(*seat, key="finding.new/S1/slow\r\nBcc: eve@example.org", subscriber=1)
        assert await courier.deliver(seat[2]) == Round(1, 0)
    first, second = (message_from_bytes(each, policy=default) for each in server.mails)
    assert isinstance(first, EmailMessage)
    assert (first["From"], first["To"]) == (SENDER, "ada@example.org")
    assert first["Subject"] == "S1: slow Bcc: eve@example.org"
    assert first["Bcc"] is None
    assert first["Auto-Submitted"] == "auto-generated"
    text = first.get_content()
    assert text.index("It is slower.") < text.index("变慢了。")
    assert first["Message-ID"] == second["Message-ID"]


async def test_a_mail_that_is_refused_is_tried_again(
    seat: Seat, subscribe: Subscribe, tell: Tell, database: Database
) -> None:
    await subscribe("nobody@example.org", channel=Channel.MAIL)
    await tell("S1", "slow")
    async with smtp_receiver("nobody") as server, open_courier(database, settings(server.port)) as courier:
        assert await courier.deliver(seat[2]) == Round(0, 1)
    async with open_courier(database, settings(server.port)) as courier:
        await listing.redeliver(*seat, key="finding.new/S1/slow", subscriber=1)
        assert await courier.deliver(seat[2]) == Round(0, 1)
    [row] = (await listing.notices_after(*seat)).rows
    [sent] = (await listing.deliveries_of(*seat, notice_ids=[row.id]))[row.id]
    assert (sent.state, sent.error) == ("waiting", "UNREACHABLE")


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_without_a_server_mails_wait(
    seat: Seat, subscribe: Subscribe, tell: Tell, database: Database
) -> None:
    await subscribe("ada@example.org", channel=Channel.MAIL)
    await tell("S1", "slow")
    async with open_courier(database, DeliverySettings()) as courier:
        assert await courier.deliver(seat[2]) == Round(held=1)
    [served] = await listing.subscribers_in(*seat)
    assert (served.waiting, served.failed) == (1, 0)


HOST, FROM = {"STEELYARD_SMTP_HOST": "mail"}, {"STEELYARD_SMTP_FROM": SENDER}
LOGIN = {"STEELYARD_SMTP_USER": "ada", "STEELYARD_SMTP_PASSWORD": "x"}
SETTINGS = [
    ({}, DeliverySettings()),
    ({"STEELYARD_WEBHOOK_PRIVATE": "allow"}, DeliverySettings(private=True)),
    (HOST | FROM, DeliverySettings(mail=MailSettings("mail", 587, "starttls", SENDER))),
    (
        HOST | FROM | LOGIN | {"STEELYARD_SMTP_SECURITY": "tls"},
        DeliverySettings(mail=MailSettings("mail", 465, "tls", SENDER, "ada", "x")),
    ),
    (
        HOST | FROM | {"STEELYARD_SMTP_SECURITY": "none", "STEELYARD_SMTP_PORT": "2525"},
        DeliverySettings(mail=MailSettings("mail", 2525, "none", SENDER)),
    ),
]
VALUE, MISSING = "NOTICE_SETTING", "NOTICE_SETTING_MISSING"
WRONG: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"STEELYARD_WEBHOOK_PRIVATE": "yes"}, [(VALUE, "STEELYARD_WEBHOOK_PRIVATE")]),
    (HOST, [(MISSING, "STEELYARD_SMTP_FROM")]),
    (HOST | {"STEELYARD_SMTP_FROM": "nobody"}, [(VALUE, "STEELYARD_SMTP_FROM")]),
    (
        HOST | FROM | {"STEELYARD_SMTP_PORT": "0", "STEELYARD_SMTP_SECURITY": "ssl"},
        [(VALUE, "STEELYARD_SMTP_SECURITY"), (VALUE, "STEELYARD_SMTP_PORT")],
    ),
    (HOST | FROM | {"STEELYARD_SMTP_USER": "ada"}, [(MISSING, "STEELYARD_SMTP_PASSWORD")]),
    (HOST | FROM | {"STEELYARD_SMTP_PASSWORD": "x"}, [(MISSING, "STEELYARD_SMTP_USER")]),
    (HOST | FROM | LOGIN | {"STEELYARD_SMTP_SECURITY": "none"}, [(VALUE, "STEELYARD_SMTP_USER")]),
]


@pytest.mark.parametrize(("environment", "found"), SETTINGS)
def test_settings_from_the_environment(environment: dict[str, str], found: DeliverySettings) -> None:
    assert from_environment(environment) == found
    assert "'x'" not in repr(found)


@pytest.mark.parametrize(("environment", "problems"), WRONG)
def test_wrong_settings_are_all_named(environment: dict[str, str], problems: list[tuple[str, str]]) -> None:
    with pytest.raises(ConfigError) as raised:
        from_environment(environment)
    assert [(each.code, each.values["name"]) for each in raised.value.problems] == problems
