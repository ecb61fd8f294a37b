"""A visitor's focus: she chooses it, keeps one at a time, and lays it down when she likes. Hers alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.practice.practices import practices
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Focus, Person


@action
def choose(*, id: UUID, practice: str = "", words: str = "", by: Person, at: datetime) -> Focus:
    """Take a practice, own words, or both into the next visits. The one before it ends here."""
    if kept := Focus.objects.filter(id=id, person=by).first():
        return kept
    if (practice and practice not in practices()) or not (practice or words.strip()):
        raise NotPossible("no-focus")
    Focus.objects.filter(person=by, until=None).update(until=at)
    return Focus.objects.create(id=id, person=by, practice=practice, words=words.strip(), made_at=at)


@action
def lay_down(*, focus: Focus, by: Person, at: datetime) -> Focus:
    focus = locked(focus)
    if focus.until is None:
        focus.until = at
        focus.save(update_fields=["until"])
    return focus
