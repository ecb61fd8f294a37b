"""A family's weeks: on which day a visit was to be, and what became of it.

What the family's file tells stands where it is told; the weeks between are drawn: most were held, a few were
cancelled by the family or the program, or nobody was home. Visits ahead are planned and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid5

from apego.demo.bank import Bank
from apego.demo.content import ConversationTold, FromBank, VisitTold
from apego.demo.stage import WEEK, Home, Life, Stage
from apego.demo.visits import Held, first, from_bank, hold, told_there
from apego.records.actions import contacts, series, visits
from apego.records.models import Visit

SOON = 3  # a visit told so few weeks after the enrolment is the family's first
CLOSED = {"12-24", "12-25", "12-26", "12-31", "01-01", "07-03", "07-04"}
# Weekday of a closed day -> how far from it a visit was moved, the best first: not all to the same day.
INSTEAD = {
    0: (1, 2, 3, -4),
    1: (1, 2, -1, 3),
    2: (-1, -2, 1, 2),
    3: (-1, -2, 4, 5, -3),
    4: (-3, -4, 3, 4, -2),
}
NEAR = timedelta(hours=2)  # a visitor is not in two homes at once
# Of a hundred weeks that no file tells: so many were not held, and how.
CANCELLED_BY_FAMILY, CANCELLED_BY_PROGRAM, ATTEMPTED = 6, 3, 2
Spoken = Mapping[int, ConversationTold]  # weeks ago -> the conversation that is kept of that visit
MADE_UP = 0.8  # of what the program cancelled; the rest is still owed


@dataclass(frozen=True, slots=True)
class Week:
    """A week's visit: its day by the series, the day that was agreed on, and what the file tells of it."""

    ago: int
    by_series: date
    day: date
    told: VisitTold | None
    is_first: bool


def lay_out(stage: Stage, home: Home, life: Life, bank: Bank, spoken: Spoken) -> None:
    """Put a family's visits into its life, from the first to those of the week ahead."""
    weeks = list(weeks_of(stage, home))
    opening = weeks[0]
    life.then(stage.at(home.family.enrolled_on, "10:00"), lambda: _begin(stage, home, opening))
    # The newest visits draw first from the banks: where words run out, it is the oldest that have fewer.
    for week in reversed(weeks):
        if week.day != week.by_series:
            life.then(stage.at(week.by_series - WEEK, "15:00"), lambda week=week: _move(stage, home, week))  # type: ignore[misc]
        _become(stage, home, life, bank, week, spoken.get(week.ago))
    for told in home.told.visits:
        if told.kind == "make_up":
            _made_up_as_told(stage, home, life, told)


def visit_of(home: Home, week: Week, stage: Stage) -> Visit:
    """Give the visit of a week. Its id is made as the series makes it."""
    if week.is_first or home.series is None:
        return Visit.objects.get(id=stage.id(home.told.slug, "first-visit"))
    return Visit.objects.get(id=uuid5(home.series.id, week.by_series.isoformat()))


def weeks_of(stage: Stage, home: Home) -> Iterator[Week]:
    """Give a family's weeks from its first visit, which comes after it enrolled, to the one ahead."""
    told = {visit.weeks_ago: visit for visit in home.told.visits if visit.kind != "make_up"}
    earliest = max(told)
    enrolled = home.told.enrolled_weeks_ago
    begins = earliest if earliest >= enrolled - SOON else enrolled - 1
    for ago in range(begins, -2, -1):
        day = stage.last(home.told.weekday, ago)
        yield Week(ago, day, _agreed(stage, home, day), told.get(ago), is_first=ago == begins)


def _agreed(stage: Stage, home: Home, day: date) -> date:
    """Give the day itself, or where the program is closed the one to which the visit was moved."""
    if not _closed(day):
        return day
    around = (day + timedelta(days=days) for days in INSTEAD[day.weekday()])
    known = (one for one in around if one > home.family.enrolled_on)
    return next(
        (one for one in known if (one < stage.today) == (day < stage.today) and _free(stage, home, one)), day
    )


