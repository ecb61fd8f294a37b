"""The program is founded and its people come in: a coordinator, supervisors, visitors."""

from __future__ import annotations

from datetime import datetime, timedelta

from apego.demo.stage import Stage
from apego.records.actions import people, programs
from apego.records.models import Person, Role
from apego.records.people import fresh_token

BEFORE = timedelta(weeks=90)  # the program is older than the first family that is told of


def come_in(stage: Stage) -> None:
    """Found the program; the coordinator comes first, then whom the visitors answer to, then the visitors."""
    told = stage.content.program
    at = stage.at((stage.now - BEFORE).date(), "09:00")
    program = programs.found(id=stage.id("program"), name=told.name, time_zone=told.time_zone, by=None, at=at)
    helen: Person | None = None
    for role in (Role.COORDINATOR, Role.SUPERVISOR, Role.VISITOR):
        for one in (person for person in told.people if person.role == role):
            stage.people[one.id] = people.invite(
                id=stage.id("person", one.id),
                login=one.id,
                name=one.name,
                role=role,
                language=one.language,
                supervisor=stage.people[one.supervisor] if one.supervisor else None,
                by=helen,
                at=at,
            )
            helen = helen or stage.people[one.id]
            stage.people[one.id] = _open_link(stage.people[one.id], helen, at)
    assert helen is not None  # noqa: S101 - program.toml has a coordinator, which a test holds
    month, day = map(int, told.year_start.split("-"))
    programs.decide(
        program=program,
        name=told.name,
        time_zone=told.time_zone,
        year_starts_month=month,
        year_starts_day=day,
        parent_signs=False,
        retention_months=program.retention_months,
        transcript_months=program.transcript_months,
        by=helen,
        at=at,
    )


def _open_link(person: Person, helen: Person, at: datetime) -> Person:
    """Let a person in by a link, with a password that nobody knows: in the demo one click opens."""
    token = fresh_token()
    link = people.offer_link(person=person, token=token, by=helen, at=at)
    return people.accept(invitation=link, password=fresh_token(), by=person, at=at + timedelta(hours=1))


def of_role(stage: Stage, role: Role) -> list[Person]:
    return [one for one in stage.people.values() if one.role == role]
