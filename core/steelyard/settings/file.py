"""The file of settings: TOML, one `name = value` a line, without tables."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steelyard.errors import Kind, Place, Problem, Text, system_reason
from steelyard.settings.known import CONFIG, KNOWN
from steelyard.settings.problems import (
    CONFIG_NOT_TOML,
    CONFIG_UNREADABLE,
    SETTING_TYPE,
    SETTING_UNKNOWN,
)
from steelyard.settings.setting import Setting

_TYPES = {"list": "列表", "dict": "表", "date": "日期", "datetime": "日期时间", "time": "时间"}
BYTES_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """A value as a variable would have it, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says. written: the settings by name; problems: what else it says, or why it is none."""

    written: Mapping[str, Written]
    problems: tuple[Problem, ...] = ()


def read_file(path: Path) -> Content:
    """The settings of a file, and all that is wrong with it."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(BYTES_MOST + 1)
        if len(raw) > BYTES_MOST:
            raise OSError(f"more than {BYTES_MOST} bytes")
        text = raw.decode("utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        return _refused(path, CONFIG_UNREADABLE, system_reason(error))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return _refused(path, CONFIG_NOT_TOML, _in_words(error))
    written: dict[str, Written] = {}
    wrong: list[Problem] = []
    for name, value in content.items():
        place = Place(str(path), _line(text, name))
        setting = KNOWN.get(name)
        if setting is None or setting is CONFIG:
            wrong.append(unknown(name, name, place))
            continue
        found = _as_text(setting, value)
        if isinstance(found, Problem):
            wrong.append(Problem(found.kind, place, found.values))
        else:
            written[name] = Written(found, place)
    return Content(written, tuple(wrong))


def unknown(shown: str, name: str, place: Place) -> Problem:
    """The problem of a name that no setting has. shown: how it was written."""
    near = difflib.get_close_matches(name, KNOWN, n=1)
    written = [near[0] if shown == name else KNOWN[near[0]].variable] if near else []
    meant = Text(f"是否指 {written[0]}？", f"Is {written[0]} meant? ") if written else Text("", "")
    values = {"name": shown[:80], "meant_zh": meant.zh, "meant_en": meant.en}
    return Problem(SETTING_UNKNOWN, place, values)


def _as_text(setting: Setting, value: Any) -> str | Problem:
    between = setting.form.between
    if between is not None and isinstance(value, list) and value and all(map(_is_item, value)):
        return between.join(value)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (str, int, float)):
        return str(value)
    expected = setting.form.expected
    name = type(value).__name__
    values = {"name": setting.name, "found": Text(_TYPES.get(name, name), name)}
    return Problem(SETTING_TYPE, values={**values, "expected_zh": expected.zh, "expected_en": expected.en})


def _is_item(value: Any) -> bool:
    return isinstance(value, str)


def _line(text: str, name: str) -> int | None:
    found = re.search(rf'^[ \t]*(?:\[+[ \t]*)?["\']?{re.escape(name)}\b', text, re.MULTILINE)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def _in_words(error: Exception) -> Text:
    """What the parser says, which it says in English; in Chinese at least where."""
    said = str(error)
    where = re.search(r"at line (\d+), column (\d+)", said)
    zh = f"第 {where[1]} 行第 {where[2]} 列；解析器：{said}" if where else f"解析器：{said}"
    return Text(zh, said)


def _refused(path: Path, kind: Kind, reason: Text) -> Content:
    return Content({}, (Problem(kind, Place(str(path)), {"reason": reason}),))
