"""A small pack for the tests of pooled roll-ups: repairs of shops, counted by every aggregate there is."""

from __future__ import annotations

from pathlib import Path

from services.conftest import Seat
from steelyard.services.administration.perform import perform
from steelyard.services.administration.units import CreateUnit

TABLE = "repairs.repairs"
SCHEME = "repairs.shop"
HEAD = "number,shop,done,minutes,fee,buyer,solved"
_MEASURES = {
    "number": "count: {where: [{column: solved, is: true}]}",
    "fees": "sum: {column: fee}",
    "mean": "mean: {column: minutes}",
    "share": "share: {where: [{column: solved, is: true}], among: [{column: solved, known: true}]}",
    "ratio": "ratio: {of: {sum: {column: fee}}, to: {count: {}}}",
    "median": "quantile: {column: minutes, at: 50%}",
    "buyers": "distinct: {column: buyer, where: [{column: minutes, above: 0}]}",
    "each": "ratio: {of: {count: {where: [{column: solved, is: true}]}}, to: {distinct: {column: buyer}}}",
}
NAMES = tuple(_MEASURES)
_TABLE = """\
records:
  - table: repairs
    title: {zh: 维修, en: Repairs}
    key: [shop, number]
    unit: shop
    day: done
    columns:
      - {column: number, title: {zh: 编号, en: Number}, type: text, required: true}
      - {column: shop, title: {zh: 门店, en: Shop}, type: text, required: true}
      - {column: done, title: {zh: 日期, en: Day}, type: date, required: true}
      - {column: minutes, title: {zh: 分钟, en: Minutes}, type: integer}
      - {column: fee, title: {zh: 费用, en: Fee}, type: decimal}
      - {column: buyer, title: {zh: 客户, en: Buyer}, type: text}
      - {column: solved, title: {zh: 解决, en: Solved}, type: flag}
"""


def write_pack(folder: Path, rollup: str) -> None:
    """Write the pack with a rule for roll-ups. A leaf's rate is its measure ÷ 1000, a share's itself."""
    leaves = [
        f"  - {{code: {name}, title: {{zh: {name}, en: {name}}}, rubric: {_rubric(name)}}}" for name in NAMES
    ]
    scheme = [
        "format: steelyard/1",
        f"scheme: {SCHEME}",
        "version: 1.0.0",
        "title: {zh: 门店, en: Shop}",
        "unit_type: shop",
        "calendar: [month, quarter]",
        f"rollup: {rollup}",
        "indicators:",
        *leaves,
    ]
    measures = [
        f"  - measure: {name}\n    title: {{zh: {name} 数, en: The {name}}}\n    table: repairs\n    {made}"
        for name, made in _MEASURES.items()
    ]
    pack = "format: steelyard-pack/1\nname: repairs\nversion: 0.1.0\napi_version: 1\n"
    files = {
        "pack.yaml": f"{pack}title: {{zh: 维修, en: Repairs}}\n",
        "schemes/shop.yaml": "\n".join([*scheme, ""]),
        "records.yaml": _TABLE,
        "measures.yaml": "\n".join(["measures:", *measures, ""]),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _rubric(measure: str) -> str:
    return "{kind: rate}" if measure == "share" else "{kind: linear, worst: 0, best: 1000, clip: false}"


async def open_shops(seat: Seat) -> None:
    """A company with shop ONE in region WHOLE, and S1, S2, S3 in region PARTS."""
    for unit, kind, above in (
        ("CO", "company", None),
        ("WHOLE", "region", "CO"),
        ("PARTS", "region", "CO"),
        ("ONE", "shop", "WHOLE"),
        ("S1", "shop", "PARTS"),
        ("S2", "shop", "PARTS"),
        ("S3", "shop", "PARTS"),
    ):
        await perform(*seat, CreateUnit(unit, unit, unit, kind, above), reason="it opened")
