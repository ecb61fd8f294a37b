"""Which domains and goals an observation shows, and when nothing is said of any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.listening.domains import GOALS_AT_MOST, domains
from apego.listening.leanings import weights
from apego.practice.ages import bands
from apego.practice.domains import domains as all_domains
from apego.practice.domains import goals

CASES = Path(__file__).parent.parent / "cases" / "domains"
SAID = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from([sign for goal in goals().values() for sign in goal.signs["es"]]), max_size=4
    ).map(". ".join),
)


def cases(name: str) -> list[Any]:
    read: list[Any] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("case", cases("seen"), ids=lambda case: case["text"])
def test_an_observation_shows_its_domain_first_and_its_goal(case: dict[str, Any]) -> None:
    seen = domains(case["text"], case["months"])
    assert seen.domains[0] == case["domain"]
    assert case["goal"] in seen.goals


@pytest.mark.parametrize("text", cases("silent"))
def test_talk_of_other_things_shows_no_domain(text: str) -> None:
    seen = domains(text)
    assert (seen.domains, seen.goals) == ((), ())


@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda case: case["text"])
@pytest.mark.xfail(strict=True, reason="words alone do not tell it; see the case's why")
def test_known_failures(case: dict[str, Any]) -> None:
    assert (domains(case["text"]).domains or (None,))[0] == case["domain"]


@given(SAID, st.none() | st.integers(0, 72))
def test_whatever_is_said_the_answer_holds_together(text: str, months: int | None) -> None:
    seen = domains(text, months)
    assert list(seen.probabilities) == list(all_domains())
    assert all(0 <= probability <= 1 for probability in seen.probabilities.values())
    ordered = [seen.probabilities[domain] for domain in seen.domains]
    assert ordered == sorted(ordered, reverse=True)
    assert len(seen.goals) <= GOALS_AT_MOST
    assert all(set(goals()[code].domains) & set(seen.domains) for code in seen.goals)
    assert set(seen.plain) <= set(seen.domains) == set(seen.carried)


@given(SAID, st.integers(0, 72))
def test_only_goals_of_the_ages_bands_are_given(text: str, months: int) -> None:
    stages = {band.stage for band in bands(months)}
    assert all(goals()[code].stage in stages for code in domains(text, months).goals)


@given(SAID, st.integers(0, 72))
def test_the_age_changes_the_goals_and_never_the_domains(text: str, months: int) -> None:
    assert domains(text, months).domains == domains(text).domains


def test_words_of_the_other_stage_speak_for_the_like_goal() -> None:
    assert "P-PMP 1" in domains("She walks alone and climbs the stairs.", 40).goals


def test_both_languages_in_one_note_are_read() -> None:
    seen = domains("Gateó hasta su mamá, crawled across the whole room to her.")
    assert seen.domains[0] == "physical"


def test_accents_capitals_and_full_stops_change_nothing() -> None:
    loud = domains("SENALA LO QUE QUIERE", language="es")
    written = domains("Señala lo que quiere.", language="es")
    assert (loud.domains, loud.goals, loud.probabilities) == (
        written.domains,
        written.goals,
        written.probabilities,
    )


def test_an_act_of_two_domains_may_show_both() -> None:
    seen = domains("He babbled and cooed. She rolled over from tummy to back.")
    assert set(seen.domains) == {"language", "physical"}


def test_the_words_that_carried_a_domain_are_given_as_they_were_written() -> None:
    seen = domains("She STACKED her cups, and then her cups again.")
    assert set(seen.carried) == set(seen.domains)
    carried = [word for words in seen.carried.values() for word in words]
    assert set(carried) <= {"STACKED", "cups", "again"}
    assert len(carried) == len(set(carried)) > 0


def test_what_may_be_shown_is_surer_than_what_is_named() -> None:
    seen = domains("She climbs the stairs, jumps, runs and kicks the ball.")
    assert seen.plain == ("physical",)
    assert domains("She put it there.").plain == ()


def test_a_language_that_was_not_learned_shows_nothing() -> None:
    assert domains("Der Junge läuft schon ganz allein durch den großen Garten.").domains == ()


def test_every_goal_of_the_framework_can_be_found() -> None:
    assert set(weights().goals.classes) - {"none"} == set(goals())
