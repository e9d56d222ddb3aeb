"""The automotive pack: after-sales capability of a dealership, department by department."""

from collections.abc import Sequence

from steelyard.packs import (
    Advice,
    CaseSource,
    PackFolder,
    PackInfo,
    SampleData,
    SchemeSource,
    Text,
    hookimpl,
)

FOLDER = PackFolder.of(__name__)


@hookimpl
def steelyard_pack() -> PackInfo:
    """Say who the pack is."""
    return PackInfo("automotive", "1.0.0", api_version=1, title=Text("汽车4S店", "Car dealerships"))


@hookimpl
def steelyard_schemes() -> Sequence[SchemeSource]:
    """The whole shop, and its front desk alone."""
    return FOLDER.schemes()


@hookimpl
def steelyard_playbook() -> Sequence[Advice]:
    """The six coaching directions, and advice of our own."""
    return FOLDER.playbook()


@hookimpl
def steelyard_samples() -> SampleData:
    """The dealer of 2014 among invented ones."""
    return FOLDER.samples()


@hookimpl
def steelyard_cases() -> Sequence[CaseSource]:
    """The figures of the source."""
    return FOLDER.cases()