def _free(stage: Stage, home: Home, day: date) -> bool:
    """True on a working day on which the visitors are with no other family of theirs at that time."""
    hour = stage.at(day, home.told.time)
    others = (
        stage.at(day, other.time)
        for other in stage.content.families.values()
        if other.weekday == day.weekday() and set(other.visitors) & set(home.told.visitors)
    )
    return day.weekday() < 5 and not _closed(day) and all(abs(other - hour) >= NEAR for other in others)


def _closed(day: date) -> bool:
    thanksgiving = {3: range(22, 29), 4: range(23, 30)}  # the fourth Thursday of November, and the day after
    return f"{day:%m-%d}" in CLOSED or (day.month == 11 and day.day in thanksgiving.get(day.weekday(), ()))


def _begin(stage: Stage, home: Home, opening: Week) -> None:
    """Plan the first visit, and the weekly ones from the week after."""
    at = stage.at(home.family.enrolled_on, "10:00")
    slug = home.told.slug
    visits.schedule(
        id=stage.id(slug, "first-visit"),
        family=home.family,
        planned_at=stage.at(opening.day, home.told.time),
        visitors=home.visitors,
        is_first=True,
        by=home.visitors[0],
        at=at,
    )
    home.series = series.begin(
        id=stage.id(slug, "series"),
        family=home.family,
        visitor=home.visitors[0],
        weekday=home.told.weekday,
        time=time.fromisoformat(home.told.time),
        since=opening.by_series + timedelta(days=1),
        by=home.visitors[0],
        at=at,
    )
    # All weeks at once: laid out week by week as time goes by, they took a tenth of the whole play.
    series.lay_out(series=home.series, upto=stage.today + series.AHEAD, by=home.visitors[0], at=at)


def _move(stage: Stage, home: Home, week: Week) -> None:
    visit = visit_of(home, week, stage)
    visits.reschedule(
        visit=visit,
        planned_at=stage.at(week.day, home.told.time),
        base_version=visit.version,
        by=home.visitors[0],
        at=stage.at(week.by_series - WEEK, "15:00"),
    )


def _become(
    stage: Stage, home: Home, life: Life, bank: Bank, week: Week, spoken: ConversationTold | None
) -> None:
    """Say what became of a week's visit."""
    if week.ago < 0:
        return
    if week.told and week.told.status == "done":
        _hold(stage, home, life, week, told_there(stage, home, week.told, week.day))
    elif week.told:
        _not_held(stage, home, life, week, week.told.status, week.told.reason, week.told.reason_words)
    elif week.is_first or spoken:
        _hold(stage, home, life, week, from_bank(stage, home, bank, week.day, spoken))
    else:
        _drawn(stage, home, life, bank, week)


def _hold(stage: Stage, home: Home, life: Life, week: Week, held: Held) -> None:
    def happen() -> None:
        visit = visit_of(home, week, stage)
        if week.is_first:
            first(stage, home, held, all_said=home.told.enrolled_weeks_ago > SOON)
        hold(stage, home, visit, held)
        home.held[week.ago] = visit.id

    life.then(held.times.starts, happen)


def _drawn(stage: Stage, home: Home, life: Life, bank: Bank, week: Week) -> None:
    chance = stage.chance(home.told.slug, "week", week.ago)
    drawn = chance.randrange(100)
    if drawn < CANCELLED_BY_FAMILY:
        _cancelled(stage, home, life, bank, week, "family")
    elif drawn < CANCELLED_BY_FAMILY + CANCELLED_BY_PROGRAM:
        if _cancelled(stage, home, life, bank, week, "program") and chance.random() < MADE_UP:
            _made_up(stage, home, life, bank, week)
    elif drawn < CANCELLED_BY_FAMILY + CANCELLED_BY_PROGRAM + ATTEMPTED:
        _not_held(stage, home, life, week, "attempted", "nobody_home", "")
    else:
        _hold(stage, home, life, week, from_bank(stage, home, bank, week.day))


