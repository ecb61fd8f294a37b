"""Group socializations: planned with the families, who came, what was seen; one is still ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from apego.demo.content import GatheringTold, MomentTold
from apego.demo.stage import Home, Stage
from apego.practice.quoting import quoted
from apego.records.actions import socializations
from apego.records.models import Attendance, Socialization

PLANNED = timedelta(days=16)  # before the day


def gather(stage: Stage, told: GatheringTold, number: int) -> None:
    """Plan a gathering; where its day has come, note who came, keep what was seen, finish it."""
    begins = stage.at(stage.last(told.weekday, told.weeks_ago), told.time)
    homes = {slug: stage.homes[slug] for slug in told.families if slug in stage.homes}
    by = stage.people[told.led_by[0]]
    planned = socializations.plan(
        id=stage.id("gathering", number),
        facts={
            "at": begins,
            "place": told.place,
            "question": told.question,
            # The plan is open to the whole program: what was said stands there, and not who said it.
            "predictions": "\n".join(quoted(one.words) for one in told.predictions if one.family in homes),
            "areas": "\n".join(f"{area.name}: {area.things}" for area in told.areas),
            "look_for": "\n".join(f"{area.name}: {area.look_for}" for area in told.areas),
            "song": told.song,
            "closing": told.closing,
            "take_home": told.take_home,
        },
        visitors=[stage.people[visitor] for visitor in told.led_by],
        planned_with=[
            homes[one.family].caregivers[one.who] for one in told.predictions if one.family in homes
        ],
        by=by,
        at=min(begins - PLANNED, stage.now),
    )
    ends = begins + timedelta(minutes=told.minutes)
    if ends > stage.now or not homes:
        return
    came = {slug: _came(stage, planned, home, told, ends) for slug, home in homes.items()}
    for place, moment in enumerate(one for one in told.moments if one.family in homes):
        _seen(stage, came[moment.family], homes[moment.family], moment, (number, place), told, ends)
    socializations.finish(socialization=planned, minutes=told.minutes, by=by, at=ends + timedelta(minutes=40))


def _came(stage: Stage, group: Socialization, home: Home, told: GatheringTold, at: datetime) -> Attendance:
    """Note that a family came: its children, the adult at home, and whoever said or did something there."""
    spoke = {one.who for one in told.predictions if one.family == home.told.slug}
    words = " ".join(one.words for one in told.moments if one.family == home.told.slug)
    named = {one.id for one in home.told.caregivers if home.called(one.id) in words}
    adults = [adult for adult in home.caregivers if adult in spoke | named] or home.at_home[:1]
    return socializations.came(
        socialization=group,
        family=home.family,
        children=home.children.values(),
        caregivers=[home.caregivers[adult] for adult in adults],
        by=home.visitors[0],
        at=at,
    )


def _seen(
    stage: Stage,
    attendance: Attendance,
    home: Home,
    moment: MomentTold,
    name: tuple[int, int],
    told: GatheringTold,
    ends: datetime,
) -> None:
    socializations.keep(
        id=stage.id("gathering-moment", *name),
        attendance=attendance,
        words=moment.words,
        children=[home.children[moment.child]],
        parent_words=moment.parent_words,
        kinds=list(moment.kinds),
        capacities=list(moment.capacities),
        domains=list(moment.domains),
        by=home.visitors[0],
        at=ends - timedelta(minutes=told.minutes // 2 - name[1]),
    )
