"""The hooks of a pack.

A hook is a plain function that returns records and does nothing else: no input or output beyond the
pack's own files, no waiting, no registering behind Steelyard's back.  A pack implements the hooks it needs
in the module that its entry point names:

    from steelyard.packs import PackInfo, Text, hookimpl

    @hookimpl
    def steelyard_pack() -> PackInfo:
        return PackInfo("parks", "1.0.0", api_version=1, title=Text("公园", "Parks"))

and declares that module in its `pyproject.toml`:

    [project.entry-points."steelyard.packs"]
    parks = "steelyard_parks"
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from steelyard.improvement.playbook import Advice
from steelyard.packs.generator import RecordGenerator
from steelyard.packs.records import CaseSource, PackInfo, SampleData, SchemeSource
from steelyard.scheme.calendar import Calendar
from steelyard.scoring.rubrics.named import PythonRubric

PROJECT = "steelyard"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec(firstresult=True)
def steelyard_pack() -> PackInfo | None:
    """Say who the pack is.  Every pack implements this hook.

    Example:
        @hookimpl
        def steelyard_pack() -> PackInfo:
            return PackInfo("parks", "1.0.0", api_version=1, title=Text("公园", "Parks"))
    """


@hookspec(firstresult=True)
def steelyard_schemes() -> Sequence[SchemeSource] | None:
    """Hand over the texts of the pack's scheme files.

    A scheme may name the calendars and Python rubrics of its own pack.

    Example:
        @hookimpl
        def steelyard_schemes() -> Sequence[SchemeSource]:
            return PackFolder.of(__name__).schemes()
    """


@hookspec(firstresult=True)
def steelyard_calendars() -> Sequence[Calendar] | None:
    """Declare calendars besides month, quarter and year.

    Example:
        @hookimpl
        def steelyard_calendars() -> Sequence[Calendar]:
            summer = Part("summer", Text("夏季", "Summer"), start=(5, 1), end=(10, 1))
            return [Calendar("season", Text("季节", "Season"), parts=(summer,))]
    """


@hookspec(firstresult=True)
def steelyard_rubrics() -> Sequence[PythonRubric] | None:
    """Register rubrics for what the vocabulary of scheme files cannot say.

    A rubric's name begins with the name of its pack and a dot.

    Example:
        @hookimpl
        def steelyard_rubrics() -> Sequence[PythonRubric]:
            return [MEDIAN_WAIT]  # a scheme says {kind: python, name: parks.median_wait}
    """


@hookspec(firstresult=True)
def steelyard_generators() -> Sequence[RecordGenerator] | None:
    """Register generators of made-up records for the tables of `records.yaml`, one a table at most.

    Samples, tests and benchmarks use them; the same request gives the same batches.

    Example:
        @hookimpl
        def steelyard_generators() -> Sequence[RecordGenerator]:
            return [RecordGenerator("visits", visits)]  # visits(request) yields pyarrow record batches
    """


@hookspec(firstresult=True)
def steelyard_playbook() -> Sequence[Advice] | None:
    """Advise what to do about weak indicators.

    Example:
        @hookimpl
        def steelyard_playbook() -> Sequence[Advice]:
            return [
                Advice(
                    code="more-bins",
                    indicator="PARK.CLEAN",
                    title=Text("增设垃圾桶", "Put up more bins"),
                    effort=Fraction(2),
                    expected_effect=Fraction(1, 10),
                    role=Text("园长", "Park manager"),
                )
            ]
    """


@hookspec(firstresult=True)
def steelyard_samples() -> SampleData | None:
    """Hand over sample units and their measurements, for demonstrations and tests.

    Example:
        @hookimpl
        def steelyard_samples() -> SampleData:
            return PackFolder.of(__name__).samples()
    """


@hookspec(firstresult=True)
def steelyard_cases() -> Sequence[CaseSource] | None:
    """Hand over the texts of the pack's case files: measures in, scores and verdicts out.

    Example:
        @hookimpl
        def steelyard_cases() -> Sequence[CaseSource]:
            return PackFolder.of(__name__).cases()
    """
