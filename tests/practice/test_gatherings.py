"""A socialization can be planned from what stands here: parts, questions for every age, songs."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from apego.practice import gatherings as gatherings_module
from apego.practice.content import LANGUAGES, ContentError, load
from apego.practice.gatherings import gathering_parts, songs, starter, starters, starters_for
from tests.practice.test_invitations import DANGER, UNSEEN
from tests.practice.wording import SAID_TO_SOMEONE, faults

STARTERS_AT_LEAST = 10
AT_EVERY_MONTH = 3
AREAS = (2, 3)
SONG_LINES = re.compile(r"[,;:!?¡¿].*[,;:!?¡¿].*[,;:!?¡¿]")  # a title has no three marks; a verse may


@pytest.mark.parametrize("part_id", gathering_parts())
def test_a_part_is_whole(part_id: str) -> None:
    part = gathering_parts()[part_id]
    assert faults(part) == []
    assert part.prompt.en.endswith("?")


@pytest.mark.parametrize("starter_id", starters())
def test_a_question_to_start_from_is_whole(starter_id: str) -> None:
    one = starter(starter_id)
    assert faults(one) == []
    assert one.domains
    assert AREAS[0] <= len(one.areas) <= AREAS[1]
    for asked in (one.question, one.predict, one.closing):
        assert asked.en.endswith("?")


@pytest.mark.parametrize("starter_id", starters())
def test_its_areas_leave_no_age_of_the_question_out(starter_id: str) -> None:
    one = starter(starter_id)
    first, last = one.months
    assert [months for months in range(first, last + 1) if not one.areas_at(months)] == []
    for area in one.areas:
        assert first <= area.months[0] <= area.months[1] <= last


@pytest.mark.parametrize("starter_id", starters())
def test_it_is_sung_in_both_languages(starter_id: str) -> None:
    assert {song.language for song in starter(starter_id).songs} == set(LANGUAGES)


@pytest.mark.parametrize("starter_id", starters())
def test_what_may_be_seen_can_be_seen(starter_id: str) -> None:
    seen = [SAID_TO_SOMEONE.sub("", area.see[one]) for area in starter(starter_id).areas for one in LANGUAGES]
    assert [text for text in seen if UNSEEN.search(text)] == []


@pytest.mark.parametrize("starter_id", starters())
def test_a_thing_that_may_be_dangerous_has_its_word_on_safety(starter_id: str) -> None:
    unsafe = [area for area in starter(starter_id).areas if DANGER.search(area.things.en) and not area.safety]
    assert unsafe == []


def test_there_is_enough_for_every_age_and_for_ages_mixed() -> None:
    assert len(starters()) >= STARTERS_AT_LEAST
    assert [months for months in range(73) if len(starters_for((months,))) < AT_EVERY_MONTH] == []
    assert starters_for((2, 15, 30, 55))
    assert starters_for(()) == tuple(starters().values())


def test_a_song_is_a_title_and_none_of_its_words() -> None:
    assert [song.title for song in songs().values() if SONG_LINES.search(song.title)] == []
    sung = {song.id for one in starters().values() for song in one.songs}
    assert sung == set(songs())


def test_the_ids_are_permanent() -> None:
    assert tuple(gathering_parts()) == ("question", "predictions", "areas", "look", "song", "closing", "home")
    assert tuple(starters()) == (
        "talk", "calm", "home_base", "hands_mouth", "gone", "getting_there", "watching_us", "before_words",
        "in_and_out", "songs", "books", "pretend", "others", "big_feelings", "helping", "sorting",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.pop("predict"), "gatherings: talk has no predict"),
        (lambda one: one.update(areas=[]), "gatherings: talk has no areas"),
        (lambda one: one.update(songs=["anthem"]), "gatherings: talk, songs: there is no anthem"),
        (lambda one: one.update(domains=["motor"]), "gatherings: talk, domains: there is no motor"),
        (lambda one: one["areas"][1].pop("see"), "gatherings: talk, areas 2 has no see"),
        (lambda one: one["areas"][0].update(months=[9, 2]), r"gatherings: talk, areas 1: months is \[9, 2\]"),
    ],
)
def test_a_broken_question_is_refused_by_place(
    change: Callable[[dict[str, Any]], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("gatherings"))
    change(broken["starters"]["talk"])
    monkeypatch.setattr(gatherings_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        starters.__wrapped__()


@pytest.mark.parametrize(
    ("song", "said"),
    [
        ({"title": "Au clair de la lune", "language": "fr"}, "language is fr, not one of en, es"),
        ({"title": " ", "language": "es"}, "gatherings: songs, rueda has no title"),
    ],
)
def test_a_broken_song_is_refused_by_name(
    song: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("gatherings"))
    broken["songs"]["rueda"] = song
    monkeypatch.setattr(gatherings_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        songs.__wrapped__()


def test_a_question_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="gatherings, starters: there is no school"):
        starter("school")
