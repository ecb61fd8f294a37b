"""A large program, state-wide: 400 visitors, 5,000 families, 250,000 visits. It makes the records, not the figures.

`./dev bench statewide` fills the installation that the environment names (APEGO_DATA or DATABASE_URL), which must be
empty; `./dev bench pages` and `./dev bench crowd` then measure on it. Names and words are made by chance from a
seed and mean nothing; they are sealed as real ones are. A smaller program: `./dev bench statewide 0.1`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import django

VISITORS, FAMILIES, VISITS, SUPERVISORS = 400, 5000, 250_000, 40
SEED = 20261123
SYLLABLES = (
    "ma",
    "ri",
    "so",
    "lu",
    "na",
    "te",
    "be",
    "jo",
    "ke",
    "al",
    "va",
    "dri",
    "sha",
    "no",
    "el",
    "is",
    "ó",
    "qué",
)
WORDS = (
    "reached for the lid and looked up",
    "set the cup on her mother's knee, twice",
    "le dio la cuchara y esperó",
    "banged the pot; her father banged it back",
    "volteó en cuanto oyó su nombre",
    "pointed at the fan and said “fa”",
)


def main(arguments: list[str]) -> int:
    """Fill an empty installation; say how long it took and how large it is."""
    django.setup()
    from django.core.management import call_command

    from apego.records.models import Program

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if Program.objects.exists():
        print("This installation holds a program already; name an empty one with APEGO_DATA or DATABASE_URL.")
        return 2
    scale = float(arguments[0]) if arguments else 1.0
    began = time.perf_counter()
    counts = fill(scale)
    print(
        ", ".join(f"{count:,} {kind}" for kind, count in counts.items()),
        f"in {time.perf_counter() - began:.0f} s",
    )
    return 0


def fill(scale: float) -> dict[str, int]:
    """Make the program at a scale; give how many of what."""
    from apego.records.models import Family, Moment, Program, Visit

    by_chance = random.Random(SEED)  # noqa: S311 - the same program every time, no secret
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    Program.objects.create(name="State-wide", time_zone="America/Chicago")
    visitors = _staff(by_chance, scale)
    enrolled = now.date() - timedelta(weeks=55)
    families = [
        Family(name=_name(by_chance), enrolled_on=enrolled, home_languages=["spa"])
        for _ in range(round(FAMILIES * scale))
    ]
    _write(Family, families)
    going = {family.pk: visitors[number % len(visitors)] for number, family in enumerate(families)}
    mothers = _households(by_chance, families, going, now)
    visits = list(_visits(families, round(VISITS * scale) // len(families), now))
    held = [visit for visit in visits if visit.status == Visit.Status.DONE]
    _write(Visit, visits)
    went, there = Visit.visitors.through, Visit.caregivers.through
    _write(went, (went(visit_id=visit.pk, person_id=going[visit.family_id].pk) for visit in visits))
    _write(there, (there(visit_id=visit.pk, caregiver_id=mothers[visit.family_id]) for visit in held))
    _write(Moment, (_moment(by_chance, visit, going[visit.family_id]) for visit in held))
    return {"visitors": len(visitors), "families": len(families), "visits": len(visits), "moments": len(held)}


def _staff(by_chance: random.Random, scale: float) -> list[Any]:
    """Write a coordinator, the supervisors and the visitors; give the visitors."""
    from apego.records.models import Person, Role

    def people(role: Role, count: int, supervisors: Sequence[Any] = (None,)) -> list[Any]:
        made = [
            Person(
                login=f"{role}-{number}",
                name=_name(by_chance),
                role=role,
                supervisor=supervisors[number % len(supervisors)],
            )
            for number in range(max(1, count))
        ]
        return list(Person.objects.bulk_create(made))

    people(Role.COORDINATOR, 1)
    supervisors = people(Role.SUPERVISOR, round(SUPERVISORS * scale))
    return people(Role.VISITOR, round(VISITORS * scale), supervisors)


def _households(
    by_chance: random.Random, families: Sequence[Any], going: dict[Any, Any], now: datetime
) -> dict[Any, Any]:
    """Write who lives in each family, who visits it and a call; give the mother's id by family."""
    from apego.records.models import Assignment, Caregiver, Child, Contact

    def born() -> date:
        return now.date() - timedelta(days=by_chance.randrange(60, 1700))

    def birthday() -> str:
        return f"{by_chance.randrange(1, 13):02}-15"

    def called() -> datetime:
        return now - timedelta(days=by_chance.randrange(1, 30))

    _write(Child, (Child(family=family, name=_name(by_chance), born_on=born()) for family in families))
    mothers = [
        Caregiver(family=family, name=_name(by_chance), relation="mother", birthday=birthday())
        for family in families
    ]
    _write(Caregiver, mothers)
    _write(
        Assignment,
        (
            Assignment(family=family, visitor=going[family.pk], since=family.enrolled_on)
            for family in families
        ),
    )
    _write(
        Contact,
        (Contact(family=family, at=called(), how="call", by=going[family.pk]) for family in families),
    )
    return {mother.family_id: mother.pk for mother in mothers}


def _moment(by_chance: random.Random, visit: Any, by: Any) -> Any:
    from apego.records.models import Moment

    words = by_chance.choice(WORDS)
    return Moment(
        family_id=visit.family_id, visit=visit, at=visit.planned_at, words=words, kinds=["respond"], by=by
    )


def _visits(families: Sequence[Any], each: int, now: datetime) -> Iterator[Any]:
    from apego.records.models import Visit

    for family in families:
        for week in range(each):
            at = now - timedelta(weeks=week - 1, hours=week % 7)
            done = at < now - timedelta(hours=2)
            yield Visit(
                family=family,
                planned_at=at,
                status=Visit.Status.DONE if done else Visit.Status.PLANNED,
                started_at=at if done else None,
                ended_at=at + timedelta(minutes=90) if done else None,
            )


def _name(by_chance: random.Random) -> str:
    return " ".join(
        "".join(by_chance.choice(SYLLABLES) for _ in range(by_chance.randrange(2, 4))).capitalize()
        for _ in range(2)
    )


def _write(model: Any, rows: Iterable[Any], batch: int = 2000) -> None:
    """Write rows in batches, so that a quarter of a million never stand in memory at once."""
    left = iter(rows)
    while some := list(islice(left, batch)):
        model._default_manager.bulk_create(some)
