"""What every record has in common. Two abstract shapes, no table."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone


class Kept(models.Model):
    """A record: an id that a device may make without asking, and when it was made. Never sorted by id.

    FAMILY is the path from the record to the family it belongs to, empty where it belongs to none;
    by it access, the log, export and destruction find what is a family's.
    """

    FAMILY: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"  # an id and never words: it may end in a log line


class Versioned(Kept):
    """A record that is edited: `version` counts its edits, and an edit says which version it has seen."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
