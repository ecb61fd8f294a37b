"""A form sent twice is done once: a double click, a retry after a lost answer, a phone's queue.

The key is made before the form is sent (on the page, or on a device). It is claimed first and looked at
second, since two that look first would both find nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from apego.records.models import Delivery, Person


class AnotherContent(Exception):
    """The same key came with other content: what was saved first stands, and `answer` is where it is.

    Where somebody else saved it, `answer` is empty: an address tells of a family.
    """

    def __init__(self, answer: str) -> None:
        super().__init__("same key, other content")
        self.answer = answer


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def once(*, key: UUID, digest: str, by: Person, at: datetime, do: Callable[[], str]) -> str:
    """Do it, unless it was done under this key; give the answer of the first time.

    Raises AnotherContent where the key was used for something else. What `do` raises undoes the claim too.
    """
    with transaction.atomic():
        claim = Delivery(key=key, person=by.id, digest=digest, at=at)
        Delivery.objects.bulk_create([claim], ignore_conflicts=True)
        kept = Delivery.objects.select_for_update().get(key=key)
        if kept.answer:
            if (kept.person, kept.digest) != (by.id, digest):
                raise AnotherContent(kept.answer if kept.person == by.id else "")
            return kept.answer
        kept.answer = do()
        kept.save(update_fields=["answer"])
        return kept.answer
