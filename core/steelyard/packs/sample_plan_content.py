"""Whether sample plans fit the rest of their pack: schemes, units, indicators and advice that they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.errors import Problem, Text
from steelyard.packs import problems as p
from steelyard.packs.contribution import Contribution
from steelyard.packs.folder import PLAYBOOK, UNITS
from steelyard.packs.plan_file import PLANS
from steelyard.packs.records import SamplePlan
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Path
from steelyard.scheme.suggestion import suggested

SCHEME = Text("评价体系", "scheme")
UNIT = Text("样例评价对象", "sample unit")
INDICATOR = Text("指标", "indicator")
ADVICE = Text("改进建议", "advice")
EFFECT = Text("预期效果", "expected effect")


def sample_plan_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List what the sample plans of a pack name and nothing declares, and codes that occur twice."""
    for index, plan in enumerate(pack.samples.plans):
        yield from _SamplePlanCheck(pack, plan, ("plans", index)).problems(schemes)


class _SamplePlanCheck:
    """One plan against the rest of its pack."""

    def __init__(self, pack: Contribution, plan: SamplePlan, path: Path) -> None:
        self._pack, self._plan, self._path = pack, plan, path

    def problems(self, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
        """See `sample_plan_problems`."""
        plan, pack = self._plan, self._pack
        names = [file.name for file in schemes if file.name]
        is_readable = all(file.document is not None for file in schemes)
        if is_readable:
            yield from self._known(SCHEME, plan.scheme, names, ("scheme",))
        if UNITS not in pack.broken:
            yield from self._known(UNIT, plan.unit, [unit.code for unit in pack.samples.units], ("unit",))
        codes = sorted({code for file in schemes if file.name == plan.scheme for code in file.codes})
        advice = [each.code for each in pack.playbook]
        effects = [each.code for each in plan.effects]
        yield from self._once(effects, "effects")
        yield from self._once([action.code for action in plan.actions], "actions")
        for at, action in enumerate(plan.actions):
            named = [(EFFECT, "effects", action.effects, effects)]
            if is_readable and plan.scheme in names:
                named.append((INDICATOR, "answers", action.answers, codes))
            if PLAYBOOK not in pack.broken:
                named.append((ADVICE, "advice", action.advice, advice))
            for what, field, given, known in named:
                for place, name in enumerate(given):
                    yield from self._known(what, name, known, ("actions", at, field, place))

    def _known(self, what: Text, name: str, known: Sequence[str], path: Path) -> Iterator[Problem]:
        if name not in known:
            title, named = self._plan.title, suggested(name, known)
            words = {"plan_zh": title.zh, "plan_en": title.en, "what_zh": what.zh, "what_en": what.en}
            yield self._pack.problem(p.PLAN_UNKNOWN_NAME, PLANS, (*self._path, *path), **words, **named)

    def _once(self, codes: Sequence[str], key: str) -> Iterator[Problem]:
        for at, code in enumerate(codes):
            if code in codes[:at]:
                path: Path = (*self._path, key, at, "code")
                yield self._pack.problem(p.PLAN_DUPLICATE_CODE, PLANS, path, name=code)
