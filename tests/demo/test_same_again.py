"""The same day and the same seed give the same program; another seed gives another one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from apego.demo.program import SEED, play
from apego.records.models import Family, Moment, Visit
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def told(seed: str) -> tuple[set[UUID], set[Any], set[Any]]:
    """Play a small part of the program, and give what was made, which then was never there."""
    with transaction.atomic():
        play(now=NOW, only=("alvarenga",), seed=seed)
        found = (
            set(Family.objects.values_list("id", flat=True)),
            set(Visit.objects.values_list("id", "planned_at", "started_at", "status")),
            {(moment.id, moment.at, moment.words) for moment in Moment.objects.all()},
        )
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_program() -> None:
    assert told(SEED) == told(SEED)


def test_another_seed_gives_another_one() -> None:
    assert told(SEED)[0] != told("another")[0]
