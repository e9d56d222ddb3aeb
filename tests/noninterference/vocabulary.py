"""The vocabulary of generated queries: what arguments may say, from a twin and from earlier answers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from noninterference.administering import INSIDE, OUTSIDE, account_code
from noninterference.industry import BRANCH, CALLS, DESK, VISIT
from noninterference.worlds import MEMBERS, MONTHS, PERIODS, SCHEMES, World
from steelyard_graphql.ids import packed

GARBAGE = ("", "0", "-1", "NOBODY", "😀", "' OR 1=1 --", "a" * 300, "2025-13", "R1.B1", "M-R1.B")
KEPT = 60
"""How many texts of one kind from earlier answers are remembered."""
LONG = 400
NAMES = {
    "below": "unit",
    "at": "indicator",
    "length": "number",
    "unitType": "type",
    "childrenOf": "unit",
    "around": "unit",
    "ancestorType": "typeAbove",
    "codes": "units",
    "until": "period",
    "passLine": "target",
}
"""Arguments that say something under another name."""
INDICATORS = {
    BRANCH: ("BRANCH", "SERVICE", "SPEED", "KIND", "ROOMS"),
    DESK: ("TOTAL", "DESK.SPEED", "DESK.KIND"),
    VISIT: ("CALLS", "CALL.SOLVED", "CALL.MARK", "CALL.MANNER"),
}
TYPES = {**SCHEMES, VISIT: "branch"}
ABOVE = {
    BRANCH: ("company", "region"),
    DESK: ("company", "region", "branch"),
    VISIT: ("company", "region"),
}
"""The types of the units that scores are rolled up to."""
WHEN = {**PERIODS, VISIT: ("2024-12", *MONTHS[:2])}
MEASURES = {
    BRANCH: ("SPEED", "KIND", "complaints", "bonus"),
    DESK: ("DESK.SPEED", "DESK.KIND"),
    VISIT: ("CALL.SOLVED", "CALL.MARK"),
}
LEARNED_FROM = ("code", "id", "key", "name", "number", "pseudonym", "hash")
"""Fields whose values name the thing that they are fields of."""

Texts = Mapping[str, Sequence[str]]


class Vocabulary:
    """What may stand for an argument, by the kind of thing that it names."""

    def __init__(self, worlds: Sequence[World]) -> None:
        self._themes = [_theme(worlds[0], scheme) for scheme in TYPES]
        self._usual: dict[str, list[str]] = _usual(worlds)
        self._learned: defaultdict[str, list[str]] = defaultdict(list)
        self.proposals: set[int] = set()
        """The numbers of proposals: drawn at random, so nobody hits upon one."""

    def theme(self, draw: Random) -> Texts:
        """A scheme with what belongs together with it, so that queries find something."""
        return draw.choice(self._themes)

    def learn(self, type_name: str, field: str, value: object, draw: Random) -> None:
        """Remember a text of an answer, or the number of a proposal."""
        if (type_name, field) == ("Proposal", "number"):
            self.proposals.add(int(str(value)))
        if not isinstance(value, str) or len(value) > LONG:
            return
        kinds = {field}
        if field in LEARNED_FROM:
            kinds.add(type_name[:1].lower() + type_name[1:])
        for kind in kinds:
            known = self._learned[kind]
            if value not in known:
                known.append(value)
                if len(known) > KEPT:
                    known.pop(draw.randrange(KEPT))

    def text(self, name: str, holder: str, draw: Random, theme: Texts) -> str:
        """A text for an argument `name` of a field or input that returns or makes a `holder`."""
        kinds = self._kinds(name, holder)
        chance = draw.random()
        if chance < 0.03:
            return draw.choice(GARBAGE)
        sources: list[Sequence[str]] = []
        for kind in kinds:
            if chance < 0.88 and kind in theme:
                return draw.choice(theme[kind])
            sources += [each for each in (self._usual.get(kind), self._learned.get(kind)) if each]
        if not sources:
            return draw.choice((*GARBAGE, "a reason", name))
        return draw.choice(draw.choice(sources))

    def _kinds(self, name: str, holder: str) -> list[str]:
        """The kinds of things that an argument may name, the likeliest first."""
        name = NAMES.get(name, name)
        kinds = [name, name.removesuffix("s"), name.removesuffix("Code")]
        if name in ("code", "name", "id", "key", "number"):
            known = {*self._usual, *self._learned}
            of_holder = [kind for kind in known if kind[:1].upper() + kind[1:] in holder]
            kinds = [*sorted(of_holder, key=len, reverse=True)[:1], *kinds]
            if holder == "NodeScore":
                kinds.insert(0, "indicator")
        if name == "values" and holder == "AttributeCondition":
            kinds = ["attributeValue"]
        if name in ("unit", "period") and holder in ("RollUp", "RollUpPoint"):
            kinds.insert(0, "above" if name == "unit" else "span")
        return kinds


def _theme(world: World, scheme: str) -> Texts:
    seen = [member for member in MEMBERS if world.sees(member)]
    return {
        "scheme": [scheme],
        "unit": [world.codes[member.key] for member in seen if member.type == TYPES[scheme]],
        "above": [world.codes[member.key] for member in seen if member.type in ABOVE[scheme]] or ["CO"],
        "period": WHEN[scheme],
        "span": [*WHEN[scheme][:2], "2025", "2025"],
        "indicator": INDICATORS[scheme],
        "measure": MEASURES[scheme],
        "type": [TYPES[scheme]],
    }


def _usual(worlds: Sequence[World]) -> dict[str, list[str]]:
    codes = sorted({code for world in worlds for code in world.codes.values()})
    more = [f"X-{side}-GROUP" for side in (0, 1)] + ["X-1-0", "X-1-1"]
    units = [*codes, *more]
    periods = sorted(
        {*(period for each in PERIODS.values() for period in each), "2024-10", "2024-11", "2025-08"}
    )
    periods += ["2024", "2025-06", "2025-warm", "2026-Q4"]
    ids = [packed(("Unit", code)) for code in units]
    ids += [packed(("Scorecard", BRANCH, code, "2025-02")) for code in units]
    ids += [packed(("Period", "month", code)) for code in periods]
    cursors = [packed(("units", code)) for code in units] + [
        packed(("ranking", 50.0, code)) for code in units
    ]
    return {
        "unit": units,
        "account": [*(account_code(key, "in") for key in INSIDE), *_accounts_outside()],
        "scheme": [BRANCH, DESK, VISIT, "net.odd", "net.none"],
        "period": periods,
        "indicator": [code for codes in INDICATORS.values() for code in codes],
        "measure": [code for codes in MEASURES.values() for code in codes],
        "value": ["50%", "0.25", "n/a", "", "98", "1", "0.6171875", "x"],
        "target": ["70%", "0.8", "", "2"],
        "calendar": ["month", "quarter", "season", "year", "week"],
        "pack": ["net", "calls", "broken", "none"],
        "table": [CALLS, CALLS, "calls.none"],
        "type": ["branch", "desk", "region", "company", "warehouse", "office"],
        "typeAbove": ["region", "region", "company", "branch", "warehouse"],
        "attribute": ["city", "city", "size", "area", "colour-0", "colour-1"],
        "attributeValue": ["一", "二", "large", "50", "70", "R2.B1"],
        "band": ["S", "A", "B", "C", "D"],
        "verdict": ["passed", "failed", "suspended"],
        "day": ["2025-01-15", "2025-02-01", "2025-06-01", "2020-01-01", "2030-01-01", "0001-01-01"],
        "id": ids,
        "after": cursors,
        "before": cursors,
    }


def _accounts_outside() -> list[str]:
    return [account_code(key, f"{side}-0") for key in OUTSIDE for side in (0, 1)]


def literal(text: str) -> str:
    """A text as GraphQL writes it."""
    return json.dumps(text)
