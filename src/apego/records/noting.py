"""What the note check asks of a kept moment, and which domains and goals a moment may show.

The check itself is `apego.listening.notes`; here stands what it is asked about: the visitor's words and never
the parent's own, never more than two, and nothing again that she has left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from apego.listening.languages import language_of
from apego.listening.notes import Span, check, weightiest
from apego.practice.ages import bands, corrected_months
from apego.practice.content import Language
from apego.practice.domains import Domain, Goal, domains, goals
from apego.records.models import Child, Family, Moment


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a moment's words; a stretch that is asked about carries its question and its mark."""

    text: str
    question: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A domain and those of its goals that may be seen at the ages of some children."""

    domain: Domain
    goals: tuple[Goal, ...]


def language_of_note(words: str, otherwise: str) -> Language:
    """Give the language in which something is written; where it cannot be told, the writer's."""
    found = language_of(words)
    if found == "en" or found == "es":
        return found
    return "es" if otherwise == "es" else "en"


def names_in(family: Family) -> tuple[str, ...]:
    """Give the names of a family's people, which the check never asks about."""
    return (*(child.name for child in family.children.all()), *(one.name for one in family.caregivers.all()))


def pieces(moment: Moment, names: Sequence[str], language: Language) -> tuple[Piece, ...]:
    """Give a moment's words in pieces, at most two of them with a question in the language of the page.

    The questions are the weightiest of those that she has not left. Every word comes back, in order.
    """
    found = (
        span
        for span in check(moment.words, language, names).spans
        if _mark(moment, span) not in moment.left_as_is
    )
    told: list[Piece] = []
    end = 0
    for span in weightiest(found):
        told.append(Piece(moment.words[end : span.start]))
        told.append(Piece(span.text, span.question, _mark(moment, span)))
        end = span.end
    return tuple(piece for piece in (*told, Piece(moment.words[end:])) if piece.text)


def _mark(moment: Moment, span: Span) -> str:
    """Give a sign for a word of a moment that does not tell the word: the column is not sealed."""
    return salted_hmac(f"apego.noting {moment.id}", f"{span.note_class} {span.text.casefold()}").hexdigest()[
        :20
    ]


def shown_at(children: Iterable[Child], on: date) -> tuple[Shown, ...]:
    """Give the five domains, each with its goals for these children's ages, corrected where it counts.

    Without a child, the goals of every age.
    """
    stages = {band.stage for months in months_of(children, on) for band in bands(months)}
    return tuple(
        Shown(
            one,
            tuple(
                goal
                for goal in goals().values()
                if goal.domain == one.id and (not stages or goal.stage in stages)
            ),
        )
        for one in domains().values()
    )


def months_of(children: Iterable[Child], on: date) -> tuple[int, ...]:
    """Give the months by which each child is looked up in the content, youngest first, corrected where it counts.

    A child who is not yet born on the day counts as newborn: a family may enrol before the birth.
    """
    return tuple(
        sorted(
            corrected_months(child.born_on, on, child.weeks_early) if child.born_on <= on else 0
            for child in children
        )
    )
