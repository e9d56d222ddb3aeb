"""Deeds of persons: registered, named, kept until a day, erased when asked or when their time is over."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from steelyard.access.actor import Actor
from steelyard.access.permissions import Permission
from steelyard.access.scope import Scope
from steelyard.errors import Conflict, Place, Problem, Text
from steelyard.services.administration import policy
from steelyard.services.administration import problems as p
from steelyard.services.administration.batch import batch
from steelyard.services.administration.deed import Change, Deed
from steelyard.services.administration.person_state import PERSON, find_person, person_state
from steelyard.services.administration.texts import code_problems, text_problems
from steelyard.store import persons, stamps
from steelyard.store.persons import NewPerson, PersonKind, PersonRecord
from steelyard.store.transaction import Reader, Writer

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letters that are mistaken for others when a pseudonym is read out."""


def new_pseudonym() -> str:
    """A pseudonym that says nothing of whom it stands for: `P-` and ten letters drawn at random."""
    return "P-" + "".join(secrets.choice(_LETTERS) for _ in range(10))


@dataclass(frozen=True, slots=True)
class RegisterPerson(Deed[PersonRecord]):
    """Register a person under a pseudonym. reference: how a source system knows them.

    Without a `retain_until` the policy `retention` counts the days from now.
    """

    name: ClassVar = "person.register"
    title: ClassVar = Text("登记人员", "Register a person")
    permission: ClassVar = Permission.PERSON_EDIT
    topics: ClassVar = (stamps.PERSONS,)

    pseudonym: str
    kind: PersonKind
    person_name: str | None = None
    contact: str | None = None
    reference: str | None = None
    retain_until: date | None = None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with pseudonym and texts."""
        yield from code_problems("pseudonym", self.pseudonym)
        yield from _text_problems(self.person_name, self.contact)
        if self.reference is not None:
            yield from text_problems("reference", self.reference)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[PersonRecord]:
        """Record the person; Conflict where pseudonym or reference are taken."""
        if await persons.load(writer, scope, pseudonyms=[self.pseudonym]):
            raise Conflict(Problem(p.PERSON_EXISTS, Place(field="pseudonym"), {"person": self.pseudonym}))
        if self.reference is not None:
            known = await persons.load(writer, scope, references=[self.reference])
            same = [person.pseudonym for person in known if person.kind is self.kind]
            if same:
                raise Conflict(Problem(p.REFERENCE_EXISTS, Place(field="reference"), {"person": same[0]}))
        new = NewPerson(
            self.pseudonym, self.kind, self.reference, self.person_name, self.contact, self.retain_until
        )
        await persons.add(writer, scope, new)
        made = await find_person(writer, scope, self.pseudonym)
        return Change(PERSON.subject(self.pseudonym), None, person_state(made), made)


@dataclass(frozen=True, slots=True)
class NamePerson(Deed[PersonRecord]):
    """Correct the name and contact behind a pseudonym."""

    name: ClassVar = "person.name"
    title: ClassVar = Text("更正人员姓名", "Correct the name of a person")
    permission: ClassVar = Permission.PERSON_EDIT
    topics: ClassVar = (stamps.PERSONS,)

    pseudonym: str
    person_name: str | None
    contact: str | None

    def problems(self) -> Iterable[Problem]:
        """What is wrong with the texts."""
        return _text_problems(self.person_name, self.contact)

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[PersonRecord]:
        """Record the name; Conflict (PERSON_ERASED)."""
        found = await _not_erased(writer, scope, self.pseudonym)
        await persons.change(writer, scope, found.pseudonym, name=self.person_name, contact=self.contact)
        now = await find_person(writer, scope, found.pseudonym)
        return Change(PERSON.subject(found.pseudonym), person_state(found), person_state(now), now)


@dataclass(frozen=True, slots=True)
class RetainPerson(Deed[PersonRecord]):
    """Say until when a person's name is kept; None leaves it to the policy `retention`."""

    name: ClassVar = "person.retain"
    title: ClassVar = Text("设定人员信息的保留期限", "Say until when a name is kept")
    permission: ClassVar = Permission.PERSON_EDIT
    topics: ClassVar = (stamps.PERSONS,)

    pseudonym: str
    retain_until: date | None

    def waits(self, second_person: Collection[str]) -> bool:
        """A day that is over erases: what asks for consent to that, asks for it here."""
        return "person.erase" in second_person

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[PersonRecord]:
        """Record the day; Conflict (PERSON_ERASED)."""
        found = await _not_erased(writer, scope, self.pseudonym)
        await persons.change(writer, scope, found.pseudonym, retain_until=self.retain_until)
        now = await find_person(writer, scope, found.pseudonym)
        return Change(PERSON.subject(found.pseudonym), person_state(found), person_state(now), now)


