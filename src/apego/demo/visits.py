"""A visit that was held: who was there, what was written of it, and how it was finished and signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from apego.demo import consents
from apego.demo.bank import Bank
from apego.demo.content import ConversationTold, CreditTold, FromBank, MomentTold, VisitTold
from apego.demo.stage import WEEK, Home, Stage
from apego.practice.first_visit import topics
from apego.practice.quoting import quoted
from apego.records.actions import first_visit, moments, notices, visits
from apego.records.actions.visits import WhoWhenWhere
from apego.records.models import Credit, Person, Signature, Visit

# A field of the family files -> the part of the record.
PARTS = {
    "followup": "follow_up",
    "since": "since",
    "tried": "tried",
    "next": "next",
    "promise": "promises_visitor",
}
# Of a hundred visits that no file tells, in so many the part was written; of older ones less was written.
WRITTEN = {"followup": 50, "since": 75, "tried": 45, "next": 65, "promise": 45}
LATELY = 10 * WEEK
WRITTEN_BEFORE = 0.5
NOT_YET_SAID = "rights"  # in a family that is new, one topic still waits
TWO_MOMENTS, CREDITED, OTHER_TOO, BOTH_VISITORS = 0.3, 0.6, 0.35, 0.4
CREDIT_KINDS = (Credit.Kind.STRENGTH, Credit.Kind.STRENGTH, Credit.Kind.WITH_CHILD)
LANGUAGE_CODES = {"es": "spa", "en": "eng"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A moment as it will be kept, with the goals that a bank names."""

    told: MomentTold
    goals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Times:
    """When a visit was to be, when it was, and when it was written up."""

    planned: datetime
    starts: datetime
    ends: datetime
    finished: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """All that is to be written of one visit. `by` writes; of two visitors the second signs too."""

    times: Times
    visitors: tuple[Person, ...]
    adults: tuple[str, ...]
    place: str
    parts: tuple[tuple[str, str], ...]
    moments: tuple[Seen, ...]
    credits: tuple[CreditTold, ...]
    from_the_door: bool = True
    on_paper: bool = False  # the caregiver signed a sheet

    @property
    def by(self) -> Person:
        return self.visitors[0]


def told_there(stage: Stage, home: Home, told: VisitTold, day: date) -> Held:
    """Give a visit as a family's file tells it. There were those who are credited or named in a moment."""
    named = " ".join(moment.words for moment in told.moments)
    credited = {credit.adult for credit in told.credits}
    there = tuple(
        one.id for one in home.told.caregivers if one.id in credited or home.called(one.id) in named
    )
    return Held(
        times=_times(stage, home, day, told.minutes),
        visitors=tuple(home.visitors),
        adults=there or (home.at_home[0],),
        place=told.place,
        parts=tuple((part, words) for name, part in PARTS.items() if (words := getattr(told, name))),
        moments=tuple(Seen(moment) for moment in told.moments),
        credits=told.credits,
        on_paper=told.weeks_ago <= 1,
    )


def from_bank(
    stage: Stage, home: Home, bank: Bank, day: date, spoken: ConversationTold | None = None
) -> Held:
    """Give a visit that no file tells, in words of the banks that fit the children's ages.

    Where a conversation is kept of it, there were those who are heard in it.
    """
    chance = stage.chance(home.told.slug, "visit", day)
    adult = spoken.adults[0] if spoken else chance.choice([home.at_home[0], *home.at_home])
    there = (
        spoken.adults
        if spoken
        else [one for one in home.at_home if one == adult or chance.random() < OTHER_TOO]
    )
    lately = stage.today - day < LATELY
    seen, credited = _seen(home, bank, chance, day, adult), _credited(home, bank, chance, day, adult)
    return Held(
        times=_times(stage, home, day, chance.choice((85, 90, 90, 90, 95, 100))),
        visitors=(stage.people[spoken.visitor],) if spoken else _who_goes(home, chance),
        adults=(adult, *(one for one in there if one != adult)),
        place="home",
        parts=tuple(_parts(home, bank, chance, day, adult, lately=lately)),
        moments=tuple(seen),
        credits=tuple(credited),
        from_the_door=lately,
    )


def _times(stage: Stage, home: Home, day: date, minutes: int) -> Times:
    chance = stage.chance(home.told.slug, "clock", day)
    planned = stage.at(day, home.told.time)
    starts = planned + timedelta(minutes=chance.randint(0, 6))
    ends = starts + timedelta(minutes=minutes)
    return Times(planned, starts, ends, ends + timedelta(minutes=chance.randint(8, 50)))


def _who_goes(home: Home, chance: Random) -> tuple[Person, ...]:
    """Of two visitors both go, or now one and now the other."""
    if len(home.visitors) < 2 or chance.random() < BOTH_VISITORS:
        return tuple(home.visitors)
    return (chance.choice(home.visitors),)


def _choose(home: Home, bank: Bank, chance: Random, sort: str, months: int) -> FromBank | None:
    return bank.choose(sort, home, chance, lambda one: one.fits(months))


def _child(home: Home, chance: Random, day: date) -> tuple[str, int]:
    child = chance.choice(list(home.children))
    return child, home.months(child, day)


