"""One GET of a JSON API: only to its own host, bounded, tried again where that can help."""

from __future__ import annotations

import ipaddress
import random
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from steelyard.errors import InvalidInput, Kind, Problem, TransientError
from steelyard.intake.adapters.problems import (
    HTTP_FAILED,
    HTTP_REDIRECT,
    HTTP_REFUSED,
    HTTP_TOO_MUCH,
    INSECURE_URL,
)

PAGE_LIMIT = 64 << 20
ATTEMPTS = 5
LONGEST_WAIT = 60.0
REDIRECTS = 3
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
PAGE_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body, and the address of the next page from the Link header."""

    body: bytes
    next_link: str | None


@dataclass
class Requests:
    """GETs of one API. token: sent as bearer to the API's own host only; max_pages: for messages."""

    url: httpx.URL
    token: str | None
    max_pages: int
    client: httpx.Client
    random: random.Random = field(default_factory=random.SystemRandom)

    def get(self, url: httpx.URL, page: int) -> Answer:
        """The answer for a page. Raises InvalidInput if refused, TransientError if no attempt succeeds."""
        reason = ""
        for attempt in range(ATTEMPTS):
            delay = self.random.uniform(0.5, 1.0) * 0.5 * 2**attempt
            try:
                found = self._followed(url, page)
            except (httpx.TransportError, httpx.DecodingError, _TooSlow) as error:
                reason = type(error).__name__.strip("_")
            else:
                if isinstance(found, Answer):
                    return found
                reason = str(found.status_code)
                delay = _retry_after(found) or delay
                if delay > LONGEST_WAIT:
                    break
            if attempt < ATTEMPTS - 1:
                time.sleep(delay)
        raise TransientError(Problem(HTTP_FAILED, values={"page": page, "reason": reason}))

    def _followed(self, url: httpx.URL, page: int) -> Answer | httpx.Response:
        """The answer after redirects within the host; the response where it is worth another attempt."""
        for _ in range(REDIRECTS + 1):
            headers = {"Accept": "application/json"}
            if self.token is not None:
                headers["Authorization"] = f"Bearer {self.token}"
            with self.client.stream("GET", url, headers=headers) as response:
                if response.is_redirect:
                    url = self.own(url, response.headers.get("location", ""), page)
                    continue
                if response.status_code == 429 or response.status_code >= 500:
                    return response
                if not response.is_success:
                    raise _invalid(HTTP_REFUSED, page=page, status=response.status_code)
                following = response.links.get("next", {}).get("url")
                return Answer(self._body(response), following)
        raise _invalid(HTTP_REDIRECT, page=page)

    def own(self, base: httpx.URL, target: str, page: int) -> httpx.URL:
        """The address that `target` names, seen from `base`. Raises InvalidInput if it is another host's."""
        try:
            url = base.join(target)
        except (httpx.InvalidURL, ValueError):
            raise _invalid(HTTP_REDIRECT, page=page) from None
        if (url.scheme, url.host, url.port) != (
            self.url.scheme,
            self.url.host,
            self.url.port,
        ) or url.userinfo:
            raise _invalid(HTTP_REDIRECT, page=page)
        return url

    def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        ends = time.monotonic() + PAGE_SECONDS
        for part in response.iter_bytes():
            body += part
            if len(body) > PAGE_LIMIT:
                raise _invalid(HTTP_TOO_MUCH, pages=self.max_pages, size=PAGE_LIMIT >> 20)
            if time.monotonic() > ends:
                raise _TooSlow
        return bytes(body)


class _TooSlow(Exception):
    """A page trickles in without end."""


def safe_url(text: str) -> httpx.URL:
    """The address of an API. Raises InvalidInput unless it is https, or http on loopback, without a login."""
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise InvalidInput(Problem(INSECURE_URL)) from None
    secure = url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host))
    if not secure or not url.host or url.userinfo:
        raise InvalidInput(Problem(INSECURE_URL))
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that the server asks to wait, given as a number or as a date."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - datetime.now(UTC)).total_seconds(), 0.0)


def _invalid(kind: Kind, **values: object) -> InvalidInput:
    return InvalidInput(Problem(kind, values=values))
