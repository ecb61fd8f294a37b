"""One record of each kind in Ana's family, to stand in the addresses; a new kind of address adds its own."""

from __future__ import annotations

from uuid import UUID

from apego.records.feeds import hashed
from apego.records.models import (
    Attendance,
    CalendarAddress,
    Consent,
    Credit,
    Family,
    Focus,
    Hold,
    LessonAnswer,
    Letter,
    Mark,
    Moment,
    Occasion,
    ParentRequest,
    Person,
    Reflection,
    SafetyNote,
    Said,
    Series,
    Socialization,
    Supervision,
    Transcript,
    Variant,
    Visit,
)
from tests.people import NOW, TODAY

Thing = UUID | str | tuple[UUID, UUID] | tuple[str, str]


def things(family: Family, visit: Visit, known: dict[str, Person]) -> dict[str, Thing]:
    """Give the id, or the ids, for each word that stands in `addresses.py` under `thing`."""
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>¿Cómo les fue?\n"
    conversation = Transcript.objects.create(
        family=family, visit=visit, by=known["ana"], on=TODAY, words=said, keep_until=TODAY
    )
    group = Socialization.objects.create(at=NOW)
    seen = Moment.objects.create(family=family, socialization=group, at=NOW, words="…", by=known["ana"])
    tapped = Moment.objects.create(family=family, visit=visit, at=NOW, words="…", by=known["ana"])
    weekly = Series.objects.create(
        family=family, visitor=known["ana"], weekday=0, time=NOW.time(), since=TODAY
    )
    aside = Variant.objects.create(
        family=family,
        kind="moment",
        thing=tapped.id,
        base_version=0,
        content={"words": "…"},
        at=NOW,
        by=known["ana"],
    )
    letter = Letter.objects.create(
        visit=visit, caregiver=family.caregivers.all()[0], language="es", words="…", by=known["ana"]
    )
    CalendarAddress.objects.create(person=known["ana"], token_hash=hashed("ana's calendar"))
    asked = ParentRequest.objects.create(
        family=family, kind="amend", received_on=TODAY, due_on=TODAY, by=known["helen"]
    )
    return {
        "request": asked.id,
        "hold": Hold.objects.create(
            family=family, reason="…", by=known["helen"], since=NOW, lifted_at=NOW
        ).id,
        "letter": letter.id,
        "visit_and_caregiver": (visit.id, family.caregivers.all()[0].id),
        "calendar": "ana's calendar",
        "practice": "listen",
        "lesson": "secure_relationship",
        "lesson_part": ("secure_relationship", "what"),
        "question": ("secure_relationship", "observe"),
        "small_practice": ("secure_relationship", "write-it-again"),
        "no_scene_file": ("secure_relationship", "scene.toml"),
        "mark": Mark.objects.create(person=known["ana"], lesson="secure_relationship", at_seconds=4).id,
        "lesson_answer": LessonAnswer.objects.create(
            person=known["ana"], lesson="secure_relationship", exercise="observe", words="…", at=NOW
        ).id,
        "moment": tapped.id,
        "credit": Credit.objects.create(visit=visit, words="…", by=known["ana"]).id,
        "series": weekly.id,
        "variant": aside.id,
        "group": group.id,
        "attendance": Attendance.objects.create(family=family, socialization=group).id,
        "group_moment": seen.id,
        "session": Supervision.objects.create(supervisor=known["ruth"], visitor=known["ana"], at=NOW).id,
        "conversation": conversation.id,
        "reflection": Reflection.objects.create(transcript=conversation, moved_at=NOW).id,
        "consent": Consent.objects.create(
            family=family, adult="Lucía", purpose="transcript", signed_on=TODAY, seen_by=known["ana"]
        ).id,
        "focus": Focus.objects.create(person=known["ana"], practice="listen").id,
        "family": family.id,
        "child": family.children.all()[0].id,
        "caregiver": family.caregivers.all()[0].id,
        "visit": visit.id,
        "visitor": known["ana"].id,
        "link": "no-such-token",
        "no_number": "0",
        "occasion": Occasion.objects.create(family=family, day="12-01", what="Un año en su casa").id,
        "safety_note": SafetyNote.objects.create(family=family, at=NOW, words="…", by=known["ana"]).id,
        "assignment": family.assignments.all()[0].id,
        "said": Said.objects.create(
            family=family, topic="who_i_am", language="spa", on=TODAY, by=known["ana"]
        ).id,
    }
