"""A backup: the whole program in one file that opens with the coordinator's passphrase, and its way back.

What is in the file does not depend on the database that it came from: a program moves from SQLite to
PostgreSQL by a backup and a restore. Words leave the seal of this server on the way out and get the seal of the
other server on the way in, so the server's keys are in no backup. The tables are read in one snapshot while
people go on working. Sessions, queues and rate limits are left out: they are this server's own.

A line of the file is one row, as JSON; the first line is the manifest, the last one says that it is whole.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import JSONField, Model

from apego import __version__
from apego.environment import value
from apego.records import destruction, log
from apego.records.models import Family, Line, Person, Program
from apego.records.sealed import SealedText
from apego.records.strongbox import Filling, NotAStrongbox, Opening, WillNotOpen, about

FORMAT = 1
APPS = ("records", "mfa")  # what is kept, and how people sign in; the rest is this server's own
ENDING = ".apego"
SHORTEST_PASSPHRASE = 12
TAKEN = "backups.take"
AT_ONCE = 500  # rows to an insert

__all__ = ["CannotRestore", "NotAStrongbox", "WillNotOpen", "restore", "take"]


class CannotRestore(Exception):
    """The file was not brought back, and nothing was changed. `code` says why."""

    def __init__(self, code: str, **slots: str) -> None:
        super().__init__(code)
        self.code, self.slots = code, slots


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made or brought back: when, and how many of what there were."""

    at: datetime
    rows: Mapping[str, int]
    destroyed_again: int = 0

    def count(self, kind: str) -> int:
        return self.rows.get(f"records.{kind}", 0)


def take(path: Path, passphrase: str, *, at: datetime) -> Taken:
    """Write everything that is kept into one file. It appears under its name only once it is whole."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            rows = _fill(file, passphrase, at)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    log.write(by=None, at=at, verb=TAKEN, thing=None)
    return Taken(at, rows)


def _fill(file: BinaryIO, passphrase: str, at: datetime) -> Counter[str]:
    header = {"format": FORMAT, "made_at": at.isoformat()}
    rows: Counter[str] = Counter()
    with (
        _snapshot(),
        Filling(file, passphrase, header) as box,
        gzip.open(box, "wt", encoding="utf-8") as lines,
    ):
        counts = {model._meta.label_lower: model._base_manager.count() for model in _models(installed)}
        manifest = {
            "format": FORMAT,
            "apego": __version__,
            "made_at": at.isoformat(),
            "migrations": _migrations(),
            "counts": counts,
        }
        lines.write(_line(manifest))
        for model in _models(installed):
            for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
                lines.write(_line({"in": model._meta.label_lower, "row": _row(row)}))
                rows[model._meta.label_lower] += 1
        gone = [[one.kind, str(one.id), one.at.isoformat()] for one in destruction.remembered()]
        lines.write(_line({"end": True, "destroyed": gone}))
    return rows


@contextmanager
def _snapshot() -> Iterator[None]:
    """Hold one moment of the database while it is read, in the way of nobody who writes."""
    sqlite: Any = connection if connection.vendor == "sqlite" else None
    mode = sqlite and sqlite.transaction_mode
    is_outermost = not connection.in_atomic_block
    if sqlite:
        connection.ensure_connection()
        sqlite.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            if is_outermost and not sqlite:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        if sqlite:
            sqlite.transaction_mode = mode


def _models(apps: Apps) -> list[type[Model]]:
    """Give every table that is kept, those between two of them included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.app_label in APPS and model._meta.managed]


def _migrations() -> dict[str, list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {app: sorted(name for of, name in applied if of == app) for app in APPS}


def _row(thing: Model) -> dict[str, Any]:
    return {field.attname: field.value_from_object(thing) for field in thing._meta.concrete_fields}


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, default=_plain) + "\n"


def _plain(told: object) -> str:
    if isinstance(told, (datetime, date, time)):
        return told.isoformat()
    if isinstance(told, (UUID, Decimal)):
        return str(told)
    raise TypeError(type(told).__name__)


def is_empty() -> bool:
    """True while this installation holds no program, no people and no family."""
    return not any(kind._default_manager.exists() for kind in (Program, Person, Family))