def _seen(home: Home, bank: Bank, chance: Random, day: date, adult: str) -> list[Seen]:
    found = []
    for _ in range(1 + (chance.random() < TWO_MOMENTS)):
        child, months = _child(home, chance, day)
        entry = _choose(home, bank, chance, "moment", months)
        if entry:
            slots = {"child": home.called(child), "adult": home.called(adult)}
            told = MomentTold(
                child=child,
                words=entry.said(home.told.language, **slots),
                capacities=entry.capacities,
                kinds=entry.kinds,
                domains=entry.domains,
                parent_words=entry.parent_said(home.told.language, **slots),
            )
            found.append(Seen(told, entry.goals))
    return found


def _credited(home: Home, bank: Bank, chance: Random, day: date, adult: str) -> list[CreditTold]:
    child, months = _child(home, chance, day)
    entry = _choose(home, bank, chance, "credit", months) if chance.random() < CREDITED else None
    if entry is None:
        return []
    words = entry.said(home.told.language, child=home.called(child), adult=home.called(adult))
    return [CreditTold(adult, words, entry.kind or chance.choice(CREDIT_KINDS))]


def _parts(
    home: Home, bank: Bank, chance: Random, day: date, adult: str, *, lately: bool
) -> list[tuple[str, str]]:
    found = []
    for name, of_hundred in WRITTEN.items():
        child, months = _child(home, chance, day)
        drawn = chance.randrange(100) / (1 if lately else WRITTEN_BEFORE)
        entry = _choose(home, bank, chance, name, months) if drawn < of_hundred else None
        if entry:
            words = entry.said(home.told.language, child=home.called(child), adult=home.called(adult))
            if name == "since":  # in the bank it is the parent who speaks
                words = f"{home.called(adult)}: {quoted(words)}"
            found.append((PARTS[name], words))
    return found


def first(stage: Stage, home: Home, held: Held, *, all_said: bool) -> None:
    """Say at the first visit what a family has to hear, have it sign what it needs, and give the year's notice."""
    language = LANGUAGE_CODES[held.by.language]
    for topic in topics():
        if not all_said and topic == NOT_YET_SAID:
            continue
        first_visit.say(
            id=stage.id(home.told.slug, "said", topic),
            family=home.family,
            topic=topic,
            language=language,
            interpreted=bool(home.told.interpreter),
            on=held.times.starts.date(),
            by=held.by,
            at=held.times.starts + timedelta(minutes=20),
        )
    consents.at_first(stage, home, by=held.by, at=held.times.ends)
    if all_said:
        notices.give(
            id=stage.id(home.told.slug, "notice"),
            family=home.family,
            on=held.times.starts.date(),
            language=language,
            how="read_aloud" if home.told.interpreter else "paper",
            by=held.by,
            at=held.times.ends,
        )


def hold(stage: Stage, home: Home, visit: Visit, held: Held) -> None:
    """Play a visit from the door to the signature. An older one had its times written afterwards, as many have."""
    if held.from_the_door:
        visits.start(visit=visit, by=held.by, at=held.times.starts)
    facts: WhoWhenWhere = {
        "caregivers": [home.caregivers[adult] for adult in held.adults],
        "started_at": held.times.starts,
        "ended_at": held.times.ends,
        "place": held.place,
    }
    if len(home.visitors) > 1:
        facts["visitors"] = held.visitors
    visits.change(visit=visit, base_version=visit.version, by=held.by, at=held.times.ends, **facts)
    for part, words in held.parts:
        visits.write(visit=visit, part=part, words=words, base_version=0, by=held.by, at=held.times.ends)
    step = (held.times.ends - held.times.starts) / (len(held.moments) + 1)
    for number, seen in enumerate(held.moments, start=1):
        keep(stage, home, visit, seen, number, by=held.by, at=held.times.starts + number * step)
    for number, credited in enumerate(held.credits):
        moments.credit(
            id=stage.id(visit.id, "credit", number),
            visit=visit,
            words=credited.words,
            kind=Credit.Kind(credited.kind),
            caregiver=home.caregivers[credited.adult],
            by=held.by,
            at=held.times.ends,
        )
    visits.finish(visit=visit, by=held.by, at=held.times.finished)
    _sign(home, visit, held)


def keep(
    stage: Stage, home: Home, visit: Visit, seen: Seen, number: int, *, by: Person, at: datetime
) -> None:
    moments.keep(
        id=stage.id(visit.id, "moment", number),
        visit=visit,
        words=seen.told.words,
        parent_words=seen.told.parent_words,
        children=[home.children[seen.told.child]],
        kinds=list(seen.told.kinds),
        capacities=list(seen.told.capacities),
        domains=list(seen.told.domains),
        goals=list(seen.goals),
        by=by,
        at=at,
    )


def _sign(home: Home, visit: Visit, held: Held) -> None:
    for second in held.visitors[1:]:
        visits.sign(visit=visit, by=second, at=held.times.finished + timedelta(minutes=12))
    if held.on_paper:
        visits.sign(
            visit=visit,
            by=held.by,
            at=held.times.finished,
            caregiver=home.caregivers[held.adults[0]],
            how=Signature.How.PAPER,
        )
