"""What was seen at a visit, kept moment by moment, and what was credited to a caregiver."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from apego.practice.domains import domains, goals
from apego.practice.relationship import capacities, moment_kinds
from apego.records.actions.acting import NotPossible, action, locked
from apego.records.actions.variants import edit
from apego.records.actions.visits import still_open, under_way
from apego.records.models import (
    Caregiver,
    Child,
    Credit,
    Family,
    Moment,
    Person,
    Socialization,
    Variant,
    Visit,
)
from apego.records.noting import language_of_note

MARK = re.compile(r"[0-9a-f]{20}", re.ASCII)  # records.noting: the column is not sealed, so it takes no words


class Seen(TypedDict, total=False):
    """What a moment may hold besides its words."""

    children: Sequence[Child]
    parent_words: str
    kinds: list[str]
    capacities: list[str]
    domains: list[str]
    goals: list[str]


@action
def keep(*, id: UUID, visit: Visit, words: str, by: Person, at: datetime, **seen: Unpack[Seen]) -> Moment:
    """Keep a moment. A visit that was only planned is under way from then on."""
    now = under_way(visit, by)
    return written(
        id=id, family=now.family, words=words, children=now.children.all(), by=by, at=at, seen=seen, visit=now
    )


def written(
    *,
    id: UUID,
    family: Family,
    words: str,
    children: Iterable[Child],
    by: Person,
    at: datetime,
    seen: Seen,
    visit: Visit | None = None,
    socialization: Socialization | None = None,
) -> Moment:
    """Give the moment of that id, made now where there is none. Where nobody is named, it is of `children`."""
    kept = Moment.objects.filter(id=id).first()
    if kept:
        return kept
    _only_known(seen)
    named = seen.pop("children", None)
    moment = Moment.objects.create(
        id=id,
        family=family,
        visit=visit,
        socialization=socialization,
        words=words,
        language=language_of_note(words, otherwise=by.language),
        parent_language=_parent_language(seen, family),
        at=at,
        by=by,
        made_at=at,
        **seen,
    )
    moment.children.set(children if named is None else named)
    return moment


@action
def change(
    *, moment: Moment, words: str, base_version: int, by: Person, at: datetime, **seen: Unpack[Seen]
) -> Moment | Variant:
    """Write a moment anew. One that somebody removed meanwhile comes back: what was written outlives a removal."""
    now = _open(moment)
    _only_known(seen)
    if now.removed_at:
        now.removed_at = None
        now.save(update_fields=["removed_at"])
    changes = {"words": words, "language": language_of_note(words, otherwise=now.language), **seen}
    if "parent_words" in seen:
        changes["parent_language"] = _parent_language(seen, now.family)
    return edit(now, base_version=base_version, changes=changes, by=by, at=at)


@action
def remove(*, moment: Moment, by: Person, at: datetime) -> Moment:
    """Take a moment out of the record. Until the visit is finished it can be put back."""
    now = _open(moment)
    now.removed_at = now.removed_at or at
    now.save(update_fields=["removed_at"])
    return now


@action
def restore(*, moment: Moment, by: Person, at: datetime) -> Moment:
    now = _open(moment)
    now.removed_at = None
    now.save(update_fields=["removed_at"])
    return now


@action
def leave(*, moment: Moment, mark: str, by: Person, at: datetime) -> Moment:
    """Leave a word as it is that the note check asked about: it is not asked about again.

    It is no edit of the moment: somebody who writes at the same time is not disturbed by it.
    """
    if not MARK.fullmatch(mark):
        raise NotPossible("no-such-entry")
    now = _open(moment)
    if mark not in now.left_as_is:
        now.left_as_is = [*now.left_as_is, mark]
        now.save(update_fields=["left_as_is"])
    return now


@action
def credit(
    *,
    id: UUID,
    visit: Visit,
    words: str,
    kind: Credit.Kind,
    by: Person,
    at: datetime,
    caregiver: Caregiver | None = None,
) -> Credit:
    """Credit a caregiver with a strength, or a small step with the child or with the visitor."""
    now = under_way(visit, by)
    credited, _ = Credit.objects.get_or_create(
        id=id,
        defaults={
            "visit": now,
            "words": words,
            "kind": kind,
            "caregiver": caregiver,
            "language": language_of_note(words, otherwise=by.language),
            "by": by,
            "made_at": at,
        },
    )
    return credited


@action
def uncredit(*, credit: Credit, by: Person, at: datetime) -> Credit:
    """Take a credit out of the record; `recredit` puts it back until the visit is finished."""
    still_open(credit.visit)
    now = locked(credit)
    now.removed_at = now.removed_at or at
    now.save(update_fields=["removed_at"])
    return now


@action
def recredit(*, credit: Credit, by: Person, at: datetime) -> Credit:
    still_open(credit.visit)
    now = locked(credit)
    now.removed_at = None
    now.save(update_fields=["removed_at"])
    return now


def _open(moment: Moment) -> Moment:
    """Give a moment, held, of a visit or a group that is not finished."""
    if moment.visit:
        still_open(moment.visit)
    if moment.socialization and locked(moment.socialization).finished_at:
        raise NotPossible("group-finished")
    return locked(moment)


def _parent_language(seen: Seen, family: Family) -> str:
    """Give the language of the parent's own words: what they are written in, else the family's."""
    words = seen.get("parent_words", "")
    return language_of_note(words, otherwise=family.words_language) if words else ""


def _only_known(seen: Seen) -> None:
    chosen: list[tuple[Sequence[str], Container[str]]] = [
        (seen.get("kinds", ()), moment_kinds()),
        (seen.get("capacities", ()), capacities()),
        (seen.get("domains", ()), domains()),
        (seen.get("goals", ()), goals()),
    ]
    if any(one not in known for ids, known in chosen for one in ids):
        raise NotPossible("no-such-entry")
