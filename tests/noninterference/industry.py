"""An industry for the non-interference test: small schemes that use everything that a scheme may hold."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from types import ModuleType

from steelyard.errors import Text
from steelyard.packs import (
    Advice,
    Calendar,
    PackInfo,
    PackOrigin,
    Packs,
    Part,
    SchemeSource,
    hookimpl,
    load_packs,
)
from steelyard.packs.origin import folder_pack

BRANCH, DESK, VISIT = "net.branch", "net.desk", "calls.branch"
PACK = "net"
CALLS = "calls.calls"
"""The table of records, of a pack that is a folder."""

BRANCH_SOURCE = """\
format: steelyard/1
scheme: net.branch
version: 1.0.0
title: {zh: 网点, en: Branch}
note: {zh: 示例, en: An example}
source: a book
assumed: true
unit_type: branch
calendar: [month, quarter]
pass: 50%
bands:
  - {code: S, from: 84%}
  - {code: A, title: {zh: 优, en: Excellent}, from: 78.5%}
  - {code: B, title: {zh: 良, en: Good}, from: 40%}
  - {code: C, from: 34.5%}
  - {code: D, from: 0%}
root: BRANCH
variants: {by: size, weights: {large: {SPEED: 3}}}
indicators:
  - code: SERVICE
    weight: 3
    title: {zh: 服务, en: Service}
    pass: 60%
    children:
      - {code: SPEED, weight: 1, title: {zh: 速度, en: Speed}, rubric: {kind: rate}, source: a page,
         assumed: true, note: {zh: 假设, en: Assumed}}
      - {code: KIND, weight: 1, rubric: {kind: rate}}
  - code: ROOMS
    weight: 1
    note: {zh: 每次投诉扣分, en: Each complaint costs}
    rubric: {kind: deduct, rules: [{measure: complaints, per_case: true, points: 1}]}
verdicts: [passed, failed, suspended]
rules:
  - {id: bonus, kind: adjust, measure: bonus, each: 1, at_most: 5}
  - {id: unkind, kind: veto, when: {any_of: [KIND], rate_at_most: 10%}, verdict: suspended, source: a page,
     assumed: true, note: {zh: 假设, en: Assumed},
     consequence: {title: {zh: 整改报告, en: A report}, action: report, deadline_days: 14}}
  - {id: three-times-b, kind: streak, band: B, periods: 3, then: suspended}
  - {id: shares, kind: quota, shares: {A: 2, B: 7, C: 1}, min_group: 3, advisory: true}
rollup: {units: {volume: complaints}, periods: mean}
"""
DESK_SOURCE = """\
format: steelyard/1
scheme: net.desk
version: 2.0.0
title: {zh: 前台, en: Desk}
unit_type: desk
calendar: [quarter, season]
pass: 55%
indicators:
  - {code: DESK.SPEED, points: 60, rubric: {kind: rate}}
  - {code: DESK.KIND, points: 40, rubric: {kind: rate}, pass: 60%}
rules:
  - {id: both, kind: gate, require: {nodes: [DESK.SPEED, DESK.KIND], passed: true}, verdict: failed}
rollup: {units: mean, periods: pooled}
"""
ODD_SOURCE = """\
format: steelyard/1
scheme: net.odd
version: 1.0.0
title: {zh: 有警告的, en: Warned of}
unit_type: office
calendar: year
indicators:
  - code: ODD.GROUP
    points: 30
    children:
      - {code: ODD.A, points: 10, rubric: {kind: points}}
      - {code: ODD.B, points: 10, rubric: {kind: points}}
  - {code: ODD.C, points: 70, rubric: {kind: points}}
"""
BROKEN_SOURCE = "format: steelyard/1\nscheme: broken.one\nunit_type: 7\nbands: 3\n"


_CALLS = {
    "pack.yaml": """\
format: steelyard-pack/1
name: calls
version: 1.0.0
api_version: 1
title: {zh: 来电, en: Calls}
""",
    "records.yaml": """\
