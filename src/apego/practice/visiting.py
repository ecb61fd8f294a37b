"""What the page of a visit lets one choose: kinds, places, outcomes, contacts, relations, languages, days.

Each list is short names under permanent ids. What is said or written at a visit is no subject here:
prompts stand in `apego.practice.planning`, how a parent is doing in `apego.practice.supports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from apego.practice.content import ContentError, Text, load
from apego.practice.content.entries import ids, table, text_under


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit was not held, and the `outcomes` beside which it is offered. It blames nobody."""

    id: str
    name: Text
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactPrompt:
    """What a call or a message between visits may be about, and words for it to make one's own."""

    id: str
    name: Text
    say: Text


@dataclass(frozen=True, slots=True)
class HomeLanguage:
    """A language spoken or signed at home: its ISO 639 code as `id`, and the `tag` for HTML's `lang`."""

    id: str
    name: Text
    tag: str


@cache
def kinds() -> dict[str, Choice]:
    """Give the kinds of visit.

    >>> list(kinds())
    ['weekly', 'first', 'make_up', 'extra', 'farewell']
    """
    return choices("visit", "kinds")


@cache
def places() -> dict[str, Choice]:
    """Give where a visit may be held, the child's home first; by video and by phone are places too.

    >>> places()["video"].name.es
    'Por videollamada'
    """
    return choices("visit", "places")


@cache
def outcomes() -> dict[str, Choice]:
    """Give what may become of a planned visit. The standards count each of them differently.

    >>> list(outcomes())
    ['done', 'cancelled_family', 'cancelled_program', 'attempted']
    """
    return choices("visit", "outcomes")


@cache
def reasons() -> dict[str, Reason]:
    """Give every reason why a visit was not held."""
    entries = table(load("visit"), "reasons", "visit")
    return {reason_id: _reason(reason_id, entry) for reason_id, entry in entries.items()}


def reasons_for(outcome: str) -> tuple[Reason, ...]:
    """Give the reasons to offer beside an outcome; none beside a visit that was held.

    >>> [reason.id for reason in reasons_for("cancelled_program")][:3]
    ['visitor_ill', 'visitor_away', 'training']
    >>> reasons_for("done")
    ()
    """
    return tuple(reason for reason in reasons().values() if outcome in reason.outcomes)


@cache
def contacts() -> dict[str, Choice]:
    """Give the kinds of contact between visits.

    >>> list(contacts())[:3]
    ['call', 'message', 'voice_message']
    """
    return choices("visit", "contacts")


@cache
def contact_prompts() -> dict[str, ContactPrompt]:
    """Give what a contact between visits may be about. None of them asks the family for anything.

    >>> contact_prompts()["missed"].say.en
    'We missed each other this week. What would be a good day for you?'
    """
    entries = table(load("visit"), "prompts", "visit")
    return {prompt_id: _prompt(prompt_id, entry) for prompt_id, entry in entries.items()}


@cache
def relations() -> dict[str, Choice]:
    """Give what somebody may be to a child, as families say it.

    >>> relations()["foster_mother"].name.en
    'Foster mother'
    """
    return choices("visit", "relations")


@cache
def reading() -> dict[str, Choice]:
    """Give how somebody may like to get what is written.

    >>> list(reading())
    ['reads', 'with_help', 'read_to']
    """
    return choices("visit", "reading")


@cache
def days() -> dict[str, Choice]:
    """Give what an important day may be. Not every one is a feast, and some families keep none.

    >>> days()["loss"].name.en
    'Day of a loss'
    """
    return choices("visit", "days")


@cache
def home_languages() -> dict[str, HomeLanguage]:
    """Give the home languages by their ISO 639 code.

    >>> home_languages()["mam"].name.en, home_languages()["spa"].tag
    ('Mam', 'es')
    """
    entries = table(load("visit"), "languages", "visit")
    return {code: _language(code, entry) for code, entry in entries.items()}


def choices(content: str, key: str) -> dict[str, Choice]:
    """Give one list of a content file, in its order, by permanent id.

    Raises ContentError when the list is missing, or an entry lacks its name in a language.
    """
    entries = table(load(content), key, content)
    return {
        choice_id: Choice(choice_id, text_under(entry, "name", f"{content}: {key}, {choice_id}"))
        for choice_id, entry in entries.items()
    }


def _reason(reason_id: str, entry: Mapping[str, Any]) -> Reason:
    where = f"visit: reasons, {reason_id}"
    return Reason(
        id=reason_id,
        name=text_under(entry, "name", where),
        outcomes=ids(entry, "outcomes", where, known=outcomes()),
    )


def _prompt(prompt_id: str, entry: Mapping[str, Any]) -> ContactPrompt:
    where = f"visit: prompts, {prompt_id}"
    return ContactPrompt(prompt_id, text_under(entry, "name", where), text_under(entry, "say", where))


def _language(code: str, entry: Mapping[str, Any]) -> HomeLanguage:
    where = f"visit: languages, {code}"
    if not isinstance(entry.get("tag"), str) or not entry["tag"].isalpha():
        raise ContentError(f"{where} has no tag")
    return HomeLanguage(code, text_under(entry, "name", where), entry["tag"])
