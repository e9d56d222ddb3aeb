"""Loading packs: whatever one of them does, the others work, and its state and reason are listed."""

from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from steelyard.errors import ConfigError, Text
from steelyard.packs import (
    API_VERSION,
    Calendar,
    PackInfo,
    PackOrigin,
    Packs,
    PackState,
    Part,
    PythonRubric,
    SampleData,
    SampleTable,
    SampleUnit,
    SchemeSource,
    hookimpl,
    installed_packs,
    load_packs,
)
from steelyard.packs.contribution import BESIDE_FILES

SCHEME = """
format: steelyard/1
scheme: {name}
indicators:
  - {{code: A, rubric: {{kind: points}}, points: 10}}
"""
TITLE = Text("包", "Pack")

Hook = Callable[[], object]


def scheme(name: str, extra: str = "") -> Hook:
    return lambda: [SchemeSource(f"{name}.yaml", SCHEME.format(name=name) + extra)]


def info(name: str, api_version: int = API_VERSION) -> Hook:
    return lambda: PackInfo(name, "1.0", api_version, TITLE)


def module(**hooks: Callable[..., object]) -> ModuleType:
    plugin = ModuleType("plugin")
    for name, function in hooks.items():
        setattr(plugin, name, hookimpl(function))
    return plugin


def pack(name: str, **hooks: Callable[..., object]) -> PackOrigin:
    """A pack with one scheme, some of its hooks replaced or added."""
    whole = {"steelyard_pack": info(name), "steelyard_schemes": scheme(f"{name}.main"), **hooks}
    return PackOrigin(name, "a test", lambda: module(**whole))


def raising(error: BaseException) -> Callable[[], object]:
    def load() -> object:
        raise error

    return load


def nothing() -> Sequence[SchemeSource]:
    return []


async def asynchronous() -> Sequence[SchemeSource]:
    return []


def rubric(name: str) -> PythonRubric:
    return PythonRubric(
        name,
        TITLE,
        measures=lambda args, default: (default,),
        rates=lambda args, values: values[0],
        sentence=lambda args: TITLE,
    )


def calendar(code: str) -> Calendar:
    return Calendar(code, TITLE, (Part("all", TITLE, (1, 1), (1, 1)),))


def samples(*units: SampleUnit, table: str | None = None) -> Hook:
    tables = () if table is None else (SampleTable(table, "t.csv", "unit\n"),)
    return lambda: SampleData(units, tables)


def unit(code: str, parent: str | None = None) -> SampleUnit:
    return SampleUnit(code, "shop", TITLE, parent)


