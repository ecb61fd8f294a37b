"""The page of a visit: planned, its notebook, and as it was finished."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from apego.listening.notes import check
from apego.records.actions import moments, visits
from apego.records.models import Draft, Family, Line, Moment, Person, Visit
from tests.people import NOW, client_of

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def ana(visitor: Person) -> Client:
    return client_of(visitor)


def page(
    client: Client, visit: Visit, name: str = "visit_detail", query: str = "", language: str = "en"
) -> str:
    with override(language):
        answer = client.get(reverse(name, args=[visit.id]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(**fields: object) -> dict[str, object]:
    return {"delivery": str(uuid4()), **fields}


def keep(client: Client, visit: Visit, words: str, **more: object) -> None:
    answer = client.post(reverse("moment_keep", args=[visit.id]), sent(words=words, base_version=1, **more))
    assert answer.status_code == 302, answer.content.decode()


def test_a_planned_visit_offers_to_start_and_to_plan(ana: Client, visit: Visit) -> None:
    told = page(ana, visit)
    assert reverse("visit_start", args=[visit.id]) in told
    assert reverse("plan", args=[visit.id]) in told


def test_looking_at_a_visit_is_written_in_the_log(ana: Client, visit: Visit, visitor: Person) -> None:
    page(ana, visit)
    assert Line.objects.filter(verb="looked", thing=visit.id, by=visitor.id).exists()


def test_starting_a_visit_opens_its_notebook(ana: Client, visit: Visit) -> None:
    ana.post(reverse("visit_start", args=[visit.id]), sent())
    assert 'name="words"' in page(ana, visit)


def test_a_moment_is_kept_on_a_visit_that_was_only_planned(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés took the spoon and looked at Rosa.")
    visit.refresh_from_db()
    assert visit.status == Visit.Status.UNDER_WAY
    assert "Inés took the spoon and looked at Rosa." in page(ana, visit)


def test_the_same_form_sent_twice_keeps_one_moment(ana: Client, visit: Visit) -> None:
    form = sent(words="Inés clapped.", base_version=1)
    answers = [ana.post(reverse("moment_keep", args=[visit.id]), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Moment.objects.count() == 1


def test_the_same_form_with_other_words_is_not_guessed_about(ana: Client, visit: Visit) -> None:
    form = sent(words="Inés clapped.", base_version=1)
    ana.post(reverse("moment_keep", args=[visit.id]), form)
    answer = ana.post(reverse("moment_keep", args=[visit.id]), {**form, "words": "Inés waved."})
    assert answer.status_code == 422
    assert Moment.objects.get().words == "Inés clapped."


def test_htmx_gets_the_moments_back_with_an_empty_field(ana: Client, visit: Visit) -> None:
    answer = ana.post(
        reverse("moment_keep", args=[visit.id]),
        sent(words="Inés clapped.", base_version=1),
        headers={"HX-Request": "true"},
    )
    told = answer.content.decode()
    assert answer.status_code == 200
    assert told.lstrip().startswith('<div id="notebook">')
    assert "Inés clapped." in told
    assert "<textarea" in told and "Inés clapped.</textarea>" not in told


def test_an_empty_moment_is_answered_beside_the_field(ana: Client, visit: Visit) -> None:
    answer = ana.post(reverse("moment_keep", args=[visit.id]), sent(words=" ", base_version=1))
    assert answer.status_code == 422
    assert "Write what you saw before you keep it." in answer.content.decode()


def test_htmx_gets_the_error_in_its_place(ana: Client, visit: Visit) -> None:
    form = sent(words=" ", base_version=1)
    answer = ana.post(reverse("moment_keep", args=[visit.id]), form, headers={"HX-Request": "true"})
    assert answer.status_code == 200  # htmx leaves an answer with a fault aside
    assert "Write what you saw before you keep it." in answer.content.decode()


def test_the_note_check_marks_a_word_and_asks_in_the_language_of_the_page(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés banged the pot on purpose.")
    told = page(ana, visit)
    assert "<mark>on purpose</mark>" in told
    question = check("Inés banged the pot on purpose.", "en").spans[0].question
    assert escape(question) in told
    assert escape(check("Inés banged the pot on purpose.", "es").spans[0].question) in page(
        ana, visit, language="es"
    )


def test_beside_a_question_about_a_note_stands_where_noting_is_taught(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés put the lid on the pot.")
    assert "/learn/lessons/" not in page(ana, visit)
    keep(ana, visit, "Inés banged the pot on purpose.")
    assert "/learn/lessons/what_you_see/how/" in page(ana, visit)


def test_at_most_two_words_are_asked_about(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "She is lazy and always happy, and he is spoiled, on purpose, a lot.")
    assert page(ana, visit).count("<mark>") == 2


def test_a_word_that_is_left_is_not_asked_about_again(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés banged the pot on purpose.")
    told = page(ana, visit)
    mark = told.split('name="word" value="')[1].split('"')[0]
    ana.post(reverse("moment_leave", args=[Moment.objects.get().id]), sent(word=mark))
    assert "<mark>" not in page(ana, visit)


def test_the_parents_own_words_are_not_asked_about(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés took the spoon.", parent_words="Es bien floja, siempre lo hace a propósito.")
    told = page(ana, visit)
    assert "<mark>" not in told
    assert '<p lang="es">“Es bien floja' in told


def test_what_is_typed_is_saved_and_comes_back(ana: Client, visit: Visit, visitor: Person) -> None:
    content = {
        "form": "moment",
        "words": "Inés took the sp",
        "parent_words": "¿La cuchara?",
        "kinds": ["notice", "enjoy"],
    }
    answer = ana.post(reverse("draft_save", args=[visit.id]), sent(**content))
    assert answer.status_code == 200
    told = page(ana, visit, query="?write")
    assert "Inés took the sp</textarea>" in told
    assert told.count("checked") == 3  # the two kinds, and the kind that a credit opens with


def test_a_draft_is_no_record_and_leaves_no_line_in_the_log(ana: Client, visit: Visit) -> None:
    before = Line.objects.count()
    ana.post(reverse("draft_save", args=[visit.id]), sent(form="moment", words="Inés"))
    assert Line.objects.count() == before
    assert not Moment.objects.exists()


def test_keeping_drops_the_draft_and_a_late_draft_does_not_bring_it_back(ana: Client, visit: Visit) -> None:
    form = sent(form="moment", words="Inés clapped.", base_version=1)
    ana.post(reverse("draft_save", args=[visit.id]), form)
    ana.post(reverse("moment_keep", args=[visit.id]), form)
    assert not Draft.objects.exists()
    ana.post(reverse("draft_save", args=[visit.id]), form)
    assert not Draft.objects.exists()


def test_nobody_else_gets_a_draft(ana: Client, visit: Visit, second_visitor: Person) -> None:
    ana.post(reverse("draft_save", args=[visit.id]), sent(form="moment", words="Only mine"))
    assert "Only mine" not in page(client_of(second_visitor), visit, query="?write")


def test_a_draft_of_something_else_is_refused(ana: Client, visit: Visit) -> None:
    assert (
        ana.post(reverse("draft_save", args=[visit.id]), sent(form="../../x", words="x")).status_code == 400
    )


def test_a_moment_that_was_taken_out_can_be_put_back(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés clapped.")
    moment = Moment.objects.get()
    ana.post(reverse("moment_remove", args=[moment.id]), sent())
    assert reverse("moment_restore", args=[moment.id]) in page(ana, visit)
    ana.post(reverse("moment_restore", args=[moment.id]), sent())
    assert reverse("moment_edit", args=[moment.id]) in page(ana, visit)


def test_a_moment_is_written_anew(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés clapped.", domains=["physical"])
    moment = Moment.objects.get()
    address = reverse("moment_edit", args=[moment.id])
    assert "Inés clapped.</textarea>" in ana.get(address).content.decode()
    ana.post(address, sent(words="Inés clapped twice.", base_version=1, goals=["IT-PMP 6"]))
    moment.refresh_from_db()
    assert (moment.words, moment.domains, moment.goals, moment.version) == (
        "Inés clapped twice.",
        [],
        ["IT-PMP 6"],
        2,
    )


def test_two_edits_of_a_moment_are_both_kept(ana: Client, visit: Visit, second_visitor: Person) -> None:
    keep(ana, visit, "Inés clapped.")
    address = reverse("moment_edit", args=[Moment.objects.get().id])
    ana.post(address, sent(words="Inés clapped twice.", base_version=1))
    answer = client_of(second_visitor).post(
        address, sent(words="Inés clapped and looked up.", base_version=1)
    )
    assert "/two-edits/" in answer["Location"]
    told = client_of(second_visitor).get(answer["Location"]).content.decode()
    assert "Inés clapped twice." in told
    assert "Inés clapped and looked up." in told


def test_what_was_unticked_in_a_draft_comes_back_unticked(ana: Client, visit: Visit) -> None:
    keep(ana, visit, "Inés clapped.", domains=["physical"])
    moment = Moment.objects.get()
    form = sent(form=f"moment-{moment.id}", words="Inés clapped.", base_version=1)
    ana.post(reverse("draft_save", args=[visit.id]), form)
    assert (
        'value="physical" checked' not in ana.get(reverse("moment_edit", args=[moment.id])).content.decode()
    )


def test_a_part_is_written(ana: Client, visit: Visit) -> None:
    address = reverse("visit_part", args=[visit.id])
    ana.post(address, sent(part="next", base_version=0, words="The pot and the spoon."))
    assert "The pot and the spoon." in page(ana, visit, query="?write")


def test_a_credit_is_kept_and_taken_out(ana: Client, visit: Visit, family: Family) -> None:
    rosa = family.caregivers.get()
    form = sent(words="Rosa waited, and Inés came.", kind="with_child", caregiver=str(rosa.id))
    ana.post(reverse("credit_add", args=[visit.id]), form)
    assert "Rosa waited, and Inés came." in page(ana, visit)
    credit = visit.credits.get()
    ana.post(reverse("credit_remove", args=[credit.id]), sent())
    assert "Rosa waited, and Inés came." not in page(ana, visit)
    ana.post(reverse("credit_restore", args=[credit.id]), sent())
    assert "Rosa waited, and Inés came." in page(ana, visit)


def test_a_supervisor_reads_and_does_not_write(visit: Visit, visitor: Person, supervisor: Person) -> None:
    moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", by=visitor, at=NOW)
    ruth = client_of(supervisor)
    told = page(ruth, visit)
    assert "Inés clapped." in told
    assert "<textarea" not in told
    assert (
        ruth.post(reverse("moment_keep", args=[visit.id]), sent(words="x", base_version=1)).status_code == 404
    )


def test_a_stranger_writes_nothing_at_a_visit_that_is_not_hers(visit: Visit, stranger: Person) -> None:
    keisha = client_of(stranger)
    for name in (
        "moment_keep",
        "visit_start",
        "visit_part",
        "credit_add",
        "draft_save",
        "addendum_add",
        "visit_put_back",
    ):
        answer = keisha.post(
            reverse(name, args=[visit.id]), sent(words="x", base_version=1, form="moment", part="next")
        )
        assert answer.status_code == 404, name
    assert not Moment.objects.exists()


def test_the_questions_of_the_database_do_not_grow_with_the_moments(
    ana: Client, visit: Visit, visitor: Person
) -> None:
    page(ana, visit)  # the first page of a session asks for more
    counted = []
    for _ in range(2):
        for number in range(6):
            moments.keep(id=uuid4(), visit=visit, words=f"Inés clapped {number} times.", by=visitor, at=NOW)
        with CaptureQueriesContext(connection) as asked:
            page(ana, visit)
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 24


def finished(visit: Visit, visitor: Person) -> UUID:
    moments.keep(id=uuid4(), visit=visit, words="Inés clapped.", by=visitor, at=NOW)
    visits.start(visit=visit, by=visitor, at=NOW)
    family = visit.family
    visits.change(
        visit=visit,
        base_version=1,
        ended_at=NOW + timedelta(minutes=90),
        children=list(family.children.all()),
        caregivers=list(family.caregivers.all()),
        by=visitor,
        at=LATER,
    )
    return visits.finish(visit=visit, by=visitor, at=LATER).id


def test_a_finished_visit_is_read_and_not_written(ana: Client, visit: Visit, visitor: Person) -> None:
    finished(visit, visitor)
    told = page(ana, visit)
    assert "Inés clapped." in told
    assert "moment_keep" not in told and reverse("moment_keep", args=[visit.id]) not in told
    assert reverse("visit_text", args=[visit.id]) in told


def test_a_moment_sent_after_the_end_is_refused_with_its_words_still_there(
    ana: Client, visit: Visit, visitor: Person
) -> None:
    finished(visit, visitor)
    answer = ana.post(reverse("moment_keep", args=[visit.id]), sent(words="Too late.", base_version=1))
    assert answer.status_code == 422
    assert "Too late." in answer.content.decode()


def test_what_was_still_being_typed_can_be_added_below_a_finished_visit(
    ana: Client, visit: Visit, visitor: Person, second_visitor: Person
) -> None:
    marisol = client_of(second_visitor)
    marisol.post(reverse("draft_save", args=[visit.id]), sent(form="moment", words="She sang it twice."))
    finished(visit, visitor)
    assert "She sang it twice.</textarea>" in page(marisol, visit)
    marisol.post(reverse("addendum_add", args=[visit.id]), sent(words="She sang it twice."))
    assert visit.addenda.get().words == "She sang it twice."
    assert not Draft.objects.exists()
