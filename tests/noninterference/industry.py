"""An industry for the non-interference test: small schemes that use everything that a scheme may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
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

BRANCH, DESK = "net.branch", "net.desk"
PACK = "net"

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
    return load_packs([_origin(PACK, good), _origin("broken", broken)])


def _origin(name: str, hooks: Mapping[str, Callable[[], object]]) -> PackOrigin:
    plugin = ModuleType(name)
    for hook, function in hooks.items():
        setattr(plugin, hook, hookimpl(function))
    return PackOrigin(name, "a test", lambda: plugin)
