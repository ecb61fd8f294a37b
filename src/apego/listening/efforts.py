"""Efforts that a parent told about, and the words with which they were met."""

from __future__ import annotations

from apego.listening.conversation import Conversation, Quote, Spell
from apego.listening.findings import Finding, in_order
from apego.listening.transcript import Role
from apego.practice.signs import sign

SHOWN = 4
# Spells of one telling lie no further apart than this: the visitor's "mm-hmm" stands between.
APART = 2
NEAR = 3
FEWEST_WORDS = 6
# The words that meet an effort, the most telling first (practice 6 and 4).
MEETING = ("credit", "link_progress", "use_input", "ask_tried", "reflect", "acknowledge")


def efforts(conversation: Conversation) -> tuple[Finding, ...]:
    """Give the efforts that parents told, each with the visitor's words that met it, if any did.

    An effort that met no such words is told all the same: it is the parent's, and can be
    taken up another time.
    """
    tellings = _tellings(conversation)
    fullest = sorted(tellings, key=lambda telling: -_weight(conversation, telling))[:SHOWN]
    return in_order([_effort(conversation, telling) for telling in fullest])


def _tellings(conversation: Conversation) -> list[list[int]]:
    """Give the spells in which a parent tells of trying, those of one telling together."""
    tellings: list[list[int]] = []
    for place, spell in enumerate(conversation.spells):
        if (
            spell.role != Role.PARENT
            or not _tells(conversation, spell)
            or not _to_visitor(conversation, place)
        ):
            continue
        if tellings and place - tellings[-1][-1] <= APART:
            tellings[-1].append(place)
        else:
            tellings.append([place])
    return tellings


def _tells(conversation: Conversation, spell: Spell) -> bool:
    turns = range(spell.first, spell.last + 1)
    return spell.words >= FEWEST_WORDS and any(
        sign("effort").search(conversation.folded[turn]) for turn in turns
    )


def _to_visitor(conversation: Conversation, place: int) -> bool:
    """True when the visitor speaks close by: what a parent tells a child is no telling of effort."""
    near = conversation.spells[max(0, place - NEAR) : place + NEAR + 1]
    return any(spell.role == Role.VISITOR for spell in near)


def _weight(conversation: Conversation, telling: list[int]) -> int:
    spells = [conversation.spells[place] for place in telling]
    found = sum(len(sign("effort").findall(conversation.spell_folded(spell))) for spell in spells)
    return 20 * min(found, 4) + min(sum(spell.words for spell in spells), 30)


def _effort(conversation: Conversation, telling: list[int]) -> Finding:
    told = conversation.spells[telling[0]]
    turn = next(t for t in range(told.first, told.last + 1) if sign("effort").search(conversation.folded[t]))
    quote = conversation.quote_sentence(turn, lambda sentence: bool(sign("effort").search(sentence)))
    met = _met(conversation, telling)
    quotes = (quote, met) if met else (quote,)
    return Finding("effort-met" if met else "effort", quotes, {"parent": told.speaker})


def _met(conversation: Conversation, telling: list[int]) -> Quote | None:
    """Quote the visitor's words that meet the effort, said while it was told or next after it."""
    near = conversation.spells[telling[0] + 1 : telling[-1] + 2]
    turns = [
        turn for spell in near if spell.role == Role.VISITOR for turn in range(spell.first, spell.last + 1)
    ]
    for label in MEETING:
        for turn in reversed(turns):
            if conversation.heard(turn, label):
                return conversation.quote_label(turn, label)
    return None
