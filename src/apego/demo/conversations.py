"""The conversations that visitors brought: every adult's consent, the words, who is who, what was found in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from apego.demo.consents import sign
from apego.demo.content import ConversationTold, transcript
from apego.demo.stage import Home, Stage
from apego.listening.formats import read_data
from apego.records import jobs
from apego.records.actions import reflections, transcripts
from apego.records.consents import TRANSCRIPT, Adult
from apego.records.models import Person, Visit


def bring(stage: Stage, told: ConversationTold) -> None:
    """Bring in a conversation of a visit, the evening after it, and have it read."""
    home = stage.homes[told.family]
    visitor = stage.people[told.visitor]
    visit = Visit.objects.get(id=home.held[told.weeks_ago])
    assert visit.finished_at is not None  # noqa: S101 - it was held
    at = visit.finished_at + timedelta(hours=3)
    room = [Adult(home.caregivers[adult]) for adult in told.adults]
    for adult in room:
        _sign(stage, home, adult, room, visitor, visit.finished_at)
    said = read_data(transcript(told.file), told.file)
    kept = transcripts.bring(
        id=stage.id("conversation", told.file),
        visit=visit,
        room=room,
        said=said,
        on=at.date(),
        by=visitor,
        at=at,
    )
    kept = transcripts.name_speakers(transcript=kept, cast=said.stated, by=visitor, at=at)
    if told.shared:
        transcripts.share(transcript=kept, on=at.date(), by=visitor, at=at + timedelta(days=1))
    found = reflections.begin(id=stage.id("reflection", told.file), transcript=kept, by=visitor, at=at)
    jobs.reflect.call(str(found.id))


def _sign(stage: Stage, home: Home, adult: Adult, room: list[Adult], by: Person, at: datetime) -> None:
    everybody = ", ".join(one.name for one in room)
    sign(stage, home, adult, TRANSCRIPT, {"adults": everybody}, by=by, at=at)
