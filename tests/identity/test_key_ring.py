"""The keys of an issuer: kept, rotated, and asked for no more often than is fair."""

from __future__ import annotations

import asyncio

import pytest

from identity.issuer import CONFIGURATION, KEYS, Issuer, Pair, pair, running_issuer
from steelyard.identity import discovery
from steelyard.identity.address import is_address
from steelyard.identity.discovery import IssuerFault, fetch_keys
from steelyard.identity.key_ring import COOLDOWN, KEPT, STALE, KeyRing
from steelyard.identity.refusal import Reason, Refused


class Clock:
    """Seconds that a test lets pass."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ring(issuer: Issuer, clock: Clock) -> KeyRing:
    return KeyRing(issuer.address, clock=clock)


async def found(ring: KeyRing, signer: Pair) -> bool | Reason:
    try:
        return bool(await ring.find(signer.key_id, signer.algorithm))
    except Refused as refused:
        return refused.reason


async def test_keys_are_fetched_once(issuer: Issuer, ring: KeyRing, clock: Clock) -> None:
    for _ in range(5):
        assert await found(ring, pair("one")) is True
        clock.now += KEPT / 6
    assert (issuer.asked, issuer.fetches()) == ([CONFIGURATION, KEYS], 1)


async def test_many_at_once_fetch_once(issuer: Issuer, ring: KeyRing) -> None:
    issuer.delay = 0.05
    assert await asyncio.gather(*(found(ring, pair("one")) for _ in range(50))) == [True] * 50
    assert issuer.fetches() == 1


async def test_old_keys_are_fetched_anew(issuer: Issuer, ring: KeyRing, clock: Clock) -> None:
    assert await found(ring, pair("one")) is True
    issuer.show(pair("two"))
    clock.now += KEPT
    assert await found(ring, pair("one")) == Reason.UNKNOWN_KEY
    assert issuer.fetches() == 2


async def test_rotation_is_noticed_by_the_unknown_key(issuer: Issuer, ring: KeyRing, clock: Clock) -> None:
    assert await found(ring, pair("one")) is True
    issuer.show(pair("one"), pair("two"))
    clock.now += COOLDOWN
    assert await found(ring, pair("two")) is True
    assert await found(ring, pair("one")) is True
    assert issuer.fetches() == 2


async def test_unknown_keys_do_not_make_us_ask_again_and_again(
    issuer: Issuer, ring: KeyRing, clock: Clock
) -> None:
    for _ in range(20):
        assert await found(ring, pair("unknown")) == Reason.UNKNOWN_KEY
    assert issuer.fetches() == 1
    clock.now += COOLDOWN - 1
    assert await found(ring, pair("unknown")) == Reason.UNKNOWN_KEY
    assert issuer.fetches() == 1
    clock.now += 1
    assert await found(ring, pair("unknown")) == Reason.UNKNOWN_KEY
    assert issuer.fetches() == 2


async def test_an_issuer_that_is_down_is_not_missed_at_first(clock: Clock) -> None:
    with running_issuer(pair("one")) as issuer:
        ring = KeyRing(issuer.address, clock=clock)
        assert await found(ring, pair("one")) is True
    clock.now += STALE - 1
    assert await found(ring, pair("one")) is True
    assert await found(ring, pair("unknown")) == Reason.UNKNOWN_KEY
    clock.now += 1
    assert await found(ring, pair("one")) == Reason.ISSUER_UNREACHABLE


async def test_an_issuer_that_never_answered_is_asked_again_after_a_while(
    issuer: Issuer, ring: KeyRing, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    issuer.status[KEYS] = (503, {})
    for _ in range(3):
        assert await found(ring, pair("one")) == Reason.ISSUER_UNREACHABLE
    assert issuer.fetches() == 1
    assert "status 503" in caplog.text
    del issuer.status[KEYS]
    clock.now += COOLDOWN
    assert await found(ring, pair("one")) is True


async def test_a_slow_issuer_holds_up_nobody_whose_key_is_known(issuer: Issuer, clock: Clock) -> None:
    ring = KeyRing(issuer.address, clock=clock)
    assert await found(ring, pair("one")) is True
    clock.now += COOLDOWN
    issuer.delay = 0.3
    unknown = asyncio.create_task(found(ring, pair("unknown")))
    await asyncio.sleep(0.05)
    assert await found(ring, pair("one")) is True
    assert not unknown.done()
    assert await unknown == Reason.UNKNOWN_KEY


# what is wrong: path → what is there, and words that the log has
BROKEN: dict[str, tuple[str, object, str]] = {
    "no configuration": (CONFIGURATION, None, "status 404"),
    "configuration is no JSON": (CONFIGURATION, b"<html>", "no JSON"),
    "configuration is a list": (CONFIGURATION, [], "another issuer's"),
    "another issuer": (CONFIGURATION, {"issuer": "https://example.org"}, "another issuer's"),
    "no keys": (KEYS, {}, "no JSON Web Key Set"),
    "keys are no list": (KEYS, {"keys": {}}, "no JSON Web Key Set"),
    "keys are nested endlessly": (KEYS, b"[" * 100_000, "no JSON"),
    "keys without end": (KEYS, b" " * (discovery.MOST + 1), "more than"),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
async def test_broken_issuers(issuer: Issuer, case: str) -> None:
    path, document, words = BROKEN[case]
    issuer.documents[path] = document
    with pytest.raises(IssuerFault, match=words):
        await fetch_keys(issuer.address)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/keys", "ftp://example.org/keys", "file:///etc/passwd", "/keys", "", 7, None],
)
async def test_keys_are_not_fetched_from_anywhere(issuer: Issuer, address: object) -> None:
    issuer.documents[CONFIGURATION]["jwks_uri"] = address
    with pytest.raises(IssuerFault, match="jwks_uri"):
        await fetch_keys(issuer.address)


@pytest.mark.parametrize("path", [CONFIGURATION, KEYS])
async def test_redirects_are_not_followed(issuer: Issuer, path: str) -> None:
    with running_issuer(pair("stranger")) as other:
        issuer.status[path] = (302, {"location": f"{other.address}{path}"})
        with pytest.raises(IssuerFault, match="status 302"):
            await fetch_keys(issuer.address)
        assert other.asked == []


async def test_a_slow_issuer_is_given_up(issuer: Issuer) -> None:
    issuer.delay = 0.3
    with pytest.raises(IssuerFault, match="no answer"):
        await fetch_keys(issuer.address, patience=0.05)


async def test_an_issuer_with_a_path(issuer: Issuer) -> None:
    address = f"{issuer.address}/realms/one"
    described = {"issuer": address, "jwks_uri": f"{issuer.address}{KEYS}"}
    issuer.documents[f"/realms/one{CONFIGURATION}"] = described
    assert len(await fetch_keys(address)) == 1


ADDRESSES = {
    "https://login.example.org": True,
    "https://login.example.org/realms/one": True,
    "https://login.example.org:8443/": True,
    "http://127.0.0.1:9000": True,
    "http://localhost/x": True,
    "http://[::1]:9000": True,
    "http://login.example.org": False,
    "http://127.0.0.1.example.org": False,
    "https://": False,
    "https://user@login.example.org": False,
    "https://login.example.org?x=1": False,
    "https://login.example.org?": False,
    "https://login.example.org#x": False,
    "https://login.example.org/ x": False,
    "https://login.example.org\n": False,
    "https://login.example.org:99999": False,
    "https://[": False,
    "login.example.org": False,
    "file:///etc/passwd": False,
    "": False,
}


@pytest.mark.parametrize(("address", "fit"), ADDRESSES.items())
def test_addresses_of_issuers(address: str, fit: bool) -> None:
    assert is_address(address) is fit
