"""Signed tokens, checked against the keys of a real issuer."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from identity.issuer import AUDIENCE, KEYS, Issuer, encoded, pair, running_issuer, shared_secret
from steelyard.identity.claims import ALGORITHMS, MOST, peek
from steelyard.identity.oidc import LONGEST_SUBJECT, Verifier
from steelyard.identity.refusal import Reason, Refused


async def subject(text: str, verifier: Verifier | None = None) -> str:
    return await (verifier or Verifier()).subject(text, peek(text), audience=AUDIENCE)


async def reason_of(text: str, verifier: Verifier | None = None) -> Reason:
    with pytest.raises(Refused) as caught:
        await subject(text, verifier)
    return caught.value.reason


@pytest.mark.parametrize("algorithm", sorted(ALGORITHMS))
async def test_every_algorithm(algorithm: str) -> None:
    signer = pair(f"key of {algorithm}", algorithm)
    with running_issuer(signer, pair("another")) as issuer:
        assert await subject(issuer.token(signer)) == "alice"


async def test_a_list_of_audiences_may_name_others_too(issuer: Issuer) -> None:
    assert await subject(issuer.token(pair("one"), aud=["another", AUDIENCE])) == "alice"


async def test_without_a_key_id_the_only_key_is_meant(issuer: Issuer) -> None:
    text = issuer.token(pair("one"), headers={"kid": None})
    assert await subject(text) == "alice"
    issuer.show(pair("one"), pair("two"))
    assert await reason_of(text) == Reason.UNKNOWN_KEY


# Clocks differ: by this many seconds from now a token of the past or of the future is still taken, or not.
SKEWED: list[tuple[str, int, Reason | None]] = [
    ("exp", -50, None),
    ("exp", -70, Reason.EXPIRED),
    ("iat", 50, None),
    ("iat", 70, Reason.NOT_YET_VALID),
    ("nbf", 50, None),
    ("nbf", 70, Reason.NOT_YET_VALID),
]


@pytest.mark.parametrize(("claim", "seconds", "reason"), SKEWED)
async def test_clock_skew(issuer: Issuer, claim: str, seconds: int, reason: Reason | None) -> None:
    text = issuer.token(pair("one"), **{claim: int(time.time()) + seconds})
    if reason is None:
        assert await subject(text) == "alice"
    else:
        assert await reason_of(text) == reason


CLAIMS: dict[str, tuple[dict[str, Any], Reason]] = {
    "other audience": ({"aud": "another"}, Reason.OTHER_AUDIENCE),
    "longer audience": ({"aud": f"{AUDIENCE}/x"}, Reason.OTHER_AUDIENCE),
    "other audiences": ({"aud": ["another", "third"]}, Reason.OTHER_AUDIENCE),
    "no audience": ({"aud": None}, Reason.WRONG_CLAIMS),
    "empty audiences": ({"aud": []}, Reason.WRONG_CLAIMS),
    "audience in an object": ({"aud": {"x": AUDIENCE}}, Reason.WRONG_CLAIMS),
    "number among audiences": ({"aud": [AUDIENCE, 1]}, Reason.WRONG_CLAIMS),
    "no subject": ({"sub": None}, Reason.WRONG_CLAIMS),
    "empty subject": ({"sub": ""}, Reason.WRONG_CLAIMS),
    "subject of another type": ({"sub": 7}, Reason.WRONG_CLAIMS),
    "endless subject": ({"sub": "x" * (LONGEST_SUBJECT + 1)}, Reason.WRONG_CLAIMS),
    "no end": ({"exp": None}, Reason.WRONG_CLAIMS),
    "end of another type": ({"exp": "tomorrow"}, Reason.WRONG_CLAIMS),
    "no beginning": ({"iat": None}, Reason.WRONG_CLAIMS),
    "no issuer": ({"iss": None}, Reason.WRONG_CLAIMS),
}


@pytest.mark.parametrize("case", CLAIMS, ids=str)
async def test_claims(issuer: Issuer, case: str) -> None:
    claims, reason = CLAIMS[case]
    assert await reason_of(issuer.token(pair("one"), **claims)) == reason


async def test_another_issuers_key_signs_nothing(issuer: Issuer) -> None:
    stranger = pair("stranger")
    assert await reason_of(issuer.token(stranger, headers={"kid": "one"})) == Reason.WRONG_SIGNATURE
    assert await reason_of(issuer.token(stranger)) == Reason.UNKNOWN_KEY


async def test_an_issuer_that_was_replaced_is_not_believed(issuer: Issuer) -> None:
    with running_issuer(pair("two")) as other:
        issuer.documents["/.well-known/openid-configuration"]["issuer"] = other.address
        assert await reason_of(issuer.token(pair("one"))) == Reason.ISSUER_UNREACHABLE


@pytest.mark.parametrize("algorithm", ["none", "NONE", "None", "", None, 7, "HS256", "RS512", "ES256K"])
async def test_algorithms_that_prove_nothing(issuer: Issuer, algorithm: Any) -> None:
    text = f"{encoded({'alg': algorithm, 'kid': 'one'})}.{encoded(issuer.claims())}."
    assert await reason_of(text) == Reason.ALGORITHM


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER], ids=str)
async def test_the_public_key_as_a_shared_secret(issuer: Issuer, encoding: Encoding) -> None:
    key = pair("one").private.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)
    assert await reason_of(shared_secret(issuer, key)) == Reason.ALGORITHM
    # Under the name of an algorithm that is allowed, it is no signature of that kind.
    assert await reason_of(shared_secret(issuer, key, "ES256")) == Reason.WRONG_SIGNATURE


async def test_a_key_signs_with_its_own_algorithm_only() -> None:
    signer = pair("key of RS256", "RS256")
    with running_issuer(signer) as issuer:
        issuer.documents[KEYS] = {"keys": [signer.public(alg="PS256")]}
        assert await reason_of(issuer.token(signer)) == Reason.UNKNOWN_KEY
        assert await subject(issuer.token(signer, algorithm="PS256")) == "alice"


UNUSABLE: dict[str, Callable[[], dict[str, Any]]] = {
    "for encryption": lambda: pair("one").public(use="enc"),
    "not for checking": lambda: pair("one").public(key_ops=["encrypt"]),
    "of another algorithm": lambda: pair("one").public(alg="ES384"),
    "a shared secret": lambda: {"kty": "oct", "kid": "one", "k": encoded(b"x" * 32), "alg": "ES256"},
    "on another curve": lambda: pair("one", "ES384", "ES384").public(),
    "half a key": lambda: {"kty": "EC", "crv": "P-256", "kid": "one", "x": "AA"},
    "of types that are none": lambda: {"kty": ["EC"], "crv": {}, "kid": 1},
}


@pytest.mark.parametrize("case", UNUSABLE, ids=str)
async def test_keys_that_are_left_out(issuer: Issuer, case: str) -> None:
    issuer.documents[KEYS] = {"keys": ["?", UNUSABLE[case](), pair("two").public()]}
    assert await reason_of(issuer.token(pair("one"))) == Reason.UNKNOWN_KEY
    assert await subject(issuer.token(pair("two"))) == "alice"


async def test_short_keys_are_not_trusted() -> None:
    weak = pair("weak", "RS256", "weak")
    with running_issuer(weak) as issuer:
        with pytest.warns(UserWarning, match="1024 bits"):
            text = issuer.token(weak)
        assert await reason_of(text) == Reason.UNKNOWN_KEY


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c"])
async def test_keys_that_a_token_brings_along_are_not_used(issuer: Issuer, name: str) -> None:
    stranger = pair("stranger")
    with running_issuer(stranger) as other:
        brought: dict[str, Any] = {
            "jku": f"{other.address}{KEYS}",
            "x5u": f"{other.address}{KEYS}",
            "jwk": stranger.public(),
            "x5c": ["MIIB"],
        }
        headers = {"kid": "one", name: brought[name]}
        assert await reason_of(issuer.token(stranger, headers=headers)) == Reason.WRONG_SIGNATURE
        assert other.asked == []


async def test_critical_headers_that_nobody_knows(issuer: Issuer) -> None:
    text = issuer.token(pair("one"), headers={"crit": ["exp"], "exp": 1})
    assert await reason_of(text) == Reason.MALFORMED


async def test_a_huge_token_is_not_read(issuer: Issuer) -> None:
    assert await reason_of(issuer.token(pair("one"), groups="x" * MOST)) == Reason.TOO_LARGE
    assert issuer.asked == []


async def test_a_changed_token_has_a_wrong_signature(issuer: Issuer) -> None:
    head, _, signature = issuer.token(pair("one")).split(".")
    text = f"{head}.{encoded(issuer.claims(sub='admin'))}.{signature}"
    assert await reason_of(text) == Reason.WRONG_SIGNATURE


MALFORMED = ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "e30.e30.", "bnVsbA.bnVsbA.", "W10.W10.x", "é.é.é"]


@pytest.mark.parametrize("text", MALFORMED)
async def test_malformed(text: str) -> None:
    assert await reason_of(text) in (Reason.MALFORMED, Reason.WRONG_CLAIMS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
HEADERS = st.fixed_dictionaries(
    {}, optional={"alg": JSON | st.sampled_from(sorted(ALGORITHMS)), "kid": JSON, "crit": JSON, "b64": JSON}
)
PAYLOADS = st.fixed_dictionaries({}, optional={"iss": JSON, "aud": JSON, "exp": JSON, "sub": JSON}) | JSON


@given(HEADERS, PAYLOADS, st.binary(max_size=80))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_anything_is_peeked_at_or_refused(headers: Any, payload: Any, signature: bytes) -> None:
    with suppress(Refused):
        claimed = peek(f"{encoded(headers)}.{encoded(payload)}.{encoded(signature)}")
        assert claimed.algorithm in ALGORITHMS
        assert isinstance(claimed.issuer, str)


ODD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a list for an algorithm": ({"alg": []}, {}),
    "an object for an algorithm": ({"alg": {}}, {}),
    "half a surrogate pair in the issuer": ({}, {"iss": "\ud800"}),
    "U+0000 in the issuer": ({}, {"iss": "https://x\0"}),
    "U+0000 in the audience": ({}, {"aud": "\0"}),
}


@pytest.mark.parametrize(("headers", "payload"), ODD.values(), ids=ODD)
def test_what_no_database_could_look_for_is_refused(headers: dict[str, Any], payload: dict[str, Any]) -> None:
    head, body = {"alg": "RS256", **headers}, {"iss": "https://x", "aud": AUDIENCE, **payload}
    with pytest.raises(Refused):
        peek(f"{encoded(head)}.{encoded(body)}.AAAA")


@pytest.mark.parametrize("odd", ["\0", "a\ud800"])
async def test_neither_is_such_a_subject(issuer: Issuer, odd: str) -> None:
    assert await reason_of(issuer.token(pair("one"), sub=odd)) is Reason.WRONG_CLAIMS


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        peek(text)
