"""JSON Schemas of a pack's files for editors, made from the models that read them.

An editor with a YAML language server checks a file as it is written, if its first line names the schema:

    # yaml-language-server: $schema=../.schema/scheme.json
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from steelyard.packs.cases.entry import CaseFile
from steelyard.packs.files import CalendarsFile, PlaybookFile, UnitsFile
from steelyard.packs.instruments import InstrumentsFile
from steelyard.packs.pack_file import PackFile
from steelyard.packs.plan_file import PlansFile
from steelyard.records.files import MeasuresFile, RecordsFile
from steelyard.scheme.base import Definition
from steelyard.scheme.model import Scheme

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class FileKind(StrEnum):
    """The files that have a schema."""

    SCHEME = "scheme"
    PACK = "pack"
    PLAYBOOK = "playbook"
    CASES = "cases"
    CALENDARS = "calendars"
    UNITS = "units"
    INSTRUMENTS = "instruments"
    RECORDS = "records"
    MEASURES = "measures"
    PLANS = "plans"


MODELS: dict[FileKind, type[Definition]] = {
    FileKind.SCHEME: Scheme,
    FileKind.PACK: PackFile,
    FileKind.PLAYBOOK: PlaybookFile,
    FileKind.CASES: CaseFile,
    FileKind.CALENDARS: CalendarsFile,
    FileKind.UNITS: UnitsFile,
    FileKind.INSTRUMENTS: InstrumentsFile,
    FileKind.RECORDS: RecordsFile,
    FileKind.MEASURES: MeasuresFile,
    FileKind.PLANS: PlansFile,
}


class _AsWritten(GenerateJsonSchema):
    """The models after reading hold exact numbers and records; files hold what these are written as."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Titles such as `Api Version` say nothing that the field's name does not."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """A plain `2025` or `1.0` is a number to YAML, and a name to us."""
        return {**super().str_schema(schema), "type": ["string", "number"]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Whole numbers may be in quotes."""
        return {**super().int_schema(schema), "type": ["integer", "string"]}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A field is left out rather than empty."""
        return self.generate_inner(schema["schema"])

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Figures and observations of cases: `~53.6`, `97%`, `n/a`."""
        return {"type": ["number", "string"]}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Members are written by value where that is a text, else by name."""
        members = schema["members"]
        written = [member.value if isinstance(member, StrEnum) else member.name for member in members]
        return {"type": "string", "enum": written}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What holds for a field that is left out stands in the reference."""
        return self.generate_inner(schema["schema"])


def json_schema(kind: FileKind) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    model = MODELS[kind]
    found = model.model_json_schema(by_alias=True, schema_generator=_AsWritten, mode="validation")
    return {"$schema": DIALECT, **found}
