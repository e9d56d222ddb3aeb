"""Problems as values and the whole tree of exceptions.

A *problem* is one fault in something a user handed in: it has a stable code, a place, and a message and
advice in zh and en.  Problems are collected and reported together.  An exception ends one use case:

    SteelyardError                 has .code, .text(locale), .exit_status
    ├── InvalidInput               the input has problems (all of them in .problems); exit 1
    ├── UsageError                 the command or the request cannot be understood; exit 2
    ├── ConfigError                settings, database or installation do not fit this version; exit 2
    ├── NotFound                   no such object in the actor's scope; exit 2
    ├── Unauthenticated            it is not known who asks; exit 1
    ├── Forbidden                  the actor may not do this with an object that they see; exit 1
    ├── Conflict                   the object changed, or exists already; exit 1
    ├── TransientError             try again: the database is locked or gone; exit 1
    └── InternalError              a fault of Steelyard itself; exit 1

Every code has a section of the same name in docs/errors.md; a test holds the two together.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Literal

Locale = Literal["zh", "en"]
LOCALES: tuple[Locale, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in zh and en; `{name}` places are filled by `format`."""

    zh: str
    en: str

    def get(self, locale: Locale) -> str:
        """Return the words in `locale`."""
        return self.zh if locale == "zh" else self.en

    def format(self, values: Mapping[str, object]) -> Text:
        """Fill the named places from `values`; of a Text among them each language takes its own words."""
        zh, en = (
            words.format(**{name: _in(locale, value) for name, value in values.items()})
            for locale, words in zip(LOCALES, (self.zh, self.en), strict=True)
        )
        return Text(zh, en)


def _in(locale: Locale, value: object) -> object:
    return value.get(locale) if isinstance(value, Text) else value


_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许这样做",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件过大",
    errno.EIO: "读写出错",
    errno.EROFS: "文件系统只读",
    errno.EMFILE: "打开的文件过多",
    errno.EADDRINUSE: "地址或端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "连接被拒绝",
}


def system_reason(error: OSError) -> Text:
    """Why the system could not do something: in its own words, in Chinese where the reason is a usual one."""
    said = error.strerror or str(error)
    return Text(_SYSTEM.get(error.errno or 0, said), said)


class Level(StrEnum):
    """How much a problem weighs.

    An ERROR stops the input from being used.  A FUTURE_ERROR does not yet: a later version of the format will
    refuse it.  A WARNING should be looked at.
    """

    ERROR = "error"
    FUTURE_ERROR = "future error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: a file with line and column (from 1), a table cell, or a path."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    row: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Write it in English."""
        return self.text()

    def text(self, locale: Locale = "en") -> str:
        """Write `file:line:column`, then the table's row and column or the field where there is one."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        row, column, comma = ("第 {} 行", "{} 列", "，") if locale == "zh" else ("row {}", "column {}", ", ")
        cell = [row.format(self.row)] if self.row is not None else []
        if self.field is not None:
            cell.append(column.format(self.field) if self.row is not None else self.field)
        return " ".join(filter(None, (":".join(parts), comma.join(cell))))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: a stable code, its level, what was found and expected, and what to do."""

    code: str
    message: Text
    advice: Text
    level: Level = Level.ERROR


_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: its kind, the words that fill the kind's message, and where it stands.

    snippet: the line that it stands in; caret: the character of the snippet, from 0, that it begins at.
    """

    kind: Kind
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=lambda: _NO_VALUES)
    snippet: str | None = None
    caret: int | None = None

    @property
    def code(self) -> str:
        """The stable code, e.g. `SCHEME_DUPLICATE_CODE`."""
        return self.kind.code

    @property
    def level(self) -> Level:
        """Error, future error or warning."""
        return self.kind.level

    def message(self, locale: Locale = "en") -> str:
        """Say what was found and what was expected."""
        return self.kind.message.format(self.values).get(locale)

    def advice(self, locale: Locale = "en") -> str:
        """Say what to do."""
        return self.kind.advice.format(self.values).get(locale)

    def text(self, locale: Locale = "en") -> str:
        """One line: place, level, code, message and advice."""
        place = self.place.text(locale)
        head = f"{place}: " if place else ""
        between = "" if locale == "zh" else " "
        said = f"{self.message(locale)}{between}{self.advice(locale)}"
        return f"{head}{self.level}[{self.code}] {said}".rstrip()


class SteelyardError(Exception):
    """Base of all errors that a user may see."""

    exit_status: ClassVar[int] = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.text() for problem in self.problems))

    @property
    def code(self) -> str:
        """The code of the first problem."""
        return self.problems[0].code

    def text(self, locale: Locale = "en") -> str:
        """All problems, one a line."""
        return "\n".join(problem.text(locale) for problem in self.problems)


class InvalidInput(SteelyardError):
    """A scheme, table, weight or value has problems."""


class UsageError(SteelyardError):
    """The command line or the request cannot be understood."""

    exit_status = 2


class ConfigError(SteelyardError):
    """Settings, database or installation do not fit this version."""

    exit_status = 2


class NotFound(SteelyardError):
    """There is no such object in the actor's scope."""

    exit_status = 2


class Unauthenticated(SteelyardError):
    """It is not known who asks."""


class Forbidden(SteelyardError):
    """The actor sees the object, but may not do this with it."""


class Conflict(SteelyardError):
    """The object changed meanwhile, or exists already."""


class TransientError(SteelyardError):
    """The same call may succeed later."""


class InternalError(SteelyardError):
    """A fault of Steelyard itself."""
