"""Persons as subjects of acts: that there is one and whether they were erased, never who it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from steelyard.access.scope import Scope
from steelyard.errors import NotFound, Problem
from steelyard.services.administration.canonical import State
from steelyard.services.administration.governed import Governed
from steelyard.services.administration.problems import PERSON_NOT_FOUND
from steelyard.services.administration.texts import shown
from steelyard.store import persons
from steelyard.store.persons import PersonRecord
from steelyard.store.transaction import Reader


def person_state(person: PersonRecord) -> State:
    """A person as acts tell of them: a name that comes back after erasure shows, what it is does not."""
    return {
        "kind": person.kind.value,
        "retain_until": None if person.retain_until is None else person.retain_until.isoformat(),
        "erased": person.erased_at is not None,
        "blank_since_erased": person.erased_at is None or person.is_blank,
    }


async def _states(reader: Reader, scope: Scope, keys: Collection[str] | None) -> Mapping[str, State]:
    found = await persons.load(reader, scope, pseudonyms=keys)
    return {person.pseudonym: person_state(person) for person in found}


PERSON = Governed("person", _states)


async def find_person(reader: Reader, scope: Scope, pseudonym: str) -> PersonRecord:
    """The person with this pseudonym; NotFound (PERSON_NOT_FOUND)."""
    found = await persons.load(reader, scope, pseudonyms=[pseudonym])
    if not found:
        raise NotFound(Problem(PERSON_NOT_FOUND, values={"person": shown(pseudonym)}))
    return found[0]
