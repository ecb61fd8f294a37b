"""Letters after the latest visits: drafted by the product from the record, kept, and given at the visit after."""

from __future__ import annotations

from datetime import timedelta

from apego.demo.stage import Home, Stage
from apego.records import letters as drafts
from apego.records.actions import letters
from apego.records.models import Caregiver, Visit

WEEKS = 7  # so far back there are letters
OF_TEN = 7  # not every visit has one


def write(stage: Stage, home: Home) -> None:
    """Write the letters of a family, oldest first."""
    for ago in sorted((one for one in home.held if one < WEEKS), reverse=True):
        if stage.chance(home.told.slug, "letter", ago).randrange(10) < OF_TEN:
            _letter(stage, home, ago)


def _letter(stage: Stage, home: Home, ago: int) -> None:
    visit = Visit.objects.get(id=home.held[ago])
    reader = _reader(visit)
    if reader is None or visit.finished_at is None or visit.finished_by is None:
        return
    language = drafts.home_language(reader)
    by = visit.finished_by
    letter = letters.keep(
        id=stage.id(home.told.slug, "letter", ago),
        visit=visit,
        caregiver=reader,
        language=language,
        words=drafts.draft(visit, reader, language, by),
        by=by,
        at=visit.finished_at + timedelta(minutes=25),
    )
    following = home.held.get(ago - 1)
    if following:
        given_at = Visit.objects.get(id=following).started_at
        assert given_at is not None  # noqa: S101 - it was held
        letters.give(letter=letter, read_aloud=reader.reads == "read_to", by=by, at=given_at)


def _reader(visit: Visit) -> Caregiver | None:
    """Give who gets the letter: of those who were there and want letters, first who was credited."""
    credited = {credit.caregiver_id for credit in visit.credits.all()}
    there = [one for one in visit.caregivers.all() if one.wants_letters]
    return min(there, key=lambda one: one.id not in credited, default=None)
