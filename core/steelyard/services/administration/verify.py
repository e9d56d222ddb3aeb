"""Verification: the chain recomputed, compared with heads kept elsewhere, and the rows with what acts left.

What is governed by acts (`registry.GOVERNED`) must be as the last act on each subject left it. Every
difference is a problem of its own: an act changed, missing or put in; a chain cut short or rewritten since a
head was kept; a row changed, removed or added by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import InvalidInput, Problem
from steelyard.services.administration import verification_problems as f
from steelyard.services.administration.batch import Told, told
from steelyard.services.administration.canonical import digest
from steelyard.services.administration.chain import act_hash, first_previous
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.head import Head
from steelyard.services.administration.registry import GOVERNED
from steelyard.services.administration.verify_rows import Rows, read_rows
from steelyard.services.context import View
from steelyard.store import acts
from steelyard.store.acts import ActRecord, ChainEnd
from steelyard.store.keys import UNREADABLE
from steelyard.store.transaction import Reader


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, where the chain ends, and all that is not as it should be."""

    end: ChainEnd
    heads: int
    subjects: int
    findings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Left:
    """What the last act on a subject left."""

    number: int
    told: Told | None


@dataclass(slots=True)
class _Chain:
    """The chain as far as it was read."""

    tenant: str
    heads: Mapping[int, set[str]]
    number: int = 0
    hash: str | None = ""
    left: dict[str, _Left] = field(default_factory=dict)

    def read(self, act: ActRecord) -> Iterator[Problem]:
        """Take in the next act; yield what is wrong with it."""
        number = {"act": act.number}
        if act.number != self.number + 1:
            yield Problem(f.ACTS_MISSING, values={"first": self.number + 1, "last": act.number - 1})
        elif self.hash is not None and act.previous != (self.hash or first_previous(self.tenant)):
            yield Problem(f.ACT_UNLINKED, values={**number, "before": act.number - 1})
        if act.hash != act_hash(self.tenant, act):
            yield Problem(f.ACT_CHANGED, values={**number, "deed": act.deed, "subject": act.subject})
        if any(head != act.hash for head in self.heads.get(act.number, ())):
            yield Problem(f.CHAIN_REWRITTEN, values=number)
        self.number, self.hash = act.number, act.hash
        try:
            found, left = told(act.subject, act.before), told(act.subject, act.after)
        except (ValueError, TypeError, AttributeError):
            yield Problem(f.ACT_UNREADABLE, values={**number, "subject": act.subject})
            return
        for subject in left:
            yield from self._found(act.number, subject, found.get(subject))
            self.left[subject] = _Left(act.number, left[subject])

    def skip(self, number: int) -> Iterator[Problem]:
        """Pass over an act that cannot be read: it left nobody knows what."""
        yield Problem(f.ACT_UNREADABLE, values={"act": number, "subject": "?"})
        if isinstance(number, int):
            self.number, self.hash = number, None

    def _found(self, number: int, subject: str, found: Told | None) -> Iterator[Problem]:
        """What an act found must be what the act before it on the same subject left."""
        last = self.left.get(subject)
        before = None if last is None else last.told
        if (found and found.digest) == (before and before.digest):
            return
        values = {"subject": subject, "act": number, "last": "–" if last is None else last.number}
        yield Problem(f.CHANGED_BETWEEN, values=values)

    def cut(self) -> Iterator[Problem]:
        """Heads beyond the end of the chain."""
        last = max(self.heads, default=0)
        if last > self.number:
            yield Problem(f.CHAIN_CUT, values={"head": last, "end": self.number})


async def verify(view: View, actor: Actor, scope: Scope, heads: Sequence[Head] = ()) -> Verification:
    """Verify a tenant's chain and rows against heads kept elsewhere. Needs act.read on the whole tenant.

    All is read in one snapshot. Raises Forbidden, and InvalidInput for a head of another tenant.
    """
    actor.require(Permission.ACT_READ)
    tenant = Scope(scope.tenant_id)
    async with view.context.database.read(tenant) as reader:
        end = await acts.end(reader, tenant)
        chain = _Chain(end.tenant, _by_number(heads, end.tenant))
        findings = await _acts(reader, tenant, chain)
        findings += chain.cut()
        subjects = 0
        for governed in GOVERNED.values():
            rows = await read_rows(reader, tenant, governed, _of_kind(governed.kind, chain.left))
            subjects += len(rows.texts) + len(rows.unreadable)
            findings += _differences(governed, rows, chain.left)
    findings += _unknown(chain.left)
    return Verification(end, len(heads), subjects, tuple(findings))


async def _acts(reader: Reader, tenant: Scope, chain: _Chain) -> list[Problem]:
    """Take in all acts; from one on that cannot be read each by itself."""
    findings: list[Problem] = []
    try:
        async for act in acts.every(reader, tenant):
            findings += list(chain.read(act))
    except UNREADABLE:
        for number in await acts.numbers(reader, tenant, after=chain.number):
            findings += await _act(reader, tenant, chain, number)
    return findings


async def _act(reader: Reader, tenant: Scope, chain: _Chain, number: int) -> list[Problem]:
    try:
        act = await acts.find(reader, tenant, number)
        return [] if act is None else list(chain.read(act))
    except UNREADABLE:
        return list(chain.skip(number))


def _by_number(heads: Sequence[Head], tenant: str) -> dict[int, set[str]]:
    others = [head for head in heads if head.tenant != tenant]
    if others:
        raise InvalidInput(
            Problem(f.HEAD_OF_ANOTHER_TENANT, values={"head": str(head), "tenant": tenant}) for head in others
        )
    found: dict[int, set[str]] = {}
    for head in heads:
        found.setdefault(head.number, set()).add(head.hash)
    return found


def _differences(governed: Governed, rows: Rows, left: Mapping[str, _Left]) -> Iterator[Problem]:
    for subject in rows.unreadable:
        act = left[subject].number if subject in left else "–"
        yield Problem(f.ROW_UNREADABLE, values={"subject": subject, "act": act})
    for subject, text in rows.texts.items():
        last = left.get(subject)
        if last is None or last.told is None:
            act = "–" if last is None else last.number
            yield Problem(f.ROW_ADDED, values={"subject": subject, "act": act})
        elif last.told.digest != digest(text):
            fields = ", ".join(_differing(last.told.text, text)) or "–"
            yield Problem(f.ROW_CHANGED, values={"subject": subject, "act": last.number, "fields": fields})
    there = rows.texts.keys() | set(rows.unreadable)
    for subject in _of_kind(governed.kind, left):
        if left[subject].told is not None and subject not in there:
            yield Problem(f.ROW_REMOVED, values={"subject": subject, "act": left[subject].number})


def _of_kind(kind: str, subjects: Iterable[str]) -> list[str]:
    return [subject for subject in subjects if subject.startswith(f"{kind}:")]


def _differing(text: str | None, now: str) -> list[str]:
    """The fields in which a state differs from an act's, as far as the act tells."""
    if text is None:
        return []
    before, state = dict(orjson.loads(text)), orjson.loads(now)
    return sorted(name for name in before.keys() | state.keys() if before.get(name) != state.get(name))


def _unknown(left: Mapping[str, _Left]) -> Iterator[Problem]:
    for subject, last in left.items():
        if subject.partition(":")[0] not in GOVERNED:
            yield Problem(f.ACT_UNREADABLE, values={"subject": subject, "act": last.number})
