"""The e-commerce pack: customer satisfaction of online shops, from five indicators and key figures."""

from collections.abc import Sequence

from steelyard.packs import (
    Advice,
    CaseSource,
    PackFolder,
    PackInfo,
    PythonRubric,
    SampleData,
    SchemeSource,
    Text,
    hookimpl,
)
from steelyard_ecommerce.shrunk_share import SHRUNK_SHARE

FOLDER = PackFolder.of(__name__)


@hookimpl
def steelyard_pack() -> PackInfo:
    """Say who the pack is."""
    return PackInfo("ecommerce", "1.0.0", api_version=1, title=Text("电子商务", "E-commerce"))


@hookimpl
def steelyard_schemes() -> Sequence[SchemeSource]:
    """The shop."""
    return FOLDER.schemes()


@hookimpl
def steelyard_rubrics() -> Sequence[PythonRubric]:
    """A share that a few answers cannot drive to full marks."""
    return [SHRUNK_SHARE]


@hookimpl
def steelyard_playbook() -> Sequence[Advice]:
    """The improvements that the source lists, and advice of our own."""
    return FOLDER.playbook()


@hookimpl
def steelyard_samples() -> SampleData:
    """Invented shops over twelve months."""
    return FOLDER.samples()


@hookimpl
def steelyard_cases() -> Sequence[CaseSource]:
    """The scheme's arithmetic."""
    return FOLDER.cases()