@dataclass(frozen=True, slots=True)
class ErasePerson(Deed[None]):
    """Erase name, contact and reference of a person; the pseudonym stays, and with it every score."""

    name: ClassVar = "person.erase"
    title: ClassVar = Text("删除个人信息", "Erase a person")
    permission: ClassVar = Permission.PERSON_ERASE
    topics: ClassVar = (stamps.PERSONS,)

    pseudonym: str

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[None]:
        """Erase; Conflict (PERSON_ERASED) the second time."""
        found = await _not_erased(writer, scope, self.pseudonym)
        await persons.erase(writer, scope, [found.pseudonym])
        after = await PERSON.state(writer, scope, found.pseudonym)
        return Change(PERSON.subject(found.pseudonym), person_state(found), after, None)


@dataclass(frozen=True, slots=True)
class ExpirePersons(Deed[tuple[str, ...]]):
    """Erase all whose time is over on a day: by their own `retain_until`, else by the policy `retention`."""

    name: ClassVar = "person.expire"
    title: ClassVar = Text("删除到期的个人信息", "Erase persons whose time is over")
    permission: ClassVar = Permission.PERSON_ERASE
    topics: ClassVar = (stamps.PERSONS,)

    on: date

    async def apply(self, writer: Writer, scope: Scope, actor: Actor) -> Change[tuple[str, ...]]:
        """Erase them; return their pseudonyms."""
        over = await due(writer, scope, self.on)
        codes = tuple(person.pseudonym for person in over)
        await persons.erase(writer, scope, codes)
        now = await PERSON.read(writer, scope, codes)
        before = {PERSON.subject(person.pseudonym): person_state(person) for person in over}
        after = {PERSON.subject(code): state for code, state in now.items()}
        told = batch(f"person.expire/{self.on}", before, after)
        return Change(told.subject, told.before, told.after, codes)


async def due(reader: Reader, scope: Scope, on: date) -> list[PersonRecord]:
    """The persons whose names are not to be kept any longer on a day, by pseudonym."""
    days = (await policy.read(reader, scope)).retention
    own = await persons.load(reader, scope, due=on)
    by_policy = [
        person
        for kind, most in days.items()
        for person in await persons.load(
            reader, scope, kind=PersonKind(kind), created_before=_earlier(on, most)
        )
    ]
    return sorted([*own, *by_policy], key=lambda person: person.pseudonym)


def _earlier(day: date, days: int) -> date:
    """So many days before, or the first day that there is."""
    return date.fromordinal(max(date.min.toordinal(), day.toordinal() - days))


async def _not_erased(reader: Reader, scope: Scope, pseudonym: str) -> PersonRecord:
    found = await find_person(reader, scope, pseudonym)
    if found.erased_at is not None:
        values = {"person": pseudonym, "day": found.erased_at.date()}
        raise Conflict(Problem(p.PERSON_ERASED, Place(field="pseudonym"), values))
    return found


def _text_problems(person_name: str | None, contact: str | None) -> Iterable[Problem]:
    for field, text in (("name", person_name), ("contact", contact)):
        if text is not None:
            yield from text_problems(field, text)
