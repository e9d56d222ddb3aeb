"""Whether the instruments of a pack fit its schemes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from steelyard.errors import Problem
from steelyard.packs.contribution import Contribution
from steelyard.packs.instrument_problems import DUPLICATE_INSTRUMENT, INSTRUMENT_COUNTED, INSTRUMENT_TARGET
from steelyard.packs.instruments import FILE, Instrument
from steelyard.packs.scheme_file import SchemeFile
from steelyard.scheme.document import Path
from steelyard.scheme.suggestion import suggested


def instrument_problems(pack: Contribution, schemes: Sequence[SchemeFile]) -> Iterator[Problem]:
    """List instruments that occur twice, contradict themselves or count towards what is not there."""
    codes = {file.name: file.codes for file in schemes if file.name is not None}
    readable = all(file.readable for file in schemes)
    seen: set[str] = set()
    for index, instrument in enumerate(pack.instruments):
        path: Path = ("instruments", index)
        if instrument.code in seen:
            yield pack.problem(DUPLICATE_INSTRUMENT, FILE, (*path, "code"), name=instrument.code)
        seen.add(instrument.code)
        if instrument.counted is not None and instrument.counted != bool(instrument.towards):
            counted = str(instrument.counted).lower()
            values = {"instrument": instrument.code, "counted": counted, "count": len(instrument.towards)}
            yield pack.problem(INSTRUMENT_COUNTED, FILE, (*path, "counted"), **values)
        if readable:
            yield from _targets(pack, instrument, path, codes)


def _targets(
    pack: Contribution, instrument: Instrument, path: Path, codes: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for index, target in enumerate(instrument.towards):
        at = (*path, "towards", index)
        if target.scheme not in codes:
            values = suggested(target.scheme, codes)
            yield pack.problem(INSTRUMENT_TARGET, FILE, (*at, "scheme"), instrument=instrument.code, **values)
        elif target.indicator not in codes[target.scheme]:
            values = suggested(target.indicator, sorted(codes[target.scheme]))
            yield pack.problem(
                INSTRUMENT_TARGET, FILE, (*at, "indicator"), instrument=instrument.code, **values
            )
