"""Two at once: threads with connections of their own, on SQLite and on PostgreSQL (`./dev test --postgres`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from apego.records import retention
from apego.records.actions import variants
from apego.records.deliveries import once
from apego.records.models import Contact, Family, Person, Program, Variant
from tests.people import NOW

AT_ONCE = 6


pytestmark = pytest.mark.usefixtures("committed")


@contextmanager
def together(barrier: Barrier) -> Iterator[None]:
    barrier.wait(timeout=20)
    try:
        yield
    finally:
        connection.close()


def race(act: Callable[[int], object]) -> list[object]:
    """Let several threads do the same at the same moment; give what each got."""
    barrier = Barrier(AT_ONCE)

    def one(number: int) -> object:
        with together(barrier):
            return act(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(one, number) for number in range(AT_ONCE)]]


def test_one_form_sent_by_many_at_once_is_done_once(visitor: Person, family: Family) -> None:
    key = uuid4()

    def call() -> str:
        Contact.objects.create(family=family, at=NOW, how="call", words="She sang.", by=visitor, made_at=NOW)
        return "/en/there/"

    answers = race(lambda _: once(key=key, digest="d", by=visitor, at=NOW, do=call))
    assert answers == ["/en/there/"] * AT_ONCE
    assert Contact.objects.count() == 1


def test_of_many_edits_of_one_version_one_stands_and_the_others_are_kept(
    visitor: Person, family: Family
) -> None:
    def edit(number: int) -> object:
        with transaction.atomic():
            return variants.edit(
                family, base_version=1, changes={"hopes": f"hope {number}"}, by=visitor, at=NOW
            )

    race(edit)
    family.refresh_from_db()
    kept = {variant.content["hopes"] for variant in Variant.objects.all()}
    assert family.version == 2
    assert kept | {family.hopes} == {f"hope {number}" for number in range(AT_ONCE)}


def test_of_many_workers_that_start_at_once_one_arranges_the_days_task(program: Program) -> None:
    race(lambda _: retention.arrange(NOW))
    assert DBTaskResult.objects.filter(task_path=retention.daily.module_path).count() == 1
