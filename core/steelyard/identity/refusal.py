"""Refusal: why a token is refused. The log says it; whoever sent the token learns nothing of it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a request is not known to come from an account."""

    ABSENT = "absent"
    OTHER_SCHEME = "other_scheme"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    WRONG_CHECKSUM = "wrong_checksum"
    UNKNOWN = "unknown"
    UNPROVEN = "unproven"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ACCOUNT_SUSPENDED = "account_suspended"
    TENANT_SUSPENDED = "tenant_suspended"
    ALGORITHM = "algorithm"
    UNKNOWN_ISSUER = "unknown_issuer"
    OTHER_AUDIENCE = "other_audience"
    SEVERAL_AUDIENCES = "several_audiences"
    ISSUER_UNREACHABLE = "issuer_unreachable"
    UNKNOWN_KEY = "unknown_key"
    WRONG_SIGNATURE = "wrong_signature"
    NOT_YET_VALID = "not_yet_valid"
    WRONG_CLAIMS = "wrong_claims"
    UNKNOWN_SUBJECT = "unknown_subject"


class Refused(Exception):
    """A token is refused. `details` name what the log may show: a key, an issuer, an account; no secrets."""

    def __init__(self, reason: Reason, **details: str | None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = {name: value for name, value in details.items() if value is not None}
