"""Files made to take a server's memory or to reach out of their place, and how each is to be refused.

`scale` makes the large ones larger: 1 is for every day, 10 for a campaign.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from steelyard.store import migrate
from steelyard.store.backup import FORMAT, MANIFEST

MB = 1 << 20
OPEN = "http://schemas.openxmlformats.org"
OFFICE, PACKAGE = f"{OPEN}/officeDocument/2006/relationships", f"{OPEN}/package/2006/relationships"
MAIN = f"{OPEN}/spreadsheetml/2006/main"
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="s" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"
PACK = "format: steelyard-pack/1\nname: bad\nversion: 1.0.0\napi_version: 1\ntitle: {zh: 包, en: Pack}\n"
ALIASES = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@dataclass(frozen=True)
class Bomb:
    """What is written at a path, with which reader it is read, and the codes that tell of it.

    A reader of records tells faults of rows by their names.
    """

    name: str
    reader: str
    write: Callable[[Path, int], None]
    codes: tuple[str, ...]


def _sheet(xml: str, **parts: str) -> Callable[[Path, int], None]:
    def write(path: Path, scale: int) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            worksheet = f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'
            for name, text in {**PARTS, SHEET: worksheet, **parts}.items():
                package.writestr(name, text)

    return write


def _blown_up(part: str, beginning: str, piece: str) -> Callable[[Path, int], None]:
    """A workbook in which one part is very long: so much, packed, is next to nothing."""

    def write(path: Path, scale: int) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
            for name, text in PARTS.items():
                package.writestr(name, text)
            with package.open(part, "w") as opened:
                opened.write(beginning.encode())
                for _ in range(48 * scale):
                    opened.write(piece.encode() * (MB // len(piece)))

    return write


def _many_parts(path: Path, scale: int) -> None:
    """A package of a list of parts and hardly anything else: each takes some hundred bytes of memory."""
    name = b"xl/workbook.xml"
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *([0] * 6), *([0] * 3), len(name), *([0] * 4), 0, 0) + name
    count = 300_000
    head = struct.pack("<4s5H3L2H", b"PK\3\4", *([0] * 5), 0, 0, 0, len(name), 0) + name
    with path.open("wb") as file:
        file.write(head)
        for _ in range(count // 1_000):
            file.write(entry * 1_000)
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, count * len(entry), len(head), 0))


def _text(content: str) -> Callable[[Path, int], None]:
    def write(path: Path, scale: int) -> None:
        path.write_text(content, encoding="utf-8")

    return write


def _repeated(beginning: str, piece: str, mb: int, end: str = "") -> Callable[[Path, int], None]:
    def write(path: Path, scale: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            file.write(beginning)
            for _ in range(mb * scale):
                file.write(piece * (MB // len(piece)))
            file.write(end)

    return write


def _parquet(path: Path, scale: int) -> None:
    """A long text kept once and meant by every row."""
    indices = pa.array([0] * 20_000, pa.int32())
    column = pa.DictionaryArray.from_arrays(indices, pa.array(["x" * 65_000]))
    pq.write_table(pa.table({"a": column}), path, compression="zstd")


def _damaged(path: Path, scale: int) -> None:
    _parquet(path, scale)
    data = bytearray(path.read_bytes())
    data[-8:-4] = struct.pack("<I", 0x7FFFFFFF)
    path.write_bytes(data)


def _pack(**files: str) -> Callable[[Path, int], None]:
    def write(path: Path, scale: int) -> None:
        for name, content in {"pack.yaml": PACK, **files}.items():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")

    return write


def _linked(name: str, target: str) -> Callable[[Path, int], None]:
    def write(path: Path, scale: int) -> None:
        _pack()(path, scale)
        (path.parent / "secret.yaml").write_text("x: 1\n", encoding="utf-8")
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).symlink_to(target)

    return write


def _backup(*entries: str, manifest: bytes | None = None) -> Callable[[Path, int], None]:
    """A backup whose manifest says of nothing, with entries beside it."""

    def write(path: Path, scale: int) -> None:
        usual = json.dumps({"format": FORMAT, "version": migrate.head(), "tenants": {}}).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, usual if manifest is None else manifest)
            for name in entries:
                archive.writestr(name, b"x")

    return write


def _manifest(path: Path, scale: int) -> None:
    _backup(manifest=b'{"format": "' + b" " * (128 * MB * scale) + b'"}')(path, scale)


def _told_otherwise(path: Path, scale: int) -> None:
    """A part that says it is short and is not."""
    name = hashlib.sha256(b"x").hexdigest()
    _backup(f"1/content/{name}")(path, scale)
    path.write_bytes(path.read_bytes().replace(b"1/content/", b"../../etc/"))


def bombs() -> Iterator[Bomb]:
    """All of them."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet_data = f'<worksheet xmlns="{MAIN}"><sheetData>'
    yield Bomb(
        "zip.xlsx",
        "records",
        _blown_up(SHEET, sheet_data, f"<row>{' ' * 244}</row>"),
        ("ADAPTER_XLSX_TOO_LARGE",),
    )
    yield Bomb(
        "strings.xlsx",
        "records",
        _blown_up("xl/sharedStrings.xml", "<sst>", "<si/>"),
        ("ADAPTER_XLSX_TOO_LARGE",),
    )
    yield Bomb("picture.xlsx", "records", _blown_up("xl/media/a.png", "", "x"), ("ADAPTER_XLSX_TOO_LARGE",))
    yield Bomb(
        "far.xlsx",
        "records",
        _sheet(f"<sheetData><row r='1'><c r='A1'><v>1</v></c></row>{far}</sheetData>"),
        ("ADAPTER_XLSX_TOO_LARGE",),
    )
    yield Bomb(
        "entities.xlsx",
        "records",
        _sheet("<sheetData/>", **{"xl/workbook.xml": ENTITIES + "]><w>&i;</w>"}),
        ("ADAPTER_NOT_XLSX",),
    )
    yield Bomb("parts.xlsx", "records", _many_parts, ("ADAPTER_NOT_XLSX",))
    yield Bomb(
        "form_zip.xlsx",
        "form",
        _blown_up(SHEET, sheet_data, f"<row>{' ' * 244}</row>"),
        ("ASSESSMENT_FORM_UNKNOWN",),
    )
    yield Bomb(
        "form_entities.xlsx",
        "form",
        _sheet("<sheetData/>", **{"xl/sharedStrings.xml": ENTITIES + "]><sst>&i;</sst>"}),
        ("ASSESSMENT_FORM_UNKNOWN",),
    )
    yield Bomb("form_parts.xlsx", "form", _many_parts, ("ASSESSMENT_FORM_UNKNOWN",))
    yield Bomb("evidence.docx", "evidence", _many_parts, ("None",))
    yield Bomb("line.csv", "records", _repeated("a,b\n1,2\n", "x" * 1024, 96), ("too_long",))
    yield Bomb(
        "quote.csv", "records", _repeated('a,b\n1,"', "x" * 1023 + "\n", 16), ("open_quote", "too_few_cells")
    )
    yield Bomb("nul.csv", "records", _repeated("a,b\n1,", "\0" * 1024, 64), ("too_long",))
    yield Bomb("line.jsonl", "records", _repeated('{"a": "', "x" * 1024, 96, '"}\n'), ("too_long",))
    yield Bomb(
        "deep.jsonl", "records", _text('{"a": 1}\n{"a": ' + "[" * 2_000_000 + "\n"), ("not_an_object",)
    )
    yield Bomb("texts.parquet", "records", _parquet, ("ADAPTER_PARQUET_TOO_LARGE",))
    yield Bomb("damaged.parquet", "records", _damaged, ("ADAPTER_NOT_PARQUET",))
    yield Bomb("aliases.yaml", "scheme", _text(ALIASES), ("SCHEME_TOO_MANY_NODES",))
    yield Bomb("deep.yaml", "scheme", _text("a: " + "[" * 100_000), ("SCHEME_TOO_DEEP",))
    yield Bomb(
        "deep_blocks.yaml",
        "scheme",
        _text("".join(f"{' ' * n}a:\n" for n in range(1_000))),
        ("SCHEME_TOO_DEEP",),
    )
    yield Bomb(
        "digits.yaml",
        "scheme",
        _text("format: " + "9" * 1_000_000),
        ("SCHEME_MISSING_FIELD", "SCHEME_UNKNOWN_FORMAT"),
    )
    yield Bomb("large.yaml", "scheme", _repeated("a: 1\n", "#" * 1023 + "\n", 8), ("SCHEME_TOO_LARGE",))
    yield Bomb("pack_aliases", "pack", _pack(**{"playbook.yaml": ALIASES}), ("SCHEME_TOO_MANY_NODES",))
    yield Bomb("pack_up", "pack", _linked("playbook.yaml", "../secret.yaml"), ("PACK_FILE_OUTSIDE",))
    yield Bomb("pack_away", "pack", _linked("schemes/main.yaml", "/etc/passwd"), ("PACK_FILE_OUTSIDE",))
    yield Bomb("pack_device", "pack", _linked("schemes/main.yaml", "/dev/zero"), ("PACK_FILE_OUTSIDE",))
    yield Bomb("manifest.zip", "backup", _manifest, ("BACKUP_FOREIGN",))
    yield Bomb("up.zip", "backup", _backup("../../etc/passwd"), ("BACKUP_DAMAGED",))
    yield Bomb("absolute.zip", "backup", _backup("/etc/passwd"), ("BACKUP_DAMAGED",))
    yield Bomb("windows.zip", "backup", _backup("..\\..\\windows\\system.ini", "C:\\x"), ("BACKUP_DAMAGED",))
    yield Bomb("nested.zip", "backup", _backup("backup.zip"), ("BACKUP_DAMAGED",))
    yield Bomb("renamed.zip", "backup", _told_otherwise, ("BACKUP_DAMAGED",))
    yield Bomb("deep.toml", "settings", _text("a = " + "[" * 100_000), ("CONFIG_NOT_TOML",))
    yield Bomb("large.toml", "settings", _repeated("", "# x\n", 8), ("CONFIG_UNREADABLE",))
