"""Steelyard's own tokens: `sty_<tenant>_<key>_<secret>_<checksum>`.

The tenant's number (base 36) says where to look, the key which row, the secret proves it; only the secret's
sha256 is kept. The checksum lets scanners tell a token from a text that looks like one, and a cut one from
a guessed one; it protects nothing. The letters `sty_` make leaked tokens easy to find.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from dataclasses import dataclass, field
from zlib import crc32

from steelyard.identity.refusal import Reason, Refused

PREFIX = "sty_"
KEY_LENGTH = 10
SECRET_BYTES = 32
LAST_TENANT = 2**63 - 1
_DIGITS = string.digits + string.ascii_lowercase
_LETTERS = _DIGITS + string.ascii_uppercase
_FORM = re.compile(r"sty_([1-9a-z][0-9a-z]{0,12})_([0-9a-z]{10})_([A-Za-z0-9_-]{43})_([0-9A-Za-z]{6})")


@dataclass(frozen=True, slots=True)
class Presented:
    """What a token says. `secret` is not shown."""

    tenant_id: int
    key: str
    secret: str = field(repr=False)

    def proves(self, secret_hash: str) -> bool:
        """Tell whether the secret is the one whose sha256 in hex is `secret_hash`, in constant time."""
        return hmac.compare_digest(hashed(self.secret), secret_hash)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token: `text` is for whoever will carry it alone, `key` and `secret_hash` are kept."""

    text: str = field(repr=False)
    key: str
    secret_hash: str


def issue(tenant_id: int) -> Issued:
    """Make a token of a tenant: 256 random bits, and a key of 50."""
    key = "".join(secrets.choice(_DIGITS) for _ in range(KEY_LENGTH))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    body = f"{PREFIX}{_written(tenant_id, _DIGITS)}_{key}_{secret}"
    return Issued(f"{body}_{checksum(body)}", key, hashed(secret))


def read(text: str) -> Presented:
    """Take a token apart; Refused (MALFORMED, WRONG_CHECKSUM) where it is none of ours."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise Refused(Reason.MALFORMED)
    tenant, key, secret, check = match.groups()
    if check != checksum(text[: -len(check) - 1]):
        raise Refused(Reason.WRONG_CHECKSUM, key=key)
    tenant_id = int(tenant, 36)
    if tenant_id > LAST_TENANT:
        raise Refused(Reason.MALFORMED, key=key)
    return Presented(tenant_id, key, secret)


def hashed(secret: str) -> str:
    """The sha256 of a secret in hex. 256 random bits need no slow hash: there is nothing to guess from."""
    return hashlib.sha256(secret.encode()).hexdigest()


def checksum(body: str) -> str:
    """The crc32 of a token without its checksum, six letters in base 62."""
    return _written(crc32(body.encode()), _LETTERS).rjust(6, "0")


def _written(number: int, digits: str) -> str:
    written = ""
    while number:
        number, digit = divmod(number, len(digits))
        written = digits[digit] + written
    return written
