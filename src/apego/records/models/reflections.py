from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apego.records.models.families import Family
from apego.records.models.kept import Kept, Versioned
from apego.records.models.people import Person
from apego.records.models.rights import Consent
from apego.records.models.visits import Visit
from apego.records.sealed import SealedJSON, SealedText


class AfterVisit(Versioned):
    """Five minutes after a visit: six questions, answered or not. The visitor's own, so no family's record."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="after")
    by = models.ForeignKey(Person, models.CASCADE, related_name="after_visits")
    answers = SealedJSON()  # question of practice.after_visit -> words

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "by"], name="one_after_visit_a_visitor")
        ]


class Transcript(Kept):
    """A conversation, as WebVTT, with every adult's consent. Part of the child's record; shown to nobody but the
    visitor until she shares it."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="transcripts")
    visit = models.ForeignKey(Visit, models.CASCADE, null=True, blank=True, related_name="transcripts")
    by = models.ForeignKey(Person, models.PROTECT, related_name="transcripts")
    on = models.DateField()
    words = SealedText()  # WebVTT, as apego.listening.formats.vtt writes it
    cast = SealedJSON()  # speaker -> role, once the visitor has said who is who
    repairs = (
        SealedJSON()
    )  # what was mended while reading: a list of line, code and slots of practice.sentences
    child_months = models.PositiveSmallIntegerField(null=True)
    consents = models.ManyToManyField(Consent, related_name="transcripts")
    shared_at = models.DateTimeField(null=True)
    keep_until = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "on"]), models.Index(fields=["keep_until"])]


class Reflection(Kept):
    """What was found in a transcript, as it was found: never silently computed anew."""

    FAMILY = "transcript__family"

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("reading")
        DONE = "done", _("done")
        FAILED = "failed", _("not read")

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="reflections")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)  # of 100
    moved_at = (
        models.DateTimeField()
    )  # when the state or the progress last moved: a job that died stands still
    trouble = models.CharField(max_length=60, blank=True)  # the code of what went wrong, never words
    document = SealedJSON()  # by the published schema
    pages = SealedJSON()  # language -> the fragment as it was drawn
    apego_version = models.CharField(max_length=20, blank=True)  # the content is the one of this version
    reader_hash = models.CharField(max_length=64, blank=True)
    schema_version = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)


class OwnAnswer(Versioned):
    """What the visitor answers to a reflection's question. Hers alone."""

    reflection = models.ForeignKey(Reflection, models.CASCADE, related_name="own_answers")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    words = SealedText()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["reflection", "by"], name="one_own_answer")]
