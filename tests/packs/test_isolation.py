"""Packs broken in every way: each is listed with its state and reason, and the one beside it works."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from steelyard.errors import ConfigError, UsageError
from steelyard.packs import PackOrigin, Packs, PackState, installed_packs, load_packs

PACK = "format: steelyard-pack/1\nname: {name}\nversion: 1.0.0\napi_version: 1\ntitle: {{zh: 包, en: Pack}}\n"
SCHEME = """
format: steelyard/1
scheme: {name}.main
version: 1.0.0
title: {{zh: 体系, en: Scheme}}
unit_type: shop
calendar: month
indicators:
  - {{code: A, points: 10, title: {{zh: 甲, en: A}}, rubric: {{kind: points}}}}
"""
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def sound(folder: Path, name: str) -> Path:
    return write(folder, pack_yaml=PACK.format(name=name), schemes__main_yaml=SCHEME.format(name=name))


def beside_a_good_one(tmp_path: Path, broken: Path) -> Packs:
    packs = load_packs([], folders=[broken, sound(tmp_path / "good", "good")])
    assert packs.names == ("good",)
    assert set(packs.schemes) == {"good.main"}
    return packs


def link_out(folder: Path) -> None:
    outside = write(folder.parent / "outside", secret_yaml="format: steelyard/1\n")
    (folder / "schemes/main.yaml").unlink()
    (folder / "schemes/main.yaml").symlink_to(outside / "secret.yaml")


def dangling(folder: Path) -> None:
    (folder / "schemes/other.yaml").symlink_to(folder / "nowhere.yaml")


def looped(folder: Path) -> None:
    (folder / "schemes/other.yaml").symlink_to(folder / "schemes/other.yaml")


def upwards(folder: Path) -> None:
    write(folder.parent, secret_yaml="x: 1\n")
    (folder / "playbook.yaml").symlink_to("../secret.yaml")


def a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "schemes/pipe.yaml")


def a_folder_for_a_file(folder: Path) -> None:
    (folder / "schemes/other.yaml").mkdir()


def without_pack_yaml(folder: Path) -> None:
    (folder / "pack.yaml").unlink()


def change(**files: str | bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        write(folder, **files)

    return spoil


FOLDERS: dict[str, tuple[Callable[[Path], None], PackState, str]] = {
    "no pack.yaml": (without_pack_yaml, PackState.FAILED, "PACK_NO_PACK_FILE"),
    "an empty pack.yaml": (change(pack_yaml=""), PackState.INVALID, "SCHEME_EMPTY_FILE"),
    "pack.yaml is a list": (change(pack_yaml="- 1\n"), PackState.INVALID, "SCHEME_WRONG_SHAPE"),
    "pack.yaml is no YAML": (change(pack_yaml="name: {a\n"), PackState.INVALID, "SCHEME_YAML_SYNTAX"),
    "not UTF-8": (change(pack_yaml="title: 包".encode("gb18030")), PackState.INVALID, "PACK_NOT_UTF8"),
    "binary": (change(schemes__main_yaml=b"\x00\x01\xff"), PackState.INVALID, "PACK_NOT_UTF8"),
    "too new": (
        change(pack_yaml=PACK.format(name="bad").replace("api_version: 1", "api_version: 2\nnovelty: true")),
        PackState.INCOMPATIBLE,
        "PACK_API_VERSION",
    ),
    "too old": (
        change(pack_yaml=PACK.format(name="bad").replace("api_version: 1", "api_version: 0")),
        PackState.INCOMPATIBLE,
        "PACK_API_VERSION",
    ),
    "an alias bomb": (change(schemes__main_yaml=BOMB), PackState.INVALID, "SCHEME_TOO_MANY_NODES"),
    "an alias bomb for a playbook": (change(playbook_yaml=BOMB), PackState.INVALID, "SCHEME_TOO_MANY_NODES"),
    "a huge file": (change(schemes__main_yaml="#" * 2_000_001), PackState.INVALID, "SCHEME_TOO_LARGE"),
    "a deep file": (change(playbook_yaml="[" * 5000), PackState.INVALID, "SCHEME_TOO_DEEP"),
    "a link out of the folder": (link_out, PackState.INVALID, "PACK_FILE_OUTSIDE"),
    "a link upwards": (upwards, PackState.INVALID, "PACK_FILE_OUTSIDE"),
    "a link to nothing": (dangling, PackState.INVALID, "PACK_UNREADABLE"),
    "a link to itself": (looped, PackState.INVALID, "PACK_UNREADABLE"),
    "a pipe": (a_pipe, PackState.INVALID, "PACK_UNREADABLE"),
    "a folder for a file": (a_folder_for_a_file, PackState.INVALID, "PACK_UNREADABLE"),
    "a scheme twice": (
        change(schemes__other_yaml=SCHEME.format(name="bad")),
        PackState.INVALID,
        "PACK_DUPLICATE_NAME",
    ),
    "the name of another pack": (
        change(pack_yaml=PACK.format(name="good"), schemes__main_yaml=SCHEME.format(name="bad")),
        PackState.CLASHING,
        "PACK_NAME_CLASH",
    ),
    "the scheme of another pack": (
        change(pack_yaml=PACK.format(name="worse"), schemes__main_yaml=SCHEME.format(name="good")),
        PackState.CLASHING,
        "PACK_NAME_CLASH",
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_broken_folder(name: str, tmp_path: Path) -> None:
    spoil, state, code = FOLDERS[name]
    folder = sound(tmp_path / "bad", "bad")
    spoil(folder)
    if state is PackState.CLASHING:
        packs = load_packs([], folders=[sound(tmp_path / "a/good", "good"), folder])
        assert packs.names == ("good",)
    else:
        packs = beside_a_good_one(tmp_path, folder)
    (entry,) = [entry for entry in packs.listing if entry.state is not PackState.LOADED]
    assert (entry.state, [problem.code for problem in entry.reason]) == (state, [code])
    assert entry.reason_text("zh") != entry.reason_text("en")
    with pytest.raises(ConfigError):
        load_packs(
            [], folders=[folder, tmp_path / "a" if state is PackState.CLASHING else folder], strict=True
        )


PYTHON = {
    "import error": ("import no_such_module_at_all\n", "PACK_IMPORT_FAILED"),
    "syntax error": ("def broken(:\n", "PACK_IMPORT_FAILED"),
    "SystemExit": ("raise SystemExit(3)\n", "PACK_IMPORT_FAILED"),
    "an error of its own": ("class Odd(BaseException): pass\nraise Odd\n", "PACK_IMPORT_FAILED"),
    "any error": ("1 / 0\n", "PACK_IMPORT_FAILED"),
    "recursion": ("def f():\n    return f()\nf()\n", "PACK_IMPORT_FAILED"),
    "imports itself": ("from {module} import nothing\n", "PACK_IMPORT_FAILED"),
    "not UTF-8": ("x = '\udcff'\n", "PACK_IMPORT_FAILED"),
    "wrong type": (
        "from steelyard.packs import hookimpl\n@hookimpl\ndef steelyard_rubrics():\n    return 7\n",
        "PACK_BAD_RECORD",
    ),
    "a generator": (
        "from steelyard.packs import hookimpl\n@hookimpl\ndef steelyard_rubrics():\n    yield 1\n",
        "PACK_BAD_RECORD",
    ),
    "hook that is cancelled": (
        "import asyncio\nfrom steelyard.packs import hookimpl\n"
        "@hookimpl\ndef steelyard_rubrics():\n    raise asyncio.CancelledError\n",
        "PACK_HOOK_FAILED",
    ),
    "members that raise": (
        "def __dir__():\n    return ['a']\ndef __getattr__(name):\n    raise RuntimeError(name)\n",
        "PACK_HOOK_FAILED",
    ),
    "hook that leaves": (
        "from steelyard.packs import hookimpl\n@hookimpl\ndef steelyard_rubrics():\n    raise SystemExit\n",
        "PACK_HOOK_FAILED",
    ),
    "hook of the files": (
        "from steelyard.packs import hookimpl\n@hookimpl\ndef steelyard_schemes():\n    return []\n",
        "PACK_HOOK_BESIDE_FILES",
    ),
    "unknown hook": (
        "from steelyard.packs import hookimpl\n@hookimpl\ndef steelyard_weather():\n    return []\n",
        "PACK_UNKNOWN_HOOK",
    ),
}


def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> PackOrigin:
    """A package on the path whose folder holds a sound pack.yaml."""
    module = "pack_" + re.sub(r"\W", "_", name.lower())
    monkeypatch.syspath_prepend(str(tmp_path))
    text = code.replace("{module}", module).encode("utf-8", "surrogateescape")
    sound(tmp_path / module, "bad")
    (tmp_path / module / "__init__.py").write_bytes(text)
    return installed_packs([EntryPoint("bad", module, "steelyard.packs")])[0]


@pytest.mark.parametrize("name", PYTHON)
def test_broken_python(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, expected = PYTHON[name]
    origin = installed(tmp_path, monkeypatch, name, code)
    packs = load_packs([origin], folders=[sound(tmp_path / "good", "good")])
    assert packs.names == ("good",)
    entry = packs.listing[0]
    assert (entry.name, entry.version, entry.state) == ("bad", "1.0.0", PackState.FAILED)
    assert [problem.code for problem in entry.reason] == [expected]


def test_python_that_is_not_allowed_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = installed(tmp_path, monkeypatch, "forbidden", "raise RuntimeError\n")
    packs = load_packs([origin], folders=[sound(tmp_path / "good", "good")], allow={"good"}, strict=True)
    assert packs.listing[0].state is PackState.NOT_ALLOWED
    assert "pack_forbidden" not in sys.modules
    assert packs.names == ("good",)


def test_python_for_another_version_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    origin = installed(tmp_path, monkeypatch, "later", "raise RuntimeError\n")
    write(
        tmp_path / "pack_later", pack_yaml=PACK.format(name="bad").replace("api_version: 1", "api_version: 9")
    )
    assert load_packs([origin]).listing[0].state is PackState.INCOMPATIBLE
    assert "pack_later" not in sys.modules


def test_a_folder_s_own_python_is_never_run(tmp_path: Path) -> None:
    folder = sound(tmp_path / "p", "p")
    (folder / "__init__.py").write_text("raise RuntimeError\n")
    assert load_packs([], folders=[folder], strict=True).names == ("p",)


def test_what_to_do_about_the_version(tmp_path: Path) -> None:
    for version, advice in ((2, "Upgrade Steelyard."), (0, "Install a newer version of the pack.")):
        text = PACK.format(name="p").replace("api_version: 1", f"api_version: {version}")
        folder = write(tmp_path / str(version), pack_yaml=text)
        assert advice in load_packs([], folders=[folder]).listing[0].reason_text("en")


def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_packs([], folders=[tmp_path / "nowhere"])
    assert caught.value.code == "PACK_NO_FOLDER"


def test_an_empty_folder_is_a_place_for_packs(tmp_path: Path) -> None:
    assert load_packs([], folders=[tmp_path], strict=True).listing == ()


def test_a_folder_named_twice_is_one_pack(tmp_path: Path) -> None:
    folder = sound(tmp_path / "p", "p")
    (tmp_path / "link").symlink_to(folder)
    assert load_packs([], folders=[folder, tmp_path / "link", tmp_path], strict=True).names == ("p",)


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    folder = sound(tmp_path / "p", "p")
    (folder / "schemes/main.yaml").rename(folder / "real.txt")
    (folder / "schemes/main.yaml").symlink_to("../real.txt")
    assert load_packs([], folders=[folder], strict=True).names == ("p",)


def test_an_entry_point_that_names_no_module() -> None:
    packs = load_packs(installed_packs([EntryPoint("bad", "no module!", "steelyard.packs")]))
    assert [problem.code for problem in packs.listing[0].reason] == ["PACK_IMPORT_FAILED"]
