"""What has been said at a first visit, in which language, and whether somebody interpreted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from apego.records.actions.acting import NotPossible, action
from apego.records.models import Family, Person, Said


@action
def say(
    *,
    id: UUID,
    family: Family,
    topic: str,
    language: str,
    interpreted: bool = False,
    on: date,
    by: Person,
    at: datetime,
) -> Said:
    """Mark a topic of practice.first_visit as said. Two visitors who mark it both have said it once."""
    if Said.objects.filter(id=id).exclude(family=family, topic=topic).exists():
        raise NotPossible("of-another-family")  # or another topic: an id is made for one thing
    facts = {"id": id, "language": language, "interpreted": interpreted, "on": on, "by": by, "made_at": at}
    return Said.objects.get_or_create(family=family, topic=topic, defaults=facts)[0]


@action
def take_back(*, said: Said, by: Person, at: datetime) -> Said:
    """Undo: the topic was not said after all."""
    Said.objects.filter(pk=said.pk).delete()
    return said
