"""Where webhooks and mails may go."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.services.notices import listing
from steelyard.services.notices.addresses import (
    Failure,
    Unreachable,
    is_mailbox,
    is_public,
    is_webhook,
    resolved,
)
from steelyard.services.notices.courier import Courier, Round, open_courier
from steelyard.services.notices.settings import DeliverySettings
from steelyard.store.engine import Database

WEBHOOKS = [
    ("https://example.org/hooks?a=b", True),
    ("https://example.org:8443", True),
    ("https://[2001:db8::1]/x", True),
    ("http://127.0.0.1:8080/x", True),
    ("http://localhost/x", True),
    ("http://[::1]:1/x", True),
    ("http://example.org/x", False),
    ("http://10.0.0.1/x", False),
    ("https://ada:secret@example.org/", False),
    ("https://@example.org/", False),
    ("https://example.org/#part", False),
    ("https://example.org/a b", False),
    ("https://exämple.org/", False),
    ("https://example.org\\@127.0.0.1/", False),
    ("https://example.org:99999/", False),
    ("https://example.org:0/", False),
    ("https:///x", False),
    ("ftp://example.org/", False),
    ("file:///etc/passwd", False),
    ("https://example.org/" + "a" * 2000, False),
    ("", False),
]
MAILBOXES = [
    ("ada@example.org", True),
    ("ada.b+c@mail.example.org", True),
    ("ada@localhost", True),
    ("Ada <ada@example.org>", False),
    ("ada@example.org, bob@example.org", False),
    ("ada@example.org\r\nBcc: bob@example.org", False),
    ("ada", False),
    ("@example.org", False),
    ("ada@example..org", False),
    ("ada@.example.org", False),
    # A mail's header would be read as what is encoded here: a line's end, another address.
    ("=?utf-8?q?=0aada?=@example.org", False),
    ("=?utf-8?q?a=40evil.org=2c?=@example.org", False),
    ("a" * 250 + "@example.org", False),
]
ADDRESSES = [
    ("93.184.216.34", True),
    ("2606:4700::1111", True),
    ("127.0.0.1", False),
    ("10.1.2.3", False),
    ("172.16.0.1", False),
    ("192.168.0.1", False),
    ("169.254.169.254", False),
    ("100.64.0.1", False),
    ("0.0.0.0", False),
    ("224.0.0.1", False),
    ("255.255.255.255", False),
    ("::1", False),
    ("::", False),
    ("fe80::1", False),
    ("fd00::1", False),
    ("ff02::1", False),
    ("::ffff:127.0.0.1", False),
    ("::ffff:93.184.216.34", True),
    ("64:ff9b::7f00:1", False),
    # Ways to write an IPv4 address, or to reach one's own networks, that are not of the global unicast space.
    ("64:ff9b:1::7f00:1", False),
    ("::127.0.0.1", False),
    ("::ffff:0:127.0.0.1", False),
    ("fec0::1", False),
    ("5f00::1", False),
    ("3fff::1", False),
    ("192.0.0.192", False),
    ("192.0.0.9", False),
    ("192.88.99.1", False),
    ("64:ff9b::5db8:d822", True),
    ("2002:7f00:1::", False),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
]


@pytest.mark.parametrize(("text", "fit"), WEBHOOKS)
def test_addresses_of_webhooks(text: str, fit: bool) -> None:
    assert is_webhook(text) is fit


@pytest.mark.parametrize(("text", "fit"), MAILBOXES)
def test_mailboxes(text: str, fit: bool) -> None:
    assert is_mailbox(text) is fit


@pytest.mark.parametrize(("text", "public"), ADDRESSES)
def test_public_addresses(text: str, public: bool) -> None:
    assert is_public(ip_address(text)) is public


def looked_up(*addresses: str) -> Any:
    async def look(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]

    return look


@pytest.mark.parametrize(
    ("addresses", "private", "found"),
    [
        (("93.184.216.34", "93.184.216.35"), False, "93.184.216.34"),
        (("93.184.216.34", "10.0.0.1"), False, Failure.PRIVATE_ADDRESS),
        (("10.0.0.1",), True, "10.0.0.1"),
        ((), False, Failure.UNKNOWN_HOST),
    ],
)
async def test_all_that_a_name_stands_for_must_be_public(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...], private: bool, found: str
) -> None:
    monkeypatch.setattr(
        "asyncio.base_events.BaseEventLoop.getaddrinfo", lambda *_, **__: looked_up(*addresses)()
    )
    if not isinstance(found, Failure):
        assert await resolved("example.org", 443, private=private) == found
        return
    with pytest.raises(Unreachable) as raised:
        await resolved("example.org", 443, private=private)
    assert raised.value.failure is found


async def test_nothing_goes_to_the_loopback_unless_the_settings_allow_it(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, database: Database
) -> None:
    await subscribe(receiver.url)
    await tell("S1", "slow")
    async with open_courier(database, DeliverySettings()) as courier:
        assert await courier.deliver(seat[2]) == Round(0, 1)
    [row] = (await listing.notices_after(*seat)).rows
    [sent] = (await listing.deliveries_of(*seat, notice_ids=[row.id]))[row.id]
    assert (sent.error, receiver.received) == ("PRIVATE_ADDRESS", [])


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_name_that_is_none_keeps_nothing_from_others(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    await subscribe("https://xn--/")
    await subscribe(receiver.url)
    await tell("S1", "slow")
    assert await courier.deliver(seat[2]) == Round(1, 1)
    assert len(receiver.received) == 1
