"""Reflective supervision: what a supervisor and a visitor talked about, and what they agreed."""

from __future__ import annotations

from datetime import timedelta

from apego.demo.content import SessionTold
from apego.demo.stage import Stage
from apego.records.actions import supervisions

AFTERNOON = 4  # supervision is on Fridays, when few visits are


def talk(stage: Stage, told: SessionTold, number: int) -> None:
    """Note a session. What was agreed says for whom it is."""
    visitor = stage.people[told.visitor]
    supervisor = visitor.supervisor
    assert supervisor is not None  # noqa: S101 - every visitor of the content has one
    names = {told.visitor: visitor.name, "supervisor": supervisor.name}
    both = "Las dos" if told.language == "es" else "Both of us"
    on = stage.at(stage.last(AFTERNOON, told.weeks_ago), "15:30" if number % 2 else "14:00")
    supervisions.note(
        id=stage.id("supervision", told.visitor, told.weeks_ago),
        visitor=visitor,
        on=on,
        notes=told.notes,
        agreements="\n".join(f"{names.get(one.who, both)}: {one.words}" for one in told.agreements),
        by=supervisor,
        at=on + timedelta(minutes=told.minutes),
    )
