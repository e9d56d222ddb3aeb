"""Signatures of webhooks, as Standard Webhooks has them.

Signed are id, time and body (`id.time.body`) with HMAC-SHA256. The secret is `whsec_` and base64 of the key;
the signature is `v1,` and base64. Source: standardwebhooks.com, specification, "Webhook headers (sending
metadata to consumers)" and "Signature scheme".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"
KEY_BYTES = 32


def new_secret() -> str:
    """A secret that nobody knows."""
    return PREFIX + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def headers(secret: str, id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers with which a body is sent at a moment."""
    moment = str(int(at.timestamp()))
    return {
        "webhook-id": id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{_signature(secret, id, moment, body)}",
    }


def seal(secret: str, text: str) -> str:
    """What tells whether a text was changed, and nothing of the text to who does not know the secret."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _signature(secret: str, id: str, moment: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((id.encode(), moment.encode(), body))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
