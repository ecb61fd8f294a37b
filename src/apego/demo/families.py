"""A family comes into the program: its people, who visits it, its days, what is safe, who stands in for whom."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from apego.demo.content import CaregiverTold, ChildTold, CoverTold, DayTold, FamilyTold, SupportTold
from apego.demo.people import of_role
from apego.demo.stage import WEEK, Home, Life, Stage
from apego.records.actions import assignments, families, occasions, safety, supports
from apego.records.models import Memento, Occasion, Role, SafetyNote, Support

# What a CaregiverTold says, under the names of the record. The rest has the same name or is of the stage only.
CAREGIVER = {"safe_phone": "phone_is_safe", "letters": "wants_letters"}
OF_THE_STAGE = ("id", "away")


def enrol(stage: Stage, told: FamilyTold) -> Home:
    """Enrol a family with its children, its caregivers and its visitors."""
    helen = of_role(stage, Role.COORDINATOR)[0]
    day = stage.enrolled(told)
    at = stage.at(day, "09:00")
    family = families.enrol(
        id=stage.id("family", told.slug),
        facts={
            "name": told.name,
            "address": told.address,
            "option": told.option,
            "enrolled_on": day,
            "home_languages": list(told.home_languages),
            "interpreter_needed": bool(told.interpreter),
            "interpreter": told.interpreter,
            "matters": told.matters,
            "hopes": told.hopes,
            "words_language": told.matters_language,
            "celebrates": told.celebrates,
        },
        by=helen,
        at=at,
    )
    home = Home(told, family, [stage.people[visitor] for visitor in told.visitors])
    for child in told.children:
        home.children[child.id] = families.add_child(
            id=stage.id(told.slug, child.id), family=family, facts=_child(stage, told, child), by=helen, at=at
        )
    for number, caregiver in enumerate(told.caregivers):
        home.caregivers[caregiver.id] = families.add_caregiver(
            id=stage.id(told.slug, caregiver.id),
            family=family,
            facts=_caregiver(caregiver),
            by=helen,
            at=at
            + timedelta(minutes=number),  # caregivers stand in the order in which they were written down
        )
    for visitor in home.visitors:
        assignments.assign(
            id=stage.id(told.slug, "visited-by", visitor.login),
            family=family,
            visitor=visitor,
            since=day,
            by=visitor.supervisor or helen,
            at=at,
        )
    stage.homes[told.slug] = home
    return home


def keep_company(stage: Stage, home: Home, life: Life) -> None:
    """What goes on beside the visits: days that matter, small attentions, supports, safety, a cover."""
    for day in home.told.days:
        _day(stage, home, life, day)
    for number, memento in enumerate(home.told.mementos):
        on = stage.today - timedelta(days=memento.days_ago)
        _keep(stage, home, life, on, memento.words, f"memento/{number}")
    for number, support in enumerate(home.told.supports):
        _support(stage, home, life, support, number)
    if home.told.safety:
        _safety(stage, home, life)
    if home.told.cover:
        _cover(stage, home, life, home.told.cover)


def _child(stage: Stage, told: FamilyTold, child: ChildTold) -> dict[str, object]:
    born = stage.today - child.weeks_old * WEEK
    for day in told.days:
        if day.who == child.id and day.kind == "birthday" and day.days_ahead:
            ahead = stage.today + timedelta(days=day.days_ahead)
            born = _same_day(ahead, ahead.year - round((ahead - born).days / 365.25))
    facts = {"name": child.name, "born_on": born, "weeks_early": child.weeks_early}
    return {**facts, "language": child.language}


def _caregiver(told: CaregiverTold) -> dict[str, object]:
    facts = asdict(told)
    return {CAREGIVER.get(name, name): facts[name] for name in facts if name not in OF_THE_STAGE}


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _last_time(stage: Stage, month_and_day: str) -> date:
    """Give the last such day before today."""
    month, day = map(int, month_and_day.split("-"))
    found = _same_day(date(2000, month, day), stage.today.year)
    return found if found < stage.today else _same_day(found, stage.today.year - 1)


def _day(stage: Stage, home: Home, life: Life, told: DayTold) -> None:
    ahead = stage.today + timedelta(days=told.days_ahead)
    day = told.day or f"{ahead:%m-%d}"
    if told.kind == "birthday":  # the day itself stands with the person
        _keep(stage, home, life, _last_time(stage, day), told.last_time, f"birthday/{told.who}", who=told.who)
        return
    known = home.knows(told.who)
    made: list[Occasion] = []
    life.then(
        stage.at(home.family.enrolled_on, "12:00"),
        lambda: made.append(
            occasions.add(
                id=stage.id(home.told.slug, "day", told.who, told.kind, told.what),
                family=home.family,
                day=day,
                kind=told.kind,
                what=told.what if known else f"{told.who}: {told.what}",
                child=home.children.get(told.who),
                caregiver=home.caregivers.get(told.who),
                by=home.visitors[0],
                at=stage.at(home.family.enrolled_on, "12:00"),
            )
        ),
    )
    _keep(stage, home, life, _last_time(stage, day), told.last_time, f"{told.kind}/{told.who}", of=made)


def _keep(
    stage: Stage,
    home: Home,
    life: Life,
    on: date,
    words: str,
    name: str,
    *,
    who: str = "",
    of: list[Occasion] | None = None,
) -> None:
    """Keep a small attention. What lies before the family came was told by somebody else, and is dropped."""
    at = stage.at(on, "17:00")
    if on <= home.family.enrolled_on or not words:
        return

    def keep() -> Memento:
        return occasions.keep_memento(
            id=stage.id(home.told.slug, "kept", name),
            family=home.family,
            on=on,
            words=words,
            child=home.children.get(who),
            caregiver=home.caregivers.get(who),
            occasion=of[0] if of else None,
            by=home.visitors[0],
            at=at,
        )

    life.then(at, keep)


def _support(stage: Stage, home: Home, life: Life, told: SupportTold, number: int) -> None:
    on = stage.last(home.told.weekday, told.weeks_ago)
    named = [one for one in home.told.caregivers if home.called(one.id) in told.words]

    def note() -> Support:
        return supports.note(
            id=stage.id(home.told.slug, "support", number),
            family=home.family,
            on=on,
            area=told.area,
            kind=told.kind,
            step=told.step,
            caregiver=home.caregivers[named[0].id] if len(named) == 1 else None,
            words=told.words,
            by=home.visitors[0],
            at=stage.at(on, "18:00"),
        )

    life.then(stage.at(on, "18:00"), note)


def _safety(stage: Stage, home: Home, life: Life) -> None:
    when = stage.ago(home.told.safety_days_ago, "12:40")
    visitor = home.visitors[0]
    about = home.caregivers[home.told.caregivers[0].id]

    def note() -> SafetyNote:
        return safety.note(
            id=stage.id(home.told.slug, "safety"),
            family=home.family,
            when=when,
            words=home.told.safety,
            caregiver=about,
            by=visitor,
            at=when,
        )

    def review() -> SafetyNote:
        assert visitor.supervisor is not None  # noqa: S101 - every visitor of the content has one
        kept = SafetyNote.objects.get(id=stage.id(home.told.slug, "safety"))
        return safety.review(
            note=kept, in_bundle_for=[about], by=visitor.supervisor, at=when + timedelta(hours=3)
        )

    life.then(when, note)
    if home.told.safety_reviewed:
        life.then(when + timedelta(hours=3), review)


def _cover(stage: Stage, home: Home, life: Life, told: CoverTold) -> None:
    away = home.visitors[0]
    since = stage.today - timedelta(days=told.from_days_ago)
    at = stage.ago(told.from_days_ago, "07:30")
    life.then(
        at,
        lambda: assignments.cover(
            id=stage.id(home.told.slug, "cover"),
            family=home.family,
            visitor=stage.people[told.visitor],
            covers=away,
            since=since,
            until=stage.today + timedelta(days=told.to_days_ahead),
            reason=told.reason,
            by=away.supervisor or away,
            at=at,
        ),
    )
