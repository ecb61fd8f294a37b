"""A consent is signed and can be taken back; a disclosure is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from apego.practice.consents import grounds
from apego.practice.content import Language
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.consents import Adult
from apego.records.models import Consent, Disclosure, Family, Person

# Straight strokes only, in a box of 600 by 200: what a finger draws, and nothing that a page could stumble over.
DRAWING = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+")
PLACE = re.compile(r"\d+ \d+")
LONGEST_DRAWING = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What an adult was asked: the lines as they were read, and what the record needs to know of them."""

    purpose: str
    words: tuple[str, ...]
    language: Language
    interpreted: bool
    until: date
    party: str = ""
    what: str = ""


@action
def sign(
    *,
    id: UUID,
    family: Family,
    adult: Adult,
    asked: Asked,
    how: str,
    drawing: str = "",
    typed_name: str = "",
    on: date,
    by: Person,
    at: datetime,
) -> Consent:
    """Keep that an adult signed: on the screen, drawn or by her name written there, or on paper that `by` saw."""
    if adult.caregiver and adult.caregiver.family_id != family.id:
        raise NotPossible("not-of-this-family")
    if how == Consent.How.SCREEN and not (is_drawn(drawing) or typed_name.strip()):
        raise NotPossible("not-signed")
    return Consent.objects.get_or_create(
        id=id,
        defaults={
            "family": family,
            "caregiver": adult.caregiver,
            "adult": adult.named,
            "purpose": asked.purpose,
            "party": asked.party,
            "what": asked.what,
            "words": "\n".join(asked.words),
            "language": asked.language,
            "interpreted": asked.interpreted,
            "signed_on": on,
            "how": how,
            "drawing": drawing if how == Consent.How.SCREEN and is_drawn(drawing) else "",
            "typed_name": typed_name.strip() if how == Consent.How.SCREEN else "",
            "seen_by": by,
            "until": asked.until,
            "made_at": at,
        },
    )[0]


@action
def revoke(*, consent: Consent, by: Person, at: datetime) -> Consent:
    """Take a consent back, from now on: no new use of it. What was done before stays done."""
    consent = locked(consent)
    if consent.revoked_at is None:
        consent.revoked_at = at
        consent.save(update_fields=["revoked_at"])
    return consent


@action
def disclose(
    *,
    id: UUID,
    family: Family,
    party: str,
    basis: str,
    what: str,
    consent: Consent | None = None,
    on: date,
    by: Person,
    at: datetime,
) -> Disclosure:
    """Write down what went to whom, and on what ground. A ground that needs a consent needs one that stands."""
    if grounds()[basis].consent and (
        consent is None or consent.family_id != family.id or not consent.stands_on(on)
    ):
        raise NotPossible("no-consent")
    return Disclosure.objects.get_or_create(
        id=id,
        defaults={
            "family": family,
            "at": at,
            "by": by,
            "party": party,
            "basis": basis,
            "consent": consent,
            "what": what,
            "made_at": at,
        },
    )[0]


def is_drawn(drawing: str) -> bool:
    """True when this is a signature: strokes of the pad, and more than a dot.

    >>> is_drawn("M10 20L30 40"), is_drawn("M10 20L10 20"), is_drawn('M1 1L2 2" onload="x')
    (True, False, False)
    """
    if len(drawing) > LONGEST_DRAWING or not DRAWING.fullmatch(drawing):
        return False
    return len(set(PLACE.findall(drawing))) > 1
