"""A visitor reflects: five minutes after a visit, or on a conversation that is read for her.

What she answers is hers, and no other visitor of the family edits it: two edits can only come from two of her
own windows. The older one is refused rather than kept as a variant, which would belong to the family's record.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import F

from apego.practice.after_visit import after_visit
from apego.records import jobs
from apego.records.actions import drafts
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import AfterVisit, OwnAnswer, Person, Reflection, Transcript, Versioned, Visit
from apego.records.reflecting import after_place, answer_place
from apego.records.transcripts import may_be_used

STANDS_STILL = timedelta(minutes=5)  # the longest conversation is read in far less

Own = TypeVar("Own", bound=Versioned)


@action
def look_back(
    *, visit: Visit, answers: Mapping[str, str], base_version: int, by: Person, at: datetime
) -> AfterVisit:
    """Keep what she answered after a visit; any question may be left. `base_version` is 0 before the first time."""
    told = {key: answers[key].strip() for key in after_visit() if answers.get(key, "").strip()}
    kept, is_new = AfterVisit.objects.get_or_create(
        visit=visit, by=by, defaults={"answers": told, "made_at": at}
    )
    drafts.forget(by, after_place(visit))
    return kept if is_new else _write(kept, "answers", told, base_version)


@action
def begin(*, id: UUID, transcript: Transcript, by: Person, at: datetime) -> Reflection:
    """Have a conversation read, in the background. Only while every consent under it stands."""
    if kept := Reflection.objects.filter(id=id).first():
        return kept
    if not transcript.cast:
        raise NotPossible("nobody-named")
    if not may_be_used(transcript, at.date()):
        raise NotPossible("consent-ended")
    reflection = Reflection.objects.create(id=id, transcript=transcript, moved_at=at, made_at=at)
    jobs.reflect.enqueue(str(reflection.id))
    return reflection


@action
def try_again(*, reflection: Reflection, by: Person, at: datetime) -> Reflection:
    """Have it read once more, where the reading failed or stands still. What is done is never done over."""
    reflection = locked(reflection)
    if not may_be_tried_again(reflection, at):
        return reflection
    if not may_be_used(reflection.transcript, at.date()):
        raise NotPossible("consent-ended")
    reflection.state, reflection.progress, reflection.trouble = Reflection.State.WAITING, 0, ""
    reflection.moved_at = at
    reflection.save(update_fields=["state", "progress", "trouble", "moved_at"])
    jobs.reflect.enqueue(str(reflection.id))
    return reflection


def may_be_tried_again(reflection: Reflection, at: datetime) -> bool:
    """True where the reading failed, or has not moved for so long that whoever did it must be gone."""
    if reflection.state == Reflection.State.DONE:
        return False
    return reflection.state == Reflection.State.FAILED or at - reflection.moved_at > STANDS_STILL


@action
def answer(*, reflection: Reflection, words: str, base_version: int, by: Person, at: datetime) -> OwnAnswer:
    """Keep what she answers to the question of a reflection."""
    told = words.strip()
    kept, is_new = OwnAnswer.objects.get_or_create(
        reflection=reflection, by=by, defaults={"words": told, "made_at": at}
    )
    drafts.forget(by, answer_place(reflection))
    return kept if is_new else _write(kept, "words", told, base_version)


def _write(kept: Own, field: str, told: object, base_version: int) -> Own:
    now = locked(kept)
    if getattr(now, field) == told:
        return now
    if now.version != base_version:
        raise NotPossible("written-elsewhere")
    type(now)._default_manager.filter(pk=now.pk).update(version=F("version") + 1, **{field: told})
    now.refresh_from_db()
    return now
