"""Between the visits: calls, messages, a word in passing, a small thing brought along."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from apego.demo.bank import Bank
from apego.demo.content import FromBank
from apego.demo.stage import Home, Life, Stage
from apego.records.actions import contacts, occasions

EVERY = timedelta(days=19)  # about so often somebody calls, where no file says when
MEMENTO_EVERY = timedelta(days=88)
QUIET = 10  # the last days are the file's own: what the bank says must not stand in their way


def keep_in_touch(stage: Stage, home: Home, life: Life, bank: Bank) -> None:
    """Put contacts and mementos into a family's life: those of its file, and a few of the banks."""
    for number, told in enumerate(home.told.contacts):
        chance = stage.chance(home.told.slug, "contact", number)
        when = _some_time(stage, stage.today - timedelta(days=told.days_ago), chance)
        _contact(stage, home, life, f"told/{number}", min(when, stage.now), told.how, told.whom, told.words)
    chance = stage.chance(home.told.slug, "between")
    for number, day in enumerate(_days(stage, home, chance, EVERY)):
        _from_bank(stage, home, life, bank, chance, number, day, wishes=False)
    for number, day in enumerate(_birthdays(stage, home)):
        _from_bank(stage, home, life, bank, chance, 1000 + number, day, wishes=True)
    for number, day in enumerate(_days(stage, home, chance, MEMENTO_EVERY)):
        _memento(stage, home, life, bank, chance, number, day)


def _days(stage: Stage, home: Home, chance: Random, every: timedelta) -> list[date]:
    """Give some days since the second week of a family, on which no visit was to be."""
    found, day = [], home.family.enrolled_on + timedelta(days=9)
    while (day := day + every * chance.uniform(0.6, 1.4)) < stage.today - timedelta(days=QUIET):
        if day.weekday() not in (home.told.weekday, 6):
            found.append(day)
    return found


def _birthdays(stage: Stage, home: Home) -> list[date]:
    """Give the birthdays of the caregivers at home since the family came, where it celebrates."""
    found = []
    for adult in home.at_home[:1] if home.told.celebrates else ():
        month_and_day = home.caregivers[adult].birthday
        days = (stage.today - timedelta(days=number) for number in range(1, 366))
        found += [day for day in days if f"{day:%m-%d}" == month_and_day and day > home.family.enrolled_on]
    return found


def _some_time(stage: Stage, day: date, chance: Random) -> datetime:
    return stage.at(day, f"{chance.randint(9, 16):02d}:{chance.randrange(60):02d}")


def _from_bank(
    stage: Stage, home: Home, life: Life, bank: Bank, chance: Random, number: int, day: date, *, wishes: bool
) -> None:
    safe = [one for one in home.at_home if home.caregivers[one].phone_is_safe]
    child = chance.choice(list(home.children))
    months = home.months(child, day)

    def fits(entry: FromBank) -> bool:
        return entry.fits(months) and (entry.only == "celebrates") == wishes

    entry = bank.choose("contact", home, chance, fits) if safe else None
    if entry is None:
        return
    words = entry.said(home.told.language, child=home.called(child), adult=home.called(safe[0]))
    _contact(stage, home, life, f"bank/{number}", _some_time(stage, day, chance), entry.how, safe[0], words)


def _contact(
    stage: Stage, home: Home, life: Life, name: str, when: datetime, how: str, whom: str, words: str
) -> None:
    at = min(when + timedelta(minutes=11), stage.now)
    life.then(
        at,
        lambda: contacts.record(
            id=stage.id(home.told.slug, "contact", name),
            family=home.family,
            when=when,
            how=how,
            caregiver=home.caregivers[whom],
            words=words,
            by=home.visitors[0],
            at=at,
        ),
    )


def _memento(
    stage: Stage, home: Home, life: Life, bank: Bank, chance: Random, number: int, day: date
) -> None:
    child = chance.choice(list(home.children))
    months = home.months(child, day)
    entry = bank.choose("memento", home, chance, lambda one: one.fits(months))
    if entry is None:
        return
    words = entry.said(home.told.language, child=home.called(child), adult=home.called(home.at_home[0]))
    at = stage.at(day, "17:20")
    life.then(
        at,
        lambda: occasions.keep_memento(
            id=stage.id(home.told.slug, "kept", "bank", number),
            family=home.family,
            on=day,
            words=words,
            by=home.visitors[0],
            at=at,
        ),
    )
