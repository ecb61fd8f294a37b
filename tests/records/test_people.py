"""What is done to people and to the program: the change, its line in the log, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from apego.records.actions import people, programs
from apego.records.actions.acting import NotPossible
from apego.records.models import Family, Invitation, Line, Person, Program, Role
from apego.records.people import (
    by_role,
    fresh_token,
    keys_of,
    open_invitation,
    staff,
    still_supervised,
    still_theirs,
)
from tests.people import NOW, person

LATER = NOW + timedelta(hours=1)
WORDS = "four plain words together"


def offered(to: Person, by: Person) -> tuple[str, Invitation]:
    token = fresh_token()
    return token, people.offer_link(person=to, token=token, by=by, at=NOW)


def test_inviting_again_with_the_same_id_is_the_same_person(coordinator: Person) -> None:
    id = uuid4()
    made = [
        people.invite(
            id=id, login="Luz", name="Luz", role=Role.VISITOR, language="es", by=coordinator, at=NOW
        )
        for _ in range(2)
    ]
    assert made[0] == made[1] and made[0].login == "luz" and not made[0].has_usable_password()
    assert made[0].made_at == NOW


def test_two_people_never_have_one_sign_in_name(coordinator: Person, visitor: Person) -> None:
    with pytest.raises(NotPossible, match="login-taken"):
        people.invite(
            id=uuid4(), login="ANA ", name="Ana", role=Role.VISITOR, language="es", by=coordinator, at=NOW
        )


def test_only_a_visitor_has_a_supervisor(coordinator: Person, supervisor: Person, visitor: Person) -> None:
    for role, chosen in ((Role.SUPERVISOR, supervisor), (Role.VISITOR, visitor)):
        with pytest.raises(NotPossible, match="not-her-supervisor"):
            people.invite(
                id=uuid4(),
                login="x",
                name="X",
                role=role,
                language="en",
                supervisor=chosen,
                by=coordinator,
                at=NOW,
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(login="y", name="Y", role=Role.SUPERVISOR, supervisor=supervisor)


class TestLink:
    def test_it_is_kept_as_a_hash(self, coordinator: Person, visitor: Person) -> None:
        token, invitation = offered(visitor, coordinator)
        assert token not in str(Invitation.objects.values()) and len(invitation.token_hash) == 64

    def test_it_opens_once(self, coordinator: Person, visitor: Person) -> None:
        token, _ = offered(visitor, coordinator)
        invitation = open_invitation(token, LATER)
        assert invitation is not None
        people.accept(invitation=invitation, password=WORDS, by=visitor, at=LATER)
        assert open_invitation(token, LATER) is None
        with pytest.raises(NotPossible, match="link-over"):
            people.accept(invitation=invitation, password=WORDS + "!", by=visitor, at=LATER)
        visitor.refresh_from_db()
        assert visitor.check_password(WORDS)

    def test_it_is_over_after_three_days(self, coordinator: Person, visitor: Person) -> None:
        token, invitation = offered(visitor, coordinator)
        last = NOW + timedelta(days=people.LINK_DAYS)
        assert open_invitation(token, last - timedelta(seconds=1))
        assert open_invitation(token, last) is None
        with pytest.raises(NotPossible, match="link-over"):
            people.accept(invitation=invitation, password=WORDS, by=visitor, at=last)

    def test_a_newer_one_closes_it(self, coordinator: Person, visitor: Person) -> None:
        first, _ = offered(visitor, coordinator)
        second = fresh_token()
        people.offer_link(person=visitor, token=second, by=coordinator, at=LATER)
        assert open_invitation(first, LATER) is None and open_invitation(second, LATER)

    def test_it_opens_nothing_for_who_has_left(self, coordinator: Person, visitor: Person) -> None:
        token, _ = offered(visitor, coordinator)
        people.deactivate(person=visitor, by=coordinator, at=NOW)
        assert open_invitation(token, LATER) is None
        with pytest.raises(NotPossible, match="person-left"):
            people.offer_link(
                person=Person.objects.get(id=visitor.id), token=fresh_token(), by=coordinator, at=LATER
            )

    def test_a_word_that_is_no_token_opens_nothing(self, visitor: Person) -> None:
        assert open_invitation("", NOW) is None and open_invitation("guessed", NOW) is None


class TestLeaving:
    def test_no_key_opens_any_more(self, coordinator: Person, visitor: Person) -> None:
        visitor.set_password(WORDS)
        visitor.save()
        keys_of(visitor).create(user=visitor, type="totp", data={})
        people.deactivate(person=visitor, by=coordinator, at=NOW)
        visitor.refresh_from_db()
        assert not visitor.is_active and not visitor.check_password(WORDS)
        assert not keys_of(visitor).exists()

    def test_nobody_sends_herself_away(self, coordinator: Person) -> None:
        with pytest.raises(NotPossible, match="not-yourself"):
            people.deactivate(person=coordinator, by=coordinator, at=NOW)

    def test_of_two_coordinators_one_stays(self, coordinator: Person) -> None:
        other = person("grace", Role.COORDINATOR)
        people.deactivate(person=other, by=coordinator, at=NOW)
        with pytest.raises(NotPossible, match="gone-meanwhile"):
            people.deactivate(person=coordinator, by=other, at=NOW)

    def test_her_families_are_named(self, visitor: Person, supervisor: Person, family: Family) -> None:
        assert still_theirs(visitor) == [family]
        assert still_theirs(supervisor) == []

    def test_she_comes_back_with_nothing_but_her_name(self, coordinator: Person, visitor: Person) -> None:
        people.deactivate(person=visitor, by=coordinator, at=NOW)
        back = people.welcome_back(person=visitor, by=coordinator, at=LATER)
        assert back.is_active and not back.has_usable_password()


class TestChange:
    def change(self, who: Person, by: Person, **more: object) -> Person:
        told: dict[str, Any] = {
            "name": who.name,
            "role": Role(who.role),
            "supervisor": who.supervisor,
            "language": who.language,
        } | more
        return people.change(person=who, by=by, at=NOW, **told)

    def test_a_name_and_a_language(self, coordinator: Person, visitor: Person) -> None:
        changed = self.change(visitor, coordinator, name="Ana María", language="en")
        assert (changed.name, changed.language) == ("Ana María", "en")

    def test_a_visitor_with_families_stays_a_visitor(
        self, coordinator: Person, visitor: Person, family: Family
    ) -> None:
        with pytest.raises(NotPossible, match="still-visits"):
            self.change(visitor, coordinator, role=Role.SUPERVISOR, supervisor=None)

    def test_a_supervisor_of_visitors_stays_a_supervisor(
        self, coordinator: Person, supervisor: Person, visitor: Person
    ) -> None:
        assert still_supervised(supervisor) == [visitor]
        with pytest.raises(NotPossible, match="still-supervises"):
            self.change(supervisor, coordinator, role=Role.VISITOR)

    def test_a_visitor_without_families_may_become_a_supervisor(
        self, coordinator: Person, visitor: Person
    ) -> None:
        assert self.change(visitor, coordinator, role=Role.SUPERVISOR, supervisor=None).is_supervisor

    def test_nobody_changes_her_own_role(self, coordinator: Person) -> None:
        with pytest.raises(NotPossible, match="not-yourself"):
            self.change(coordinator, coordinator, role=Role.VISITOR)


def test_every_action_writes_its_line_with_ids_and_no_words(coordinator: Person, visitor: Person) -> None:
    people.change(
        person=visitor, name="Xochitl", role=Role.VISITOR, supervisor=visitor.supervisor, language="es",
        by=coordinator, at=NOW,
    )  # fmt: skip
    people.take_keys_back(person=visitor, by=coordinator, at=NOW)
    lines = list(Line.objects.filter(thing=visitor.id).order_by("id").values("verb", "by", "kind", "family"))
    assert [line["verb"] for line in lines] == ["people.change", "people.take_keys_back"]
    assert all(line["by"] == coordinator.id and line["family"] is None for line in lines)
    assert "Xochitl" not in str(list(Line.objects.values()))


def test_a_supervisor_sees_her_visitors_and_a_coordinator_everybody(
    coordinator: Person, supervisor: Person, visitor: Person, stranger: Person
) -> None:
    assert {one.login for one in staff(supervisor, NOW)} == {"ruth", "ana"}
    everybody = staff(coordinator, NOW)
    assert {one.login for one in everybody} == {"helen", "ruth", "gloria", "ana", "keisha"}
    assert [role for role, _ in by_role(everybody)] == [Role.COORDINATOR, Role.SUPERVISOR, Role.VISITOR]


def test_an_installation_holds_one_program(db: None) -> None:
    id = uuid4()
    made = [
        programs.found(id=id, name="Bluestem", time_zone="America/Chicago", by=None, at=NOW) for _ in range(2)
    ]
    assert made[0] == made[1]
    with pytest.raises(NotPossible, match="set-up-before"):
        programs.found(id=uuid4(), name="Another", time_zone="America/Chicago", by=None, at=NOW)
    assert Program.objects.count() == 1


def test_what_the_program_decides_is_kept(program: Program, coordinator: Person) -> None:
    programs.decide(
        program=program, name="Bluestem", time_zone="America/Denver", year_starts_month=8, year_starts_day=15,
        parent_signs=True, retention_months=60, transcript_months=6, by=coordinator, at=NOW,
    )  # fmt: skip
    program.refresh_from_db()
    assert (program.time_zone, program.year_starts_day, program.parent_signs) == ("America/Denver", 15, True)
    assert Line.objects.filter(verb="programs.decide", thing=program.id).exists()
