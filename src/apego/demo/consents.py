"""What adults signed: at the first visit for letters, photos and an interpreter; one took a permission back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.formats import date_format

from apego.demo.stage import Home, Stage
from apego.practice.consents import consent_purpose
from apego.practice.content import Language
from apego.records.actions import consents
from apego.records.consents import Adult
from apego.records.models import Consent, Person
from apego.records.transcripts import months_after

FORMATS = {"es": "j \\d\\e F \\d\\e Y", "en": "F j, Y"}
MONTHS = 12  # after it, the family is asked anew
PHOTOS_OF_TEN = 5


def at_first(stage: Stage, home: Home, *, by: Person, at: datetime) -> None:
    """Have the caregiver at home sign at the first visit what this family needs."""
    told = home.caregivers[home.at_home[0]]
    adult = Adult(told)
    if told.wants_letters:
        sign(stage, home, adult, "letter", {"party": told.name}, by=by, at=at)
    if home.told.interpreter:
        sign(stage, home, adult, "interpreter", {"party": home.told.interpreter}, by=by, at=at)
    chance = stage.chance(home.told.slug, "photos")
    if not home.told.safety and chance.randrange(10) < PHOTOS_OF_TEN:
        signed = sign(stage, home, adult, "photos", {"party": told.name}, by=by, at=at)
        taken_back = at + timedelta(days=chance.randint(30, 120))
        if chance.randrange(10) == 0 and taken_back < stage.now:
            consents.revoke(consent=signed, by=by, at=taken_back)


def sign(
    stage: Stage, home: Home, adult: Adult, purpose: str, blanks: dict[str, str], *, by: Person, at: datetime
) -> Consent:
    """Have an adult sign for one purpose, on paper that the visitor saw."""
    language = home.told.language
    until = months_after(at.date(), MONTHS)
    return consents.sign(
        id=stage.id(home.told.slug, "consent", purpose, adult.name),
        family=home.family,
        adult=adult,
        asked=consents.Asked(
            purpose=purpose,
            words=consent_purpose(purpose).written(language, {**blanks, "until": _long(until, language)}),
            language=language,
            interpreted=bool(home.told.interpreter),
            until=until,
            party=blanks.get("party", ""),
        ),
        how=Consent.How.PAPER,
        on=at.date(),
        by=by,
        at=at,
    )


def _long(day: date, language: Language) -> str:
    with translation.override(language):
        return date_format(day, FORMATS[language])