records:
  - table: calls
    title: {zh: 来电, en: Calls}
    key: [branch, call]
    unit: branch
    day: called
    due: 5
    columns:
      - {column: call, title: {zh: 编号, en: Call}, type: text, required: true}
      - {column: branch, title: {zh: 网点, en: Branch}, type: text, required: true}
      - {column: called, title: {zh: 日期, en: Day}, type: date, required: true}
      - {column: solved, title: {zh: 已解决, en: Solved}, type: flag}
      - {column: mark, title: {zh: 评分, en: Mark}, type: integer}
    checks:
      - {check: unsaid, title: {zh: 未填, en: Not said}, quality: complete, missing: solved}
    source: a book
""",
    "measures.yaml": """\
measures:
  - measure: CALL.MARK
    title: {zh: 平均评分, en: Mean mark}
    table: calls
    mean: {column: mark}
    source: a book
  - measure: CALL.MIDDLE
    title: {zh: 评分中位数, en: Middle mark}
    table: calls
    quantile: {column: mark, at: 50%}
    source: a book
  - measure: CALL.SOLVED
    title: {zh: 解决率, en: Solved}
    table: calls
    share: {where: [{column: solved, is: true}], among: [{column: solved, known: true}]}
    source: a book
""",
    "schemes/calls.yaml": """\
format: steelyard/1
scheme: calls.branch
version: 1.0.0
title: {zh: 来电评价, en: Calls}
unit_type: branch
calendar: month
root: CALLS
indicators:
  - {code: CALL.SOLVED, points: 50, rubric: {kind: rate}}
  - {code: CALL.MARK, points: 10, rubric: {kind: points}}
  - {code: CALL.MANNER, points: 40, rubric: {kind: points}}
  - {code: CALL.MIDDLE, points: 10, rubric: {kind: linear, worst: 0, best: 10}}
rollup: {units: pooled, periods: pooled}
""",
}


def _advice(code: str, node: str, *, noted: bool) -> Advice:
    title, role = Text("提速", "Be faster"), Text("店长", "Manager")
    note = Text("假设", "Assumed") if noted else None
    source = "a book" if noted else None
    return Advice(code, node, title, Fraction(3), Fraction(1, 10), role, source, noted, note)


def _season() -> Calendar:
    parts = (
        Part("cold", Text("冷季", "Cold"), (1, 1), (7, 1)),
        Part("warm", Text("暖季", "Warm"), (7, 1), (1, 1)),
    )
    title, note = Text("季节", "Season"), Text("日期为假设", "The days are assumed")
    return Calendar("season", title, parts, assumed=True, note=note)


def industry() -> Packs:
    """A pack that works, and one that does not."""
    good = {
        "steelyard_pack": lambda: PackInfo(PACK, "1.0", 1, Text("网络", "Network")),
        "steelyard_schemes": lambda: [
            SchemeSource("branch.yaml", BRANCH_SOURCE),
            SchemeSource("desk.yaml", DESK_SOURCE),
            SchemeSource("odd.yaml", ODD_SOURCE),
        ],
        "steelyard_calendars": lambda: [_season()],
        "steelyard_playbook": lambda: [
            _advice("faster", "SPEED", noted=True),
            _advice("kinder", "KIND", noted=False),
            _advice("desk", "DESK.SPEED", noted=False),
        ],
    }
    broken = {
        "steelyard_pack": lambda: PackInfo("broken", "0.1", 1, Text("坏", "Broken")),
        "steelyard_schemes": lambda: [SchemeSource("broken.yaml", BROKEN_SOURCE)],
    }
    return load_packs([_origin(PACK, good), _origin("broken", broken), folder_pack(_calls())])


@cache
def _calls() -> Path:
    """The folder of the pack with records: the same for all worlds, as its path is told of."""
    folder = Path(mkdtemp(prefix="steelyard-calls-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    for name, text in _CALLS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _origin(name: str, hooks: Mapping[str, Callable[[], object]]) -> PackOrigin:
    plugin = ModuleType(name)
    for hook, function in hooks.items():
        setattr(plugin, hook, hookimpl(function))
    return PackOrigin(name, "a test", lambda: plugin)
