"""Consent in plain words: purposes, what may go out without it, a family's rights, the notice of every year.

The words that a parent hears and signs. Who signed what and when, and what was disclosed, is kept
elsewhere. Nothing here is legal advice: `verified` is False where the regulation was not at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Language, Text, load
from apego.practice.content.entries import ids, named, table, text_under, texts_under
from apego.practice.rules import rule, rules
from apego.practice.visiting import Choice, choices


@dataclass(frozen=True, slots=True)
class ConsentPurpose:
    """One thing a family may consent to; `asks` are the blanks to fill before anybody signs."""

    id: str
    name: Text
    asks: tuple[str, ...]
    what: Text
    why: Text
    who: Text
    until: Text

    def written(self, language: Language, blanks: Mapping[str, str]) -> tuple[str, ...]:
        """Give the lines that are read aloud and signed: what, why, who, until when, and the promises.

            >>> letter = consent_purpose("letter")
            >>> letter.written("en", {"party": "Luz", "until": "June 30, 2027"})[3]
            'This permission ends on June 30, 2027.'

        Nobody signs a blank: raises ContentError for one that is missing or empty.

            >>> letter.written("en", {"party": "Luz", "until": " "})
            Traceback (most recent call last):
            apego.practice.content.ContentError: consents: letter is not filled in: until
        """
        empty = [blank for blank in self.asks if not blanks.get(blank, "").strip()]
        if empty:
            raise ContentError(f"consents: {self.id} is not filled in: {', '.join(empty)}")
        filled = {blank: blanks[blank] for blank in self.asks}
        said = [part[language].format(**filled) for part in (self.what, self.why, self.who, self.until)]
        return (*said, *(promise[language] for promise in promises()))


@dataclass(frozen=True, slots=True)
class Right:
    """One right over the record; `rule` is the id of the rule (`apego.practice.rules`) behind it, if any."""

    id: str
    name: Text
    says: Text
    rule: str | None
    citation: str
    verified: bool

    def said(self, language: Language, on: date) -> str:
        """Give the right in words, with the number that is in force on a day.

        >>> right("inspect").said("es", on=date(2026, 3, 2))[:75]
        'Usted puede leer todo lo que hay en el expediente de su niño o niña. El pro'
        """
        days = rule(self.rule, on).value if self.rule else None
        return self.says[language].format(days=days)


@dataclass(frozen=True, slots=True)
class Ground:
    """On what ground something is disclosed: whether by `consent`, and whether after a `notice`."""

    id: str
    name: Text
    consent: bool
    notice: bool
    citation: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of every year: the rights are listed after `rights`, other grounds after `without`."""

    name: Text
    opening: Text
    rights: Text
    without: Text
    closing: Text
    citation: str
    verified: bool


@cache
def blanks() -> dict[str, Choice]:
    """Give the blanks that a consent may ask for, with the words of the form.

    >>> list(blanks())
    ['records', 'party', 'reason', 'adults', 'until']
    """
    return choices("consents", "blanks")


@cache
def consent_purposes() -> dict[str, ConsentPurpose]:
    """Give what a family may be asked to consent to, by permanent id; each is signed apart.

    >>> list(consent_purposes())
    ['share', 'record', 'transcript', 'photos', 'interpreter', 'letter', 'study']
    """
    entries = table(load("consents"), "purposes", "consents")
    return {purpose_id: _purpose(purpose_id, entry) for purpose_id, entry in entries.items()}


def consent_purpose(purpose_id: str) -> ConsentPurpose:
    """Give one purpose. Raises ContentError when there is none of that id."""
    return named(consent_purposes(), purpose_id, "consents, purposes")


@cache
def promises() -> tuple[Text, ...]:
    """Give what is said with every consent: free, no service depends on it, revocable from then on, a copy.

    >>> promises()[0].es
    'Usted es libre de decir que sí o que no.'
    """
    return texts_under(load("consents"), "promises", "consents")


@cache
def before_signing() -> tuple[Text, ...]:
    """Give what the visitor is reminded of before anybody signs.

    >>> before_signing()[1].en
    'Whoever interprets it is an adult from outside the family.'
    """
    return texts_under(load("consents"), "before", "consents")


@cache
def rights() -> dict[str, Right]:
    """Give the family's rights over the record, by permanent id.

    >>> list(rights())[:4]
    ['inspect', 'amend', 'hearing', 'statement']
    """
    entries = table(load("consents"), "rights", "consents")
    return {right_id: _right(right_id, entry) for right_id, entry in entries.items()}


def right(right_id: str) -> Right:
    """Give one right. Raises ContentError when there is none of that id."""
    return named(rights(), right_id, "consents, rights")


@cache
def grounds() -> dict[str, Ground]:
    """Give the grounds on which something may be disclosed, by permanent id, consent first.

    >>> [ground.id for ground in grounds().values() if ground.notice]
    ['school', 'court']
    """
    entries = table(load("consents"), "disclosures", "consents")
    return {ground_id: _ground(ground_id, entry) for ground_id, entry in entries.items()}


@cache
def annual_notice() -> Notice:
    """Give the notice that every family gets once a year.

    `{program}` is the program's name, `{contact}` who answers for the record.

    >>> annual_notice().rights.en
    'These are your rights over that record.'
    """
    entry, where = table(load("consents"), "notice", "consents"), "consents: notice"
    return Notice(
        name=text_under(entry, "name", where),
        opening=text_under(entry, "opening", where),
        rights=text_under(entry, "rights", where),
        without=text_under(entry, "without", where),
        closing=text_under(entry, "closing", where),
        citation=_citation(entry, where),
        verified=_fact(entry, "verified", where),
    )


def _purpose(purpose_id: str, entry: Mapping[str, Any]) -> ConsentPurpose:
    where = f"consents: {purpose_id}"
    return ConsentPurpose(
        id=purpose_id,
        name=text_under(entry, "name", where),
        asks=ids(entry, "asks", where, known=blanks()),
        what=text_under(entry, "what", where),
        why=text_under(entry, "why", where),
        who=text_under(entry, "who", where),
        until=text_under(entry, "until", where),
    )


def _right(right_id: str, entry: Mapping[str, Any]) -> Right:
    where = f"consents: rights, {right_id}"
    return Right(
        id=right_id,
        name=text_under(entry, "name", where),
        says=text_under(entry, "says", where),
        rule=ids({"rule": [entry["rule"]]}, "rule", where, known=rules())[0] if "rule" in entry else None,
        citation=_citation(entry, where),
        verified=_fact(entry, "verified", where),
    )


def _ground(ground_id: str, entry: Mapping[str, Any]) -> Ground:
    where = f"consents: disclosures, {ground_id}"
    return Ground(
        id=ground_id,
        name=text_under(entry, "name", where),
        consent=_fact(entry, "consent", where),
        notice=_fact(entry, "notice", where),
        citation=_citation(entry, where),
        verified=_fact(entry, "verified", where),
    )


def _citation(entry: Mapping[str, Any], where: str) -> str:
    given = entry.get("citation")
    if not isinstance(given, str) or not given.startswith("45 CFR 1303."):
        raise ContentError(f"{where}: citation is {given}, and begins with 45 CFR 1303.")
    return given


def _fact(entry: Mapping[str, Any], key: str, where: str) -> bool:
    given = entry.get(key)
    if not isinstance(given, bool):
        raise ContentError(f"{where} does not say whether {key}")
    return given
