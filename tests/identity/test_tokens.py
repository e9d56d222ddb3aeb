"""Tokens: what is issued is read again; nothing else is."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.identity.refusal import Reason, Refused
from steelyard.identity.tokens import LAST_TENANT, Issued, checksum, hashed, issue, read

TENANTS = st.integers(min_value=1, max_value=LAST_TENANT)
SAMPLE = issue(41)
TENANT, KEY = "15", SAMPLE.key
SECRET = SAMPLE.text.removeprefix(f"sty_{TENANT}_{KEY}_")[:43]


def signed(body: str) -> str:
    return f"{body}_{checksum(body)}"


def reason_of(text: str) -> Reason:
    with pytest.raises(Refused) as caught:
        read(text)
    return caught.value.reason


@given(TENANTS)
def test_what_is_issued_is_read(tenant_id: int) -> None:
    issued = issue(tenant_id)
    presented = read(issued.text)
    assert (presented.tenant_id, presented.key) == (tenant_id, issued.key)
    assert presented.proves(issued.secret_hash)


def test_the_form_is_as_documented() -> None:
    assert re.fullmatch(r"sty_15_[0-9a-z]{10}_[\w-]{43}_[0-9A-Za-z]{6}", SAMPLE.text)


def test_only_the_hash_is_kept() -> None:
    assert SAMPLE.secret_hash == hashlib.sha256(SECRET.encode()).hexdigest()


def test_no_two_are_alike() -> None:
    made = [issue(1) for _ in range(200)]
    assert len({each.key for each in made}) == len({each.secret_hash for each in made}) == 200


def test_nothing_shows_the_secret() -> None:
    shown = repr(SAMPLE) + repr(read(SAMPLE.text)) + str(SAMPLE)
    assert SECRET not in shown


WRONG = {
    "empty": ("", Reason.MALFORMED),
    "prefix alone": ("sty_", Reason.MALFORMED),
    "a letter short": (SAMPLE.text[:-1], Reason.MALFORMED),
    "a letter more": (f"{SAMPLE.text}x", Reason.MALFORMED),
    "a blank": (f"{SAMPLE.text} ", Reason.MALFORMED),
    "a new line": (f"{SAMPLE.text}\n", Reason.MALFORMED),
    "upper case": (SAMPLE.text.upper(), Reason.MALFORMED),
    "no checksum": (SAMPLE.text[:-7], Reason.MALFORMED),
    "other checksum": (f"{SAMPLE.text[:-6]}000000", Reason.WRONG_CHECKSUM),
    "other secret": (SAMPLE.text.replace(SECRET, "A" * 43), Reason.WRONG_CHECKSUM),
    "tenant 0": (signed(f"sty_0_{KEY}_{SECRET}"), Reason.MALFORMED),
    "tenant with a zero before it": (signed(f"sty_0{TENANT}_{KEY}_{SECRET}"), Reason.MALFORMED),
    "negative tenant": (signed(f"sty_-1_{KEY}_{SECRET}"), Reason.MALFORMED),
    "tenant beyond 64 bits": (signed(f"sty_zzzzzzzzzzzzz_{KEY}_{SECRET}"), Reason.MALFORMED),
    "longer tenant": (signed(f"sty_{'1' * 40}_{KEY}_{SECRET}"), Reason.MALFORMED),
    "short key": (signed(f"sty_{TENANT}_{KEY[1:]}_{SECRET}"), Reason.MALFORMED),
    "short secret": (signed(f"sty_{TENANT}_{KEY}_{SECRET[1:]}"), Reason.MALFORMED),
    "digits of another script": (signed(f"sty_{TENANT}_{'٣' * 10}_{SECRET}"), Reason.MALFORMED),
    "a quote": (signed(f"sty_{TENANT}_{KEY[:9]}'_{SECRET}"), Reason.MALFORMED),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_wrong_tokens(case: str) -> None:
    text, reason = WRONG[case]
    assert reason_of(text) == reason


@given(st.integers(min_value=0, max_value=len(SAMPLE.text) - 1))
def test_every_cut_is_noticed(length: int) -> None:
    assert reason_of(SAMPLE.text[:length]) in (Reason.MALFORMED, Reason.WRONG_CHECKSUM)


@given(st.integers(min_value=0, max_value=len(SAMPLE.text) - 1), st.characters(codec="utf-8"))
def test_every_other_letter_is_noticed(place: int, letter: str) -> None:
    text = SAMPLE.text[:place] + letter + SAMPLE.text[place + 1 :]
    if text != SAMPLE.text:
        assert reason_of(text) in (Reason.MALFORMED, Reason.WRONG_CHECKSUM)


@given(st.text())
def test_any_text_is_refused(text: str) -> None:
    assert reason_of(text) in (Reason.MALFORMED, Reason.WRONG_CHECKSUM)


def test_a_guessed_secret_proves_nothing() -> None:
    guessed: Issued = issue(41)
    assert not read(guessed.text).proves(SAMPLE.secret_hash)
    assert not read(SAMPLE.text).proves(hashed("A" * 43))
