from __future__ import annotations

from typing import ClassVar

from django.db import models


class Line(models.Model):
    """One line of the log: who did what to which record of which family. Ids and never words.

    No foreign keys: the log outlives what it tells of and never stands in the way of destruction. A trigger in the
    database refuses every change to a line and every removal.
    """

    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=24, blank=True)
    thing = models.UUIDField(null=True)
    family = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["family", "at"]), models.Index(fields=["by", "at"])]
