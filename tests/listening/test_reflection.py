"""The reflection as a whole: on the visit that ships with Apego, and on whatever else may come."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from io import StringIO

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from apego.listening.formats import read_data
from apego.listening.formats.marks import marks_of
from apego.listening.pages.document import document, rows, schema
from apego.listening.pages.fragment import fragment
from apego.listening.pages.markdown import markdown
from apego.listening.pages.terminal import terminal
from apego.listening.people import who_is_who
from apego.listening.reflection import Reflection, reflect
from apego.listening.telling import Page, tell
from apego.listening.transcript import Role, Transcript, Turn
from apego.practice.content import LANGUAGES, Language


@cache
def of_the_demo() -> Reflection:
    data = resources.files("apego.command").joinpath("demo", "visit.vtt").read_bytes()
    return reflect(who_is_who(read_data(data, "visit.vtt")).transcript)


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return tell(of_the_demo(), request.param)


def quoted(reflection: Reflection, *kinds: str) -> list[str]:
    return [quote.text for found in reflection.findings if found.kind in kinds for quote in found.quotes]


def test_it_opens_where_the_child_and_the_mother_met() -> None:
    moment = of_the_demo().moment
    assert moment is not None
    assert [quote.text for quote in moment.quotes] == ["¡Ta!", "♪ ¡y me la quita! ♪ [laughs]"]


def test_it_tells_how_the_two_found_each_other_again() -> None:
    told = quoted(of_the_demo(), "repair")
    assert "[cries]" in told[0]
    assert any("Perdón" in words or "mi amor" in words for words in told)


def test_the_sleep_story_is_met_and_the_beans_are_not_forgotten() -> None:
    reflection = of_the_demo()
    met = quoted(reflection, "effort-met")
    assert any("Me senté en el piso" in words for words in met)
    assert any("¿Y qué tal le salió?" in words or "probó lo de la puerta" in words for words in met)
    assert any("frijolitos" in words for words in quoted(reflection, "effort"))


def test_the_story_of_the_shop_is_offered_again_and_grows_into_a_focus() -> None:
    reflection = of_the_demo()
    story, *_ = quoted(reflection, "unfinished")
    assert "señora" in story
    assert reflection.focus is not None
    assert reflection.focus.practice == "listen"


def test_the_questions_for_the_form_are_told_by_the_answers() -> None:
    assert {"No, todavía no.", "Ajá, sí."} <= set(quoted(of_the_demo(), "questions-in-a-row"))


def test_what_was_opened_by_a_question_is_quoted_after_it() -> None:
    told = quoted(of_the_demo(), "after-open-question", "after-reflection")
    assert any("Nunca lo ha cargado" in words or "Pues hacemos video" in words for words in told)


def test_both_parents_and_their_languages_are_told() -> None:
    spoken = {found.people["speaker"]: found.kind for found in of_the_demo().languages}
    assert spoken["Óscar"].endswith("en")
    assert spoken["Yesenia"].endswith("es")
    assert "Marisol" in spoken


def test_every_finding_quotes_somebody() -> None:
    assert all(found.quotes for found in of_the_demo().findings)


def test_every_quote_stands_in_the_turns_that_it_names(page: Page) -> None:
    turns = of_the_demo().conversation.turns
    for found in of_the_demo().findings:
        for quote in found.quotes:
            assert quote.text in " ".join(turn.text for turn in turns[quote.first : quote.last + 1])
            assert {turn.speaker for turn in turns[quote.first : quote.last + 1]} == {
                turns[quote.first].speaker
            }


def says(page: Page) -> list[str]:
    told = [one for part in page.parts for group in part.groups for one in group.told]
    whole = [*told, page.question, *([page.moment] if page.moment else [])]
    headings = [part.heading for part in page.parts] + [part.silence for part in page.parts]
    focus = [page.focus.says, page.focus.grows.says] if page.focus else []
    return [one.says for one in whole] + headings + focus + [page.silence, page.private, page.title]


def test_no_sentence_counts_anything_about_anybody(page: Page) -> None:
    for sentence in says(page):
        assert not re.search(
            r"\d|%|percent|por ciento|average|promedio|half of|la mitad|most of", sentence
        ), sentence


def test_the_document_is_of_the_published_schema(page: Page) -> None:
    made = json.loads(json.dumps(document(of_the_demo(), page)))
    jsonschema.Draft202012Validator(schema()).validate(made)


def test_the_counts_stand_in_json_csv_and_one_folded_table_only(page: Page) -> None:
    reflection = of_the_demo()
    assert len(rows(reflection)) == len(reflection.counts) > 10
    drawn = fragment(page)
    before, _, folded = drawn.partition('<section class="counts">')
    assert page.counts[0].definition in folded
    assert page.counts[0].definition not in before
    assert page.counts[0].definition not in markdown(page)


def test_the_fragment_has_no_style_no_script_and_asks_for_nothing(page: Page) -> None:
    drawn = fragment(page)
    assert not re.search(r"\sstyle=|<script|<link|<img|href=|src=|url\(|https?:", drawn)


def test_what_people_said_cannot_become_markup() -> None:
    said = (
        Turn("<b>Ana</b>", "So <script>alert(1)</script> that is what weighs on you at night.", Role.VISITOR),
        Turn(
            "Luz & Co",
            "Yes <img src=x> and [laughs]<i> nobody told me that it would be like this.",
            Role.PARENT,
        ),
    )
    drawn = fragment(tell(reflect(Transcript(said)), "en"))
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "<b>" not in drawn


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("turns", "silent"),
    [
        ((Turn("Ana", "Hello.", Role.VISITOR),), {"next", "between", "efforts", "domains"}),
        ((Turn("Teo", "Ba.", Role.CHILD),), {"practised", "between"}),
        ((Turn("", "We talked.", Role.OTHER),), {"practised", "between", "domains"}),
    ],
    ids=["only a visitor", "only a child", "nobody known"],
)
def test_a_part_that_found_nothing_says_so_and_asks(
    turns: tuple[Turn, ...], silent: set[str], language: Language
) -> None:
    page = tell(reflect(Transcript(turns)), language)
    for part in page.parts:
        if part.id in silent:
            assert part.silence, part.id
            assert part.groups == ()


talk = st.builds(
    lambda who, text, start, length: Turn(
        who[0], text, who[1], start, None if start is None else start + length, marks=marks_of(text)
    ),
    st.sampled_from(
        [("Ana", Role.VISITOR), ("Luz", Role.PARENT), ("Teo", Role.CHILD), ("Ira", Role.INTERPRETER)]
    ),
    st.one_of(
        st.sampled_from(
            ["¿Cómo le fue?", "[cries]", "Ya, ya, mi amor.", "I tried that last night and...", "♪ la ♪", ""]
        ),
        st.text(max_size=60),
    ),
    st.one_of(st.none(), st.integers(0, 100_000)),
    st.integers(0, 5_000),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(talk, max_size=25), st.sampled_from(LANGUAGES))
def test_whatever_is_said_there_is_a_reflection_and_its_quotes_are_true(
    turns: list[Turn], language: Language
) -> None:
    reflection = reflect(Transcript(tuple(turns)))
    for found in reflection.findings:
        assert found.quotes
        for quote in found.quotes:
            assert quote.text in " ".join(turn.text for turn in turns[quote.first : quote.last + 1])
    page = tell(reflection, language)
    assert fragment(page).startswith("<article")
    jsonschema.Draft202012Validator(schema()).validate(json.loads(json.dumps(document(reflection, page))))


QUOTES_WITHIN = (
    Turn("Ana", "You said “the best part.” What happened then?", Role.VISITOR),
    Turn("Luz", 'She said "more" and [laughs] I told her «ven».', Role.PARENT),
    Turn("Teo", "“¡Ta!”", Role.CHILD),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_quoted_within_a_quote_stands_in_single_marks(language: Language) -> None:
    page = tell(reflect(Transcript(QUOTES_WITHIN)), language)
    shown = Console(width=200, file=StringIO(), record=True)
    shown.print(terminal(page))
    for drawn in (fragment(page), markdown(page), shown.export_text()):
        assert "““" not in drawn
        assert "””" not in drawn
        assert "said “" not in drawn
        assert "‘the best part.’" in drawn
