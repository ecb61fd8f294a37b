"""The lists of a visit's page are whole: short names in both languages, under ids that stay."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, Protocol

import pytest

from apego.practice import visiting as visiting_module
from apego.practice.content import LANGUAGES, ContentError, Text, load
from apego.practice.visiting import (
    contact_prompts,
    contacts,
    days,
    home_languages,
    kinds,
    outcomes,
    places,
    reading,
    reasons,
    reasons_for,
    relations,
)
from tests.practice.wording import faults


class Named(Protocol):
    @property
    def name(self) -> Text: ...


LISTS: dict[str, Mapping[str, Named]] = {
    "kinds": kinds(),
    "places": places(),
    "outcomes": outcomes(),
    "reasons": reasons(),
    "contacts": contacts(),
    "contact_prompts": contact_prompts(),
    "relations": relations(),
    "reading": reading(),
    "days": days(),
    "home_languages": home_languages(),
}
NAME_AT_MOST = 40  # letters: a name is a tag on a phone

# What stands in records already, or in the invented program. A list may grow; none of these may go.
KEPT = {
    "kinds": "weekly first make_up extra farewell",
    "places": (
        "home other_home relative foster_home shelter outside park library store community "
        "program hospital work_or_school video phone other"
    ),
    "outcomes": "done cancelled_family cancelled_program attempted",
    "reasons": (
        "child_ill family_ill appointment work asleep family_matter loss guests family_travel "
        "moving not_today only_sitter nobody_home visitor_ill visitor_away training no_visitor "
        "no_interpreter car program_closed weather contagion not_safe other"
    ),
    "contacts": "call message voice_message video letter in_passing drop_off other",
    "contact_prompts": "promised remembered hard_week seen birthday hard_day missed back",
    "relations": (
        "mother father stepmother stepfather partner foster_mother foster_father adoptive_mother "
        "adoptive_father grandmother grandfather great_grandmother great_grandfather aunt uncle "
        "sister brother cousin godmother godfather guardian friend neighbor sitter other"
    ),
    "reading": "reads with_help read_to",
    "days": (
        "birthday saints_day naming came_home became_family baby_due wedding coming_of_age "
        "mothers_day fathers_day first_school_day graduation work new_home return leaving "
        "hospital appointment loss remembrance new_year three_kings lunar_new_year ramadan easter "
        "thanksgiving hanukkah christmas feast other"
    ),
    "home_languages": "eng spa mam quc kjb mix nah hat vie ara yue cmn som rus por ase mah mis",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_whole(name: str) -> None:
    assert faults(tuple(LISTS[name].values())) == []


@pytest.mark.parametrize("name", LISTS)
def test_no_two_entries_of_a_list_are_called_the_same(name: str) -> None:
    for language in LANGUAGES:
        called = [one.name[language] for one in LISTS[name].values()]
        assert len(called) == len(set(called))
        assert [one for one in called if len(one) > NAME_AT_MOST or one.endswith(".")] == []


@pytest.mark.parametrize("name", LISTS)
def test_the_ids_are_permanent(name: str) -> None:
    assert [one for one in KEPT[name].split() if one not in LISTS[name]] == []


def test_a_visit_that_was_not_held_has_reasons_to_choose_from_and_one_that_was_has_none() -> None:
    assert reasons_for("done") == ()
    for outcome in ("cancelled_family", "cancelled_program", "attempted"):
        assert reasons_for(outcome)[-1].id == "other"
    assert {reason for outcome in outcomes() for reason in reasons_for(outcome)} == set(reasons().values())


def test_a_family_is_never_given_the_program_s_reason() -> None:
    assert "visitor_ill" not in {reason.id for reason in reasons_for("cancelled_family")}
    assert "child_ill" not in {reason.id for reason in reasons_for("cancelled_program")}


def test_the_codes_of_the_languages_are_iso_s_and_no_two_share_a_tag() -> None:
    tags = [language.tag for language in home_languages().values()]
    assert len(tags) == len(set(tags))
    assert [code for code in home_languages() if len(code) != 3 or not code.islower()] == []
    assert [tag for tag in tags if len(tag) not in (2, 3) or not tag.islower()] == []


@pytest.mark.parametrize(
    ("key", "entry", "change", "said"),
    [
        ("reasons", "weather", {"outcomes": ["late"]}, "visit: reasons, weather, outcomes: there is no late"),
        ("languages", "mam", {"tag": ""}, "visit: languages, mam has no tag"),
        ("places", "park", {"name": {"en": "Park"}}, "visit: places, park, name has no es"),
        ("prompts", "missed", {"say": {}}, "visit: prompts, missed has no say"),
    ],
)
def test_a_broken_entry_is_refused_by_place(
    key: str, entry: str, change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("visit"))
    broken[key][entry] |= change
    monkeypatch.setattr(visiting_module, "load", lambda name: broken)
    read = {"reasons": reasons, "languages": home_languages, "places": places, "prompts": contact_prompts}
    with pytest.raises(ContentError, match=said):
        read[key].__wrapped__()
