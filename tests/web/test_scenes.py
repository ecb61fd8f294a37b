"""Five scenes from visitors' work, each walked through the pages. If one of these fails, the product fails somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from apego.listening.formats import read_data
from apego.listening.people import who_is_who
from apego.listening.reflection import reflect
from apego.practice.first_visit import topics
from apego.records.actions import (
    assignments,
    destruction,
    first_visit,
    holds,
    moments,
    openings,
    safety,
    visits,
)
from apego.records.actions.acting import NotPossible
from apego.records.bundle import bundle
from apego.records.letters import draft
from apego.records.models import (
    Caregiver,
    Credit,
    Family,
    Moment,
    Person,
    Said,
    Variant,
    Visit,
    VisitPart,
)
from tests.people import client_of


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def page(client: Client, name: str, *ids: object) -> str:
    answer = client.get(reverse(name, args=ids))
    assert answer.status_code == 200, name
    return answer.content.decode()


def begun(family: Family, *visitors: Person, is_first: bool = False) -> Visit:
    """A visit that began half an hour ago and is being written."""
    at = timezone.now() - timedelta(minutes=30)
    visit = visits.schedule(
        id=uuid4(), family=family, planned_at=at, visitors=visitors, is_first=is_first, by=visitors[0], at=at
    )
    return visits.start(visit=visit, by=visitors[0], at=at)


# ---- a disclosure of violence, and the other adult walks in --------------------

DISCLOSED = "He took my phone and locked the door. Marks on both wrists, like fingers."


def test_what_a_mother_discloses_stays_where_he_cannot_read_it(
    visitor: Person, supervisor: Person, coordinator: Person, family: Family
) -> None:
    rosa = family.caregivers.get()
    luis = Caregiver.objects.create(family=family, name="Luis", relation="father")
    visit, now = begun(family, visitor), timezone.now()
    safety.note(id=uuid4(), family=family, when=now, words=DISCLOSED, caregiver=rosa, by=visitor, at=now)

    ana = client_of(visitor)
    # He walks in: what may lie open on the table is Today, the visit, the family's story, a letter.
    for open_page in (
        page(ana, "today"),
        page(ana, "families"),
        page(ana, "visit_detail", visit.id),
        page(ana, "family_story", family.id),
    ):
        assert "wrists" not in open_page
    openings.begin(id=uuid4(), family=family, reason="Luis asked for a copy", by=coordinator, at=now)
    today = timezone.localdate()
    for reader in (rosa, luis):
        assert "wrists" not in draft(visit, reader, "en", visitor)
        assert "wrists" not in repr(bundle(family, reader, by=coordinator, on=today))
    # Her supervisor reads the exact words, and lets them into hers alone.
    assert "wrists" in page(client_of(supervisor), "family_safety", family.id)
    note = family.safety_notes.get()
    safety.review(note=note, in_bundle_for=[rosa], by=supervisor, at=now)
    assert "wrists" in repr(bundle(family, rosa, by=coordinator, on=today))
    assert "wrists" not in repr(bundle(family, luis, by=coordinator, on=today))


def test_a_legal_hold_stops_every_clock(visitor: Person, coordinator: Person, family: Family) -> None:
    now = timezone.now()
    hold = holds.set_up(id=uuid4(), family=family, reason="court", by=coordinator, at=now)
    with pytest.raises(NotPossible):
        destruction.destroy(family=family, by=coordinator, at=now)
    holds.lift(hold=hold, by=coordinator, at=now)
    family_id = family.id
    destruction.destroy(family=family, by=coordinator, at=now)
    assert not Family.objects.filter(id=family_id).exists()


# ---- a grandmother who speaks Mam, through an interpreter, and does not read ---


@pytest.fixture
def grandmother(family: Family) -> Caregiver:
    Family.objects.filter(id=family.id).update(
        home_languages=["mam"], interpreter_needed=True, interpreter="Doña Petrona"
    )
    family.caregivers.all().delete()
    family.refresh_from_db()
    return Caregiver.objects.create(
        family=family, name="Doña Catarina", relation="grandmother", language="mam", reads="read_to"
    )


def test_the_door_says_first_in_which_language_and_with_whom(
    visitor: Person, family: Family, grandmother: Caregiver
) -> None:
    at_the_door = page(client_of(visitor), "family", family.id)
    language, name = at_the_door.index("Mam"), at_the_door.index("Doña Catarina")
    assert language < name
    assert "Doña Petrona" in at_the_door


def test_what_was_said_at_the_first_visit_was_said_through_the_interpreter(
    visitor: Person, family: Family, grandmother: Caregiver
) -> None:
    now = timezone.now()
    for topic in topics():
        first_visit.say(
            id=uuid4(), family=family, topic=topic, language="mam", interpreted=True,
            on=timezone.localdate(), by=visitor, at=now,
        )  # fmt: skip
    assert Said.objects.filter(family=family, interpreted=True).count() == len(topics())
    assert "Mam" in page(client_of(visitor), "first_visit", family.id)


def test_a_letter_for_somebody_who_does_not_read_is_read_aloud(
    visitor: Person, family: Family, grandmother: Caregiver
) -> None:
    visit = begun(family, visitor)
    ana = client_of(visitor)
    address = reverse("letter_new", args=[visit.id, grandmother.id])
    ana.post(address, {"delivery": uuid4(), "words": "Doña Catarina: Inés le dio la cuchara.", "version": 1})
    letter = visit.letters.get()
    ana.post(reverse("letter_given", args=[letter.id]), {"delivery": uuid4(), "how": "aloud"})
    assert "Read aloud" in page(ana, "letter", letter.id)


# ---- a mother who says that she feels nothing for her son ----------------------

NOTHING = "I look at him and I feel nothing. Everybody says it comes. It doesn't come."


def test_a_mothers_own_words_are_kept_as_they_are_and_unmarked(visitor: Person, family: Family) -> None:
    visit = begun(family, visitor)
    moments.keep(
        id=uuid4(), visit=visit, words="Teo cried in the crib. Erin stood at the door and came in.",
        parent_words=NOTHING, by=visitor, at=timezone.now(),
    )  # fmt: skip
    shown = page(client_of(visitor), "visit_detail", visit.id)
    assert "I feel nothing" in shown
    assert "<mark" not in shown


def test_a_small_step_is_credited_and_no_number_stands_beside_it(visitor: Person, family: Family) -> None:
    visit = begun(family, visitor)
    moments.credit(
        id=uuid4(), visit=visit, words="You came in and put your hand on his back.",
        kind=Credit.Kind.WITH_CHILD, caregiver=family.caregivers.get(), by=visitor, at=timezone.now(),
    )  # fmt: skip
    story = page(client_of(visitor), "family_story", family.id)
    assert "You came in and put your hand on his back." in story
    assert "%" not in story


# ---- sick cover on a first visit, two people writing ----------------------------


@pytest.fixture
def covered(visitor: Person, stranger: Person, supervisor: Person, family: Family) -> Visit:
    """Keisha covers for Ana, who is sick; Marisol, the second visitor, goes along and writes too."""
    today, now = timezone.localdate(), timezone.now()
    assignments.cover(
        id=uuid4(), family=family, visitor=stranger, covers=visitor, since=today, until=today + timedelta(days=3),
        reason="sick", by=supervisor, at=now,
    )  # fmt: skip
    second = family.assignments.get(visitor__login="marisol").visitor
    return begun(family, stranger, second, is_first=True)


def test_the_one_who_covers_sees_safety_and_language_first(
    visitor: Person, stranger: Person, covered: Visit, family: Family
) -> None:
    now = timezone.now()
    safety.note(id=uuid4(), family=family, when=now, words=DISCLOSED, by=visitor, at=now)
    door = page(client_of(stranger), "family", family.id)
    safe, language, child = (door.index(word) for word in ("Read 1 note first", "Spanish", "Inés"))
    assert safe < child
    assert language < child


def test_both_edits_are_kept_and_a_person_decides(
    stranger: Person, second_visitor: Person, covered: Visit
) -> None:
    now = timezone.now()
    one = visits.write(
        visit=covered, part="since", words="She slept.", base_version=0, by=second_visitor, at=now
    )
    other = visits.write(
        visit=covered, part="since", words="A tooth came.", base_version=0, by=stranger, at=now
    )
    assert isinstance(one, VisitPart)
    assert isinstance(other, Variant)
    keisha = client_of(stranger)
    both = page(keisha, "variant", other.id)
    assert "She slept." in both
    assert "A tooth came." in both
    keisha.post(reverse("variant", args=[other.id]), {"delivery": uuid4(), "choice": "both"})
    words = covered.parts.get(part="since").words
    assert "She slept." in words
    assert "A tooth came." in words


def test_the_cover_ends_by_itself(stranger: Person, covered: Visit, family: Family) -> None:
    family.assignments.filter(kind="cover").update(
        since=timezone.localdate() - timedelta(days=4), until=timezone.localdate() - timedelta(days=1)
    )
    assert client_of(stranger).get(reverse("family", args=[family.id])).status_code == 404


# ---- a father's “build it right” ------------------------------------------------

BUILD_IT_RIGHT = """WEBVTT