def restore(path: Path, passphrase: str, *, at: datetime) -> Taken:
    """Bring a backup back into an empty installation: all of it or nothing.

    The database first becomes what it was when the backup was made, is filled, and then comes to this version.
    Raises CannotRestore, NotAStrongbox or WillNotOpen; nothing was changed then.
    """
    if not is_empty():
        raise CannotRestore("not-empty")
    with path.open("rb") as file:
        said = about(file)
    if said.get("format") != FORMAT:
        raise CannotRestore("later-format", format=str(said.get("format")))
    with path.open("rb") as file:
        lines = _lines(file, passphrase)
        manifest = next(lines, {})
        past = _as_it_was(manifest)
        with transaction.atomic():
            rows, gone = _put_in(lines, past)
            if rows != Counter(manifest["counts"]):
                raise WillNotOpen
            _count_on(past)
    call_command("migrate", verbosity=0)
    again = destruction.destroy_again([*gone, *destruction.remembered(), *destruction.proved()])
    destruction.remember(destruction.proved())
    destruction.wipe()
    log.write(by=None, at=at, verb="backups.restore", thing=None)
    return Taken(datetime.fromisoformat(manifest["made_at"]), rows, again)


def _lines(file: BinaryIO, passphrase: str) -> Iterator[dict[str, Any]]:
    box = BufferedReader(Opening(file, passphrase))
    try:
        with gzip.open(box, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (gzip.BadGzipFile, EOFError, ValueError):
        raise WillNotOpen from None


def _as_it_was(manifest: Mapping[str, Any]) -> Apps:
    """Bring the empty database to the state of the backup and give its models. Later ones than ours are refused."""
    executor = MigrationExecutor(connection)
    asked = [(app, name) for app, names in manifest["migrations"].items() for name in names]
    if not set(asked) <= set(executor.loader.graph.nodes):
        raise CannotRestore("later-version", version=manifest["apego"])
    targets = [(app, names[-1]) for app, names in manifest["migrations"].items() if names]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _put_in(lines: Iterable[dict[str, Any]], past: Apps) -> tuple[Counter[str], list[destruction.Gone]]:
    waiting: dict[str, list[Model]] = {}
    rows: Counter[str] = Counter()
    kinds = {model._meta.label_lower: model for model in _models(past)}
    for line in lines:
        if line.get("end"):
            for kind, left in waiting.items():
                kinds[kind]._base_manager.bulk_create(left)
            return rows, [
                destruction.Gone(kind, UUID(id), datetime.fromisoformat(at))
                for kind, id, at in line["destroyed"]
            ]
        kind = line["in"]
        some = waiting.setdefault(kind, [])
        some.append(_thing(kinds[kind], line["row"]))
        rows[kind] += 1
        if len(some) == AT_ONCE:
            kinds[kind]._base_manager.bulk_create(some)
            some.clear()
    raise WillNotOpen


def _thing(kind: type[Model], row: Mapping[str, Any]) -> Model:
    fields = {field.attname: field for field in kind._meta.concrete_fields}
    return kind(**{name: _given(fields[name], told) for name, told in row.items()})


def _given(field: Any, told: Any) -> Any:
    """Give a value as its field takes it. Structures come as they are: read as text they would be sealed twice."""
    is_plain = isinstance(field, (SealedText, JSONField))
    return told if is_plain or told is None else field.to_python(told)


def _count_on(past: Apps) -> None:
    """Let PostgreSQL number the next row after those that came with a number of their own."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _models(past)):
            cursor.execute(statement)


def last_taken() -> datetime | None:
    """Give when the last backup was made, as this installation knows it: from its log, and from APEGO_BACKUPS."""
    logged = Line.objects.filter(by=None, verb=TAKEN).order_by("-at").values_list("at", flat=True).first()
    return max(filter(None, [logged, *in_folder().values()]), default=None)


def in_folder() -> dict[Path, datetime]:
    """Give the backups in APEGO_BACKUPS and when each was made, as it says itself."""
    folder = value("APEGO_BACKUPS")
    found = {}
    for path in Path(folder).expanduser().glob(f"*{ENDING}") if folder else ():
        try:
            with path.open("rb") as file:
                found[path] = datetime.fromisoformat(about(file)["made_at"])
        except (OSError, NotAStrongbox, KeyError, ValueError):
            continue
    return found
