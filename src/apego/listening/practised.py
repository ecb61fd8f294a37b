"""The seven practices as they were heard in this conversation, each with its moments quoted."""

from __future__ import annotations

from dataclasses import dataclass

from apego.listening.conversation import Conversation
from apego.listening.findings import Finding
from apego.listening.transcript import Role
from apego.practice.practices import practices

SHOWN = 2
# A bare "wow" or "good" is nothing to return to.
FEWEST_WORDS = 3
# Told with what the parent answered, in `apego.listening.replies`.
TOLD_ELSEWHERE = frozenset({"open_question", "closed_question"})


@dataclass(frozen=True, slots=True)
class Practised:
    """One practice, with a finding for each label it was heard by."""

    practice: str
    findings: tuple[Finding, ...]


def practised(conversation: Conversation) -> tuple[Practised, ...]:
    """Give the practices that were heard, in the order of the handbook; one not heard is absent.

    A label that two practices share is told under the first of them.
    """
    people = _people(conversation)
    heard: list[Practised] = []
    told = set(TOLD_ELSEWHERE)
    for practice in practices().values():
        labels = [label for label in practice.labels if label not in told]
        told.update(labels)
        findings = [_heard(conversation, label, people) for label in labels]
        if found := tuple(finding for finding in findings if finding):
            heard.append(Practised(practice.id, found))
    return tuple(heard)


def to_look_at(conversation: Conversation) -> tuple[Finding, ...]:
    """Give at most two places that the visitor may want to look at again, one of a label, as questions."""
    people = _people(conversation)
    labels = dict.fromkeys(label for practice in practices().values() for label in practice.to_notice)
    found = [(label, _surest(conversation, label, 1)) for label in labels]
    quoted = [(label, turns[0]) for label, turns in found if turns]
    return tuple(
        Finding(f"look-{label.replace('_', '-')}", (conversation.quote_label(turn, label),), people)
        for label, turn in quoted[:2]
    )


def _heard(conversation: Conversation, label: str, people: dict[str, str]) -> Finding | None:
    turns = _surest(conversation, label, SHOWN)
    if not turns:
        return None
    quotes = tuple(conversation.quote_label(turn, label) for turn in sorted(turns))
    return Finding(f"heard-{label.replace('_', '-')}", quotes, people)


def _surest(conversation: Conversation, label: str, most: int) -> list[int]:
    turns = [
        place
        for place, turn in enumerate(conversation.turns)
        if turn.words >= FEWEST_WORDS and conversation.surely(place, label)
    ]
    return sorted(turns, key=lambda turn: -conversation.readings[turn].probabilities[label])[:most]


def _people(conversation: Conversation) -> dict[str, str]:
    parents, children = conversation.speakers(Role.PARENT), conversation.speakers(Role.CHILD)
    return {"parent": parents[0] if parents else "", "child": children[0] if children else ""}
