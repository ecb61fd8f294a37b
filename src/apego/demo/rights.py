"""What lies on the coordinator's table: parents' requests about the record, a legal hold."""

from __future__ import annotations

from datetime import timedelta

from apego.demo.content import HoldTold, RequestTold
from apego.demo.people import of_role
from apego.demo.stage import Stage
from apego.records.actions import holds, requests
from apego.records.models import Role

ANSWERED_AFTER = 24  # days; younger ones are still open


def ask(stage: Stage, told: RequestTold) -> None:
    """Write down a request; one that is old enough was granted."""
    home = stage.homes[told.family]
    helen = of_role(stage, Role.COORDINATOR)[0]
    received = stage.today - timedelta(days=told.days_ago)
    request = requests.receive(
        id=stage.id("request", told.family, told.days_ago),
        family=home.family,
        caregiver=home.caregivers[told.who],
        kind=told.kind,
        words=told.words,
        received_on=received,
        by=helen,
        at=stage.at(received, "11:15"),
    )
    if told.days_ago > ANSWERED_AFTER:
        answered = received + timedelta(days=ANSWERED_AFTER)
        requests.answer(
            request=request, granted=True, words="", on=answered, by=helen, at=stage.at(answered, "09:20")
        )


def hold(stage: Stage, told: HoldTold) -> None:
    at = stage.ago(told.days_ago, "16:45")
    holds.set_up(
        id=stage.id("hold", told.family),
        family=stage.homes[told.family].family,
        reason=told.reason,
        by=of_role(stage, Role.COORDINATOR)[0],
        at=at,
    )
