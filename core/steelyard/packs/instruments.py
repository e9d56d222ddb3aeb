"""Instruments (量表): the questionnaires of an evaluation, and what each counts towards.

    instruments:
      - code: first-impression
        title: {zh: 服务印象量表, en: Impression of the service}
        size: small
        channels: [on_site, web]
        asks: {zh: 对校区、前台的第一印象, en: First impression of the campus and its front desk}
        towards: [{scheme: education.campus, indicator: TU}]
      - code: choice-factors
        title: {zh: 机构选择因素问卷, en: Why families choose the centre}
        counted: false

An instrument without `towards` and without `counted: false` is one whose use the source leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from steelyard.errors import Text
from steelyard.scheme.base import Definition, Flag, Name, Words

FILE = "instruments.yaml"

Size = Literal["small", "medium", "large"]
Channel = Literal["phone", "on_site", "web", "interview", "email"]

SIZES: dict[str, Text] = {
    "small": Text("小型", "small"),
    "medium": Text("中型", "medium"),
    "large": Text("大型", "large"),
}
CHANNELS: dict[str, Text] = {
    "phone": Text("电话", "phone"),
    "on_site": Text("现场", "on site"),
    "web": Text("网站", "web"),
    "interview": Text("访谈", "interview"),
    "email": Text("邮件", "e-mail"),
}
NOT_COUNTED = Text("不计入任何得分", "counts towards no score")
LEFT_OPEN = Text("未说明计入哪项得分", "the source does not say what it counts towards")


class Target(Definition):
    """An indicator that an instrument counts towards."""

    scheme: Name
    indicator: Name


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire.

    asks: what it asks about. towards: the indicators that its answers count towards. counted: False where
    it is explicitly counted nowhere, None where the source leaves its use open.
    assumed: some figure or use of it is not the source's; `note` says which.
    """

    code: str
    title: Text
    size: Size | None
    channels: tuple[Channel, ...]
    asks: Text | None
    towards: tuple[Target, ...]
    counted: bool | None
    source: str | None = None
    assumed: bool = False
    note: Text | None = None

    def sentence(self) -> Text:
        """Say in one sentence how it is asked and what becomes of its answers."""
        size = SIZES.get(self.size or "")
        channels = [CHANNELS[channel] for channel in self.channels]
        zh = [size.zh] if size else []
        en = [size.en] if size else []
        if channels:
            zh.append("、".join(channel.zh for channel in channels))
            en.append(", ".join(channel.en for channel in channels))
        counts = self._counts()
        return Text("；".join([*zh, counts.zh]), "; ".join([*en, counts.en]))

    def _counts(self) -> Text:
        if not self.towards:
            return NOT_COUNTED if self.counted is False else LEFT_OPEN
        nodes = [f"{target.scheme} {target.indicator}" for target in self.towards]
        return Text(f"计入 {'、'.join(nodes)}", f"counts towards {', '.join(nodes)}")


class InstrumentEntry(Definition):
    """One questionnaire of `instruments.yaml`."""

    code: Name
    title: Words
    size: Size | None = None
    channels: tuple[Channel, ...] = ()
    asks: Words | None = None
    towards: tuple[Target, ...] = ()
    counted: Flag | None = None
    source: str | None = None
    assumed: Flag = False
    note: Words | None = None

    def instrument(self) -> Instrument:
        """The record."""
        counted = True if self.towards and self.counted is None else self.counted
        return Instrument(
            code=self.code,
            title=self.title,
            size=self.size,
            channels=self.channels,
            asks=self.asks,
            towards=self.towards,
            counted=counted,
            source=self.source,
            assumed=self.assumed,
            note=self.note,
        )


class InstrumentsFile(Definition):
    """`instruments.yaml`."""

    instruments: tuple[InstrumentEntry, ...]
