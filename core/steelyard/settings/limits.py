"""The limits of a server: what holds by default, and the settings that say otherwise.

The field `depth` is the setting `limit_depth`. docs/limits.md has the table, with the codes of refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from steelyard.errors import Text
from steelyard.settings.forms import SWITCH, TEXT, Form, integer, items
from steelyard.settings.setting import Setting

PREFIX = "limit_"


def _is_origin(text: str) -> bool:
    found = urlsplit(text)
    return (
        found.scheme in ("http", "https")
        and bool(found.netloc)
        and text == f"{found.scheme}://{found.netloc}"
    )


_ORIGINS = Form(
    Text("来源的列表，如 https://example.org", "origins, as https://example.org"),
    lambda text: all(_is_origin(each.strip()) for each in text.split(",")),
    ",",
)
_HOSTS = items(",", Text("主机名列表", "names of hosts"))


def _number(usual: int, most: int, zh: str, en: str) -> Any:
    return field(default=usual, metadata={"form": integer(1, most), "title": Text(zh, en)})


def _switch(zh: str, en: str) -> Any:
    return field(default=False, metadata={"form": SWITCH, "title": Text(zh, en)})


def _names(form: Form, zh: str, en: str) -> Any:
    return field(default=frozenset(), metadata={"form": form, "title": Text(zh, en)})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server takes on; by default as careful as one on the open net has to be. Sizes are in bytes."""

    depth: int = _number(20, 40, "查询的嵌套层数", "levels of fields in a query")
    characters: int = _number(50_000, 1_000_000, "查询文本的字符数", "characters of a query's text")
    tokens: int = _number(
        5_000, 50_000, "查询文本的记号数，注释也算", "tokens of a query's text, comments included"
    )
    fragments: int = _number(100, 1_000, "一个查询定义的片段数", "fragments that a query defines")
    selections: int = _number(
        2_000, 20_000, "展开片段后选取的字段数", "fields selected, with all fragments spread"
    )
    aliases: int = _number(50, 1_000, "一个操作的别名数", "aliases of an operation")
    roots: int = _number(30, 1_000, "一个操作的根字段数", "root fields of an operation")
    directives: int = _number(30, 1_000, "一个操作的指令数", "directives of an operation")
    directives_at: int = _number(4, 100, "同一处的指令数", "directives at one place")
    repeats: int = _number(20, 1_000, "同一处重复同一字段的次数", "repetitions of a field at one place")
    cost: int = _number(100_000, 10_000_000, "一个请求的预估代价", "what one request may cost")
    cost_per_minute: int = _number(
        2_000_000,
        1_000_000_000,
        "一个账号每分钟的代价",
        "what all requests of an account may cost in a minute",
    )
    resolved: int = _number(
        200_000, 10_000_000, "一个请求实际解析的字段数", "fields that one request really resolves"
    )
    seconds: int = _number(30, 3_600, "请求的秒数", "seconds until a request is stopped")
    body: int = _number(1_000_000, 100_000_000, "请求体或消息的字节数", "bytes of a body or message")
    upload: int = _number(1 << 30, 1 << 36, "上传的字节数", "bytes of a body with files")
    sockets: int = _number(20, 10_000, "一个账号的 WebSocket 数", "open WebSockets of an account")
    operations: int = _number(
        50, 10_000, "一个 WebSocket 同时执行的操作数", "operations of one WebSocket at a time"
    )
    streams: int = _number(
        100, 100_000, "一个账号同时的订阅数", "subscriptions and event streams of an account at a time"
    )
    init_seconds: int = _number(
        10, 600, "WebSocket 表明身份的秒数", "seconds within which a WebSocket says who it is"
    )
    introspection: bool = _switch(
        "回答 __schema 与 __type", "whether __schema is answered, and __type by more than null"
    )
    suggestions: bool = _switch("提示相近的字段名", "whether errors say which name was perhaps meant")
    origins: frozenset[str] = _names(
        _ORIGINS, "允许其网页访问的来源", "origins whose pages may call the server (CORS, WebSockets)"
    )
    hosts: frozenset[str] = _names(
        _HOSTS, "服务器应答的主机名，不设则不限", "names that the server answers to; any if left out"
    )
    documents: Path | None = field(
        default=None,
        metadata={
            "form": TEXT,
            "title": Text(
                "受信文档的清单；设置后只执行其中的查询",
                "the manifest of trusted documents; with it no other queries are answered",
            ),
        },
    )


def limits_of(texts: Mapping[str, str]) -> Limits:
    """The limits that settings say, by name; those left out hold as usual. The texts fit their forms."""
    given = {one.name: text for one in fields(Limits) if (text := texts.get(f"{PREFIX}{one.name}"))}
    return Limits(**{one.name: _value(one, given[one.name]) for one in fields(Limits) if one.name in given})


def _value(one: Field[Any], text: str) -> Any:
    match one.default:
        case bool():
            return text == "on"
        case int():
            return int(text)
        case frozenset():
            return frozenset(each.strip().lower() for each in text.split(","))
        case _:
            return Path(text)


def _written(default: Any) -> str | None:
    match default:
        case bool():
            return "on" if default else "off"
        case int():
            return str(default)
        case _:
            return None


SETTINGS = tuple(
    Setting(f"{PREFIX}{one.name}", one.metadata["form"], one.metadata["title"], _written(one.default))
    for one in fields(Limits)
)
"""The settings of the limits, in the order of the fields."""
