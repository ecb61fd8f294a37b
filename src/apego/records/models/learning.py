from __future__ import annotations

from typing import ClassVar

from django.db import models

from apego.records.models.kept import Kept
from apego.records.models.people import Person
from apego.records.sealed import SealedJSON, SealedText


class Progress(Kept):
    """How far somebody is in a part of a lesson, on whatever device. Her supervisor sees it: it is no word of hers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="progress")
    lesson = models.CharField(max_length=60)
    part = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    opened_at = models.DateTimeField()  # last; where a lesson was left is its part that was opened last
    done_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)  # while the page was in sight
    counted_at = models.DateTimeField(null=True)  # until when time is counted: no minute counts twice
    place = models.PositiveIntegerField(default=0)  # in the scene, in seconds

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "lesson", "part"], name="a_progress_a_part")
        ]


class LessonAnswer(Kept):
    """What somebody answered in a lesson. Every try is kept. Hers, and her supervisor's once she shares it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lesson_answers")
    lesson = models.CharField(max_length=60)
    exercise = models.CharField(max_length=60)  # the id of a question, or of a small practice
    words = SealedText()
    parts = SealedJSON()  # a domain -> words, or the number of a sentence -> where it was sorted
    language = models.CharField(max_length=2)  # of the page on which it was written
    at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "lesson", "exercise"])]


class Mark(Kept):
    """A moment of a scene that somebody marked while watching, with a few words or none. Hers alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="marks")
    lesson = models.CharField(max_length=60)
    at_seconds = models.PositiveIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    words = SealedText()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "lesson"])]
