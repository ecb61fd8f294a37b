"""One open question about the visitor's own experience, and a focus that she may choose.

The question is about what a stretch of the visit was like for her, never about what she
should have done. The focus grows from a moment of this visit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apego.listening.conversation import Conversation, Spell
from apego.listening.findings import Finding
from apego.listening.transcript import Mark, Role
from apego.practice.focus import beside, grows_from
from apego.practice.signs import sign

SILENCE_MS = 5_000
HARD_SIGNS = 2


@dataclass(frozen=True, slots=True)
class Focus:
    """A practice that the visitor may take into her next visit, its moment, and others to choose."""

    practice: str
    finding: Finding
    others: tuple[str, ...]


def question(conversation: Conversation) -> Finding | None:
    """Give the one question: about the stretch that is likeliest to have stayed with the visitor."""
    for stretch in (_heavy, _crying, _arrival, _silence, _laughter):
        if finding := stretch(conversation):
            return finding
    return None


def focus(found: Sequence[Finding]) -> Focus | None:
    """Propose a focus from what was found: where the parent may have more to tell, else what bore fruit.

    `found` are the findings of the whole reflection.
    """
    for kind, practice in grows_from().items():
        for finding in found:
            if finding.kind == kind:
                return Focus(practice, finding, beside(practice))
    return None


def _heavy(conversation: Conversation) -> Finding | None:
    def weight(spell: Spell) -> int:
        return len(sign("hard").findall(conversation.spell_folded(spell)))

    told = [
        spell for spell in conversation.spells if spell.role == Role.PARENT and weight(spell) >= HARD_SIGNS
    ]
    return _about(conversation, "wonder-heavy", max(told, key=weight)) if told else None


def _crying(conversation: Conversation) -> Finding | None:
    return _first(
        conversation,
        "wonder-crying",
        lambda spell: spell.role == Role.CHILD and Mark.CRYING in conversation.marks(spell),
    )


def _arrival(conversation: Conversation) -> Finding | None:
    """Someone is first heard when a third of the visit has gone by."""
    late = len(conversation.spells) // 3
    heard: set[str] = set()
    for place, spell in enumerate(conversation.spells):
        if spell.speaker not in heard and place > late and spell.role == Role.PARENT:
            return _about(conversation, "wonder-arrival", spell)
        heard.add(spell.speaker)
    return None


def _silence(conversation: Conversation) -> Finding | None:
    pairs = pairwise(conversation.spells)
    quiet = [
        (after.start_ms - before.end_ms, before)
        for before, after in pairs
        if before.end_ms is not None and after.start_ms is not None and before.words
    ]
    longest = max(quiet, key=lambda pause: pause[0], default=None)
    if longest is None or longest[0] < SILENCE_MS:
        return None
    return _about(conversation, "wonder-silence", longest[1])


def _laughter(conversation: Conversation) -> Finding | None:
    return _first(
        conversation,
        "wonder-laughter",
        lambda spell: (
            spell.role == Role.PARENT and bool(spell.words) and Mark.LAUGHTER in conversation.marks(spell)
        ),
    )


def _first(conversation: Conversation, kind: str, chosen: Callable[[Spell], bool]) -> Finding | None:
    spell = next((spell for spell in conversation.spells if chosen(spell)), None)
    return _about(conversation, kind, spell) if spell else None


def _about(conversation: Conversation, kind: str, spell: Spell) -> Finding:
    parents, children = conversation.speakers(Role.PARENT), conversation.speakers(Role.CHILD)
    people = {
        "parent": spell.speaker if spell.role == Role.PARENT else parents[0] if parents else "",
        "child": children[0] if children else "",
    }
    return Finding(kind, (conversation.quote_spell(spell),), people)
