"""What everybody who plays the program needs: the day it is opened, chance that repeats itself, and who is there.

The same seed and the same day give the same program: chance is drawn by name, never from one long stream, so
that a family's year does not change when another family is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from apego.demo.content import CaregiverTold, ChildTold, Content, FamilyTold
from apego.practice.ages import corrected_months
from apego.records.models import Caregiver, Child, Family, Person, Series

NAMES = UUID("6b1f6f0e-2c7e-4a51-9d4e-0d2f6a5b8c31")  # under which the ids of the invented program are made
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Stage:
    """The day on which the program is opened, its content, and the people once they are there."""

    now: datetime
    seed: str
    content: Content
    people: dict[str, Person] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.content.program.time_zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def enrolled(self, told: FamilyTold) -> date:
        """Give the day on which a family came in: before its first visit, also where today is its weekday."""
        return self.today - told.enrolled_weeks_ago * WEEK - timedelta(days=1)

    def id(self, *names: object) -> UUID:
        """Give the id of a record by its name."""
        return uuid5(NAMES, "/".join(map(str, (self.seed, *names))))

    def chance(self, *names: object) -> Random:
        """Give chance of its own for a name."""
        return Random("/".join(map(str, (self.seed, *names))))  # noqa: S311 - nothing is kept secret by it

    def at(self, day: date, clock: str) -> datetime:
        """Give a moment on the program's clock."""
        return datetime.combine(day, time.fromisoformat(clock), self.zone)

    def ago(self, days: int, clock: str) -> datetime:
        """Give a moment some days before today; today's own is never later than now."""
        return min(self.at(self.today - timedelta(days=days), clock), self.now)

    def last(self, weekday: int, weeks_ago: int = 0) -> date:
        """Give the last such weekday before today, or the one some weeks before it; below zero lies ahead."""
        back = (self.today.weekday() - weekday - 1) % 7 + 1
        return self.today - timedelta(days=back) - weeks_ago * WEEK


@dataclass(slots=True)
class Home:
    """A family as it is played: what the file tells, and the records once they are made."""

    told: FamilyTold
    family: Family
    visitors: list[Person]
    children: dict[str, Child] = field(default_factory=dict)
    caregivers: dict[str, Caregiver] = field(default_factory=dict)
    series: Series | None = None
    held: dict[int, UUID] = field(default_factory=dict)  # weeks ago -> the visit that was held

    def called(self, who: str) -> str:
        """Give how a person of this family is called when one talks of him."""
        told = self.person(who)
        return told.called or told.name.split()[0]

    def person(self, who: str) -> ChildTold | CaregiverTold:
        return self._people[who]

    def knows(self, who: str) -> bool:
        return who in self._people

    @property
    def _people(self) -> dict[str, ChildTold | CaregiverTold]:
        children = {one.id: one for one in self.told.children}
        return {**children, **{one.id: one for one in self.told.caregivers}}

    @property
    def at_home(self) -> list[str]:
        """The caregivers whom a visitor meets there: those whom the file credits, the first one most of all."""
        credited = {credit.adult for visit in self.told.visits for credit in visit.credits}
        return [one.id for one in self.told.caregivers if one.id in credited and not one.away]

    @property
    def signs(self) -> bool:
        return "ase" in self.told.home_languages

    def months(self, child: str, on: date) -> int:
        """Give a child's age on a day, by the month of its being due until it is two."""
        one = self.children[child]
        return corrected_months(one.born_on, on, one.weeks_early)


@dataclass(slots=True)
class Life:
    """What happens in a family, to be done in the order of time, whoever thought of it first."""

    happenings: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def then(self, at: datetime, do: Callable[[], object]) -> None:
        self.happenings.append((at, len(self.happenings), do))

    def go(self, until: datetime) -> None:
        """Do everything up to a moment. What lies after it has not happened."""
        for at, _, do in sorted(self.happenings, key=lambda one: one[:2]):
            if at <= until:
                do()
