"""The weeks of the invented program hold on whatever day it is opened."""

from __future__ import annotations

from datetime import timedelta

from apego.demo.content import content
from apego.demo.stage import Home, Stage
from apego.demo.weeks import weeks_of
from apego.records.models import Family
from tests.people import NOW


def test_no_family_is_visited_before_it_came_in_on_whatever_day_the_demo_is_opened() -> None:
    told = content()
    for days in range(400):
        stage = Stage(NOW + timedelta(days=days), "seed", told)
        for family in told.families.values():
            home = Home(family, Family(enrolled_on=stage.enrolled(family)), [])
            opening = next(weeks_of(stage, home))
            assert opening.day > stage.enrolled(family), (stage.today, family.slug)
