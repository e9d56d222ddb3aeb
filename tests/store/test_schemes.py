"""Scheme versions are known by their content; weight sets are numbered."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.access.scope import Scope
from steelyard.store import schemes, weight_sets
from steelyard.store.engine import Database
from steelyard.store.schemes import NewScheme, SchemeRecord
from steelyard.store.weight_sets import Content, NewWeightSet, WeightSetRecord, WeightSetState

NEW = NewScheme("education.campus", "1.0.0", "ab" * 32, "education", "format: steelyard/1\n")
WEIGHTS = NewWeightSet(NEW.code, Content({"A": Fraction("0.1"), "B": Fraction(30)}), "a trial")


async def record(database: Database, scope: Scope, new: NewScheme = NEW) -> SchemeRecord:
    async with database.write(scope) as writer:
        return await schemes.record(writer, scope, new)


async def add(database: Database, scope: Scope, new: NewWeightSet) -> WeightSetRecord:
    async with database.write(scope) as writer:
        return await weight_sets.add(writer, scope, new, LOCAL_ADMINISTRATOR)


async def test_the_same_content_is_one_version(database: Database, scope: Scope) -> None:
    assert await record(database, scope) == await record(database, scope)


async def test_other_content_is_another_version(database: Database, scope: Scope) -> None:
    first = await record(database, scope)
    second = await record(database, scope, replace(NEW, hash="cd" * 32, source="other"))
    async with database.read(scope) as reader:
        assert await schemes.load(reader, scope, code=NEW.code) == [first, second]
        assert await schemes.load(reader, scope, code="other") == []
        assert await schemes.sources(reader, scope, [second.id]) == {second.id: "other"}


async def test_every_tenant_has_its_own(database: Database, scope: Scope, other_scope: Scope) -> None:
    mine = await record(database, scope)
    assert (await record(database, other_scope)).id != mine.id
    async with database.read(other_scope) as reader:
        assert await schemes.sources(reader, other_scope, [mine.id]) == {}


async def test_weights_come_back_exactly(database: Database, scope: Scope) -> None:
    added = await add(database, scope, WEIGHTS)
    assert added.content == WEIGHTS.content
    assert (added.number, added.state, added.author) == (1, WeightSetState.DRAFT, "local")


async def test_weight_sets_are_numbered_within_their_scheme(database: Database, scope: Scope) -> None:
    news = [WEIGHTS, WEIGHTS, replace(WEIGHTS, scheme="other")]
    added = [await add(database, scope, new) for new in news]
    assert [each.number for each in added] == [1, 2, 1]
    async with database.read(scope) as reader:
        assert await weight_sets.load(reader, scope, scheme=NEW.code) == added[:2]
