"""The notice of every year (45 CFR 1303.22(e)): given to a family, in which language and how."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from apego.records.actions.acting import action
from apego.records.models import AnnualNotice, Family, Person


@action
def give(
    *, id: UUID, family: Family, on: date, language: str, how: str, by: Person, at: datetime
) -> AnnualNotice:
    facts = {"family": family, "on": on, "language": language, "how": how, "by": by}
    return AnnualNotice.objects.get_or_create(id=id, defaults={**facts, "made_at": at})[0]
