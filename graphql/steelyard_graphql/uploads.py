"""Files that come with a request, as values of the scalar `Upload`."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import NewType

import strawberry
from graphql import GraphQLError

from steelyard.errors import InvalidInput, Problem
from steelyard_graphql.problems import UPLOAD_EXPECTED


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file on disk that lives until its request is answered.

    name: as the client calls it, without folders. size: in bytes.
    """

    path: Path
    name: str
    size: int

    def keep(self, folder: Path) -> Path:
        """Give the file a second place in a folder, where it outlives the request.

        A request may say one file for several arguments, so that the first place stays.
        """
        kept = folder / "upload"
        try:
            os.link(self.path, kept)
        except OSError:
            # Another file system, or one without links.
            shutil.copyfile(self.path, kept)
        return kept


Upload = NewType("Upload", UploadedFile)
"""The type of arguments that take a file."""


def _parsed(value: object) -> UploadedFile:
    if isinstance(value, UploadedFile):
        return value
    problem = Problem(UPLOAD_EXPECTED)
    raise GraphQLError(problem.message("en"), original_error=InvalidInput(problem))


UPLOAD = strawberry.scalar(
    name="Upload",
    description="A file that is sent along, as the GraphQL multipart request specification says.",
    parse_value=_parsed,
)
"""How the schema knows it."""
