from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apego.records.models.families import Caregiver, Family
from apego.records.models.kept import Kept
from apego.records.models.people import Person
from apego.records.sealed import SealedText


class Consent(Kept):
    """A consent: whose, for what purpose, to which party, until when; signed; revocable (45 CFR 1303.22(a)).

    `words` are the lines as they were read and signed: the content may say it better one day, and a new
    wording is a new signature.
    """

    FAMILY = "family"

    class How(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("on paper")

    family = models.ForeignKey(Family, models.CASCADE, related_name="consents")
    caregiver = models.ForeignKey(Caregiver, models.CASCADE, null=True, blank=True, related_name="consents")
    adult = SealedText()  # an adult in the room who is no caregiver: an aunt, an interpreter
    purpose = models.CharField(max_length=32)  # practice.consents
    party = SealedText()
    what = SealedText()  # which records
    words = SealedText()
    language = models.CharField(max_length=8)  # of the words
    interpreted = models.BooleanField(default=False)  # read to the signer through an interpreter
    signed_on = models.DateField()
    how = models.CharField(max_length=8, choices=How.choices)
    drawing = SealedText()  # the path of an SVG, in a box of 600 by 200
    typed_name = SealedText()  # instead of a drawing, by whoever cannot draw one
    seen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)  # the last day
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("signed_on")),
                name="until_after_signed",
            )
        ]

    @property
    def whose(self) -> str:
        return str(self.caregiver.name if self.caregiver else self.adult)

    def stands_on(self, day: date) -> bool:
        """True when it may be relied on: signed by that day, not taken back, not run out."""
        return self.revoked_at is None and self.signed_on <= day and (self.until is None or day <= self.until)


class Disclosure(Kept):
    """What was shown or given to whom, and why (45 CFR 1303.24)."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="disclosures")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = SealedText()
    basis = models.CharField(max_length=32)  # a ground of practice.consents
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, blank=True, related_name="disclosures")
    what = SealedText()


class ParentRequest(Kept):
    """A parent's request about the record. It is answered within 45 days (45 CFR 1303.23)."""

    FAMILY = "family"
    DAYS = 45

    class Kind(models.TextChoices):
        INSPECT = "inspect", _("to read the record")
        COPY = "copy", _("a copy of the record")
        AMEND = "amend", _("to amend the record")

    class Answer(models.TextChoices):
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    family = models.ForeignKey(Family, models.CASCADE, related_name="requests")
    caregiver = models.ForeignKey(Caregiver, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = SealedText()
    received_on = models.DateField()
    due_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answer_words = SealedText()
    answered_on = models.DateField(null=True)
    statement = SealedText()  # the parent's, where it was refused: it goes out with every disclosure


class AnnualNotice(Kept):
    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="notices")
    on = models.DateField()
    language = models.CharField(max_length=8)
    how = models.CharField(max_length=16)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Hold(Kept):
    """A legal hold: while it stands, nothing of this family is destroyed, transcripts included."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="holds")
    reason = SealedText()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Opening(Kept):
    """A coordinator's reason to read a family's record, where a parent's request needs it. Logged, with an end."""

    FAMILY = "family"

    family = models.ForeignKey(Family, models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    reason = SealedText()
    request = models.ForeignKey(ParentRequest, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()


class Destroyed(models.Model):
    """The proof that a record was destroyed: its id, when, by whom, and how many rows of what. No words."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    rows = models.JSONField(default=dict)
