from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_django.fixtures import Settings

from apego.records.actions import consents, transcripts
from apego.records.consents import Adult
from apego.records.models import (
    Draft,
    Focus,
    Hold,
    Line,
    Opening,
    OwnAnswer,
    Person,
    Reflection,
    Transcript,
    Visit,
)
from tests.people import NOW, TODAY, client_of
from tests.talk import SAID, brought, consent_of, reflected


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The clock stands, addresses are English, and what goes to the worker is done at once."""
    translation.activate("en")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def key(**more: Any) -> dict[str, Any]:
    return {"delivery": str(uuid4()), **more}


def tell_mother(ana: Client, visit: Visit, others: str = "") -> None:
    mother = visit.family.caregivers.all()[0]
    ana.post(reverse("conversation_room", args=[visit.id]), key(caregivers=[mother.id], others=others))


# ---- who was in the room


def test_only_her_visits_are_offered(ana: Client, visit: Visit, stranger: Person) -> None:
    Visit.objects.update(status=Visit.Status.DONE)
    address = reverse("conversation_room", args=[visit.id])
    assertContains(ana.get("/en/reflect/conversation/"), address)
    assertNotContains(client_of(stranger).get("/en/reflect/conversation/"), address)


def test_without_everybodys_consent_there_is_no_place_for_words(
    ana: Client, visit: Visit, visitor: Person
) -> None:
    tell_mother(ana, visit, others="Tía Lucía\n")
    consent_of(visit.family, visitor)
    address = reverse("conversation_room", args=[visit.id])
    page = ana.get(address)
    assertContains(page, "Not yet, and that is all right")
    assertNotContains(page, 'name="pasted"')
    consent_of(visit.family, visitor, Adult(named="Tía Lucía"))
    assertContains(ana.get(address), 'name="pasted"')


def test_words_that_are_sent_all_the_same_are_refused_kindly(ana: Client, visit: Visit) -> None:
    tell_mother(ana, visit)
    answer = ana.post(reverse("conversation_bring", args=[visit.id]), key(pasted=SAID))
    assertContains(answer, "Not every adult who was there has said yes yet", status_code=409)
    assert not Transcript.objects.exists()


def test_the_name_of_another_adult_never_stands_in_an_address(ana: Client, visit: Visit) -> None:
    tell_mother(ana, visit, others="Tía Lucía")
    page = ana.get(reverse("conversation_room", args=[visit.id])).content.decode()
    links = [line for line in page.splitlines() if "href=" in line and "purpose=transcript" in line]
    assert len(links) == 2
    assert all("Luc" not in line.partition('">')[0].partition("href=")[2] for line in links)
    asked = ana.get(
        reverse("consent_new", args=[visit.family_id]),
        {"purpose": "transcript", "visit": str(visit.id), "other": "0"},
    )
    assert asked.context["form"]["adult"].value() == "Tía Lucía"
    assert asked.context["form"]["adults"].value() == "Rosa, Tía Lucía"


def test_the_room_is_her_own_note(ana: Client, visit: Visit, visitor: Person) -> None:
    tell_mother(ana, visit)
    assert Draft.objects.get().person == visitor


# ---- what was said


@pytest.fixture
def room(ana: Client, visit: Visit, visitor: Person) -> str:
    """The address at which the words come in, everybody having agreed."""
    tell_mother(ana, visit)
    consent_of(visit.family, visitor)
    return reverse("conversation_bring", args=[visit.id])


def test_pasted_words_come_in_and_lead_to_who_is_who(ana: Client, room: str) -> None:
    answer = ana.post(room, key(pasted=SAID))
    transcript = Transcript.objects.get()
    assertRedirects(answer, reverse("speakers", args=[transcript.id]), fetch_redirect_response=False)
    page = ana.get(reverse("speakers", args=[transcript.id]))
    assertContains(page, "¿Cómo les fue esta semana")
    assertContains(page, "Ana is read as the visitor")


def test_a_file_comes_in(ana: Client, room: str) -> None:
    vtt = (
        b"WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>Hola.</v>\n\nxx --> 00:04.000\n<v Rosa>Hola, pase.</v>\n"
    )
    ana.post(room, key(file=SimpleUploadedFile("visita.vtt", vtt)))
    transcript = Transcript.objects.get()
    assert "visita.vtt" not in transcript.words
    page = ana.get(reverse("speakers", args=[transcript.id]))
    assertContains(page, "What was mended while reading the file")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("visita.pdf", b"%PDF-1.4", "visita.pdf is a PDF"),
        ("visita.txt", b"", "visita.txt is empty"),
        ("visita.mp3", b"ID3", "visita.mp3 is a recording"),
        ("grande.txt", b"Ana: x\n" * 800_000, "grande.txt is larger than 5 MB"),
        ("<b>x.pdf", b"%PDF-1.4", "&lt;b&gt;x.pdf is a PDF"),
    ],
    ids=["pdf", "empty", "sound", "large", "name with signs"],
)
def test_a_file_that_cannot_be_read_is_told_beside_the_field(
    ana: Client, room: str, name: str, data: bytes, says: str
) -> None:
    upload = SimpleUploadedFile("x", data)
    upload.name = name
    assertContains(ana.post(room, key(file=upload)), says, status_code=422)
    assert not Transcript.objects.exists()


def test_it_is_told_in_the_pages_language(ana: Client, room: str) -> None:
    page = ana.post(room.replace("/en/", "/es/"), key(file=SimpleUploadedFile("visita.pdf", b"%PDF-1.4")))
    assertContains(page, "visita.pdf es un PDF", status_code=422)


def test_what_was_pasted_stands_there_again_when_it_cannot_be_read(ana: Client, room: str) -> None:
    both = key(pasted="Ana: hola", file=SimpleUploadedFile("x.txt", b"Ana: hola"))
    page = ana.post(room, both)
    assertContains(page, "Choose one of the two", status_code=422)
    assertContains(page, "Ana: hola", status_code=422)
    assertContains(ana.post(room, key()), "Choose a file, or paste the words.", status_code=422)


def test_a_name_out_of_a_file_is_never_part_of_the_page(ana: Client, room: str) -> None:
    said = b"speaker,text\n<img src=x>,How did the night go?\nRosa,She sleeps a little more now.\n"
    ana.post(room, key(file=SimpleUploadedFile("visit.csv", said)))
    page = ana.get(reverse("speakers", args=[Transcript.objects.get().id]))
    assertContains(page, "who &lt;img src=x&gt; is, so no role was guessed")
    assertNotContains(page, "<img src=x>")


def test_when_it_is_said_who_is_who_it_is_read(ana: Client, room: str) -> None:
    ana.post(room, key(pasted=SAID))
    transcript = Transcript.objects.get()
    answer = ana.post(
        reverse("speakers", args=[transcript.id]),
        key(speaker_0="visitor", speaker_1="parent", speaker_2="child"),
    )
    reflection = Reflection.objects.get()
    assertRedirects(answer, reverse("reflection", args=[reflection.id]), fetch_redirect_response=False)
    transcript.refresh_from_db()
    assert transcript.cast == {"Ana": "visitor", "Rosa": "parent", "Inés": "child"}
    assert reflection.state == Reflection.State.DONE


def test_a_form_sent_twice_brings_one_conversation(ana: Client, room: str) -> None:
    form = key(pasted=SAID)
    for _ in range(2):
        ana.post(room, form)
    assert Transcript.objects.count() == 1


# ---- the reflection


@pytest.fixture
def found(visit: Visit, visitor: Person) -> Reflection:
    return reflected(visit, visitor)


def test_the_page_holds_the_fragment_of_its_language(ana: Client, found: Reflection) -> None:
    address = reverse("reflection", args=[found.id])
    assertContains(ana.get(address), found.pages["en"])
    assertContains(ana.get(address.replace("/en/", "/es/")), found.pages["es"])


def test_the_page_says_whose_it_is(ana: Client, found: Reflection) -> None:
    page = ana.get(reverse("reflection", args=[found.id]))
    assertContains(page, "Not shared: your supervisor does not see it.")
    assertContains(page, "the family may ask to read them")
    assertContains(page, "Both are destroyed on June 30, 2027 at the latest.")
    assertContains(page, "seen by nobody else")


@pytest.mark.parametrize("state", ["waiting", "reading"])
def test_while_it_is_read_the_page_looks_again_by_itself(ana: Client, found: Reflection, state: str) -> None:
    Reflection.objects.update(state=state, progress=15, moved_at=NOW)
    page = ana.get(reverse("reflection", args=[found.id]))
    assertContains(page, 'http-equiv="refresh"')
    assertContains(page, reverse("reflection_progress", args=[found.id]))
    assertContains(page, 'value="15"')


def test_the_progress_is_no_look_at_the_record_and_ends_by_itself(ana: Client, found: Reflection) -> None:
    address = reverse("reflection_progress", args=[found.id])
    Reflection.objects.update(state="reading", moved_at=NOW)
    assertContains(ana.get(address), "Apego is reading the conversation.")
    Reflection.objects.update(state="done")
    assert ana.get(address)["HX-Refresh"] == "true"
    assert not Line.objects.filter(verb="looked").exists()


def test_what_broke_off_can_be_read_again(ana: Client, found: Reflection) -> None:
    Reflection.objects.update(state="failed", trouble="broke")
    assertContains(ana.get(reverse("reflection", args=[found.id])), "It was not read to the end")
    ana.post(reverse("reflection_again", args=[found.id]), key())
    found.refresh_from_db()
    assert found.state == Reflection.State.DONE


def test_she_answers_the_question_for_herself(ana: Client, found: Reflection) -> None:
    address = reverse("own_answer", args=[found.id])
    ana.post(address, key(words="Me quedé callada.", version=0))
    assertContains(ana.get(reverse("reflection", args=[found.id])), "Me quedé callada.")
    page = ana.post(address, key(words="De otra ventana.", version=0))
    assertContains(page, "Me quedé callada.", status_code=409)
    assertContains(page, "De otra ventana.", status_code=409)
    assert OwnAnswer.objects.get().words == "Me quedé callada."


def test_what_she_is_typing_under_it_is_kept_until_she_keeps_it(ana: Client, found: Reflection) -> None:
    form = key(words="Me que", version=0)
    ana.post(reverse("own_answer_draft", args=[found.id]), form)
    assertContains(ana.get(reverse("reflection", args=[found.id])), "Me que")
    ana.post(reverse("own_answer", args=[found.id]), form)
    assert not Draft.objects.exists()


def test_for_a_supervisor_a_reading_that_stands_still_does_not_reload_for_ever(
    found: Reflection, visitor: Person, supervisor: Person
) -> None:
    transcripts.share(transcript=found.transcript, on=TODAY, by=visitor, at=NOW)
    Reflection.objects.update(state="reading", moved_at=NOW - timedelta(hours=1))
    address = reverse("reflection_progress", args=[found.id])
    assert client_of(visitor).get(address).has_header("HX-Refresh")
    assert not client_of(supervisor).get(address).has_header("HX-Refresh")


def test_she_takes_a_focus_from_it(ana: Client, found: Reflection) -> None:
    assertContains(ana.get(reverse("reflection", args=[found.id])), 'name="practice"')
    ana.post("/en/reflect/focus/", key(practice=found.document["focus"]["practice"]))
    assert Focus.objects.get().practice == found.document["focus"]["practice"]


def test_a_newer_reader_is_offered_and_never_used_silently(ana: Client, found: Reflection) -> None:
    Reflection.objects.update(reader_hash="of last year")
    assertContains(ana.get(reverse("reflection", args=[found.id])), "Apego reads a little differently since.")
    assert Reflection.objects.count() == 1
    ana.post(reverse("conversation_read", args=[found.transcript_id]), key())
    assert Reflection.objects.count() == 2
    assert Reflection.objects.filter(reader_hash="of last year").exists()


# ---- whose it is


def test_the_supervisor_sees_it_shared_and_never_her_own_words(
    ana: Client, found: Reflection, visitor: Person, supervisor: Person
) -> None:
    ruth = client_of(supervisor)
    page, words = reverse("reflection", args=[found.id]), reverse("conversation", args=[found.transcript_id])
    ana.post(reverse("own_answer", args=[found.id]), key(words="Me quedé callada.", version=0))
    assert [ruth.get(page).status_code, ruth.get(words).status_code] == [404, 404]
    ana.post(reverse("conversation_share", args=[found.transcript_id]), key())
    assertContains(ruth.get("/en/reflect/shared/"), page)
    assertContains(ruth.get("/en/reflect/"), page)
    seen = ruth.get(page)
    assertContains(seen, "abuelita")
    assertContains(seen, "It speaks to Ana")
    for hers in (
        "Counts and how they are made",
        "Me quedé callada.",
        "Yours alone",
        'name="practice"',
        "take-back",
        "destroy",
    ):
        assertNotContains(seen, hers)
    assert Line.objects.filter(by=supervisor.id, verb="looked", thing=found.id).count() == 1
    ana.post(reverse("conversation_take_back", args=[found.transcript_id]), key())
    assert [ruth.get(page).status_code, ruth.get(words).status_code] == [404, 404]


@pytest.mark.parametrize("who", ["supervisor", "second_visitor", "coordinator", "stranger"])
def test_only_she_shares_answers_reads_anew_or_destroys(
    found: Reflection, visitor: Person, request: pytest.FixtureRequest, who: str
) -> None:
    transcripts.share(transcript=found.transcript, on=TODAY, by=visitor, at=NOW)
    other = client_of(request.getfixturevalue(who))
    for name in ("conversation_share", "conversation_take_back", "conversation_destroy", "conversation_read"):
        assert other.post(reverse(name, args=[found.transcript_id]), key()).status_code == 404, name
    for name in ("own_answer", "reflection_again"):
        assert other.post(reverse(name, args=[found.id]), key(words="x", version=0)).status_code == 404, name
    found.transcript.refresh_from_db()
    assert found.transcript.shared_at is not None


def test_the_office_opens_it_with_a_reason_and_may_destroy_it(
    found: Reflection, visit: Visit, coordinator: Person
) -> None:
    helen = client_of(coordinator)
    words = reverse("conversation", args=[found.transcript_id])
    assert helen.get(words).status_code == 404
    Opening.objects.create(
        family=visit.family, person=coordinator, reason="request", at=NOW, until=NOW.replace(hour=20)
    )
    assertContains(helen.get(words), "abuelita")
    assert helen.get(reverse("reflection", args=[found.id])).status_code == 200
    helen.post(reverse("conversation_destroy", args=[found.transcript_id]), key())
    assert not Transcript.objects.exists()


def test_destroyed_it_is_gone_and_under_a_hold_it_stays(
    ana: Client, found: Reflection, visit: Visit, coordinator: Person
) -> None:
    hold = Hold.objects.create(family=visit.family, by=coordinator, since=NOW)
    address = reverse("conversation_destroy", args=[found.transcript_id])
    assertContains(ana.get(reverse("conversation", args=[found.transcript_id])), "A legal hold stands")
    assertContains(ana.post(address, key()), "A legal hold stands", status_code=409)
    hold.lifted_at = NOW
    hold.save()
    assertRedirects(ana.post(address, key()), "/en/reflect/", fetch_redirect_response=False)
    assert ana.get(reverse("reflection", args=[found.id])).status_code == 404


def test_under_a_consent_that_was_taken_back_nothing_new_is_done(
    ana: Client, found: Reflection, visitor: Person
) -> None:
    consents.revoke(consent=found.transcript.consents.get(), by=visitor, at=NOW)
    page = ana.get(reverse("reflection", args=[found.id]))
    assertContains(page, "A consent under it was taken back")
    assertNotContains(page, reverse("conversation_share", args=[found.transcript_id]))
    for name in ("conversation_share", "conversation_read"):
        assert ana.post(reverse(name, args=[found.transcript_id]), key()).status_code == 409


def test_a_conversation_nobody_named_yet_stands_at_the_door(
    ana: Client, visit: Visit, visitor: Person
) -> None:
    consent_of(visit.family, visitor)
    transcript = brought(visit, visitor)
    page = ana.get("/en/reflect/")
    assertContains(page, "Say who is who")
    assertContains(page, reverse("speakers", args=[transcript.id]))
