"""What is done to the program itself: founded once, and its settings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apego.records.actions.acting import NotPossible, action, locked
from apego.records.models import Person, Program


@action
def found(*, id: UUID, name: str, time_zone: str, by: Person | None, at: datetime) -> Program:
    """Make the one program of this installation. Another one is another installation."""
    standing = Program.objects.first()
    if standing and standing.id != id:
        raise NotPossible("set-up-before")
    return standing or Program.objects.create(id=id, name=name, time_zone=time_zone, made_at=at)


@action
def decide(
    *,
    program: Program,
    name: str,
    time_zone: str,
    year_starts_month: int,
    year_starts_day: int,
    parent_signs: bool,
    retention_months: int,
    transcript_months: int,
    by: Person,
    at: datetime,
) -> Program:
    """Write what the program has decided. Times are kept in UTC, so another zone moves no visit."""
    program = locked(program)
    program.name, program.time_zone = name, time_zone
    program.year_starts_month, program.year_starts_day = year_starts_month, year_starts_day
    program.parent_signs = parent_signs
    program.retention_months, program.transcript_months = retention_months, transcript_months
    program.save(
        update_fields=[
            "name",
            "time_zone",
            "year_starts_month",
            "year_starts_day",
            "parent_signs",
            "retention_months",
            "transcript_months",
        ]
    )
    return program