BROKEN = {
    "raises on import": (
        PackOrigin("broken", "a test", raising(RuntimeError("no such thing"))),
        PackState.FAILED,
        "PACK_IMPORT_FAILED",
    ),
    "leaves on import": (
        PackOrigin("broken", "a test", raising(SystemExit(3))),
        PackState.FAILED,
        "PACK_IMPORT_FAILED",
    ),
    "a module that is not there": (
        PackOrigin("broken", "a test", EntryPoint("broken", "no_such_module", "g").load),
        PackState.FAILED,
        "PACK_IMPORT_FAILED",
    ),
    "raises in a hook": (
        pack("broken", steelyard_samples=raising(ValueError("x"))),
        PackState.FAILED,
        "PACK_HOOK_FAILED",
    ),
    "unknown hook": (
        pack("broken", steelyard_scheme=nothing),
        PackState.FAILED,
        "PACK_UNKNOWN_HOOK",
    ),
    "a hook with arguments": (
        pack("broken", steelyard_cases=lambda folder: []),
        PackState.FAILED,
        "PACK_BAD_SIGNATURE",
    ),
    "an asynchronous hook": (
        pack("broken", steelyard_schemes=asynchronous),
        PackState.FAILED,
        "PACK_BAD_RECORD",
    ),
    "tuples for records": (
        pack("broken", steelyard_schemes=lambda: [("a.yaml", "format: steelyard/1")]),
        PackState.FAILED,
        "PACK_BAD_RECORD",
    ),
    "one record for many": (
        pack("broken", steelyard_calendars=lambda: calendar("week")),
        PackState.FAILED,
        "PACK_BAD_RECORD",
    ),
    "does not say who it is": (
        PackOrigin("broken", "a test", lambda: module(steelyard_schemes=scheme("x"))),
        PackState.FAILED,
        "PACK_NO_INFO",
    ),
    "another API version": (
        pack("broken", steelyard_pack=info("broken", API_VERSION + 1)),
        PackState.INCOMPATIBLE,
        "PACK_API_VERSION",
    ),
    "the name of a pack before it": (
        pack("broken", steelyard_pack=info("alpha")),
        PackState.CLASHING,
        "PACK_NAME_CLASH",
    ),
    "the scheme of a pack before it": (
        pack("broken", steelyard_schemes=scheme("alpha.main")),
        PackState.CLASHING,
        "PACK_NAME_CLASH",
    ),
    "a built-in calendar": (
        pack("broken", steelyard_calendars=lambda: [calendar("month")]),
        PackState.CLASHING,
        "PACK_NAME_CLASH",
    ),
    "a scheme with problems": (
        pack("broken", steelyard_schemes=scheme("broken.main", "bogus: 1\n")),
        PackState.INVALID,
        "SCHEME_UNKNOWN_FIELD",
    ),
    "a scheme with an unknown calendar": (
        pack("broken", steelyard_schemes=scheme("broken.main", "calendar: week\n")),
        PackState.INVALID,
        "PACK_UNKNOWN_CALENDAR",
    ),
    "a rubric under a foreign name": (
        pack("broken", steelyard_rubrics=lambda: [rubric("alpha.best")]),
        PackState.INVALID,
        "PACK_FOREIGN_NAME",
    ),
    "a table for no scheme": (
        pack("broken", steelyard_samples=samples(table="broken.other")),
        PackState.INVALID,
        "PACK_UNKNOWN_SCHEME",
    ),
    "a unit before its parent": (
        pack("broken", steelyard_samples=samples(unit("a", "b"), unit("b"))),
        PackState.INVALID,
        "PACK_UNKNOWN_PARENT",
    ),
    "a unit twice": (
        pack("broken", steelyard_samples=samples(unit("a"), unit("a"))),
        PackState.INVALID,
        "PACK_DUPLICATE_UNIT",
    ),
}


def load_beside_two_good_ones(broken: PackOrigin, *, strict: bool = False) -> Packs:
    return load_packs([broken, pack("zeta"), pack("alpha")], strict=strict)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_is_listed_and_the_others_work(name: str) -> None:
    broken, state, code = BROKEN[name]
    packs = load_beside_two_good_ones(broken)
    assert [entry.state for entry in packs.listing] == [PackState.LOADED, state, PackState.LOADED]
    assert [problem.code for problem in packs.listing[1].reason] == [code]
    assert packs.names == ("alpha", "zeta")
    assert set(packs.schemes) == {"alpha.main", "zeta.main"}
    assert packs.schemes["alpha.main"].pack == "alpha"


@pytest.mark.parametrize("name", BROKEN)
def test_the_reason_is_told_in_both_languages(name: str) -> None:
    entry = load_beside_two_good_ones(BROKEN[name][0]).listing[1]
    zh, en = entry.reason_text("zh"), entry.reason_text("en")
    assert zh != en
    assert "{" not in zh + en


@pytest.mark.parametrize("name", BROKEN)
def test_strict_makes_it_an_error(name: str) -> None:
    broken, _, code = BROKEN[name]
    with pytest.raises(ConfigError) as caught:
        load_beside_two_good_ones(broken, strict=True)
    assert caught.value.code == code


def test_good_packs_load_strictly() -> None:
    assert load_packs([pack("beta"), pack("alpha")], strict=True).names == ("alpha", "beta")


def test_an_unmarked_hook_is_not_overlooked() -> None:
    plugin = module(steelyard_pack=info("broken"))
    vars(plugin)["steelyard_schemes"] = scheme("broken.main")
    packs = load_packs([PackOrigin("broken", "a test", lambda: plugin)])
    assert [problem.code for problem in packs.listing[0].reason] == ["PACK_UNMARKED_HOOK"]


def test_an_unknown_hook_is_answered_with_the_nearest_name() -> None:
    packs = load_packs([pack("broken", steelyard_scheme=nothing)])
    assert "Is steelyard_schemes meant?" in packs.listing[0].reason_text("en")


