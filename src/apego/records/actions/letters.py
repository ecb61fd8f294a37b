"""A letter after a visit: kept, changed, given."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.practice.content import Language
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.actions.variants import edit
from apego.records.models import Caregiver, Letter, Person, Variant, Visit


@action
def keep(
    *, id: UUID, visit: Visit, caregiver: Caregiver, language: Language, words: str, by: Person, at: datetime
) -> Letter:
    """Keep a letter. Refused for somebody who wants no letters: such a one could be found by another."""
    if not caregiver.wants_letters:
        raise NotPossible("no-letters")
    facts = {"visit": visit, "caregiver": caregiver, "language": language, "words": words, "by": by}
    return Letter.objects.get_or_create(id=id, defaults={**facts, "made_at": at})[0]


@action
def change(*, letter: Letter, base_version: int, words: str, by: Person, at: datetime) -> Letter | Variant:
    """Change a letter that has not been given yet."""
    if letter.given_at:
        raise NotPossible("letter-given")
    return edit(letter, base_version=base_version, changes={"words": words}, by=by, at=at)


@action
def give(*, letter: Letter, read_aloud: bool, by: Person, at: datetime) -> Letter:
    """Mark a letter as given, on paper or read aloud. What was given stays as it was.

    Raises NotPossible while two wordings of it wait: deciding afterwards would change what was given.
    """
    letter = locked(letter)
    if not letter.given_at:
        if Variant.objects.filter(thing=letter.pk, settled_at=None).exists():
            raise NotPossible("two-edits-open")
        letter.given_at, letter.read_aloud = at, read_aloud
        letter.save(update_fields=["given_at", "read_aloud"])
    return letter
