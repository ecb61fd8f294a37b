"""What a visitor reflects on: visits that she has not looked back on, conversations, her focus. Hers alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from apego.records import access
from apego.records.models import AfterVisit, Draft, Focus, Person, Reflection, Transcript, Visit

LOOKED_BACK_WITHIN = timedelta(days=14)  # an older visit is not offered; its page still has the questions
HELD = (Visit.Status.UNDER_WAY, Visit.Status.DONE)
SHOWN = 12


def after_place(visit: Visit) -> str:
    """Give the place of the draft of the five minutes after a visit."""
    return f"after:{visit.id}"


def answer_place(reflection: Reflection) -> str:
    """Give the place of the draft of her answer to a reflection."""
    return f"answer:{reflection.id}"


def visits_of(person: Person) -> QuerySet[Visit]:
    """Give the visits that she made or is making, the newest first."""
    return (
        access.visible(person, Visit)
        .filter(visitors=person, status__in=HELD)
        .select_related("family")
        .order_by("-planned_at")
    )


def to_look_back_on(person: Person, at: datetime) -> list[Visit]:
    """Give her visits of the last two weeks after which she has not taken the five minutes."""
    taken = AfterVisit.objects.filter(by=person).values("visit")
    since = at - LOOKED_BACK_WITHIN
    return list(visits_of(person).filter(planned_at__gt=since).exclude(id__in=taken)[:SHOWN])


def looked_back_on(person: Person) -> QuerySet[AfterVisit]:
    """Give what she answered after her latest visits, of the families that she still visits."""
    kept = AfterVisit.objects.filter(by=person, visit__family__in=access.families_of(person))
    return kept.select_related("visit__family").order_by("-visit__planned_at")[:SHOWN]


def begun(person: Person) -> set[str]:
    """Give the places at which she began to write and did not keep it yet."""
    return set(
        Draft.objects.filter(person=person, place__startswith="after:").values_list("place", flat=True)
    )


def conversations(person: Person) -> QuerySet[Transcript]:
    """Give the conversations that she may see, each with the state and id of its latest reflection."""
    latest = Reflection.objects.filter(transcript=OuterRef("pk")).order_by("-made_at")
    return (
        access.visible(person, Transcript)
        .select_related("family", "by")
        .annotate(
            reflection_id=Subquery(latest.values("id")[:1]),
            reflection_state=Subquery(latest.values("state")[:1]),
        )
        .defer("words", "repairs", "cast")
        .order_by("-on", "-made_at")
    )


def focus_of(person: Person) -> Focus | None:
    """Give her focus of now."""
    return Focus.objects.filter(person=person, until=None).order_by("-made_at").first()


def focuses_before(person: Person) -> QuerySet[Focus]:
    return Focus.objects.filter(Q(person=person), until__isnull=False).order_by("-until")[:SHOWN]


def without_counts(page: str) -> str:
    """Give a reflection's page without its table of counts: how much a visitor talks is told to nobody but her."""
    kept, counts, _ = page.partition('<section class="counts">')
    return f"{kept}</article>" if counts else page