00:00.000 --> 00:03.000
<v Ana>He puts one block on, and looks over at you.

00:03.500 --> 00:06.000
<v Luis>No, not like that. Build it right. The big one goes first.

00:06.500 --> 00:09.000
<v Ana>A tower comes later. For him it is about putting on and taking off; you could say: you put the little one on top.

00:09.500 --> 00:12.000
<v Luis>You put the little one on top, buddy.
"""


def test_a_gentle_redirection_is_found_and_the_father_is_judged_by_nobody() -> None:
    heard = who_is_who(read_data(BUILD_IT_RIGHT.encode(), "visit.vtt"), visitor=["Ana"], parent=["Luis"])
    found = {one.practice: one.findings for one in reflect(heard.transcript).practised}
    [redirected] = found["redirect"]
    assert "you could say" in redirected.quotes[0].text
    assert all(
        quote.first % 2 == 0 for findings in found.values() for one in findings for quote in one.quotes
    )


def test_a_note_of_what_the_father_said_is_not_marked(visitor: Person, family: Family) -> None:
    visit = begun(family, visitor)
    kept = moments.keep(
        id=uuid4(), visit=visit, by=visitor, at=timezone.now(),
        words="Luis said “build it right” and moved the big block. Teo put the little one on top.",
    )  # fmt: skip
    assert isinstance(kept, Moment)
    assert "<mark" not in page(client_of(visitor), "visit_detail", visit.id)
