"""A letter's first draft: about three sentences, each of them from the record of one visit.

What the child did, what this adult did that helped it happen, what this adult wanted to try. A sentence
for which the record has nothing is left out; nothing is translated and nothing is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from apego.practice.content import Language
from apego.practice.letters import frame
from apego.records.models import Caregiver, Credit, Moment, Person, Visit

# A moment in which the two met is the first choice for a letter.
MET: tuple[str, ...] = ("enjoy", "repair", "respond", "read", "notice")

LETTERS: Mapping[str, Language] = {"spa": "es", "eng": "en"}


def home_language(caregiver: Caregiver) -> Language:
    """Give the language of a letter to this caregiver: Spanish or English, which content has."""
    spoken = [caregiver.language, *caregiver.family.home_languages]
    return next((LETTERS[code] for code in spoken if code in LETTERS), "en")


def draft(visit: Visit, caregiver: Caregiver, language: Language, by: Person) -> str:
    """Give the letter's words, to be changed before they are given. Always the same for the same record."""
    key = str(visit.id)
    moment = _moment(visit, language)
    child = moment.children.first() if moment else visit.family.children.filter(enrolled=True).first()
    name = child.name if child else ""
    lines = [frame("opening").said(language, key, adult=caregiver.called or caregiver.name)]
    if moment and name:
        lines.append(
            frame("moment").said(language, key, child=name, day=_day(visit, language), moment=moment.words)
        )
    if (credit := _credit(visit, caregiver, language)) and name:
        lines.append(frame("credit").said(language, key, child=name, credit=credit.words))
    wanted = visit.parts.filter(part="next").first()
    if wanted and wanted.words.strip():
        lines.append(frame("next").said(language, key, next=wanted.words))
    if name:
        lines.append(frame("closing").said(language, key, child=name))
    lines.append(frame("signature").said(language, key, visitor=by.name))
    return "\n\n".join(lines)


def _day(visit: Visit, language: Language) -> str:
    with override(language):
        form = "l j \\d\\e F" if language == "es" else "l, F j"
        return date_format(timezone.localtime(visit.when), form)


def _moment(visit: Visit, language: Language) -> Moment | None:
    kept = list(visit.moments.filter(removed_at=None).order_by("at"))
    met = {kind: rank for rank, kind in enumerate(MET)}

    def rank(moment: Moment) -> tuple[bool, int]:
        return moment.language != language, min((met[kind] for kind in moment.kinds), default=len(MET))

    return min(kept, key=rank, default=None)


def _credit(visit: Visit, caregiver: Caregiver, language: Language) -> Credit | None:
    kept: Sequence[Credit] = list(
        visit.credits.filter(removed_at=None, caregiver=caregiver).order_by("made_at")
    )
    return min(kept, key=lambda credit: credit.language != language, default=None)
