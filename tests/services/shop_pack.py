"""A small pack for the tests of services: shops with monthly and quarterly scores."""

from __future__ import annotations

from fractions import Fraction
from types import ModuleType

from steelyard.errors import Text
from steelyard.packs import (
    Advice,
    PackInfo,
    PackOrigin,
    Packs,
    SampleData,
    SampleTable,
    SampleUnit,
    SchemeSource,
    hookimpl,
    load_packs,
)

SCHEME = "test.shop"
SOURCE = """\
format: steelyard/1
scheme: test.shop
version: 1.0.0
title: {zh: 门店, en: Shop}
unit_type: shop
calendar: [month, quarter]
pass: 70%
bands:
  - {code: A, title: {zh: 优, en: Excellent}, from: 90%}
  - {code: B, title: {zh: 良, en: Good}, from: 70%}
  - {code: C, from: 0%}
root: SHOP
variants: {by: size, weights: {large: {SPEED: 3}}}
indicators:
  - code: SERVICE
    weight: 3
    title: {zh: 服务, en: Service}
    children:
      - {code: SPEED, weight: 1, title: {zh: 速度, en: Speed}, rubric: {kind: rate}}
      - {code: KINDNESS, weight: 1, rubric: {kind: rate}}
  - code: ROOMS
    weight: 1
    rubric: {kind: deduct, rules: [{measure: complaints, per_case: true, points: 5}]}
verdicts: [passed, failed, suspended]
rules:
  - {id: bonus, kind: adjust, measure: bonus, each: 1, at_most: 5}
  - {id: unkind, kind: veto, when: {any_of: [KINDNESS], rate_at_most: 10%}, verdict: suspended}
  - {id: three-times-c, kind: streak, band: C, periods: 3, then: suspended}
"""
TABLE = """\
unit,period,SPEED,KINDNESS,complaints,bonus
S1,2025-01,90%,80%,0,0
S2,2025-01,60%,60%,1,0
S3,2025-01,60%,60%,1,0
S4,2025-01,95%,,2,
S1,2025-02,92%,84%,0,0
S2,2025-02,50%,60%,1,0
S1,2025-Q1,90%,80%,0,0
"""
UNITS = (
    SampleUnit("CO", "company", Text("公司", "Company")),
    SampleUnit("NORTH", "region", Text("北区", "North"), "CO"),
    SampleUnit("SOUTH", "region", Text("南区", "South"), "CO"),
    SampleUnit("S1", "shop", Text("一店", "Shop 1"), "NORTH"),
    SampleUnit("S2", "shop", Text("二店", "Shop 2"), "NORTH"),
    SampleUnit("S3", "shop", Text("三店", "Shop 3"), "SOUTH"),
    SampleUnit("S4", "shop", Text("四店", "Shop 4"), "SOUTH", {"size": "large"}),
    SampleUnit("S5", "shop", Text("五店", "Shop 5"), "SOUTH"),
)
FASTER = Advice(
    "faster", "SPEED", Text("提速", "Be faster"), Fraction(3), Fraction(1, 10), Text("店长", "Manager")
)


def shop_packs(source: str = SOURCE, table: str = TABLE) -> Packs:
    samples = SampleData(UNITS, (SampleTable(SCHEME, "shops.csv", table),))
    plugin = ModuleType("shops")
    hooks = {
        "steelyard_pack": lambda: PackInfo("shops", "1.0", 1, Text("门店", "Shops")),
        "steelyard_schemes": lambda: [SchemeSource("shop.yaml", source)],
        "steelyard_playbook": lambda: [FASTER],
        "steelyard_samples": lambda: samples,
    }
    for name, hook in hooks.items():
        setattr(plugin, name, hookimpl(hook))
    return load_packs([PackOrigin("shops", "a test", lambda: plugin)], strict=True)
