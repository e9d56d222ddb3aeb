"""A mail: a notice in both languages, the subscriber's first."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from steelyard.errors import LOCALES, Locale
from steelyard.services.notices.addresses import Failure
from steelyard.services.notices.settings import MailSettings
from steelyard.store.deliveries import Answer
from steelyard.store.subscribers import SubscriberRecord

SECONDS = 15.0
LONGEST_SUBJECT = 200


def message(payload: Mapping[str, Any], sender: str, to: str, locale: Locale, at: datetime) -> EmailMessage:
    """The mail that tells of a notice; repeats have the same Message-ID."""
    order = sorted(LOCALES, key=lambda each: each != locale)
    found = EmailMessage()
    found["From"], found["To"] = sender, to
    # One line: what stands in a title must not become a header.
    found["Subject"] = " ".join(payload["title"][locale].split())[:LONGEST_SUBJECT]
    found["Date"] = format_datetime(at)
    found["Message-ID"] = f"<{payload['id']}@{sender.rpartition('@')[2]}>"
    found["Auto-Submitted"] = "auto-generated"
    found.set_content("\n\n".join(f"{payload['title'][each]}\n\n{payload['text'][each]}" for each in order))
    return found


class Mails:
    """Sends mails through one server."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def tell(self, subscriber: SubscriberRecord, _: str, payload: Mapping[str, Any]) -> Answer:
        """Hand a mail in once. Delivered is what the server takes."""
        to, locale = subscriber.address, subscriber.locale
        letter = message(payload, self._settings.sender, to, locale, datetime.now(UTC))
        return await asyncio.to_thread(_send, self._settings, letter)


def _send(settings: MailSettings, letter: EmailMessage) -> Answer:
    try:
        with _connected(settings) as server:
            if settings.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.user is not None:
                server.login(settings.user, settings.password or "")
            server.send_message(letter)
    except TimeoutError:
        return Answer(None, Failure.TIMEOUT)
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
        return Answer(None, Failure.UNREACHABLE)
    except smtplib.SMTPException:
        return Answer(None, Failure.MAIL_REFUSED)
    except OSError:
        return Answer(None, Failure.UNREACHABLE)
    return Answer()


def _connected(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=SECONDS, context=ssl.create_default_context()
        )
    return smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
