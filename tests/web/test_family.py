"""The list of families and a family's page: what is shown to whom, and in which order."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apego.records.models import (
    Assignment,
    Caregiver,
    Contact,
    Credit,
    Family,
    Line,
    Memento,
    Moment,
    Occasion,
    Person,
    Role,
    SafetyNote,
    Support,
    Variant,
    Visit,
    VisitPart,
)
from tests.people import client_of, family_of, person

WRITTEN = "only who works with the family reads this"


def page_of(who: Person, family: Family) -> str:
    return client_of(who).get(reverse("family", args=[family.id])).content.decode()


def grown(family: Family, visitor: Person, weeks: int = 3) -> Family:
    """Give the family words in every place where something is written of it."""
    for week in range(weeks):
        at = timezone.now() - timedelta(weeks=week)
        visit = Visit.objects.create(family=family, planned_at=at, status="done", started_at=at, ended_at=at)
        Moment.objects.create(
            family=family,
            visit=visit,
            at=at,
            words=WRITTEN,
            parent_words=WRITTEN,
            kinds=["repair"],
            by=visitor,
        )
        for kind in Credit.Kind.values:
            Credit.objects.create(visit=visit, kind=kind, words=WRITTEN, by=visitor)
        VisitPart.objects.create(visit=visit, part="promises_visitor", words=WRITTEN, by=visitor)
        Contact.objects.create(family=family, at=at, how="call", words=WRITTEN, by=visitor)
        Support.objects.create(family=family, on=at.date(), area="sleep", words=WRITTEN, by=visitor)
        Occasion.objects.create(family=family, day=f"{at + timedelta(days=3):%m-%d}", what=WRITTEN)
        Memento.objects.create(family=family, on=at.date(), words=WRITTEN, by=visitor)
    family.matters = family.hopes = WRITTEN
    family.save()
    return family


def test_a_visitor_finds_her_families_and_no_other(
    family: Family, other_family: Family, visitor: Person
) -> None:
    page = client_of(visitor).get(reverse("families")).content.decode()
    assert "Ortega Ruiz" in page
    assert "Daniels" not in page


def test_a_supervisor_finds_families_by_visitor(
    family: Family, other_family: Family, supervisor: Person
) -> None:
    page = client_of(supervisor).get(reverse("families")).content.decode()
    assert page.index("<h2>Ana</h2>") < page.index("<h2>Marisol</h2>")
    assert "Daniels" not in page


def test_a_coordinator_finds_all_families_in_pages(visitor: Person, coordinator: Person) -> None:
    for number in range(51):
        family_of(visitor, f"Family {number:02}")
    client = client_of(coordinator)
    assert "Family 50" not in client.get(reverse("families")).content.decode()
    assert "Family 50" in client.get(reverse("families") + "?page=2").content.decode()


def test_who_has_no_family_yet_is_told_what_to_do(supervisor: Person) -> None:
    new = person("lucia", Role.VISITOR, supervisor)
    assert "No family is yours yet" in client_of(new).get(reverse("families")).content.decode()


def test_no_list_tells_of_a_safety_note(family: Family, visitor: Person) -> None:
    SafetyNote.objects.create(family=family, at=timezone.now(), words=WRITTEN, by=visitor)
    page = client_of(visitor).get(reverse("families")).content.decode()
    assert WRITTEN not in page
    assert "safety" not in page


def test_before_the_door_safety_and_language_come_first(family: Family, visitor: Person) -> None:
    SafetyNote.objects.create(family=family, at=timezone.now(), words="exact words", by=visitor)
    grown(family, visitor)
    page = page_of(visitor, family)
    where = [page.index(word) for word in ("Read 1 note first", "Spanish", "Inés", "Rosa", WRITTEN)]
    assert where == sorted(where)
    assert "exact words" not in page  # somebody may look over her shoulder
    assert "corrected" in page


def test_only_the_newest_day_is_unfolded_and_nothing_is_told_twice(family: Family, visitor: Person) -> None:
    words = []
    for week in range(6):
        at = timezone.now() - timedelta(weeks=week)
        visit = Visit.objects.create(family=family, planned_at=at, status="done", started_at=at, ended_at=at)
        words += [f"the moment of week {week}.", f"the step of week {week}."]
        kinds = ["repair"] if week % 2 else []
        Moment.objects.create(family=family, visit=visit, at=at, words=words[-2], kinds=kinds, by=visitor)
        Credit.objects.create(visit=visit, kind="with_child", words=words[-1], by=visitor)
    page = page_of(visitor, family)
    assert page.count("<details open>") == 1
    assert page.index("<details open>") < page.index(words[0]) < page.index("</details>")
    assert [page.count(one) for one in words] == [1, 1] * 4 + [0, 1] + [1, 1]


def test_headings_go_down_one_step_at_a_time(
    family: Family, visitor: Person, supervisor: Person, coordinator: Person
) -> None:
    grown(family, visitor, 5)
    for who in (visitor, supervisor, coordinator):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page_of(who, family))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_where_the_family_lives_is_told_before_the_door(family: Family, visitor: Person) -> None:
    family.address = "14 Maple St"
    family.save()
    page = page_of(visitor, family)
    assert page.index("Spanish") < page.index("14 Maple St") < page.index("Rosa")


def test_an_unsafe_number_is_shown_nowhere(family: Family, visitor: Person, coordinator: Person) -> None:
    Caregiver.objects.update(phone_is_safe=False, safe_hours="after six")
    for who in (visitor, coordinator):
        page = page_of(who, family)
        assert "555-0142" not in page
        assert "not safe to call" in page


def test_a_safe_number_is_shown_with_its_hours(family: Family, visitor: Person) -> None:
    Caregiver.objects.update(safe_hours="after six")
    page = page_of(visitor, family)
    assert 'href="tel:555-0142"' in page
    assert "after six" in page


def test_who_covers_reads_for_whom_and_until_when(
    family: Family, visitor: Person, supervisor: Person
) -> None:
    third = person("denise", Role.VISITOR, supervisor)
    today = timezone.localdate()
    Assignment.objects.create(
        family=family, visitor=third, kind="cover", covers=visitor, since=today, until=today, reason="a cold"
    )
    page = page_of(third, family)
    assert "You cover for Ana until" in page
    assert "a cold" not in client_of(third).get(reverse("family_visitors", args=[family.id])).content.decode()
    assert (
        "a cold" in client_of(supervisor).get(reverse("family_visitors", args=[family.id])).content.decode()
    )


def test_the_coordinator_sees_facts_and_not_what_was_written(
    family: Family, visitor: Person, coordinator: Person
) -> None:
    grown(family, visitor)
    assert WRITTEN in page_of(visitor, family)
    page = page_of(coordinator, family)
    assert WRITTEN not in page
    assert "Inés" in page
    assert "note first" not in page


def test_a_look_at_a_family_is_written_down(family: Family, visitor: Person) -> None:
    page_of(visitor, family)
    assert Line.objects.filter(verb="looked", family=family.id, by=visitor.id).exists()


def queries_of(who: Person, path: str) -> int:
    client = client_of(who)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", ["visitor", "supervisor", "coordinator"])
def test_thirty_families_cost_the_list_no_more_than_three(
    role: str, visitor: Person, supervisor: Person, coordinator: Person
) -> None:
    who = {"visitor": visitor, "supervisor": supervisor, "coordinator": coordinator}[role]
    for number in range(3):
        grown(family_of(visitor, f"Family {number}"), visitor, 1)
    few = queries_of(who, reverse("families"))
    for number in range(27):
        grown(family_of(visitor, f"More {number}"), visitor, 1)
    assert queries_of(who, reverse("families")) == few


def test_a_long_record_costs_the_page_no_more_than_a_short_one(family: Family, visitor: Person) -> None:
    path = reverse("family", args=[family.id])
    grown(family, visitor, 1)
    few = queries_of(visitor, path)
    grown(family, visitor, 30)
    assert queries_of(visitor, path) == few


def test_a_family_is_enrolled_on_one_page(supervisor: Person, visitor: Person) -> None:
    client = client_of(supervisor)
    typed = {
        "delivery": str(uuid4()),
        "name": "Lê",
        "option": "early_head_start",
        "enrolled_on": f"{timezone.localdate()}",
        "celebrates": "on",
        "language_1": "vie",
        "language_2": "",
        "language_3": "",
        "child-name": "Mai",
        "child-born_on": "2025-06-01",
        "child-weeks_early": "0",
        "child-enrolled": "on",
        "caregiver-name": "Linh",
        "caregiver-relation": "mother",
        "caregiver-reads": "reads",
        "caregiver-phone_is_safe": "on",
        "caregiver-birthday_0": "02",
        "caregiver-birthday_1": "09",
        "visitor": str(visitor.id),
    }
    for _ in range(2):
        answer = client.post(reverse("family_new"), typed)
    made = Family.objects.get()
    assert answer.headers["Location"] == reverse("family", args=[made.id])
    assert (made.home_languages, made.children.get().name) == (["vie"], "Mai")
    assert made.caregivers.get().birthday == "02-09"
    assert made.assignments.get().visitor == visitor


def test_an_enrolment_that_lacks_something_keeps_what_was_typed(supervisor: Person) -> None:
    answer = client_of(supervisor).post(reverse("family_new"), {"delivery": str(uuid4()), "name": "Lê"})
    assert answer.status_code == 422
    assert 'value="Lê"' in answer.content.decode()
    assert not Family.objects.exists()


def test_facts_are_changed_and_an_older_edit_is_laid_beside(
    family: Family, visitor: Person, second_visitor: Person
) -> None:
    path = reverse("family_languages", args=[family.id])
    typed = {
        "base_version": "1",
        "language_1": "mam",
        "interpreter_needed": "on",
        "interpreter": "Doña Petrona",
    }
    client_of(visitor).post(path, typed | {"delivery": str(uuid4())})
    family.refresh_from_db()
    assert (family.home_languages, family.interpreter_needed) == (["mam"], True)
    late = client_of(second_visitor).post(
        path, {"base_version": "1", "language_1": "spa", "delivery": str(uuid4())}
    )
    assert late.status_code == 302
    assert Variant.objects.get().content["home_languages"] == ["spa"]
    family.refresh_from_db()
    assert family.home_languages == ["mam"]


def test_a_birthday_that_no_year_has_is_asked_again(family: Family, visitor: Person) -> None:
    rosa = family.caregivers.get()
    typed = {
        "delivery": str(uuid4()),
        "base_version": "1",
        "name": "Rosa",
        "relation": "mother",
        "reads": "reads",
        "birthday_0": "02",
        "birthday_1": "30",
    }
    answer = client_of(visitor).post(reverse("caregiver", args=[rosa.id]), typed)
    assert answer.status_code == 422
    assert "There is no such day" in answer.content.decode()


def test_an_ended_enrolment_takes_the_family_off_the_list(family: Family, supervisor: Person) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = client_of(supervisor).post(
        reverse("family_end", args=[family.id]), {"delivery": str(uuid4()), "on": f"{yesterday}"}
    )
    assert answer.headers["Location"] == reverse("families")
    family.refresh_from_db()
    assert family.left_on == yesterday
    assert isinstance(family.left_on, date)
