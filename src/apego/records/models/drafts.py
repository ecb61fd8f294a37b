from __future__ import annotations

from typing import ClassVar

from django.db import models

from apego.records.models.families import Family
from apego.records.models.kept import Kept
from apego.records.models.people import Person
from apego.records.sealed import SealedJSON


class Draft(Kept):
    """What somebody is typing, apart from the record and without history. `place` names the form."""

    FAMILY = "family"

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    family = models.ForeignKey(Family, models.CASCADE, null=True, related_name="drafts")
    place = models.CharField(max_length=120)
    content = SealedJSON()
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "place"], name="a_draft_a_place")]


class Variant(Kept):
    """An edit that met a newer version: kept beside it until a person has decided. Nothing is lost silently."""

    FAMILY = "family"

    # None where the thing is of no family: a group's plan, a session of supervision.
    family = models.ForeignKey(Family, models.CASCADE, null=True, related_name="variants")
    kind = models.CharField(max_length=24)  # the model's name, in small letters
    thing = models.UUIDField()
    base_version = models.PositiveIntegerField()
    content = SealedJSON()  # field -> words of this edit
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Delivery(models.Model):
    """The key of a form that was sent, made before it was sent. Sent twice, it is done once."""

    key = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=300, blank=True)  # the address that was answered
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"])]
