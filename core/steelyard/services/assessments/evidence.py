"""Evidence: files that back a line of a sheet, photos and documents, told by their content."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, NotFound, Place, Problem
from steelyard.intake.cell import shown
from steelyard.intake.zip_list import require_short_list
from steelyard.services.assessments import problems as p
from steelyard.services.assessments.changing import editing, require_editable
from steelyard.services.assessments.reading import assessment, find
from steelyard.services.assessments.sheet import Sheet
from steelyard.services.context import View
from steelyard.services.problems import MEASURE_NOT_READ, near
from steelyard.store import assessment_evidence
from steelyard.store.assessment_evidence import EvidenceRecord, NewEvidence
from steelyard.store.assessments import AssessmentRecord
from steelyard.store.content import TenantContent
from steelyard.store.transaction import Reader

LARGEST = 20_000_000
"""Bytes of a file at most."""
MOST = 50
"""Files of a sheet at most."""
LONGEST_NAME = 200
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKED = {
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
}


def media_type(data: bytes) -> str | None:
    """What a file is by its content, whatever it is called; None for what is not taken."""
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:4] == b"PK\x03\x04":
        return _packed(data)
    return "text/plain" if _is_text(data) else None


def kept_name(file: str) -> str:
    """What a file is called here: without folders, and without what a terminal or a page would obey."""
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in name if each.isprintable())[:LONGEST_NAME] or "file"


async def attach(
    view: View, actor: Actor, scope: Scope, *, number: str, measure: str, data: bytes, file: str
) -> Sheet:
    """Attach a file to a line of an unfinished sheet of one's own; its name is kept without folders.

    Raises InvalidInput for files of other kinds (EVIDENCE_KIND), too large ones or too many of them, and for
    a measure that the scheme does not read; what `writing.save` raises besides.
    """
    kind = media_type(data)
    if kind is None or len(data) > LARGEST:
        values = {"file": shown(file), "size": len(data), "most": LARGEST}
        raise InvalidInput(Problem(p.EVIDENCE_KIND, Place(file), values))
    async with view.context.database.read(scope) as reader:
        # Before any byte is kept: files that no sheet names would lie there for a day.
        record = await find(reader, scope, number)
        require_editable(actor, record)
        await _require_room(reader, scope, record)
    content = await asyncio.to_thread(_put, await view.context.content.of(scope), data)
    async with editing(view, actor, scope, number, None) as (writer, record):
        entry = view.context.entry(record.scheme)
        if measure not in entry.measures:
            values = {**near(measure, entry.measures), "scheme": entry.code}
            raise InvalidInput(Problem(MEASURE_NOT_READ, Place(field="measure"), values))
        await _require_room(writer, scope, record)
        name = kept_name(file)
        new = NewEvidence(record.id, measure, content, name, kind, len(data))
        await assessment_evidence.attach(writer, scope, new, actor)
    return await assessment(view, actor, scope, number=number)


async def remove(view: View, actor: Actor, scope: Scope, *, number: str, evidence: int) -> Sheet:
    """Take a file off an unfinished sheet of one's own; NotFound (EVIDENCE_NOT_FOUND)."""
    async with editing(view, actor, scope, number, None) as (writer, record):
        found = await assessment_evidence.load(writer, scope, [record.id])
        await assessment_evidence.remove(writer, scope, [_among(found, evidence).id])
    return await assessment(view, actor, scope, number=number)


async def opened(
    view: View, actor: Actor, scope: Scope, *, number: str, evidence: int
) -> tuple[EvidenceRecord, Path]:
    """A file of a sheet and where its bytes are; needs `assessment.read` on the unit."""
    async with view.context.database.read(scope) as reader:
        record = await find(reader, scope, number)
        actor.require(Permission.ASSESSMENT_READ, [record.unit_id])
        found = _among(await assessment_evidence.load(reader, scope, [record.id]), evidence)
    return found, (await view.context.content.of(scope)).path(found.content)


async def _require_room(reader: Reader, scope: Scope, record: AssessmentRecord) -> None:
    if len(await assessment_evidence.load(reader, scope, [record.id])) >= MOST:
        raise InvalidInput(Problem(p.EVIDENCE_TOO_MANY, values={"number": record.number, "most": MOST}))


def _among(found: list[EvidenceRecord], id: int) -> EvidenceRecord:
    for each in found:
        if each.id == id:
            return each
    raise NotFound(Problem(p.EVIDENCE_NOT_FOUND, values={"evidence": id}))


def _put(content: TenantContent, data: bytes) -> str:
    with content.temporary() as folder:
        file = folder / "evidence"
        file.write_bytes(data)
        return content.put(file)


def _packed(data: bytes) -> str | None:
    file = io.BytesIO(data)
    try:
        require_short_list(file)
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        return None
    return next((kind for name, kind in _PACKED.items() if name in names), None)


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(char.isprintable() or char in "\r\n\t\ufeff" for char in text)
