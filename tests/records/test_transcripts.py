from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from apego.listening.formats import read_data
from apego.listening.transcript import Role
from apego.records import access
from apego.records.actions import consents, transcripts
from apego.records.actions.acting import NotPossible
from apego.records.consents import Adult
from apego.records.models import (
    Destroyed,
    Draft,
    Hold,
    Line,
    OwnAnswer,
    ParentRequest,
    Person,
    Reflection,
    Transcript,
    Visit,
)
from apego.records.transcripts import months_after, resting_on, room_of, taken_back, words_of
from tests.people import NOW, TODAY
from tests.talk import SAID, brought, consent_of, reflected


def test_nothing_comes_in_without_a_consent(visit: Visit, visitor: Person) -> None:
    with pytest.raises(NotPossible, match="consent-lacking"):
        brought(visit, visitor)
    assert not Transcript.objects.exists()


def test_nothing_comes_in_while_one_adult_in_the_room_has_not_signed(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    room = [Adult(visit.family.caregivers.all()[0]), Adult(named="Marisol")]
    said = read_data(SAID.encode(), "visit.txt")
    told = {"visit": visit, "room": room, "said": said, "on": TODAY, "by": visitor, "at": NOW}
    with pytest.raises(NotPossible, match="consent-lacking"):
        transcripts.bring(id=visit.id, **told)  # type: ignore[arg-type]
    consent_of(visit.family, visitor, Adult(named="Marisol"))
    transcript = transcripts.bring(id=visit.id, **told)  # type: ignore[arg-type]
    assert transcript.consents.count() == 2


def test_an_empty_room_is_no_room_that_agreed(visit: Visit, visitor: Person) -> None:
    said = read_data(SAID.encode(), "visit.txt")
    with pytest.raises(NotPossible, match="consent-lacking"):
        transcripts.bring(id=visit.id, visit=visit, room=[], said=said, on=TODAY, by=visitor, at=NOW)


def test_a_consent_that_was_taken_back_lets_nothing_in(visit: Visit, visitor: Person) -> None:
    consents.revoke(consent=consent_of(visit.family, visitor), by=visitor, at=NOW)
    with pytest.raises(NotPossible, match="consent-lacking"):
        brought(visit, visitor)


def test_what_was_said_is_kept_as_webvtt_and_reads_back_the_same(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    kept = brought(visit, visitor)
    kept.refresh_from_db()
    assert kept.words.startswith("WEBVTT\n")
    said = [(turn.speaker, turn.text) for turn in read_data(SAID.encode(), "visit.txt").turns]
    assert [(turn.speaker, turn.text) for turn in words_of(kept).turns] == said


def test_the_database_holds_the_words_sealed(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    brought(visit, visitor)
    with connection.cursor() as cursor:
        cursor.execute('SELECT words, repairs, "cast" FROM records_transcript')
        assert "abuelita" not in repr(cursor.fetchall())


def test_a_form_that_brings_it_twice_brings_it_once(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    assert brought(visit, visitor, id=visit.id) == brought(visit, visitor, id=visit.id)
    assert Transcript.objects.count() == 1


def test_it_is_kept_as_long_as_the_program_says(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor, until=date(2030, 1, 1))
    assert brought(visit, visitor).keep_until == date(2027, 11, 23)


def test_it_is_kept_no_longer_than_was_signed(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor, until=date(2027, 1, 15))
    assert brought(visit, visitor).keep_until == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_a_day_that_exists(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_the_age_of_the_one_child_goes_along_corrected(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    assert brought(visit, visitor).child_months == 11  # thirteen months, born eight weeks early


def test_where_two_children_were_there_no_age_is_made_up(visit: Visit, visitor: Person) -> None:
    visit.family.children.create(name="Teo", born_on=date(2023, 3, 3), made_at=NOW)
    consent_of(visit.family, visitor)
    assert brought(visit, visitor).child_months is None


def test_the_room_is_remembered_until_the_talk_is_in(
    visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    visit.visitors.add(second_visitor)
    visit.interpreter = "Doña Juana"
    assert [one.name for one in room_of(visit, visitor)] == ["Marisol", "Doña Juana"]
    mother = Adult(visit.family.caregivers.all()[0])
    transcripts.tell_room(visit=visit, adults=[mother, Adult(named="Lucía")], by=visitor, at=NOW)
    assert [one.name for one in room_of(visit, visitor)] == ["Rosa", "Lucía"]
    consent_of(visit.family, visitor)
    brought(visit, visitor)
    assert not Draft.objects.exists()


def test_everybody_who_speaks_gets_a_role(visit: Visit, visitor: Person) -> None:
    consent_of(visit.family, visitor)
    named = transcripts.name_speakers(
        transcript=brought(visit, visitor),
        cast={"Ana": Role.VISITOR, "Nobody": Role.CHILD},
        by=visitor,
        at=NOW,
    )
    assert named.cast == {"Ana": "visitor", "Rosa": "other", "Inés": "other"}
    assert words_of(named).turns[0].role == Role.VISITOR


def test_only_the_visitor_sees_it_until_she_shares_it(
    visit: Visit,
    visitor: Person,
    second_visitor: Person,
    supervisor: Person,
    other_supervisor: Person,
    coordinator: Person,
) -> None:
    transcript = reflected(visit, visitor).transcript
    others = (second_visitor, supervisor, other_supervisor, coordinator)

    def who_sees() -> list[str]:
        return [
            one.login
            for one in (visitor, *others)
            if access.visible(one, Transcript).exists() and access.visible(one, Reflection).exists()
        ]

    assert who_sees() == ["ana"]
    transcripts.share(transcript=transcript, on=TODAY, by=visitor, at=NOW)
    assert who_sees() == ["ana", "ruth"]
    transcripts.take_back(transcript=transcript, by=visitor, at=NOW)
    assert who_sees() == ["ana"]


def test_what_rests_on_a_consent_that_was_taken_back_is_not_shared_anew(
    visit: Visit, visitor: Person
) -> None:
    transcript = reflected(visit, visitor).transcript
    consent = consents.revoke(consent=transcript.consents.get(), by=visitor, at=NOW)
    assert taken_back(transcript) == [consent]
    assert list(resting_on(consent)) == [transcript]
    with pytest.raises(NotPossible, match="consent-ended"):
        transcripts.share(transcript=transcript, on=TODAY, by=visitor, at=NOW)


def test_destroying_it_takes_along_all_that_quotes_it(visit: Visit, visitor: Person) -> None:
    reflection = reflected(visit, visitor)
    OwnAnswer.objects.create(reflection=reflection, by=visitor, words="Me quedé callada.")
    transcripts.destroy(transcript=reflection.transcript, by=visitor, at=NOW)
    assert not Transcript.objects.exists()
    assert not Reflection.objects.exists()
    assert not OwnAnswer.objects.exists()
    proof = Destroyed.objects.get()
    assert proof.id == reflection.transcript_id
    assert proof.rows.items() >= {"transcript": 1, "reflection": 1, "ownanswer": 1}.items()
    line = Line.objects.get(verb="transcripts.destroy")
    assert (line.thing, line.family) == (reflection.transcript_id, visit.family_id)


def test_what_a_parent_asked_to_read_is_not_destroyed_before(visit: Visit, visitor: Person) -> None:
    transcript = reflected(visit, visitor).transcript
    ParentRequest.objects.create(
        family=visit.family, kind="inspect", received_on=TODAY, due_on=TODAY, by=visitor
    )
    with pytest.raises(NotPossible, match="request-waits"):
        transcripts.destroy(transcript=transcript, by=visitor, at=NOW)


def test_under_a_legal_hold_nothing_is_destroyed(visit: Visit, visitor: Person, coordinator: Person) -> None:
    transcript = reflected(visit, visitor).transcript
    hold = Hold.objects.create(family=visit.family, by=coordinator, since=NOW, reason="court")
    with pytest.raises(NotPossible, match="on-hold"):
        transcripts.destroy(transcript=transcript, by=visitor, at=NOW)
    assert Transcript.objects.exists()
    hold.lifted_at = NOW + timedelta(1)
    hold.save()
    transcripts.destroy(transcript=transcript, by=visitor, at=NOW)
    assert not Transcript.objects.exists()
