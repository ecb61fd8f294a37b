from __future__ import annotations

from django.db import models

from apego.records.models.kept import Versioned
from apego.records.models.people import Person
from apego.records.sealed import SealedText


class Supervision(Versioned):
    """A session of reflective supervision, open to both. Never a performance rating."""

    supervisor = models.ForeignKey(Person, models.PROTECT, related_name="sessions_held")
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="sessions")
    at = models.DateTimeField()
    notes = SealedText()
    agreements = SealedText()
