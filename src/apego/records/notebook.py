"""What stands on the page of a visit: its moments with what the note check asks, its parts, its credits.

One query for each kind of record, however many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from apego.practice.content import Language, Text
from apego.practice.domains import domains, goals
from apego.practice.planning import Part, visit_parts
from apego.practice.relationship import capacities, moment_kinds
from apego.records.actions.visits import open_variants, written_parts
from apego.records.models import Addendum, Credit, Moment, Plan, Signature, Variant, Visit, VisitPart
from apego.records.noting import Piece, names_in, pieces


@dataclass(frozen=True, slots=True)
class Kept:
    """A moment as it is shown: in pieces, of which at most two are asked about; what it shows, by name."""

    moment: Moment
    pieces: tuple[Piece, ...]
    kinds: tuple[Text, ...]
    capacities: tuple[Text, ...]
    domains: tuple[Text, ...]
    goals: tuple[tuple[str, Text], ...]

    @property
    def questions(self) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if piece.question)


@dataclass(frozen=True, slots=True)
class Written:
    """A part of a visit and what stands in it; nothing where nobody has written it."""

    part: Part
    kept: VisitPart | None

    @property
    def words(self) -> str:
        return self.kept.words if self.kept else ""

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0


@dataclass(frozen=True, slots=True)
class Notebook:
    """A visit and all that was written at it. Moments stand newest first, as one writes them."""

    visit: Visit
    moments: tuple[Kept, ...]
    removed: tuple[Moment, ...]
    credits: tuple[Credit, ...]
    parts: tuple[Written, ...]
    plan: Plan | None
    variants: tuple[Variant, ...]

    @property
    def story(self) -> tuple[Kept, ...]:
        """The moments in the order in which they were seen."""
        return self.moments[::-1]

    @property
    def has_words(self) -> bool:
        return bool(self.moments or self.credits or any(part.words for part in self.parts))


def opening() -> QuerySet[Visit]:
    """Give visits with what their page needs of family and people."""
    return Visit.objects.select_related("family", "series", "makes_up", "finished_by").prefetch_related(
        "visitors", "children", "caregivers", "family__children", "family__caregivers"
    )


def opened(visit: Visit, language: Language) -> Notebook:
    """Give what stands on a visit's page, with the questions in the page's language."""
    all_moments = list(
        Moment.objects.filter(visit=visit)
        .select_related("by")
        .prefetch_related("children")
        .order_by("-at", "-made_at")
    )
    kept_parts = {part.part: part for part in VisitPart.objects.filter(visit=visit)}
    return Notebook(
        visit=visit,
        moments=tuple(kept(moment, visit, language) for moment in all_moments if not moment.removed_at),
        removed=tuple(moment for moment in all_moments if moment.removed_at),
        credits=tuple(
            Credit.objects.filter(visit=visit).select_related("caregiver", "by").order_by("made_at")
        ),
        parts=tuple(Written(visit_parts()[part], kept_parts.get(part)) for part in written_parts()),
        plan=Plan.objects.filter(visit=visit).prefetch_related("made_with").first(),
        variants=() if visit.finished_at else tuple(open_variants(visit)),
    )


def kept(moment: Moment, visit: Visit, language: Language) -> Kept:
    """Give a moment as it is shown. A finished visit asks about nothing any more."""
    return as_shown(moment, names_in(visit.family), is_open=visit.finished_at is None, language=language)


def as_shown(moment: Moment, names: Sequence[str], *, is_open: bool, language: Language) -> Kept:
    """Give a moment in pieces, with what it shows by name. Asked about only while it can still be written."""
    asked = pieces(moment, names, language) if is_open else (Piece(moment.words),)
    return Kept(
        moment=moment,
        pieces=asked,
        kinds=tuple(moment_kinds()[id].name for id in moment.kinds if id in moment_kinds()),
        capacities=tuple(capacities()[id].name for id in moment.capacities if id in capacities()),
        domains=tuple(domains()[id].name for id in moment.domains if id in domains()),
        goals=tuple((code, goals()[code].label) for code in moment.goals if code in goals()),
    )


def signed(visit: Visit) -> tuple[Signature, ...]:
    """Give who has signed a visit, in the order in which they did."""
    return tuple(visit.signatures.select_related("person", "caregiver", "seen_by").order_by("at"))


def added(visit: Visit) -> tuple[Addendum, ...]:
    """Give what was added to a visit after it was finished."""
    return tuple(visit.addenda.select_related("by").order_by("at"))
