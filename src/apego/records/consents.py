"""Which consents stand, whose they are, and in which language a person is asked. Signing is an action.

A consent is relied on only through `lacking` and `standing`: what was taken back or has run out is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from apego.listening.folded import fold
from apego.practice.content import LANGUAGES, Language
from apego.practice.visiting import home_languages
from apego.records.models import Caregiver, Consent, Family

TRANSCRIPT = "transcript"  # the purpose of practice.consents that a conversation needs


@dataclass(frozen=True, slots=True)
class Adult:
    """Somebody who was in the room: a caregiver of the family, or an adult by name."""

    caregiver: Caregiver | None = None
    named: str = ""

    @property
    def name(self) -> str:
        return self.caregiver.name if self.caregiver else self.named

    def signed(self, consent: Consent) -> bool:
        """True when this consent is this adult's. Names are compared without accents and capital letters."""
        if self.caregiver:
            return consent.caregiver_id == self.caregiver.id
        return not consent.caregiver_id and _bare(consent.adult) == _bare(self.named)


@dataclass(frozen=True, slots=True)
class InTheRoom:
    """An adult and the consent that stands for her; None where she has not signed one."""

    adult: Adult
    consent: Consent | None


def of_family(family: Family) -> list[Consent]:
    """Give a family's consents, the newest first."""
    return list(family.consents.select_related("caregiver", "seen_by").order_by("-signed_on", "-made_at"))


def in_the_room(
    family: Family, adults: Iterable[Adult], on: date, purpose: str = TRANSCRIPT
) -> list[InTheRoom]:
    """Give for each adult the consent that stands for a purpose on a day: the one that holds longest."""
    standing = [one for one in of_family(family) if one.purpose == purpose and one.stands_on(on)]
    standing.sort(key=lambda one: (one.until is None, one.until), reverse=True)
    return [
        InTheRoom(adult, next((one for one in standing if adult.signed(one)), None))
        for adult in _once(adults)
    ]


def lacking(room: Sequence[InTheRoom]) -> list[Adult]:
    """Give the adults without a consent. A room without an adult lacks everybody: nobody was asked."""
    return [one.adult for one in room if one.consent is None]


def asked_in(languages: Sequence[str], otherwise: Language) -> tuple[Language, bool]:
    """Give the language in which the words stand, and whether somebody has to interpret them.

    >>> asked_in(["spa"], "en"), asked_in(["mam", "spa"], "en"), asked_in(["mam"], "en"), asked_in([], "es")
    (('es', False), ('es', False), ('en', True), ('es', False))
    """
    tags = [home_languages()[code].tag for code in languages if code in home_languages()]
    for language in LANGUAGES:
        if tags[:1] == [language]:
            return language, False
    found = next((language for tag in tags for language in LANGUAGES if tag == language), otherwise)
    return found, bool(tags) and found not in tags


def languages_of(caregiver: Caregiver | None, family: Family) -> list[str]:
    """Give the languages in which to ask: the caregiver's own where it is known, else the family's."""
    return [caregiver.language] if caregiver and caregiver.language else list(family.home_languages)


def _once(adults: Iterable[Adult]) -> list[Adult]:
    found: dict[str, Adult] = {}
    for adult in adults:
        if adult.caregiver or _bare(adult.named):
            found.setdefault(str(adult.caregiver.id) if adult.caregiver else _bare(adult.named), adult)
    return list(found.values())


def _bare(name: str) -> str:
    return " ".join(fold(name).split())
