"""Groups on their pages: a plan that all see, who came of one's own families, moments in each family's story."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apego.practice.gatherings import starter
from apego.records.models import Attendance, Family, Line, Moment, Opening, Person, Socialization
from tests.people import NOW, client_of, family_of


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    translation.activate("en")  # the language of `reverse`, whatever page another test opened last


@pytest.fixture
def group(visitor: Person) -> Socialization:
    made = Socialization.objects.create(at=NOW, question="How do they ask for us?", song="Los pollitos")
    made.visitors.add(visitor)
    return made


def came(group: Socialization, family: Family) -> Attendance:
    made = Attendance.objects.create(socialization=group, family=family)
    made.children.set(family.children.all())
    made.caregivers.set(family.caregivers.all())
    return made


def page(who: Person, name: str, *args: object) -> str:
    answer = client_of(who).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_plan_begins_from_a_question_in_the_pages_language(visitor: Person, family: Family) -> None:
    told = client_of(visitor).get("/es/groups/new/?from=talk").content.decode()
    assert starter("talk").home.es in told
    assert starter("talk").areas_at(11)[0].things.es in told
    assert client_of(visitor).get("/es/groups/new/?from=no-such").status_code == 200


def test_a_group_is_planned_with_parents_and_everybody_sees_the_plan(
    visitor: Person, stranger: Person, coordinator: Person, family: Family
) -> None:
    rosa = family.caregivers.get()
    typed = {
        "delivery": uuid4(), "day": "2026-12-03", "time": "10:00", "place": "Library", "question": "What is gone?",
        "visitors": [visitor.id], "planned_with": [rosa.id], "start_from": "gone",
    }  # fmt: skip
    answer = client_of(visitor).post(reverse("socialization_new"), typed)
    made = Socialization.objects.get()
    assert answer["Location"] == reverse("socialization", args=[made.id])
    assert list(made.planned_with.all()) == [rosa]
    assert "Rosa" in page(visitor, "socialization", made.id)
    told = page(stranger, "socialization", made.id)
    assert "What is gone?" in told
    assert "Rosa" not in told
    assert "1 parent" in told
    assert "What is gone?" in page(coordinator, "socializations")


def test_who_changes_a_plan_unticks_nobody_whom_she_cannot_see(
    visitor: Person, stranger: Person, family: Family, other_family: Family, group: Socialization
) -> None:
    group.planned_with.set([*family.caregivers.all(), *other_family.caregivers.all()])
    typed = {"delivery": uuid4(), "day": "2026-11-23", "time": "10:00", "base_version": 1, "song": "Aserrín"}
    client_of(stranger).post(reverse("socialization_edit", args=[group.id]), typed)
    group.refresh_from_db()
    assert group.song == "Aserrín"
    assert list(group.planned_with.all()) == list(family.caregivers.all())
    assert list(group.visitors.all()) == [visitor]


def test_names_of_other_families_are_a_number(
    visitor: Person, stranger: Person, family: Family, other_family: Family, group: Socialization
) -> None:
    came(group, family)
    came(group, other_family)
    told = page(stranger, "socialization", group.id)
    assert "Daniels" in told
    assert "Ortega" not in told
    assert "and 1 other family" in told


def test_who_came_is_ticked_and_only_what_changed_is_written(
    visitor: Person, second_visitor: Person, family: Family, group: Socialization
) -> None:
    lima = family_of(visitor, "Lima")
    stood = came(group, family)
    inés, rosa = lima.children.get(), lima.caregivers.get()
    there = [str(one.pk) for one in (*family.children.all(), *family.caregivers.all())]
    typed = {
        "delivery": uuid4(), f"{family.pk}-people": there, f"initial-{family.pk}-people": there,
        f"{lima.pk}-people": [str(inés.pk), str(rosa.pk)],
    }  # fmt: skip
    answer = client_of(visitor).post(reverse("socialization_came", args=[group.id]), typed)
    assert answer["Location"] == reverse("socialization", args=[group.id])
    assert set(Attendance.objects.values_list("family", flat=True)) == {family.pk, lima.pk}
    of_lima = Attendance.objects.get(family=lima)
    assert (list(of_lima.children.all()), list(of_lima.caregivers.all())) == ([inés], [rosa])
    assert Attendance.objects.filter(pk=stood.pk).exists()
    assert [line.family for line in Line.objects.filter(verb="socializations.came")] == [lima.pk]


def test_a_family_that_is_unticked_did_not_come(
    visitor: Person, second_visitor: Person, family: Family, group: Socialization
) -> None:
    came(group, family)
    stood = {f"initial-{family.pk}-people": [str(one.pk) for one in family.children.all()]}
    client_of(visitor).post(reverse("socialization_came", args=[group.id]), {"delivery": uuid4(), **stood})
    assert not Attendance.objects.exists()


def test_somebody_of_another_family_cannot_be_ticked(
    visitor: Person, family: Family, other_family: Family, group: Socialization
) -> None:
    theirs = other_family.children.get()
    for at_whom in (family, other_family):
        client_of(visitor).post(
            reverse("socialization_came", args=[group.id]),
            {"delivery": uuid4(), f"{at_whom.pk}-people": [str(theirs.pk)]},
        )
    assert not Attendance.objects.exists()


def test_a_moment_of_a_group_is_kept_changed_and_asked_about(
    visitor: Person, family: Family, group: Socialization
) -> None:
    here, client = came(group, family), client_of(visitor)
    words = "Inés was happy and held the red ball out to Rosa."
    client.post(
        reverse("attendance", args=[here.id]), {"delivery": uuid4(), "words": words, "base_version": 1}
    )
    kept = Moment.objects.get()
    assert (kept.family, kept.socialization, kept.visit) == (family, group, None)
    told = page(visitor, "attendance", here.id)
    assert "<mark>happy</mark>" in told
    changed = {"delivery": uuid4(), "words": "Inés held the ball out to Rosa.", "base_version": kept.version}
    client.post(reverse("group_moment", args=[kept.id]), changed)
    kept.refresh_from_db()
    assert kept.words == "Inés held the ball out to Rosa."
    for name in ("group_moment_remove", "group_moment_restore"):
        client.post(reverse(name, args=[kept.id]), {"delivery": uuid4()})
    kept.refresh_from_db()
    assert kept.removed_at is None


def test_a_question_that_is_left_is_not_asked_again(
    visitor: Person, family: Family, group: Socialization
) -> None:
    here, client = came(group, family), client_of(visitor)
    client.post(
        reverse("attendance", args=[here.id]),
        {"delivery": uuid4(), "words": "Inés was happy.", "base_version": 1},
    )
    kept = Moment.objects.get()
    mark = page(visitor, "attendance", here.id).split('name="word" value="')[1].split('"')[0]
    client.post(reverse("group_moment_leave", args=[kept.id]), {"delivery": uuid4(), "word": mark})
    assert "<mark>" not in page(visitor, "attendance", here.id)


def test_a_supervisor_reads_moments_and_writes_none(
    supervisor: Person, visitor: Person, family: Family, group: Socialization
) -> None:
    here = came(group, family)
    Moment.objects.create(family=family, socialization=group, at=NOW, words="She was happy.", by=visitor)
    assert "She was happy." in page(supervisor, "attendance", here.id)
    assert "<mark>" in page(visitor, "attendance", here.id)
    typed = {"delivery": uuid4(), "words": "…", "base_version": 1}
    assert client_of(supervisor).post(reverse("attendance", args=[here.id]), typed).status_code == 404
    assert Moment.objects.count() == 1


def test_a_coordinator_reads_moments_only_for_an_open_reason(
    coordinator: Person, family: Family, group: Socialization
) -> None:
    here = came(group, family)
    address = reverse("attendance", args=[here.id])
    assert client_of(coordinator).get(address).status_code == 404
    Opening.objects.create(family=family, person=coordinator, reason="…", at=NOW, until=NOW.replace(hour=20))
    assert client_of(coordinator).get(address).status_code == 200


def test_reading_what_was_seen_is_a_line_in_the_log(
    visitor: Person, family: Family, group: Socialization
) -> None:
    page(visitor, "attendance", came(group, family).id)
    assert Line.objects.filter(verb="looked", family=family.id, by=visitor.id).count() == 1


def test_a_group_without_anybody_is_not_finished_and_says_why(visitor: Person, group: Socialization) -> None:
    answer = client_of(visitor).post(
        reverse("socialization_finish", args=[group.id]), {"delivery": uuid4(), "minutes": 90}
    )
    assert answer.status_code == 422
    assert "Note at least one family" in answer.content.decode()


def test_a_finished_group_is_read_and_no_longer_written(
    visitor: Person, family: Family, group: Socialization
) -> None:
    here, client = came(group, family), client_of(visitor)
    client.post(reverse("socialization_finish", args=[group.id]), {"delivery": uuid4(), "minutes": 95})
    group.refresh_from_db()
    assert (group.status, group.minutes) == ("done", 95)
    assert "Keep this moment" not in page(visitor, "attendance", here.id)
    answer = client.post(
        reverse("attendance", args=[here.id]), {"delivery": uuid4(), "words": "…", "base_version": 1}
    )
    assert answer.status_code == 422
    assert not Moment.objects.exists()


def test_not_held_and_put_back(visitor: Person, group: Socialization) -> None:
    client = client_of(visitor)
    client.post(
        reverse("socialization_not_held", args=[group.id]),
        {"delivery": uuid4(), "outcome": "cancelled_program"},
    )
    assert "cancelled by the program" in page(visitor, "socialization", group.id)
    client.post(reverse("socialization_put_back", args=[group.id]), {"delivery": uuid4()})
    group.refresh_from_db()
    assert group.status == "planned"


def test_who_came_takes_as_many_queries_for_many_families_as_for_one(
    visitor: Person, family: Family, group: Socialization
) -> None:
    client, address = client_of(visitor), reverse("socialization_came", args=[group.id])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(6):
        came(group, family_of(visitor, f"Family {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(one) + 2  # the first attendance brings its children and caregivers along
