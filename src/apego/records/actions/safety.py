"""A safety note in exact words, and its review by the supervisor. Nothing here reads or judges the words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Caregiver, Family, Person, SafetyNote


@action
def note(
    *,
    id: UUID,
    family: Family,
    when: datetime,
    words: str,
    caregiver: Caregiver | None = None,
    by: Person,
    at: datetime,
) -> SafetyNote:
    """Write down what was said or seen, and when. It stays as written: what follows is another note."""
    facts = {"family": family, "at": when, "words": words, "caregiver": caregiver, "by": by}
    return SafetyNote.objects.get_or_create(id=id, defaults={**facts, "made_at": at})[0]


@action
def review(*, note: SafetyNote, in_bundle_for: Iterable[Caregiver], by: Person, at: datetime) -> SafetyNote:
    """Say that the note was read, and in whose copy of the record it may stand: until then in nobody's.

    Who reviews may come back and decide otherwise. Raises NotPossible for an adult of another family.
    """
    note = locked(note)
    named = list(in_bundle_for)
    if any(caregiver.family_id != note.family_id for caregiver in named):
        raise NotPossible("not-of-this-family")
    note.reviewed_at, note.reviewed_by = at, by
    note.save(update_fields=["reviewed_at", "reviewed_by"])
    note.in_bundle_for.set(named)
    return note
