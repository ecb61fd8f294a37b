"""How a record is destroyed so that nothing of it is left, and how that is proved.

Everything that belongs to a family hangs on it in the database; the traces that do not (drafts, keys of
sent forms, jobs) are found by the ids in them. Afterwards the disk has to forget as well: SQLite overwrites
what is deleted (`secure_delete`), but its write-ahead log still holds the old pages until it is truncated.

What was destroyed is also named in a file beside the database, ids and no words, so that a backup that is
older than the destruction cannot bring it back.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector
from django_tasks_db.models import DBTaskResult

from apego.records.models import (
    Delivery,
    Destroyed,
    Draft,
    Family,
    Hold,
    Kept,
    ParentRequest,
    Person,
    Transcript,
)

AN_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
KINDS: dict[str, type[Model]] = {"family": Family, "transcript": Transcript}


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that was destroyed: what kind of thing, which, and when."""

    kind: str
    id: UUID
    at: datetime


def code_of(family: Family) -> str:
    """Give the short code that somebody types to say that she means this family.

    >>> code_of(Family(id=UUID("7f3a09bc-0000-4000-8000-000000000000")))
    '7F3A09'
    """
    return family.id.hex[:6].upper()


def held_back(family: Family) -> str:
    """Give the code of what keeps a family's record from being destroyed, or nothing where it may be."""
    return all_held_back().get(family.id, "")


def all_held_back() -> dict[UUID, str]:
    """Give every family that is held back, and by what: a legal hold, or a parent's request that waits."""
    waiting = ParentRequest.objects.filter(answered_on=None).values_list("family", flat=True)
    held = Hold.objects.filter(lifted_at=None).values_list("family", flat=True)
    return dict.fromkeys(waiting, "request-waits") | dict.fromkeys(held, "on-hold")


def destroy(thing: Kept, *, by: Person | None, at: datetime) -> None:
    """Destroy a family or a transcript with all that hangs on it, and leave the proof. Inside a transaction.

    Whether it may be done has been asked before. The thing in hand keeps its id, for the log.
    """
    kind = type(thing)._meta.model_name or ""
    rows = erase(type(thing)._default_manager.filter(pk=thing.pk))
    Destroyed.objects.update_or_create(
        id=thing.pk, defaults={"kind": kind, "at": at, "by": by.id if by else None, "rows": rows}
    )
    transaction.on_commit(partial(_afterwards, Gone(kind, thing.pk, at)))


def _afterwards(gone: Gone) -> None:
    remember([gone])
    wipe()


def erase(root: QuerySet[Model]) -> dict[str, int]:
    """Delete rows with all that hangs on them and every trace of their ids; give how many of what there were."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=root)
    collector.collect(root)
    ids = set(_ids_in(collector))
    _, deleted = collector.delete()
    return _counted(deleted) | _traces(ids)


def _ids_in(collector: Collector) -> Iterator[UUID]:
    found: list[Iterable[object]] = [(one.pk for one in instances) for instances in collector.data.values()]
    found += [query.values_list("pk", flat=True) for query in collector.fast_deletes]
    for ids in found:
        yield from (id for id in ids if isinstance(id, UUID))


def _counted(deleted: dict[str, int]) -> dict[str, int]:
    return {label.partition(".")[2].lower(): count for label, count in sorted(deleted.items()) if count}


def _traces(ids: set[UUID]) -> dict[str, int]:
    """Delete what names one of these ids without hanging on it: a draft's place, a sent form, a job's argument."""

    def names_one(text: str) -> bool:
        return any(UUID(found) in ids for found in AN_ID.findall(text))

    drafts = [id for id, place in Draft.objects.values_list("id", "place") if names_one(place)]
    sent = Delivery.objects.values_list("key", "answer").iterator()
    keys = [key for key, answer in sent if key in ids or names_one(answer)]
    queue = DBTaskResult.objects.values_list("id", "args_kwargs")
    jobs = [id for id, arguments in queue if names_one(repr(arguments))]
    counts = {
        "draft_elsewhere": _deleted(Draft.objects.all(), drafts),
        "delivery": _deleted(Delivery.objects.all(), keys),
        "job": _deleted(DBTaskResult.objects.all(), jobs),
    }
    return {name: count for name, count in counts.items() if count}


def _deleted(rows: QuerySet[Model], ids: list[UUID], at_once: int = 500) -> int:
    for start in range(0, len(ids), at_once):
        rows.filter(pk__in=ids[start : start + at_once]).delete()
    return len(ids)


def wipe() -> None:
    """Have the disk forget what was deleted. Outside a transaction.

    SQLite: the write-ahead log goes back into the file, whose deleted cells are overwritten, and is cut to
    nothing. PostgreSQL: dead rows are cleared, and their space is written over as it is used again.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        tables = [
            name
            for name in connection.introspection.table_names()
            if name.startswith(("records_", "django_tasks"))
        ]
        cursor.execute("VACUUM " + ", ".join(map(connection.ops.quote_name, tables)))


def the_list() -> Path:
    """Give the file that names what was destroyed: a line each of when, what kind and which id."""
    return Path(settings.DATA) / "destroyed"


def remember(gone: Iterable[Gone]) -> None:
    """Write to the list what is not in it yet. Lines are only ever added."""
    known = {one.id for one in remembered()}
    lines = [f"{one.at.isoformat()} {one.kind} {one.id}\n" for one in gone if one.id not in known]
    if not lines:
        return
    with os.fdopen(os.open(the_list(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def remembered() -> list[Gone]:
    """Give what the list names. A line that a crash cut short is passed over: the daily task writes it again."""
    found = []
    with suppress(FileNotFoundError):
        for line in the_list().read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                at, kind, id = line.split()
                found.append(Gone(kind, UUID(id), datetime.fromisoformat(at)))
    return found


def proved() -> list[Gone]:
    """Give what the database has the proof of."""
    return [Gone(*row) for row in Destroyed.objects.values_list("kind", "id", "at")]


def destroy_again(gone: Iterable[Gone]) -> int:
    """Destroy what a restored backup brought back although it had been destroyed; give how many there were."""
    found = 0
    for one in gone:
        root = KINDS[one.kind]._default_manager.filter(pk=one.id) if one.kind in KINDS else None
        if root is not None and root.exists():
            with transaction.atomic():
                erase(root)
            found += 1
        Destroyed.objects.get_or_create(id=one.id, defaults={"kind": one.kind, "at": one.at})
    return found
