"""Signatures are those of Standard Webhooks, and need the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from administration.people import Seat
from notices.conftest import Subscribe, Tell
from notices.receivers import HttpReceiver
from steelyard.services.notices import signing
from steelyard.services.notices.courier import Courier


def test_the_example_of_the_standard() -> None:
    found = signing.headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        datetime.fromtimestamp(1614265330, UTC),
        b'{"test": 2432232314}',
    )
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_differ() -> None:
    found = {signing.new_secret() for _ in range(20)}
    assert len(found) == 20
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in found} == {32}


async def test_what_is_sent_can_be_verified(
    seat: Seat, subscribe: Subscribe, tell: Tell, receiver: HttpReceiver, courier: Courier
) -> None:
    made = await subscribe(receiver.url)
    assert made.secret is not None
    await tell("S1", "slow")
    await courier.deliver(seat[2])
    [request] = receiver.received
    moment = request.headers["webhook-timestamp"]
    assert abs(datetime.now(UTC).timestamp() - int(moment)) < 60
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    signed = f"{request.id}.{moment}.".encode() + request.body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert request.headers["webhook-signature"] == f"v1,{wanted}"
    assert made.secret not in repr(made)


@pytest.mark.parametrize("text", ["a@example.org", "https://example.org/x?y=1"])
def test_a_seal_tells_nothing_of_its_text(text: str) -> None:
    first, second = signing.new_secret(), signing.new_secret()
    assert signing.seal(first, text) == signing.seal(first, text)
    assert len({signing.seal(first, text), signing.seal(second, text), signing.seal(first, text + "x")}) == 3
