"""A family and its people, who visits it, its days, contacts, supports and safety notes. No visit stands here."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apego.records.models.kept import Kept, Versioned
from apego.records.models.people import Person
from apego.records.sealed import SealedText


class Option(models.TextChoices):
    EARLY_HEAD_START = "early_head_start", "Early Head Start"
    HEAD_START = "head_start", "Head Start"


class Family(Versioned):
    """A family: what is the family's as a whole. There is no field for immigration status, and there will be none."""

    FAMILY = "id"

    name = SealedText()
    address = SealedText()
    option = models.CharField(max_length=20, choices=Option.choices, default=Option.EARLY_HEAD_START)
    enrolled_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    home_languages = models.JSONField(default=list)  # ISO 639 codes of practice.visiting
    interpreter_needed = models.BooleanField(default=False)
    interpreter = SealedText()
    matters = SealedText()  # what matters in this family, in the family's words
    hopes = SealedText()
    words_language = models.CharField(max_length=2, default="en")  # of matters and hopes
    celebrates = models.BooleanField(default=True)


class Child(Versioned):
    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="children")
    name = SealedText()
    born_on = models.DateField()
    weeks_early = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=8, blank=True)
    enrolled = models.BooleanField(default=True)  # a sibling may be at home and not be enrolled

    class Meta:
        ordering: ClassVar = ["born_on"]


class Caregiver(Versioned):
    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="caregivers")
    name = SealedText()
    called = SealedText()  # how somebody likes to be called: doña Victoriana, Tata
    relation = models.CharField(max_length=24)  # practice.visiting
    phone = SealedText()
    phone_is_safe = models.BooleanField(default=True)
    safe_hours = SealedText()
    wants_letters = models.BooleanField(default=True)
    reads = models.CharField(max_length=16, default="reads")  # practice.visiting
    language = models.CharField(max_length=8, blank=True)
    birthday = models.CharField(max_length=5, blank=True)  # MM-DD: the year is nobody's business
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made_at"]


class Assignment(Kept):
    """Who visits a family, from when to when. A cover is temporary and has an end."""

    FAMILY = "family"

    class Kind(models.TextChoices):
        STEADY = "steady", _("visits the family")
        COVER = "cover", _("covers for a while")

    family = models.ForeignKey(Family, models.CASCADE, related_name="assignments")
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STEADY)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day
    covers = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # who is away
    reason = SealedText()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["visitor", "since", "until"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(kind="cover") | models.Q(until__isnull=False), name="a_cover_has_an_end"
            )
        ]

    @staticmethod
    def on(day: date) -> models.Q:
        """The condition that an assignment holds on a day."""
        return models.Q(since__lte=day) & (models.Q(until=None) | models.Q(until__gte=day))


class Occasion(Versioned):
    """An important day of a family besides its birthdays, which are known from the people."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="occasions")
    day = models.CharField(max_length=5)  # MM-DD, every year
    kind = models.CharField(max_length=24, blank=True)  # practice.visiting: days
    what = SealedText()  # in words of one's own, beside the kind or instead of it
    child = models.ForeignKey(Child, models.CASCADE, null=True, blank=True, related_name="+")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True)


class Memento(Kept):
    """A small attention, and what was done on somebody's day: next year it is remembered."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="mementos")
    on = models.DateField()
    words = SealedText()
    child = models.ForeignKey(Child, models.CASCADE, null=True, blank=True, related_name="mementos")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, blank=True, related_name="mementos")
    occasion = models.ForeignKey(Occasion, models.CASCADE, null=True, blank=True, related_name="mementos")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Contact(Kept):
    """A call, a message, a word in passing between visits."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    how = models.CharField(max_length=16)  # practice.visiting
    caregiver = models.ForeignKey(Caregiver, models.SET_NULL, null=True, blank=True, related_name="+")
    words = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["family", "at"])]


class Support(Kept):
    """How a parent is doing, a support offered, a step of a referral. Restricted; never a diagnosis."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="supports")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField()
    area = models.CharField(max_length=24)  # practice.supports
    kind = models.CharField(max_length=24, blank=True)  # practice.supports: what supported
    step = models.CharField(max_length=24, blank=True)  # practice.supports: of a referral
    words = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class SafetyNote(Kept):
    """What was said or seen, in exact words. Exempt from the note check; in no letter, no Today, and until it is
    reviewed in nobody's bundle."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="safety_notes")
    caregiver = models.ForeignKey(Caregiver, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    words = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    in_bundle_for = models.ManyToManyField(Caregiver, blank=True, related_name="+")  # decided at the review


class Said(Kept):
    """A topic of the first visit that has been said, and in which language."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="said")
    topic = models.CharField(max_length=40)  # practice.first_visit
    language = models.CharField(max_length=8)
    interpreted = models.BooleanField(default=False)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "topic"], name="a_topic_is_said_once")
        ]
