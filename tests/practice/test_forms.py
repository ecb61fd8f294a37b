"""The form in which a visit is copied is whole: every field once, headings in both languages."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest

from apego.practice import forms as forms_module
from apego.practice.content import ContentError, load
from apego.practice.forms import fields, visit_form
from tests.practice.wording import faults


def test_the_form_is_whole() -> None:
    assert faults(visit_form()) == []
    assert faults(tuple(fields().values())) == []


def test_each_field_stands_in_exactly_one_section() -> None:
    assert Counter(field for section in visit_form() for field in section.fields) == Counter(list(fields()))


def test_the_times_come_first_and_the_signatures_last() -> None:
    assert visit_form()[0].id == "when"
    assert visit_form()[-1].id == "signatures"


def test_the_ids_are_permanent() -> None:
    assert tuple(section.id for section in visit_form()) == (
        "when", "where", "who", "languages", "follow_up", "since", "plan", "moments", "credits", "tried",
        "next", "referrals", "signatures",
    )  # fmt: skip
    assert tuple(fields()) == (
        "date", "start", "end", "minutes", "kind", "outcome", "reason", "place", "children", "caregivers",
        "visitors", "others", "languages", "interpreter", "follow_up", "since", "hope", "activity",
        "materials", "moment_words", "moment_parent_words", "moment_domains", "moment_goals", "credits",
        "tried", "next", "promises_visitor", "promises_parent", "next_date", "referrals", "signed_visitor",
        "signed_second_visitor", "signed_parent", "addenda",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"fields": []}, "forms: when has no fields"),
        ({"fields": ["score"]}, "forms: when, fields: there is no score"),
        ({"heading": {"en": "When"}}, "forms: when, heading has no es"),
    ],
)
def test_a_broken_section_is_refused_by_name(
    change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = copy.deepcopy(load("forms"))
    broken["visit"]["when"] |= change
    monkeypatch.setattr(forms_module, "load", lambda name: broken)
    with pytest.raises(ContentError, match=said):
        visit_form.__wrapped__()
