"""A conversation is brought in with every adult's consent, shared or kept to oneself, and destroyed.

Nothing here reads what was said: finding something in it is the subject of `reflections`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from apego.listening.formats import vtt
from apego.listening.transcript import Role
from apego.listening.transcript import Transcript as Heard
from apego.records import destruction
from apego.records.actions import drafts
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.consents import Adult, in_the_room, lacking
from apego.records.destruction import held_back
from apego.records.models import Person, Transcript, Visit
from apego.records.transcripts import (
    child_months,
    day_of,
    keep_until,
    may_be_used,
    room_place,
    words_of,
)


def tell_room(*, visit: Visit, adults: Sequence[Adult], by: Person, at: datetime) -> None:
    """Note who was in the room, before anything is brought in. A draft, and hers, so the log has no line of it."""
    content = {
        "caregivers": [str(one.caregiver.id) for one in adults if one.caregiver],
        "others": [one.named for one in adults if not one.caregiver],
    }
    drafts.save(person=by, place=room_place(visit), family=visit.family, content=content, at=at)


@action
def bring(
    *, id: UUID, visit: Visit, room: Sequence[Adult], said: Heard, on: date, by: Person, at: datetime
) -> Transcript:
    """Bring in what was said at a visit. Without a consent of every adult in the room nothing comes in.

    `on` is the day on which it is brought: consents stand or do not stand on that day.
    """
    if kept := Transcript.objects.filter(id=id).first():
        return kept
    asked = in_the_room(visit.family, room, on)
    if not asked or lacking(asked):
        raise NotPossible("consent-lacking")
    consents = [one.consent for one in asked if one.consent]
    children = list(visit.children.all()) or list(visit.family.children.filter(enrolled=True))
    transcript = Transcript.objects.create(
        id=id,
        family=visit.family,
        visit=visit,
        by=by,
        on=day_of(visit),
        words=vtt.write(replace(said, source="")),
        repairs=[[one.line, one.code, [list(slot) for slot in one.slots]] for one in said.repairs],
        child_months=said.child_months
        if said.child_months is not None
        else child_months(children, day_of(visit)),
        keep_until=keep_until(consents, on),
        made_at=at,
    )
    transcript.consents.set(consents)
    drafts.forget(by, room_place(visit))
    return transcript


@action
def name_speakers(
    *, transcript: Transcript, cast: Mapping[str, Role], by: Person, at: datetime
) -> Transcript:
    """Say who is who. What was found before with other names stays as it was found."""
    transcript = locked(transcript)
    speakers = words_of(transcript).speakers
    transcript.cast = {speaker: cast.get(speaker, Role.OTHER).value for speaker in speakers}
    transcript.save(update_fields=["cast"])
    return transcript


@action
def share(*, transcript: Transcript, on: date, by: Person, at: datetime) -> Transcript:
    """Let her supervisor read the conversation and its reflections, until she takes it back."""
    transcript = locked(transcript)
    if not may_be_used(transcript, on):
        raise NotPossible("consent-ended")
    if transcript.shared_at is None:
        transcript.shared_at = at
        transcript.save(update_fields=["shared_at"])
    return transcript


@action
def take_back(*, transcript: Transcript, by: Person, at: datetime) -> Transcript:
    transcript = locked(transcript)
    transcript.shared_at = None
    transcript.save(update_fields=["shared_at"])
    return transcript


@action
def destroy(*, transcript: Transcript, by: Person, at: datetime) -> Transcript:
    """Destroy a conversation, and with it everything that quotes it. Not under a legal hold, nor before a parent
    who asked to read the record has read it."""
    transcript = locked(transcript)
    if code := held_back(transcript.family):
        raise NotPossible(code)
    destruction.destroy(transcript, by=by, at=at)
    return transcript
