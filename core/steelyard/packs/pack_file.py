"""`pack.yaml`: who a pack is that is a folder of files.

    format: steelyard-pack/1
    name: parks
    version: 1.0.0
    api_version: 1
    title: {zh: 公园, en: Parks}
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from steelyard.errors import InvalidInput
from steelyard.packs.files import read_file
from steelyard.packs.problems import API_VERSION as WRONG_API_VERSION
from steelyard.packs.problems import BAD_PACK_NAME
from steelyard.packs.records import API_VERSION, PackInfo
from steelyard.scheme.base import Definition, Name, Whole, Words
from steelyard.scheme.document import Document, Mapping, Scalar
from steelyard.scheme.yaml import read_document

FILE = "pack.yaml"
FORMAT = "steelyard-pack/1"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _one_format(raw: Any) -> Any:
    if raw != FORMAT:
        raise PydanticCustomError("literal_error", "expected {expected}", {"expected": f"'{FORMAT}'"})
    return raw


class PackFile(Definition):
    """`pack.yaml`.

    name: small letters, digits and hyphens; unique among the packs of an installation.
    version: the pack's own.
    api_version: the version of the packs' interface that it was written for.
    """

    format: Annotated[Literal["steelyard-pack/1"], BeforeValidator(_one_format)]
    name: Name
    version: Name
    api_version: Annotated[int, AfterValidator(int)] | Whole
    title: Words

    def info(self) -> PackInfo:
        """The record that other packs return from `steelyard_pack`."""
        return PackInfo(self.name, self.version, self.api_version, self.title)
