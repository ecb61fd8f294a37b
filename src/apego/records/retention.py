"""What is due for destruction by the program's schedule, and the task that does it every day.

A family's record is kept some months after the family left, a conversation until its own day. A legal hold
and a parent's request that waits hold back both.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from apego.records import destruction
from apego.records.actions import destruction as actions
from apego.records.actions import roster
from apego.records.actions.acting import NotPossible
from apego.records.models import Delivery, Draft, Family, Program, Transcript
from apego.records.transcripts import months_after

HOUR = time(3, 15)  # of the program's clock, when nobody works
ROSTER_WAITS = timedelta(days=7)  # a file of families that nobody said yes to
SENT_FORMS_KEPT = timedelta(days=180)  # a phone that was in a drawer that long is answered anew

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A family whose record's time is over, since when, and what holds it back, if anything does."""

    family: Family
    since: date
    held_back: str


def families_due(on: date) -> list[Due]:
    """Give the families whose record has been kept as long as the program keeps it, the longest first."""
    program = Program.objects.first()
    if program is None:
        return []
    left = Family.objects.filter(left_on__isnull=False).only("id", "left_on", "name")
    days = (
        (family, months_after(family.left_on, program.retention_months)) for family in left if family.left_on
    )
    held_back = destruction.all_held_back()
    due = [Due(family, day, held_back.get(family.id, "")) for family, day in days if day <= on]
    return sorted(due, key=lambda one: one.since)


def transcripts_due(on: date) -> list[Transcript]:
    """Give the conversations whose last day has come: they are destroyed on that day at the latest."""
    found = (
        Transcript.objects.filter(keep_until__lte=on)
        .select_related("family")
        .defer("words", "cast", "repairs")
    )
    return list(found.order_by("keep_until"))


def keep_to_the_schedule(at: datetime) -> int:
    """Destroy what is due and not held back; give how many things that were. One after the other, each for itself."""
    on = timezone.localdate(at, Program.objects.get().zone)
    done = 0
    for transcript in transcripts_due(on):
        try:
            actions.destroy_transcript(transcript=transcript, by=None, at=at)
        except NotPossible:
            continue
        done += 1
    for due in families_due(on):
        try:
            actions.destroy(family=due.family, by=None, at=at)
        except NotPossible:
            continue
        done += 1
    return done


@task()
def daily() -> None:
    """Do the day's destruction, write the list of what was destroyed anew where it lacks something, and come again."""
    at = timezone.now()
    arrange(at)
    if not Program.objects.exists():
        return
    keep_to_the_schedule(at)
    Delivery.objects.filter(at__lt=at - SENT_FORMS_KEPT).delete()
    Draft.objects.filter(place=roster.PLACE, saved_at__lt=at - ROSTER_WAITS).delete()
    destruction.remember(destruction.proved())
    destruction.wipe()


def arrange(at: datetime, soon: bool = False) -> None:
    """Put the daily task into the queue, unless it waits there: for the coming night, or at once."""
    with transaction.atomic():
        Program.objects.select_for_update().first()  # several workers ask one after the other
        waiting = DBTaskResult.objects.filter(task_path=daily.module_path, status=TaskResultStatus.READY)
        if not waiting.exists():
            (daily if soon else daily.using(run_after=next_run(at))).enqueue()


def next_run(at: datetime) -> datetime:
    """Give the coming quarter past three in the night on the program's clock."""
    program = Program.objects.first()
    local = timezone.localtime(at, program.zone if program else None)
    tonight = datetime.combine(local.date(), HOUR, tzinfo=local.tzinfo)
    return tonight if tonight > local else tonight + timedelta(days=1)
