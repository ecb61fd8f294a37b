"""The plans of the visits ahead: made with the parent, on what is known of the last visit, by the child's age."""

from __future__ import annotations

from datetime import datetime
from random import Random

from apego.demo.stage import Home, Stage
from apego.demo.weeks import ahead
from apego.records import planning
from apego.records.actions import plans, visits
from apego.records.models import Child, Visit

OF_TEN = 7  # the others are still to be planned


def plan(stage: Stage, home: Home) -> None:
    """Plan most visits of the week ahead; where two visitors share a family, one of them goes, or both."""
    for visit in ahead(stage, home):
        chance = stage.chance(home.told.slug, "plan", visit.planned_at.date())
        if len(home.visitors) > 1:
            _who_goes(stage, home, visit, chance)
        if chance.randrange(10) < OF_TEN:
            _plan(stage, home, visit, chance)


def _who_goes(stage: Stage, home: Home, visit: Visit, chance: Random) -> None:
    goes = [home.visitors, home.visitors[:1], home.visitors[1:]][chance.randrange(3)]
    visits.change(
        visit=visit, base_version=visit.version, visitors=goes, by=home.visitors[0], at=_evening(stage, home)
    )


def _plan(stage: Stage, home: Home, visit: Visit, chance: Random) -> None:
    children: list[Child] = list(home.children.values())
    day = stage.today
    offered = planning.offers(children, day)
    fitting = [offer.id for sort in offered.values() for offer in sort]
    asked = [one.id for one in planning.questions(children, day)]
    last = home.told.visits[-1]
    plans.write(
        visit=visit,
        base_version=0,
        hope=last.next,
        invitations=chance.sample(fitting, k=min(2, len(fitting))),
        questions=chance.sample(asked, k=min(2, len(asked))),
        made_with=[home.caregivers[home.at_home[0]]],
        by=visit.visitors.order_by("made_at")[0],
        at=_evening(stage, home),
    )


def _evening(stage: Stage, home: Home) -> datetime:
    """Give the evening of the last visit, on which the next one was thought of."""
    return stage.at(stage.last(home.told.weekday), "19:10")
