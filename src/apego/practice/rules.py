"""Program requirements: what the Head Start standards ask of a home-based program, as dated rules.

Numbers move, so none stands in code: each is an entry of `content/rules.toml` with the day
from which it holds, its citation and its official page. How a program stands against them is
no subject here, and nothing here is legal advice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from apego.practice.content import ContentError, Text, load
from apego.practice.content.entries import named, rows, text_under

Option = Literal["early_head_start", "head_start", "both"]
Unit = Literal["visits", "minutes", "socializations", "families", "days"]

OFFICIAL = ("https://www.ecfr.gov/", "https://headstart.gov/")


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement as it reads from `valid_from` on.

    A rule without a number (`value` and `unit` are None) is a duty: it binds while it is in force.
    `verified` is False where the text of the regulation was not at hand when the entry was
    written: read the page before leaning on it.
    """

    id: str
    option: Option
    value: int | None
    unit: Unit | None
    says: Text
    valid_from: date
    citation: str
    url: str
    verified: bool


@cache
def rules() -> dict[str, tuple[Rule, ...]]:
    """Give every rule by its permanent id, each with all its versions, oldest first.

    >>> list(rules())[:2]
    ['early_head_start_visits_a_year', 'early_head_start_socializations_a_year']
    >>> [version.value for version in rules()["head_start_visits_a_year"]]
    [32]
    """
    entries = load("rules")
    return {rule_id: _versions(entries, rule_id) for rule_id in entries}


def rule(rule_id: str, on: date) -> Rule:
    """Give the version of a rule that is in force on a day.

        >>> rule("early_head_start_visits_a_year", on=date(2026, 3, 2)).value
        46

    A version holds until a later one begins. Raises ContentError when there is no rule of that
    id, or none yet on that day: a visit before the standards of 2016 is not measured by them.

        >>> rule("minutes_a_visit", on=date(2015, 9, 1))
        Traceback (most recent call last):
        apego.practice.content.ContentError: rules: minutes_a_visit begins on 2016-11-07, after 2015-09-01
    """
    versions = named(rules(), rule_id, "rules")
    begun = [version for version in versions if version.valid_from <= on]
    if not begun:
        raise ContentError(f"rules: {rule_id} begins on {versions[0].valid_from}, after {on}")
    return begun[-1]


def expected_to_date(visits_a_year: int, weeks_enrolled: int, weeks_in_year: int) -> int:
    """Give how many of a year's visits (or socializations) fall to the weeks a family has been enrolled.

    The part is rounded up, so that a family enrolled all year is expected to have them all,
    and no week of service counts for nothing.

        >>> expected_to_date(46, weeks_enrolled=20, weeks_in_year=50)
        19
        >>> expected_to_date(46, weeks_enrolled=0, weeks_in_year=50), expected_to_date(46, 50, 50)
        (0, 46)

    Weeks are those of one program year: a family that stays begins a new count with the new
    year. Raises ValueError for a number below zero, a year without weeks, or more weeks
    enrolled than the year has.
    """
    if visits_a_year < 0 or not 0 <= weeks_enrolled <= weeks_in_year or weeks_in_year == 0:
        raise ValueError(
            f"{weeks_enrolled} of {weeks_in_year} weeks for {visits_a_year} a year: give the weeks of one "
            "program year, none below zero and no more weeks enrolled than the year has."
        )
    # Whole numbers throughout: a float's rounding could ask for a visit too many.
    return -(-visits_a_year * weeks_enrolled // weeks_in_year)


def _versions(entries: Mapping[str, Any], rule_id: str) -> tuple[Rule, ...]:
    versions = [_rule(rule_id, row, where) for row, where in rows(entries, rule_id, "rules")]
    begins = [version.valid_from for version in versions]
    if begins != sorted(set(begins)):
        raise ContentError(f"rules: the versions of {rule_id} do not begin one after another")
    return tuple(versions)


def _rule(rule_id: str, entry: Mapping[str, Any], where: str) -> Rule:
    value, unit = _number(entry, where)
    return Rule(
        id=rule_id,
        option=_one_of(get_args(Option), entry, "option", where),
        value=value,
        unit=unit,
        says=text_under(entry, "says", where),
        valid_from=_of_type(date, entry, "valid_from", where),
        citation=_beginning(("45 CFR ",), entry, "citation", where),
        url=_beginning(OFFICIAL, entry, "url", where),
        verified=_of_type(bool, entry, "verified", where),
    )


def _number(entry: Mapping[str, Any], where: str) -> tuple[int | None, Unit | None]:
    if "value" not in entry and "unit" not in entry:
        return None, None
    value = _of_type(int, entry, "value", where)
    if value < 1:
        raise ContentError(f"{where}: value is {value}; a duty without a number has no value and no unit")
    return value, _one_of(get_args(Unit), entry, "unit", where)


def _of_type(wanted: type[Any], entry: Mapping[str, Any], key: str, where: str) -> Any:
    """Give the value under a key when it is exactly of that type: True is no number, a time is no day."""
    if type(entry.get(key)) is not wanted:
        raise ContentError(f"{where} has no {key} ({wanted.__name__})")
    return entry[key]


def _one_of(allowed: tuple[Any, ...], entry: Mapping[str, Any], key: str, where: str) -> Any:
    if entry.get(key) not in allowed:
        raise ContentError(f"{where}: {key} is {entry.get(key)}, not one of {', '.join(allowed)}")
    return entry[key]


def _beginning(starts: tuple[str, ...], entry: Mapping[str, Any], key: str, where: str) -> str:
    given = entry.get(key)
    if not isinstance(given, str) or not given.startswith(starts):
        raise ContentError(f"{where}: {key} is {given}, and begins with {' or '.join(starts)}")
    return given
