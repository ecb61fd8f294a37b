"""The program requirements are whole, dated and cited, and the number due by today is counted honestly."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from math import ceil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice import rules as rules_module
from apego.practice.content import ContentError, load
from apego.practice.rules import expected_to_date, rule, rules
from tests.practice.wording import faults

BEFORE, TODAY = date(2016, 11, 6), date(2026, 11, 2)
NUMBERS = {
    "early_head_start_visits_a_year": 46,
    "early_head_start_socializations_a_year": 22,
    "head_start_visits_a_year": 32,
    "head_start_socializations_a_year": 16,
    "visits_a_week": 1,
    "minutes_a_visit": 90,
    "caseload_average_least": 10,
    "caseload_average_most": 12,
    "caseload_most": 12,
    "screening_within_days": 45,
    "inspection_within_days": 45,
}
DUTIES = {
    "cancelled_by_program_is_made_up",
    "cancelled_by_family_is_tried_again",
    "appointments_do_not_count",
    "parent_is_present",
    "every_enrolled_child_has_time",
    "visit_is_planned_together",
    "visit_rests_on_assessment",
    "visits_are_followed_up",
    "socialization_is_planned_together",
    "coaching_is_offered",
    "amendment_may_be_asked",
    "consent_is_written",
    "disclosures_are_recorded",
    "records_are_destroyed",
}
UNVERIFIED = {"screening_within_days", "disclosures_are_recorded"}

weeks = st.integers(1, 60).flatmap(lambda year: st.tuples(st.integers(0, year), st.just(year)))


@pytest.mark.parametrize("rule_id", rules())
def test_a_rule_is_whole(rule_id: str) -> None:
    assert faults(rules()[rule_id]) == []


@pytest.mark.parametrize(("rule_id", "number"), NUMBERS.items())
def test_a_rule_has_its_number(rule_id: str, number: int) -> None:
    assert rule(rule_id, on=TODAY).value == number
    assert rule(rule_id, on=TODAY).unit is not None


def test_the_ids_are_permanent() -> None:
    assert set(rules()) == set(NUMBERS) | DUTIES
    assert {rule_id for rule_id in rules() if rule(rule_id, on=TODAY).value is None} == DUTIES


def test_what_was_not_read_in_the_regulation_says_so() -> None:
    assert {rule_id for rule_id in rules() if not rule(rule_id, on=TODAY).verified} == UNVERIFIED


@pytest.mark.parametrize("rule_id", rules())
def test_a_citation_and_its_page_name_the_same_section(rule_id: str) -> None:
    for version in rules()[rule_id]:
        section = version.citation.removeprefix("45 CFR ").partition("(")[0]
        assert version.url.endswith(f"section-{section}")


def test_a_rule_is_in_force_from_its_first_day() -> None:
    assert rule("minutes_a_visit", on=BEFORE + timedelta(days=1)).value == 90
    with pytest.raises(ContentError, match="minutes_a_visit begins on 2016-11-07, after 2016-11-06"):
        rule("minutes_a_visit", on=BEFORE)


def test_a_new_number_holds_from_its_day_and_the_old_one_until_then(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = copy.deepcopy(load("rules"))
    moved["caseload_most"].append({**moved["caseload_most"][0], "value": 10, "valid_from": date(2030, 8, 1)})
    monkeypatch.setattr(rules_module, "rules", changed(moved, monkeypatch))
    assert rule("caseload_most", on=date(2030, 7, 31)).value == 12
    assert rule("caseload_most", on=date(2030, 8, 1)).value == 10


def changed(entries: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(rules_module, "load", lambda name: entries)
    return rules.__wrapped__


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": 0}, "value is 0; a duty without a number has no value and no unit"),
        ({"value": True}, "has no value"),
        ({"unit": "hours"}, "unit is hours, not one of visits, minutes"),
        ({"option": "center"}, "option is center, not one of early_head_start, head_start, both"),
        ({"valid_from": "2016-11-07"}, "has no valid_from"),
        ({"citation": "the handbook"}, "citation is the handbook, and begins with 45 CFR"),
        ({"url": "https://eclkcprod.eclkc.info/x"}, "and begins with https://www.ecfr.gov/"),
        ({"verified": "yes"}, "has no verified"),
        ({"says": {"en": "An hour and a half."}}, "says has no es"),
    ],
)
def test_a_broken_rule_is_refused_by_name(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("rules"))
    broken["minutes_a_visit"][0] |= change
    with pytest.raises(ContentError, match=f"rules, minutes_a_visit 1.*{said}"):
        changed(broken, monkeypatch)()


def test_versions_that_begin_on_one_day_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = copy.deepcopy(load("rules"))
    twice["visits_a_week"] *= 2
    with pytest.raises(ContentError, match="the versions of visits_a_week do not begin one after another"):
        changed(twice, monkeypatch)()


def test_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(ContentError, match="rules: there is no miles_a_week"):
        rule("miles_a_week", on=TODAY)


@given(st.integers(0, 60), weeks)
def test_what_is_expected_by_today_lies_between_nothing_and_the_year(year: int, of: tuple[int, int]) -> None:
    assert 0 <= expected_to_date(year, *of) <= year
    assert expected_to_date(year, of[1], of[1]) == year
    assert expected_to_date(year, 0, of[1]) == 0


@given(st.integers(0, 60), weeks)
def test_another_week_never_lowers_what_is_expected(year: int, of: tuple[int, int]) -> None:
    enrolled, in_year = of
    counts = [expected_to_date(year, week, in_year) for week in range(enrolled + 1)]
    assert counts == sorted(counts)


@given(st.integers(0, 60), weeks)
def test_the_part_is_rounded_up_and_by_less_than_one(year: int, of: tuple[int, int]) -> None:
    expected = expected_to_date(year, *of)
    assert 0 <= expected * of[1] - year * of[0] < of[1]
    assert expected == ceil(round(year * of[0] / of[1], 9))


@pytest.mark.parametrize("given_", [(-1, 1, 50), (46, -1, 50), (46, 51, 50), (46, 0, 0), (46, 0, -1)])
def test_weeks_that_no_year_has_are_refused(given_: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="give the weeks of one program year"):
        expected_to_date(*given_)
