"""A question of a lesson: her own words first, and what stands beside them after that."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from apego.records.models import LessonAnswer, Mark, Person
from tests.people import NOW, client_of
from tests.program_lessons import ADDRESS, at_the_window  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("at_the_window")
SEEN, AREAS = f"{ADDRESS}questions/seen/", f"{ADDRESS}questions/areas/"
EXAMPLE = "The mother sings softly to the baby."


def keep(who: Person, words: str, path: str = SEEN, key: UUID | None = None) -> int:
    return client_of(who).post(path, {"words": words, "delivery": key or uuid4()}).status_code


def page(who: Person, path: str = SEEN) -> str:
    return client_of(who).get(path).content.decode()


def test_the_examples_come_after_her_own_words(visitor: Person) -> None:
    assert EXAMPLE not in page(visitor)
    assert keep(visitor, "I see a window.") == 302
    assert EXAMPLE in page(visitor)


def test_her_words_stand_beside_the_examples_that_they_touched(visitor: Person) -> None:
    keep(visitor, "La mamá le canta suavecito al bebé. The light falls on the floor.")
    shown = page(visitor)
    assert "Your words touched" in shown and "“le canta”" in shown
    assert shown.index("Your words touched") < shown.index("You may look at these again")


def test_what_no_example_tells_stays_hers(visitor: Person) -> None:
    keep(visitor, "La mamá le canta suavecito al bebé. The neighbor waters a cactus.")
    hers = page(visitor).split("Yours, beside the examples")[1].split("<h3>")[0]
    assert "The neighbor waters a cactus." in hers and "La mamá" not in hers


def test_she_may_answer_again_and_everything_is_kept(visitor: Person) -> None:
    keep(visitor, "First words.")
    keep(visitor, "Second words.")
    shown = page(visitor)
    assert "What you wrote before" in shown and "First words." in shown
    assert LessonAnswer.objects.count() == 2


def test_the_same_form_sent_twice_is_one_answer(visitor: Person) -> None:
    key = uuid4()
    assert [keep(visitor, "Once.", key=key) for _ in range(2)] == [302, 302]
    assert LessonAnswer.objects.count() == 1


def test_an_empty_answer_is_asked_for_again(visitor: Person) -> None:
    assert keep(visitor, "  ") == 422
    assert not LessonAnswer.objects.exists()


def test_nothing_is_scored(visitor: Person) -> None:
    keep(visitor, "La mamá le canta suavecito al bebé.")
    shown = page(visitor).casefold()
    assert not [word for word in ("score", "correct", "wrong", "points", "%") if word in shown]


def test_domains_lay_her_words_and_marks_out_beside_the_examples(visitor: Person) -> None:
    Mark.objects.create(
        person=visitor, lesson="at_the_window", at_seconds=65, words="She rolled from her tummy to her back."
    )
    told = {"domain_language": "La mamá le canta al bebé en español.", "delivery": uuid4()}
    assert client_of(visitor).post(AREAS, told).status_code == 302
    shown = page(visitor, AREAS)
    language = shown.split("<h3>Language and literacy")[1].split("</section>")[0]
    physical = shown.split("<h3>Physical development")[1].split("</section>")[0]
    assert "La mamá le canta al bebé en español." in language and "touched" in language
    assert "She rolled from her tummy" in physical and "1:05" in physical


def test_no_domain_at_all_is_asked_for_again(visitor: Person) -> None:
    answer = client_of(visitor).post(AREAS, {"domain_language": " ", "delivery": uuid4()})
    assert answer.status_code == 422
    assert "under at least one of them" in answer.content.decode()


def test_an_answer_is_shared_and_taken_back(
    visitor: Person, supervisor: Person, other_supervisor: Person
) -> None:
    keep(visitor, "I see a window.")
    own = f"/en/learn/answers/{LessonAnswer.objects.get().id}/"
    assert client_of(supervisor).get(own).status_code == 404
    assert client_of(visitor).post(f"{own}share/", {"delivery": uuid4()}).status_code == 302
    assert "I see a window." in page(supervisor, own)
    assert own in page(supervisor, "/en/learn/training/team/")
    assert client_of(other_supervisor).get(own).status_code == 404
    assert client_of(supervisor).post(f"{own}take-back/", {"delivery": uuid4()}).status_code == 404
    client_of(visitor).post(f"{own}take-back/", {"delivery": uuid4()})
    assert client_of(supervisor).get(own).status_code == 404


def test_another_persons_answers_are_not_on_the_page(visitor: Person, second_visitor: Person) -> None:
    keep(second_visitor, "Marisol's words.")
    assert "Marisol&#x27;s words." not in page(visitor) and EXAMPLE not in page(visitor)


def test_a_mark_is_kept_taken_out_and_put_back(visitor: Person, second_visitor: Person) -> None:
    client, at = (
        client_of(visitor),
        {"at": "1:05", "kind": "child", "words": "She looks.", "delivery": uuid4()},
    )
    assert client.post(f"{ADDRESS}marks/", at).status_code == 302
    mark = Mark.objects.get()
    assert (mark.at_seconds, mark.kind, mark.words) == (65, "child", "She looks.")
    for way in ("take-out", "put-back"):
        there = f"/en/learn/marks/{mark.id}/{way}/"
        assert client_of(second_visitor).post(there, {"delivery": uuid4()}).status_code == 404
        assert client.post(there, {"delivery": uuid4()}).status_code == 302
        mark.refresh_from_db()
        assert (mark.removed_at is not None) == (way == "take-out")


@pytest.mark.parametrize("at", ["soon", "", "1:2:3", "-5"])
def test_a_time_that_is_none_is_asked_for_again(visitor: Person, at: str) -> None:
    answer = client_of(visitor).post(
        f"{ADDRESS}marks/", {"at": at, "words": "She looks.", "delivery": uuid4()}
    )
    assert answer.status_code == 422
    assert "She looks." in answer.content.decode()


def test_the_page_asks_the_database_as_often_however_much_was_written(
    visitor: Person, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        LessonAnswer.objects.create(
            person=visitor, lesson="at_the_window", exercise="seen", words="W.", at=NOW
        )
        Mark.objects.create(person=visitor, lesson="at_the_window", at_seconds=number, words="She looks.")
    client = client_of(visitor)
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get(SEEN)
