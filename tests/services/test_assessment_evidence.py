"""Files that back lines of sheets."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from services.conftest import Seat
from services.shop_pack import SCHEME, shop_packs
from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.errors import Forbidden, InvalidInput, NotFound, Text
from steelyard.services.assessments import evidence, writing
from steelyard.services.context import Context
from steelyard.store.content import ContentStore

PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest.fixture
def storing(writing_seat: Seat, tmp_path: Path) -> Seat:
    view, actor, scope = writing_seat
    database = view.context.database
    store = ContentStore(database, tmp_path / "files")
    return Context(database, shop_packs(), scope, store).view(), actor, scope


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"%PDF-1.7", "application/pdf"),
        ("说明\n".encode(), "text/plain"),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04 torn", None),
        (b"", None),
    ],
)
def test_what_a_file_is_its_content_says(data: bytes, kind: str | None) -> None:
    assert evidence.media_type(data) == kind


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        ("C:\\notes\\list.txt", "list.txt"),
        ("../../etc/passwd", "passwd"),
        ("清单.txt", "清单.txt"),
        ("a\x00b\r\nX: y.txt", "abX: y.txt"),
        ("\x1b[31mred\u202etxt.exe", "[31mredtxt.exe"),
        ("\udcff.txt", ".txt"),
        ("folder/", "file"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_file_is_called_what_can_be_shown(file: str, kept: str) -> None:
    assert evidence.kept_name(file) == kept


async def test_attached_read_and_removed(storing: Seat) -> None:
    sheet = await writing.begin(*storing, scheme=SCHEME, unit="S1", period="2025-01")
    number = sheet.record.number
    found = await evidence.attach(
        *storing, number=number, measure="SPEED", data=PNG, file="C:\\photos\\desk.png"
    )
    (file,) = found.evidence
    assert (file.file_name, file.media_type, file.size) == ("desk.png", "image/png", len(PNG))
    assert file.content == hashlib.sha256(PNG).hexdigest()
    record, path = await evidence.opened(*storing, number=number, evidence=file.id)
    assert (record, path.read_bytes()) == (file, PNG)
    assert (await evidence.remove(*storing, number=number, evidence=file.id)).evidence == ()
    with pytest.raises(NotFound):
        await evidence.opened(*storing, number=number, evidence=file.id)


async def test_programs_are_not_taken(storing: Seat) -> None:
    with pytest.raises(InvalidInput) as caught:
        await evidence.attach(*storing, number="1", measure="SPEED", data=b"MZ\x00", file="a.png")
    assert caught.value.code == "EVIDENCE_KIND"


async def test_of_what_is_refused_no_byte_is_kept(storing: Seat) -> None:
    view, _, scope = storing
    mine = await writing.begin(*storing, scheme=SCHEME, unit="S1", period="2025-01")
    stranger = Actor("bob", Text("bob", "bob"), dict.fromkeys(Permission))
    for actor, number in ((stranger, mine.record.number), (stranger, "999999999")):
        with pytest.raises((Forbidden, NotFound)):
            await evidence.attach(
                view, actor, scope, number=number, measure="SPEED", data=b"a text", file="a.txt"
            )
    kept = (await view.context.content.of(scope)).folder
    assert [each.name for each in kept.iterdir() if len(each.name) == 64] == []
