"""Who sees whose records, on which day. Ana and Marisol visit the Ortega family; Ruth supervises them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apego.records.access import RULES, OutOfReach, Permission, find, may, visible
from apego.records.models import (
    AfterVisit,
    Assignment,
    Contact,
    Family,
    Focus,
    Moment,
    Opening,
    Person,
    SafetyNote,
    Transcript,
    Variant,
    Visit,
)
from tests.people import NOW, TODAY


def contact(family: Family, by: Person) -> Contact:
    return Contact.objects.create(family=family, at=NOW, how="call", words="…", by=by, made_at=NOW)


def test_a_visitor_sees_her_families_and_no_others(
    visitor: Person, family: Family, other_family: Family
) -> None:
    assert list(visible(visitor, Family)) == [family]
    with pytest.raises(OutOfReach):
        find(visitor, Family, other_family.id)


def test_both_visitors_of_a_family_see_it(second_visitor: Person, family: Family) -> None:
    assert find(second_visitor, Family, family.id) == family


def test_a_cover_sees_the_family_until_its_last_day(stranger: Person, family: Family) -> None:
    cover = Assignment.objects.create(family=family, visitor=stranger, kind="cover", since=TODAY, until=TODAY)
    from django.utils import timezone

    today = timezone.localdate()
    Assignment.objects.filter(pk=cover.pk).update(since=today, until=today)
    assert find(stranger, Family, family.id) == family
    Assignment.objects.filter(pk=cover.pk).update(since=today - timedelta(2), until=today - timedelta(1))
    with pytest.raises(OutOfReach):
        find(stranger, Family, family.id)


def test_a_supervisor_sees_what_her_visitors_see(
    supervisor: Person, other_supervisor: Person, visitor: Person, family: Family
) -> None:
    called = contact(family, visitor)
    assert find(supervisor, Contact, called.id) == called
    with pytest.raises(OutOfReach):
        find(other_supervisor, Contact, called.id)


def test_a_coordinator_knows_the_family_and_reads_nothing_without_a_reason(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    called = contact(family, visitor)
    assert find(coordinator, Family, family.id) == family
    with pytest.raises(OutOfReach):
        find(coordinator, Contact, called.id)


def test_a_reason_opens_one_family_to_one_coordinator_for_a_while(
    coordinator: Person, visitor: Person, family: Family, other_family: Family, stranger: Person
) -> None:
    from django.utils import timezone

    called, elsewhere = contact(family, visitor), contact(other_family, stranger)
    now = timezone.now()
    opening = Opening.objects.create(
        family=family, person=coordinator, reason="request", at=now, until=now + timedelta(hours=1)
    )
    assert list(visible(coordinator, Contact)) == [called]
    assert elsewhere not in visible(coordinator, Contact)
    Opening.objects.filter(pk=opening.pk).update(until=now)
    assert not visible(coordinator, Contact)


@pytest.mark.parametrize("kind", [AfterVisit, Focus])
def test_what_is_a_visitors_own_is_seen_by_nobody_else(
    kind: type[AfterVisit] | type[Focus],
    visitor: Person,
    second_visitor: Person,
    supervisor: Person,
    coordinator: Person,
    visit: Visit,
) -> None:
    own: AfterVisit | Focus = (
        Focus.objects.create(person=visitor, words="waiting")
        if kind is Focus
        else AfterVisit.objects.create(visit=visit, by=visitor)
    )
    assert find(visitor, kind, own.id) == own
    for other in (second_visitor, supervisor, coordinator):
        assert not visible(other, kind)


def test_a_conversation_is_the_supervisors_only_once_it_is_shared(
    visitor: Person, second_visitor: Person, supervisor: Person, other_supervisor: Person, family: Family
) -> None:
    kept = Transcript.objects.create(family=family, by=visitor, on=TODAY, keep_until=TODAY)
    assert find(visitor, Transcript, kept.id) == kept
    assert not visible(supervisor, Transcript)
    assert not visible(second_visitor, Transcript)
    Transcript.objects.update(shared_at=NOW)
    assert find(supervisor, Transcript, kept.id) == kept
    assert not visible(other_supervisor, Transcript)
    assert not visible(second_visitor, Transcript)


def test_only_who_works_with_the_family_writes(
    visitor: Person, stranger: Person, supervisor: Person, coordinator: Person, visit: Visit
) -> None:
    allowed = [
        who.login for who in (visitor, stranger, supervisor, coordinator) if may(who, Permission.WRITE, visit)
    ]
    assert allowed == ["ana"]


def test_every_rule_answers_for_every_role(
    visitor: Person, supervisor: Person, coordinator: Person, family: Family, visit: Visit
) -> None:
    """No rule fails, and nobody who has no family sees anything of one."""
    for kind in RULES:
        for who in (visitor, supervisor, coordinator):
            visible(who, kind).count()


def test_a_stranger_sees_nothing_of_the_family(
    stranger: Person, visitor: Person, family: Family, visit: Visit
) -> None:
    contact(family, visitor)
    SafetyNote.objects.create(family=family, at=NOW, words="…", by=visitor)
    Moment.objects.create(family=family, visit=visit, at=NOW, words="…", by=visitor)
    shown = {
        kind.__name__: visible(stranger, kind).count()
        for kind in (Family, Visit, Contact, SafetyNote, Moment)
    }
    assert shown == dict.fromkeys(shown, 0)


def test_a_coordinator_sees_her_own_edit_of_facts_kept_aside_and_no_other(
    coordinator: Person, visitor: Person, family: Family
) -> None:
    facts = {"family": family, "thing": family.id, "base_version": 1, "at": NOW, "made_at": NOW}
    own = Variant.objects.create(kind="family", by=coordinator, content={"address": "…"}, **facts)
    Variant.objects.create(kind="family", by=visitor, content={"hopes": "…"}, **facts)
    Variant.objects.create(kind="moment", by=coordinator, content={"words": "…"}, **facts)
    assert list(visible(coordinator, Variant)) == [own]
