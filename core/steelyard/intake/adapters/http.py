"""A JSON API, page by page. The pages are kept in a temporary file until all are there.

So the headers are the keys of all rows, and an API that fails on its last page yields no half of its rows.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import httpx

from steelyard.errors import InvalidInput, Kind, Problem, Text
from steelyard.intake.adapters.adapter import Option, OptionKind, Options, Rows, Stream
from steelyard.intake.adapters.http_request import PAGE_LIMIT, TIMEOUT, Answer, Requests, safe_url
from steelyard.intake.adapters.json_text import Number, dumped, parsed
from steelyard.intake.adapters.jsonl import JsonLinesAdapter
from steelyard.intake.adapters.options import bad_option, checked, secret
from steelyard.intake.adapters.problems import HTTP_LOOP, HTTP_NO_ROWS, HTTP_NOT_JSON, HTTP_TOO_MUCH

PAGING = ("none", "page", "offset", "cursor", "link")
_SPEC = (
    Option("url", Text("接口地址", "Address of the API"), required=True),
    Option("rows", Text("数据所在（JSON 指针）", "Where the rows are (JSON pointer)"), default="/"),
    Option("paging", Text("翻页方式", f"Paging: {', '.join(PAGING)}"), default="none"),
    Option("page_param", Text("页码、偏移或游标的参数", "Parameter of page, offset or cursor")),
    Option("size_param", Text("每页行数的参数", "Parameter of the page size")),
    Option("page_size", Text("每页行数", "Rows a page"), OptionKind.WHOLE),
    Option("first_page", Text("首页页码（0 或 1）", "Number of the first page (0 or 1)"), default="1"),
    Option("cursor", Text("下一游标所在（JSON 指针）", "Where the next cursor is (JSON pointer)")),
    Option("max_pages", Text("最多页数", "Most pages"), OptionKind.WHOLE, default="1000"),
    Option("token_env", Text("含有令牌的环境变量", "Environment variable that holds the token")),
    Option("token_file", Text("含有令牌的文件", "File that holds the token")),
)


class HttpAdapter:
    """Reads the rows of a JSON API."""

    name = "http"
    title = Text("HTTP JSON 接口", "HTTP JSON API")

    def spec(self) -> tuple[Option, ...]:
        """Address, place of the rows, paging, token."""
        return _SPEC

    def check(self, options: Options) -> None:
        """Fetch the first page."""
        with _client() as client:
            next(_Pages(_checked(options), client).pages())

    def discover(self, options: Options) -> tuple[Stream, ...]:
        """The one table, as its first page shows it."""
        with _client() as client:
            rows = next(_Pages(_checked(options), client).pages())
        headers = dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)
        return (Stream("rows", tuple(headers)),)

    def read(self, options: Options) -> Rows:
        """Fetch all pages. Raises InvalidInput for wrong answers, TransientError where none comes."""
        values = _checked(options)
        folder = tempfile.TemporaryDirectory(prefix="steelyard-", ignore_cleanup_errors=True)
        try:
            path = Path(folder.name) / "rows.jsonl"
            with path.open("wb") as out, _client() as client:
                for rows in _Pages(values, client).pages():
                    _write(rows, out)
            found = JsonLinesAdapter().read({"file": str(path)})
        except BaseException:
            folder.cleanup()
            raise
        return Rows(found.headers, found.batches, release=folder.cleanup)


class _Pages:
    """The pages of one API, one after the other."""

    def __init__(self, values: Mapping[str, str], client: httpx.Client) -> None:
        self.values = values
        self.max_pages = int(values["max_pages"])
        token = secret(values, "", "token_env", "token_file")
        self.requests = Requests(safe_url(values["url"]), token, self.max_pages, client)
        self.seen = 0

    def pages(self) -> Iterator[list[object]]:
        """Yield the rows of each page, at least one page."""
        url: httpx.URL | None = self._first()
        digests: set[bytes] = set()
        visited: set[str] = set()
        page = 0
        while url is not None:
            page += 1
            if page > self.max_pages:
                raise _invalid(HTTP_TOO_MUCH, pages=self.max_pages, size=PAGE_LIMIT >> 20)
            answer = self.requests.get(url, page)
            body = _body(answer, page)
            rows = pointed(body, self.values["rows"])
            if not isinstance(rows, list):
                raise _invalid(HTTP_NO_ROWS, page=page, pointer=self.values["rows"])
            digest = hashlib.sha256("\n".join(map(dumped, rows)).encode("utf-8", "replace")).digest()
            if str(url) in visited or (rows and digest in digests):
                raise _invalid(HTTP_LOOP, page=page)
            visited.add(str(url))
            digests.add(digest)
            yield rows
            self.seen += len(rows)
            url = self._next(url, body, rows, answer, page)

    def _first(self) -> httpx.URL:
        url, values = self.requests.url, self.values
        if "page_size" in values and "size_param" in values:
            url = url.copy_set_param(values["size_param"], values["page_size"])
        if values["paging"] == "page":
            url = url.copy_set_param(values.get("page_param", "page"), values["first_page"])
        if values["paging"] == "offset":
            url = url.copy_set_param(values.get("page_param", "offset"), "0")
        return url

    def _next(
        self, url: httpx.URL, body: object, rows: list[object], answer: Answer, page: int
    ) -> httpx.URL | None:
        values, paging = self.values, self.values["paging"]
        if paging == "link":
            return None if answer.next_link is None else self.requests.own(url, answer.next_link, page)
        if paging == "cursor":
            cursor = pointed(body, values["cursor"])
            if cursor is None or cursor == "" or cursor is False:
                return None
            return url.copy_set_param(values.get("page_param", "cursor"), str(cursor))
        if paging == "none" or not rows:
            return None
        if paging == "page":
            return url.copy_set_param(values.get("page_param", "page"), str(int(values["first_page"]) + page))
        return url.copy_set_param(values.get("page_param", "offset"), str(self.seen))


def pointed(value: object, pointer: str) -> object:
    """What a JSON pointer (RFC 6901) names in a value; None for nothing. `/` alone is the whole value."""
    for part in pointer.split("/")[1:] if pointer != "/" else []:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isascii() and name.isdigit() and len(name) < 10:
            value = value[int(name)] if int(name) < len(value) else None
        else:
            return None
    return value


def _checked(options: Options) -> dict[str, str]:
    values = checked(_SPEC, options)
    if values["paging"] not in PAGING:
        raise bad_option("paging", ", ".join(PAGING))
    if values["first_page"] not in ("0", "1"):
        raise bad_option("first_page", "0, 1")
    for name in ("rows", "cursor"):
        if not values.get(name, "/").startswith("/"):
            raise bad_option(name, "/…")
    if values["paging"] == "cursor" and "cursor" not in values:
        raise bad_option("cursor", "/…")
    return values


def _client() -> httpx.Client:
    """A client that takes nothing from the environment: no proxy, no .netrc."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)


def _body(answer: Answer, page: int) -> object:
    try:
        return parsed(answer.body.decode("utf-8-sig"))
    except ValueError:
        raise _invalid(HTTP_NOT_JSON, page=page) from None


def _write(rows: list[object], out: BinaryIO) -> None:
    for row in rows:
        text = str(row) if isinstance(row, Number) else dumped(row)
        out.write(text.encode("utf-8", "backslashreplace") + b"\n")


def _invalid(kind: Kind, **values: object) -> InvalidInput:
    return InvalidInput(Problem(kind, values=values))
