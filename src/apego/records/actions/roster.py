"""A roster is enrolled: every family of it, or none."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.utils import timezone

from apego.records.actions import assignments, drafts, families
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.enrolling import Entry, preview
from apego.records.models import Draft, Family, Person, Program
from apego.records.roster import read

PLACE = "roster"  # where the file waits for a yes, sealed like every draft


def bring(*, data: str, by: Person, at: datetime) -> Draft | None:
    """Put a file aside until the coordinator has looked at the preview. No record changes, so it is no action."""
    return drafts.save(person=by, place=PLACE, family=None, content={"csv": data}, at=at)


def waiting(person: Person) -> str | None:
    """Give the file that waits for a coordinator's yes."""
    draft = drafts.of(person, PLACE).get(PLACE)
    return draft.content.get("csv") if draft else None


def put_away(person: Person) -> None:
    drafts.forget(person, PLACE)


@action
def enrol(*, key: UUID, program: Program, by: Person, at: datetime) -> Program:
    """Enrol the families of the file that waits, as the preview showed them, through the actions of families.

    It is looked at once more, since the program may have changed: with a problem nothing is enrolled.
    Families that are here already stay as they are.
    """
    program = locked(program)  # two who enrol at once: the second sees what the first did
    data = waiting(by)
    if data is None:
        raise NotPossible("roster-gone")
    found = preview(read(data.encode()), timezone.localtime(at).date())
    if found.problems:
        raise NotPossible("roster-has-problems")
    for entry in found.new:
        _enrol(entry, key, by, at)
    for entry in found.growing:
        family = Family.objects.get(pk=str(entry.known))
        for child in entry.new_children:
            families.add_child(
                id=_id(key, entry, "child", child["name"]), family=family, facts=child, by=by, at=at
            )
    put_away(by)
    return program


def _enrol(entry: Entry, key: UUID, by: Person, at: datetime) -> None:
    visitor = entry.visitors[0] if entry.visitors else None
    family = families.enrol(
        id=_id(key, entry, "family"), facts={"name": entry.name, **entry.facts}, visitor=visitor, by=by, at=at
    )
    for second in entry.visitors[1:]:
        assignments.assign(
            id=_id(key, entry, "second"),
            family=family,
            visitor=second,
            since=family.enrolled_on,
            by=by,
            at=at,
        )
    for number, child in enumerate(entry.children):
        families.add_child(id=_id(key, entry, "child", str(number)), family=family, facts=child, by=by, at=at)
    for number, adult in enumerate(entry.caregivers):
        families.add_caregiver(
            id=_id(key, entry, "adult", str(number)), family=family, facts=adult, by=by, at=at
        )


def _id(key: UUID, entry: Entry, *what: str) -> UUID:
    """Give an id that this file's key and line make, and no name can be read from: the key is random."""
    return uuid5(key, " ".join((str(entry.line), *what)))