def test_a_clash_names_both_packs() -> None:
    packs = load_packs([pack("b", steelyard_schemes=scheme("a.main")), pack("a")])
    reason = packs.listing[1].reason_text("en")
    assert "The pack b (a test) provides the scheme a.main" in reason
    assert "which the pack a (a test) provides already" in reason


def test_an_installed_pack_stays_before_a_folder_whatever_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.joinpath("schemes").mkdir(parents=True)
    words = "format: steelyard-pack/1\nname: a\nversion: 1.0.0\napi_version: 1\ntitle: {zh: 甲, en: A}\n"
    folder.joinpath("pack.yaml").write_text(words, encoding="utf-8")
    folder.joinpath("schemes/main.yaml").write_text(SCHEME.format(name="b.main"), encoding="utf-8")
    packs = load_packs([pack("b", steelyard_schemes=scheme("b.main"))], folders=[folder])
    assert packs.schemes["b.main"].pack == "b"
    assert str(folder) in packs.listing[0].reason_text("en")


def test_a_refused_pack_takes_no_name() -> None:
    refused = pack("a", steelyard_schemes=scheme("shared.main", "calendar: week\n"))
    packs = load_packs([refused, pack("b", steelyard_schemes=scheme("shared.main"))])
    assert packs.schemes["shared.main"].pack == "b"


def test_all_problems_of_all_schemes_are_reported_together() -> None:
    texts = [SchemeSource(f"{name}.yaml", SCHEME.format(name=name) + "bogus: 1\n") for name in "ab"]
    listing = load_packs([pack("broken", steelyard_schemes=lambda: texts)]).listing
    assert [problem.place.file for problem in listing[0].reason] == ["a.yaml", "b.yaml"]


def test_a_pack_for_a_later_version_is_told_so_and_not_of_its_hooks() -> None:
    later = pack("broken", steelyard_pack=info("broken", API_VERSION + 1), steelyard_weather=nothing)
    assert load_packs([later]).listing[0].state is PackState.INCOMPATIBLE


def test_a_misspelt_steelyard_pack_is_told_as_such() -> None:
    plugin = module(steelyard_pak=info("broken"))
    reason = load_packs([PackOrigin("broken", "a test", lambda: plugin)]).listing[0].reason
    assert reason[0].code == "PACK_UNKNOWN_HOOK"


def test_a_listing_shows_what_a_refused_pack_could_say() -> None:
    entry = load_packs([pack("old", steelyard_pack=info("old", 0))]).listing[0]
    assert (entry.name, entry.version, entry.origin) == ("old", "1.0", "a test")
    assert "API version 0" in entry.reason_text()


def test_the_order_of_the_origins_does_not_matter() -> None:
    one = load_packs([pack("b"), pack("a"), pack("c")])
    other = load_packs([pack("c"), pack("b"), pack("a")])
    assert [e.name for e in one.listing] == [e.name for e in other.listing] == ["a", "b", "c"]


def test_declared_calendars_and_rubrics_reach_the_facade() -> None:
    packs = load_packs(
        [
            pack(
                "a",
                steelyard_calendars=lambda: [calendar("week")],
                steelyard_rubrics=lambda: [rubric("a.best")],
                steelyard_schemes=scheme("a.main", "calendar: [week, month]\n"),
            )
        ],
        strict=True,
    )
    found = packs.calendars_of(packs.schemes["a.main"].scheme)
    assert [one.code for one in found] == ["week", "month"]
    assert set(packs.rubrics) == {"a.best"}


def test_the_first_party_packs_are_installed_like_any_other() -> None:
    names = [origin.name for origin in installed_packs()]
    assert names == sorted(names)
    assert {"automotive", "education", "ecommerce"} <= set(names)


@pytest.mark.parametrize("hook", BESIDE_FILES)
def test_every_hook_that_files_cannot_replace_is_used_by_a_first_party_pack(hook: str) -> None:
    first_party = [origin for origin in installed_packs() if origin.origin.startswith("steelyard ")]
    assert all(origin.folder is not None for origin in first_party)
    assert any(hasattr(origin.load(), hook) for origin in first_party if origin.load is not None)
