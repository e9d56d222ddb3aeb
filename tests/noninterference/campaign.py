"""Campaigns: the same questions to both sides of a twin, and the answers held to each other byte for byte."""

from __future__ import annotations

import atexit
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import orjson
from graphql import GraphQLObjectType

from noninterference.asking import Asker, Question
from noninterference.building import build, stopped
from noninterference.calling import START, Clock
from noninterference.drawing import drawn_from
from noninterference.industry import industry
from noninterference.seats import seat
from noninterference.selections import Selection, answered
from noninterference.vocabulary import Vocabulary
from noninterference.worlds import Level, Twin, World
from steelyard.access.actor import Actor
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Kind
from steelyard.services.context import Context, open_context
from steelyard.settings.limits import Limits
from steelyard.store import migrate
from steelyard_graphql.context import RequestContext
from steelyard_graphql.execution import Executor, Operation
from steelyard_graphql.limits import problems as limits
from steelyard_graphql.problems import QUERY_TOO_LARGE
from steelyard_graphql.schema import schema

SCHEMA = schema._schema
_ANY = 2**62
WIDE = Limits(
    depth=_ANY,
    characters=_ANY,
    tokens=_ANY,
    fragments=_ANY,
    selections=_ANY,
    aliases=_ANY,
    roots=_ANY,
    directives=_ANY,
    directives_at=_ANY,
    repeats=_ANY,
    cost=_ANY,
    resolved=_ANY,
    seconds=3_600,
    introspection=True,
)
"""Limits that refuse no question: silence is to come from the scope alone."""
EXECUTOR = Executor(schema, WIDE)
TRYING = ("proposeWeights", "backTestWeights", "findWeights")
"""Mutations that store nothing."""
REFUSALS = frozenset(
    each.code for each in (*vars(limits).values(), QUERY_TOO_LARGE) if isinstance(each, Kind)
)
"""Codes of questions that a limit kept from being answered."""
FAULTS = frozenset({"INTERNAL", "STATEMENT_UNSCOPED", *REFUSALS})
"""Codes of errors that are nobody's but Steelyard's own, or the campaign's, which wants answers."""
Fields = AbstractSet[tuple[str, str]]
NO_FIELDS: Fields = frozenset()


def all_fields() -> set[tuple[str, str]]:
    """Every field of the schema's objects."""
    return {
        (name, field)
        for name, found in SCHEMA.type_map.items()
        if isinstance(found, GraphQLObjectType) and not name.startswith("__")
        for field in found.fields
    }


EVERYWHERE: Fields = frozenset(all_fields())


@dataclass(frozen=True)
class Difference:
    """A question to which the sides of a twin gave different answers, or one a fault."""

    number: int
    question: str
    answers: tuple[bytes, bytes]

    def __str__(self) -> str:
        """Show the question, and the answers from where they part."""
        one, other = self.answers
        at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
        cut = slice(max(0, at - 120), at + 200)
        return f"question {self.number}: {self.question}\n  {one[cut]!r}\n  {other[cut]!r}"


@dataclass
class Outcome:
    """What a campaign came to."""

    asked: int = 0
    codes: set[str] = field(default_factory=set)
    reached: set[tuple[str, str]] = field(default_factory=set)
    difference: Difference | None = None


@dataclass(frozen=True)
class TwinDatabases:
    """Both sides of a twin, open."""

    worlds: tuple[World, World]
    contexts: tuple[Context, Context]
    clock: Clock

    async def run(
        self,
        role: Role,
        queries: int,
        seed: object,
        *,
        until: Fields = NO_FIELDS,
        toward: Fields = NO_FIELDS,
        on_question: Callable[[], object] = int,
    ) -> Outcome:
        """Ask until a difference, or `queries` questions; the same seed asks the same.

        With `until` it is enough once all these fields were answered with a value; `toward` says where to
        look, everywhere if left out.
        """
        draw = Random(f"{seed} {role} {self.worlds[0]}")
        vocabulary = Vocabulary(self.worlds)
        asker = Asker(SCHEMA, vocabulary, draw, self._mutations())
        outcome = Outcome()
        seats = [await seat(*each, role) for each in zip(self.contexts, self.worlds, strict=True)]
        for number in range(queries):
            question = asker.question(sorted((until - outcome.reached) or toward or EVERYWHERE))
            self.clock.now = START + timedelta(days=30, seconds=number)
            bodies = [
                await _answer(context, who, question, number)
                for context, who in zip(self.contexts, seats, strict=True)
            ]
            outcome.asked += 1
            one, other = (orjson.dumps(body) for body in bodies)
            outcome.codes |= set(_codes(bodies[0]))
            if one != other or not FAULTS.isdisjoint(outcome.codes):
                outcome.difference = Difference(number, question.text, (one, other))
                return outcome
            values = list(_values(question, bodies[0]))
            for selection, value in values:
                vocabulary.learn(selection.type, selection.name, value, draw)
            met = {(selection.type, selection.name) for selection, _ in values}
            asker.met.update(met)
            outcome.reached |= met
            on_question()
            if until and until <= outcome.reached:
                return outcome
        return outcome

    def _mutations(self) -> Collection[str]:
        """What stores something brings the statistics of a shifted twin apart."""
        changed = SCHEMA.mutation_type
        return TRYING if changed is None or self.worlds[0].twin is Twin.SHIFTED else tuple(changed.fields)


async def _answer(
    context: Context, who: tuple[Actor, Scope], question: Question, number: int
) -> Mapping[str, Any]:
    request = RequestContext(context.view(), *who, context.packs)
    with drawn_from(Random(number)):
        return (await EXECUTOR.execute(Operation(question.text), request)).body


def _codes(body: Mapping[str, Any]) -> Sequence[str]:
    return [error["extensions"]["code"] for error in body.get("errors", ())]


def _values(question: Question, body: Mapping[str, Any]) -> Iterator[tuple[Selection, Any]]:
    """The fields that were answered, but with null."""
    every = answered(question.chosen, body.get("data") or {})
    return ((selection, value) for selection, value in every if value is not None)


async def build_twin(urls: Sequence[str], level: Level, kind: Twin) -> None:
    """Put both sides of a twin into databases without tables."""
    packs = industry()
    with stopped(Clock()) as clock:
        for side, url in enumerate(urls):
            await migrate.upgrade(url)
            async with open_context(url, packs, parts=_parts(url)) as context:
                await build(context, World(level, kind, side), clock)


@asynccontextmanager
async def open_twin(urls: Sequence[str], level: Level, kind: Twin) -> AsyncIterator[TwinDatabases]:
    """Open both sides of a twin that was built."""
    packs = industry()
    async with AsyncExitStack() as stack:
        clock = stack.enter_context(stopped(Clock()))
        one, other = [
            await stack.enter_async_context(open_context(url, packs, parts=_parts(url))) for url in urls
        ]
        worlds = World(level, kind, 0), World(level, kind, 1)
        yield TwinDatabases(worlds, (one, other), clock)


@cache
def _parts(url: str) -> Path:
    """The folder of a side's files."""
    folder = Path(mkdtemp(prefix="steelyard-parts-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder
