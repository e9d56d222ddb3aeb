"""The education pack: customer satisfaction of the campuses of a tutoring centre."""

from collections.abc import Sequence

from steelyard.packs import (
    Advice,
    Calendar,
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
    return PackInfo("education", "1.0.0", api_version=1, title=Text("教育培训", "Tutoring centres"))


@hookimpl
def steelyard_schemes() -> Sequence[SchemeSource]:
    """The campus."""
    return FOLDER.schemes()


@hookimpl
def steelyard_calendars() -> Sequence[Calendar]:
    """The three terms."""
    return FOLDER.calendars()


@hookimpl
def steelyard_playbook() -> Sequence[Advice]:
    """Advice of our own."""
    return FOLDER.playbook()


@hookimpl
def steelyard_samples() -> SampleData:
    """Invented campuses."""
    return FOLDER.samples()


@hookimpl
def steelyard_cases() -> Sequence[CaseSource]:
    """The edges of the bands, and the complaint table."""
    return FOLDER.cases()
