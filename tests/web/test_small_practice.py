"""The small practices: what was seen in her words and why, and a question. Never right or wrong."""

from __future__ import annotations

from uuid import uuid4

import pytest

from apego.records.models import LessonAnswer, Person
from tests.people import client_of
from tests.program_lessons import ADDRESS, at_the_window  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("at_the_window")


def tried(who: Person, exercise: str, language: str = "en", **told: str) -> str:
    """Send a try, and give the page that follows."""
    path = ADDRESS.replace("/en/", f"/{language}/") + f"try/{exercise}/"
    client = client_of(who)
    assert client.post(path, {**told, "delivery": uuid4()}).status_code == 302
    return client.get(path).content.decode()


def test_sentences_are_sorted_and_each_tells_where_it_stands_here_and_why(visitor: Person) -> None:
    shown = tried(visitor, "sort", item_0="guessed", item_1="guessed")
    assert "Somebody else in the room would have seen it too." in shown
    assert "Seen&nbsp;· Guessed" in shown  # where two visitors would differ, both stand
    assert not [word for word in ("wrong", "correct", "Right", "mistake") if word in shown]
    assert LessonAnswer.objects.get().parts == {"0": "guessed", "1": "guessed"}


def test_a_sentence_left_out_is_asked_for(visitor: Person) -> None:
    answer = client_of(visitor).post(f"{ADDRESS}try/sort/", {"item_0": "seen", "delivery": uuid4()})
    assert answer.status_code == 422


def test_the_note_to_rewrite_is_asked_about_and_so_is_hers(visitor: Person) -> None:
    before = client_of(visitor).get(f"{ADDRESS}try/again/").content.decode()
    assert "<mark>uninterested</mark>" in before
    shown = tried(visitor, "again", words="The baby cried and was very sad.")
    hers = shown.split('id="yours"')[1]
    assert "<mark>sad</mark>" in hers
    assert "The baby crawled to the door." in hers.split("How others might say it")[1]
    assert "How others might say it" not in before


def test_what_was_seen_alone_is_left_without_a_mark(visitor: Person) -> None:
    shown = tried(visitor, "again", words="The baby cried. Mom looked at her phone.")
    assert "<mark>" not in shown.split('id="yours"')[1]


def test_the_reader_says_what_it_heard_and_by_which_words(visitor: Person) -> None:
    shown = tried(visitor, "back", words="So the nights are long, and you keep singing to her.")
    assert "by your words" in shown
    assert "What might Rosa answer to your words?" in shown


def test_it_hears_spanish_too(visitor: Person) -> None:
    shown = tried(
        visitor, "back", "es", words="O sea que las noches se le hacen largas y usted le sigue cantando."
    )
    assert "¿Qué cree que le contestaría Rosa?" in shown
    assert 'class="tag clay"' in shown


def test_where_it_is_unsure_it_says_nothing_of_her(visitor: Person) -> None:
    shown = tried(visitor, "back", words="Mm.")
    assert "it is unsure, and you were there" in shown and 'class="tag clay"' not in shown
