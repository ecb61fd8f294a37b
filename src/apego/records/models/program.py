from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models

from apego.records.models.kept import Kept


class Program(Kept):
    """The one program of this installation, and what it has decided."""

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="America/Chicago")
    year_starts_month = models.PositiveSmallIntegerField(default=9)
    year_starts_day = models.PositiveSmallIntegerField(default=1)
    parent_signs = models.BooleanField(default=False)
    # The order in which a finished visit is copied into the program's other system; empty: the shipped one.
    form = models.JSONField(default=list, blank=True)
    retention_months = models.PositiveSmallIntegerField(default=36)
    transcript_months = models.PositiveSmallIntegerField(default=12)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def year_of(self, day: date) -> tuple[date, date]:
        """Give the first day of the program year that holds a day, and of the one after."""
        start = date(day.year, self.year_starts_month, self.year_starts_day)
        if day < start:
            start = start.replace(year=day.year - 1)
        return start, start.replace(year=start.year + 1)
