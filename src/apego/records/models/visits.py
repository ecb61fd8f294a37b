from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apego.records.models.families import Caregiver, Child, Family
from apego.records.models.kept import Kept, Versioned
from apego.records.models.people import Person
from apego.records.sealed import SealedText


class Series(Kept):
    """Weekly visits of a family: the day of the week and the time on the program's clock."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="series")
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="series")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    time = models.TimeField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


class Visit(Versioned):
    """A home visit: planned, under way, finished, or not held and why. `version` is that of who, when and where."""

    FAMILY = "family"

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under_way", _("under way")
        DONE = "done", _("done")
        ATTEMPTED = "attempted", _("attempted")
        CANCELLED_BY_FAMILY = "cancelled_family", _("cancelled by the family")
        CANCELLED_BY_PROGRAM = "cancelled_program", _("cancelled by the program")

    family = models.ForeignKey(Family, models.CASCADE, related_name="visits")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="visits")
    planned_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PLANNED)
    reason = models.CharField(max_length=32, blank=True)  # practice.visiting: why it was not held
    makes_up = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="made_up_by")
    is_first = models.BooleanField(default=False)
    visitors = models.ManyToManyField(Person, related_name="visits")
    children = models.ManyToManyField(Child, blank=True, related_name="visits")
    caregivers = models.ManyToManyField(Caregiver, blank=True, related_name="visits")
    others = SealedText()  # who else took part
    place = models.CharField(max_length=24, default="home")  # practice.visiting
    languages = models.JSONField(default=list, blank=True)
    interpreter = SealedText()
    is_appointment = models.BooleanField(default=False)  # a doctor's, an agency's: not counted as a visit
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, editable=False)
    finished_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["family", "planned_at"]),
            models.Index(fields=["family", "status", "started_at"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None, finished_by=None)
                | models.Q(finished_at__isnull=False, finished_by__isnull=False),
                name="finished_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at=None)
                | models.Q(started_at__isnull=False, ended_at__isnull=False),
                name="a_finished_visit_has_its_times",
            ),
            # A series gives a day one visit, however many processes lay it out.
            models.UniqueConstraint(fields=["series", "planned_at"], name="one_visit_a_day_of_a_series"),
        ]

    @property
    def when(self) -> datetime:
        """When it began, and until it has, when it is planned for."""
        return self.started_at or self.planned_at

    @property
    def length(self) -> timedelta | None:
        return self.ended_at - self.started_at if self.started_at and self.ended_at else None


class VisitPart(Versioned):
    """One field group of a visit: follow-up, since last time, what was tried, next steps, … (practice.planning)."""

    FAMILY = "visit__family"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=24)
    words = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "part"], name="a_visit_has_a_part_once")
        ]


class Plan(Versioned):
    """A visit's plan, made with the parent."""

    FAMILY = "visit__family"

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="plan")
    noticed = SealedText()  # what the parent has noticed since
    hope = SealedText()  # the family's hope for this visit
    invitations = models.JSONField(default=list, blank=True)  # ids of routines, games and materials
    own_idea = SealedText()
    questions = models.JSONField(default=list, blank=True)  # ids of practice.questions
    own_question = SealedText()
    bring = SealedText()
    made_with = models.ManyToManyField(Caregiver, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Moment(Versioned):
    """What child and parent did, in the visitor's words. The unit of a record."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="moments")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, related_name="moments")
    socialization = models.ForeignKey("Socialization", models.CASCADE, null=True, related_name="moments")
    at = models.DateTimeField()
    children = models.ManyToManyField(Child, blank=True, related_name="moments")
    words = SealedText()
    language = models.CharField(max_length=2, default="en")
    parent_words = SealedText()
    parent_language = models.CharField(max_length=2, blank=True)
    kinds = models.JSONField(default=list, blank=True)  # notice, read, respond, enjoy, repair
    capacities = models.JSONField(default=list, blank=True)
    domains = models.JSONField(default=list, blank=True)
    goals = models.JSONField(default=list, blank=True)
    left_as_is = models.JSONField(default=list, blank=True)  # what the note check asked and she left
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["family", "at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(visit=None, socialization__isnull=False)
                | models.Q(visit__isnull=False, socialization=None),
                name="a_moment_is_of_a_visit_or_a_socialization",
            )
        ]


class Credit(Versioned):
    """A strength or a small step that was credited to a caregiver."""

    FAMILY = "visit__family"

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("a strength")
        WITH_CHILD = "with_child", _("a small step with the child")
        WITH_VISITOR = "with_visitor", _("a small step with the visitor")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="credits")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, blank=True, related_name="credits")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.STRENGTH)
    words = SealedText()
    language = models.CharField(max_length=2, default="en")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)


class Signature(Kept):
    """Who signed a finished visit and how: by being signed in, on the screen, or on paper that somebody saw."""

    FAMILY = "visit__family"

    class How(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("on paper")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices)
    drawing = SealedText()  # the path of an SVG, in a box of 600 by 200
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, caregiver=None)
                | models.Q(person=None, caregiver__isnull=False),
                name="a_signature_is_somebodys",
            ),
            models.UniqueConstraint(fields=["visit", "person"], name="a_person_signs_once"),
            models.UniqueConstraint(fields=["visit", "caregiver"], name="a_caregiver_signs_once"),
        ]


class Addendum(Kept):
    """What is added to a finished visit. It stands below; the visit stays as it was signed."""

    FAMILY = "visit__family"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="addenda")
    words = SealedText()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "ParentRequest", models.SET_NULL, null=True, blank=True, related_name="addenda"
    )


class Letter(Versioned):
    FAMILY = "visit__family"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="letters")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, related_name="letters")
    language = models.CharField(max_length=2)
    words = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    read_aloud = models.BooleanField(default=False)


class Socialization(Versioned):
    """A group socialization in PIWI's shape, planned with parents."""

    at = models.DateTimeField()
    place = SealedText()
    status = models.CharField(max_length=20, choices=Visit.Status.choices, default=Visit.Status.PLANNED)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    start_from = models.CharField(max_length=40, blank=True)  # id of practice.gatherings
    question = SealedText()
    predictions = SealedText()
    areas = SealedText()
    look_for = SealedText()
    song = SealedText()
    closing = SealedText()
    take_home = SealedText()
    planned_with = models.ManyToManyField(Caregiver, blank=True, related_name="+")
    visitors = models.ManyToManyField(Person, related_name="socializations")
    finished_at = models.DateTimeField(null=True, editable=False)


class Attendance(Kept):
    """A family that came to a socialization, and who of it."""

    FAMILY = "family"

    socialization = models.ForeignKey(Socialization, models.CASCADE, related_name="attendances")
    family = models.ForeignKey(Family, models.CASCADE, related_name="attendances")
    children = models.ManyToManyField(Child, blank=True, related_name="+")
    caregivers = models.ManyToManyField(Caregiver, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["socialization", "family"], name="a_family_comes_once")
        ]
