"""Ages in months, corrected for an early birth, and the bands that an age lies in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apego.practice import ages
from apego.practice.ages import CORRECTED_UNTIL, all_bands, bands, corrected_months, months_old
from apego.practice.content import ContentError

BORN = st.dates(date(2015, 1, 1), date(2030, 12, 31))
DAYS_LIVED = st.integers(0, 2200)
WEEKS_EARLY = st.integers(0, 17)


@given(BORN, DAYS_LIVED)
def test_a_day_more_never_makes_a_child_younger(born: date, days: int) -> None:
    today = born + timedelta(days)
    assert 0 <= months_old(born, today) <= months_old(born, today + timedelta(1)) <= days // 28 + 1


@given(BORN, DAYS_LIVED, WEEKS_EARLY)
def test_a_corrected_age_is_never_older_than_the_age_lived(born: date, days: int, weeks: int) -> None:
    today = born + timedelta(days)
    assert 0 <= corrected_months(born, today, weeks) <= months_old(born, today)


@given(BORN, DAYS_LIVED)
def test_a_child_born_on_time_has_nothing_corrected(born: date, days: int) -> None:
    today = born + timedelta(days)
    assert corrected_months(born, today, 0) == months_old(born, today)


@given(BORN, st.integers(800, 2200), WEEKS_EARLY)
def test_from_two_years_on_the_age_lived_counts(born: date, days: int, weeks: int) -> None:
    today = born + timedelta(days)
    assert months_old(born, today) >= CORRECTED_UNTIL
    assert corrected_months(born, today, weeks) == months_old(born, today)


def test_a_child_born_on_leap_day_is_a_year_old_on_the_first_of_march() -> None:
    assert months_old(date(2024, 2, 29), date(2025, 2, 28)) == 11
    assert months_old(date(2024, 2, 29), date(2025, 3, 1)) == 12


def test_before_the_day_the_birth_was_due_the_corrected_age_is_0() -> None:
    assert corrected_months(date(2026, 1, 1), date(2026, 2, 15), weeks_early=10) == 0


@pytest.mark.parametrize(
    ("months", "named"),
    [
        (0, ["0-9"]),
        (8, ["0-9", "8-18"]),
        (9, ["0-9", "8-18"]),
        (10, ["8-18"]),
        (17, ["8-18", "16-36"]),
        (19, ["16-36"]),
        (36, ["16-36", "36-48"]),
        (48, ["36-48", "48-60"]),
        (71, ["48-60"]),
    ],
)
def test_an_age_lies_in_every_band_that_reaches_it(months: int, named: list[str]) -> None:
    assert [band.id for band in bands(months)] == named


@given(st.integers(0, 100))
def test_every_age_has_one_or_two_bands(months: int) -> None:
    assert len(bands(months)) in (1, 2)


@pytest.mark.parametrize("weeks", [-1, 21])
def test_weeks_early_that_cannot_be_are_refused(weeks: int) -> None:
    with pytest.raises(ValueError, match=f"weeks_early is {weeks}"):
        corrected_months(date(2026, 1, 1), date(2026, 5, 1), weeks)


def test_a_day_before_the_birth_and_an_age_below_0_are_refused() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        months_old(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(ValueError, match="-1 months"):
        bands(-1)


@pytest.mark.parametrize(
    ("entry", "gap"),
    [
        ({"stage": "preschool", "months": [36], "en": "a", "es": "b"}, "months is"),
        ({"stage": "school", "months": [60, 72], "en": "a", "es": "b"}, "stage is school"),
        ({"stage": "preschool", "months": [36, 48], "en": "a"}, "has no es"),
    ],
)
def test_a_band_that_is_not_whole_is_named(
    monkeypatch: pytest.MonkeyPatch, entry: dict[str, object], gap: str
) -> None:
    monkeypatch.setattr(ages, "load", lambda name: {"bands": {"36-48": entry}})
    with pytest.raises(ContentError, match=f"bands, 36-48.*{gap}"):
        all_bands.__wrapped__()
