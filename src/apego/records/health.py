"""What is wrong with this installation, or may soon be: found here, said in words by who asks.

Nothing is changed and nothing is sent. A finding is a code and what fills its sentence.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from apego.environment import value, values
from apego.records import backups
from apego.records.models import Person, Program, Role

BACKUP_DAYS = 7
FREE_BYTES = 2 * 1024**3
FREE_SHARE = 0.05  # of the disk
WORK_WAITS = timedelta(minutes=5)
NEVER = timedelta(days=365)  # the queue writes the year 9999 where a task waits for no day
OLDEST_POSTGRES = 14
OLDEST_SQLITE = (3, 37, 0)
AT_HOME = ("localhost", "127.0.0.1", "[::1]")
PRAGMAS: Mapping[str, object] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: its code, what fills its sentence, and whether it is in order or wants somebody."""

    code: str
    slots: Mapping[str, str | int] = field(default_factory=dict)
    is_well: bool = False


def well(code: str, **slots: str | int) -> Finding:
    return Finding(code, slots, is_well=True)


def findings(at: datetime) -> list[Finding]:
    """Give everything that was looked at, in the order in which one would mend it."""
    found = [*_folder(), *_disk()]
    try:
        found += [*_database(), *_migrations()]
        if not any(one.code == "migrations-wait" for one in found):
            for look in (_program, _worker, _backups):
                found += look(at)
    except DatabaseError as wrong:
        found.append(Finding("database-silent", {"why": type(wrong).__name__}))
    return [*found, *_https()]


def _folder() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        yield Finding("folder-not-writable", {"folder": str(folder)})
    else:
        yield well("folder-writable", folder=str(folder))
    if os.name == "posix" and folder.exists() and folder.stat().st_mode & 0o077:
        yield Finding("folder-open-to-others", {"folder": str(folder)})


def _disk() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.DATA)
    free = f"{usage.free / 1024**3:.1f}"
    if usage.free < FREE_BYTES or usage.free < usage.total * FREE_SHARE:
        yield Finding("disk-nearly-full", {"free": free})
    else:
        yield well("disk-has-room", free=free)


def _database() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        yield from _sqlite()
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10000
    if version < OLDEST_POSTGRES:
        yield Finding("postgres-old", {"version": version, "oldest": OLDEST_POSTGRES})
    else:
        yield well("postgres-well", version=version)


def _sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Finding("sqlite-old", {"version": sqlite3.sqlite_version})
    with connection.cursor() as cursor:
        wrong = []
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            if cursor.fetchone()[0] != wanted:
                wrong.append(name)
        cursor.execute("PRAGMA quick_check(1)")
        is_whole = cursor.fetchone()[0] == "ok"
    if not is_whole:
        yield Finding("database-damaged")
    yield Finding("sqlite-settings", {"settings": ", ".join(wrong)}) if wrong else well("sqlite-well")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding("migrations-wait")


def _program(at: datetime) -> Iterator[Finding]:
    program = Program.objects.first()
    if program is None:
        yield Finding("no-program")
        return
    try:
        ZoneInfo(program.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Finding("no-such-time-zone", {"zone": program.time_zone})
    if not Person.objects.filter(role=Role.COORDINATOR, is_active=True).exists():
        yield Finding("no-coordinator")


def _worker(at: datetime) -> Iterator[Finding]:
    """The worker takes what is due within seconds: what has waited for minutes waits for one that is not there."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    overdue = waiting.filter(run_after__lt=at - WORK_WAITS) | waiting.filter(
        enqueued_at__lt=at - WORK_WAITS, run_after__gt=at + NEVER
    )
    if overdue.exists() or not DBTaskResult.objects.exists():
        yield Finding("worker-not-seen")
    else:
        yield well("worker-seen")


def _backups(at: datetime) -> Iterator[Finding]:
    folder = value("APEGO_BACKUPS")
    if folder and not Path(folder).expanduser().is_dir():
        yield Finding("no-backup-folder", {"folder": folder})
    last = max(backups.in_folder().values(), default=None) if folder else backups.last_taken()
    if last is None:
        yield Finding("never-backed-up")
        return
    days = (at - last).days
    yield Finding("backup-old", {"days": days}) if days > BACKUP_DAYS else well("backup-fresh", days=days)
    if not folder:
        yield Finding("backups-not-named")


def _https() -> Iterator[Finding]:
    if settings.HTTPS:
        yield well("https-well")
    elif any(name not in AT_HOME for name in values("APEGO_HOSTS")):
        yield Finding("no-https")
    else:
        yield well("only-this-machine")
