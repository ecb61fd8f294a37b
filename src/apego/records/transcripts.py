"""The conversations that visitors brought: who was in the room, who is who, and until when they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from apego.listening import transcript as heard
from apego.listening.formats import read_data
from apego.practice.ages import corrected_months
from apego.records.consents import Adult
from apego.records.models import Child, Consent, Draft, Family, Hold, Person, Program, Transcript, Visit


def day_of(visit: Visit) -> date:
    """Give the day of a visit on the program's clock."""
    return timezone.localdate(visit.when)


def words_of(transcript: Transcript) -> heard.Transcript:
    """Give the conversation as it can be read, with everybody's role where the visitor has said it."""
    found = read_data(transcript.words.encode(), "conversation.vtt")
    cast = {speaker: heard.Role(role) for speaker, role in transcript.cast.items()}
    return found.with_roles(cast) if cast else found


def room_of(visit: Visit, person: Person) -> list[Adult]:
    """Give the adults in the room as this visitor has told them, or as the visit's record has them."""
    draft = Draft.objects.filter(person=person, place=room_place(visit)).first()
    caregivers = {str(one.id): one for one in visit.family.caregivers.all()}
    if draft:
        told = [Adult(caregivers[id]) for id in draft.content.get("caregivers", ()) if id in caregivers]
        return told + [Adult(named=name) for name in draft.content.get("others", ())]
    took_part = [
        Adult(caregivers[str(one.id)]) for one in visit.caregivers.all() if str(one.id) in caregivers
    ]
    return took_part + [Adult(named=name) for name in besides(visit, person)]


def besides(visit: Visit, person: Person) -> list[str]:
    """Give who else is known to have been there: another visitor, an interpreter, whom the record names."""
    named = [one.name for one in visit.visitors.all() if one.id != person.id]
    named += [part.strip() for part in f"{visit.others},{visit.interpreter}".replace("\n", ",").split(",")]
    return [name for name in named if name]


def room_place(visit: Visit) -> str:
    return f"room:{visit.id}"


def keep_until(consents: Sequence[Consent], on: date) -> date:
    """Give the day on which a conversation of this day is destroyed: the program's rule, or what was signed if
    that is sooner."""
    program = Program.objects.get()
    days = [one.until for one in consents if one.until]
    return min([months_after(on, program.transcript_months), *days])


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a month that is shorter.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise ValueError(months)


def child_months(children: Sequence[Child], on: date) -> int | None:
    """Give the age of the one child that the talk was about, corrected; None where there are several."""
    if len(children) != 1:
        return None
    return corrected_months(children[0].born_on, on, children[0].weeks_early)


def on_hold(family: Family) -> bool:
    return Hold.objects.filter(family=family, lifted_at=None).exists()


def taken_back(transcript: Transcript) -> list[Consent]:
    """Give the consents under a conversation that were taken back since."""
    return [one for one in transcript.consents.all() if one.revoked_at]


def may_be_used(transcript: Transcript, on: date) -> bool:
    """True while every consent under it stands. What was done before stays readable; nothing new is done."""
    return all(one.stands_on(on) for one in transcript.consents.all())


def resting_on(consent: Consent) -> QuerySet[Transcript]:
    return Transcript.objects.filter(consents=consent).select_related("by").order_by("on")