def _made_up(stage: Stage, home: Home, life: Life, bank: Bank, week: Week) -> None:
    """Make a visit up within the next days, where there is a free hour."""
    days = [week.day + timedelta(days=days) for days in range(2, 13)]
    free = [day for day in days if _free(stage, home, day)]
    if free:
        _make_up(stage, home, life, week, from_bank(stage, home, bank, free[0]))


def _cancelled(stage: Stage, home: Home, life: Life, bank: Bank, week: Week, by: str) -> FromBank | None:
    chance = stage.chance(home.told.slug, "cancelled", week.ago)
    entry = bank.choose("cancelled_reason", home, chance, lambda one: one.by == by)
    if entry is None:
        _hold(stage, home, life, week, from_bank(stage, home, bank, week.day))
        return None
    child, adult = home.called(home.told.children[0].id), home.called(home.at_home[0])
    words = entry.said(home.told.language, child=child, adult=adult)
    _not_held(stage, home, life, week, f"cancelled_{by}", entry.reason, words)
    return entry


def _not_held(
    stage: Stage, home: Home, life: Life, week: Week, outcome: str, reason: str, words: str
) -> None:
    """Say that a visit was not held; what was said about it on that day is a contact."""
    at = stage.at(week.day, home.told.time)
    at += timedelta(minutes=20 if outcome == "attempted" else -95)
    visitor = home.visitors[0]

    def happen() -> None:
        visit = visit_of(home, week, stage)
        visits.not_held(visit=visit, outcome=outcome, reason=reason, by=visitor, at=at)
        if words:
            contacts.record(
                id=stage.id(home.told.slug, "not-held", week.ago),
                family=home.family,
                when=at,
                how="other" if outcome == "attempted" else "message",
                caregiver=home.caregivers[home.at_home[0]],
                words=words,
                by=visitor,
                at=at,
            )

    life.then(at, happen)


def _make_up(stage: Stage, home: Home, life: Life, missed: Week, held: Held) -> None:
    """Plan a visit in place of one that was not held, a day after that, and hold it."""
    id = stage.id(home.told.slug, "make-up", missed.ago)
    agreed = stage.at(missed.day, home.told.time) + timedelta(hours=2)

    def plan() -> None:
        visit = visit_of(home, missed, stage)
        visits.make_up(id=id, visit=visit, planned_at=held.times.planned, by=home.visitors[0], at=agreed)

    life.then(agreed, plan)
    if held.times.finished <= stage.now:
        life.then(held.times.starts, lambda: hold(stage, home, Visit.objects.get(id=id), held))


def _made_up_as_told(stage: Stage, home: Home, life: Life, told: VisitTold) -> None:
    """A make-up of the file: on a weekday of its own in its week, for the last visit before it that was missed."""
    assert told.weekday is not None  # noqa: S101 - a test holds it
    day = stage.last(home.told.weekday, told.weeks_ago) + timedelta(days=told.weekday - home.told.weekday)
    missed = min(
        (one for one in home.told.visits if one.status != "done" and one.weeks_ago > told.weeks_ago),
        key=lambda one: one.weeks_ago,
    )
    week = next(one for one in weeks_of(stage, home) if one.ago == missed.weeks_ago)
    _make_up(stage, home, life, week, told_there(stage, home, told, day))


def ahead(stage: Stage, home: Home) -> list[Visit]:
    """Give the visits of the coming week, today's too."""
    until: datetime = stage.at(stage.today + WEEK, "00:00")
    found = home.family.visits.filter(
        status=Visit.Status.PLANNED, planned_at__gte=stage.at(stage.today, "00:00"), planned_at__lt=until
    )
    return list(found.order_by("planned_at"))
