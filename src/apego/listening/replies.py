"""What came next: after a reflection, after an open question, between questions in a row, and never.

A visitor learns most from what her words made room for. So each finding here sets her
words beside the parent's next ones, and says nothing of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from apego.listening.conversation import Conversation, Spell
from apego.listening.findings import Finding, in_order
from apego.listening.transcript import Role
from apego.practice.signs import sign

SHOWN = 3
# A reply shorter than this gives a reader nothing to return to.
FEWEST_WORDS = 5
ROW = 3
# Between questions in a row the parent had no more than this many words at a time.
FEW_WORDS = 10
STORY_WORDS = 12
FOLLOWED = ("reflect", "open_question")
ASKING = ("open_question", "closed_question")
MAKING_ROOM = ("reflect", "acknowledge", "credit")
LISTENING = ("reflect", "acknowledge", "use_input", "credit", "link_progress", "open_question", "ask_tried")


def after_reflections(conversation: Conversation) -> tuple[Finding, ...]:
    """Give the reflections after which the parent said most, each with what the parent said."""
    return _fullest(conversation, "after-reflection", "reflect")


def after_open_questions(conversation: Conversation) -> tuple[Finding, ...]:
    """Give the open questions after which the parent said most, each with what the parent said."""
    return _fullest(conversation, "after-open-question", "open_question")


def questions_in_a_row(conversation: Conversation) -> tuple[Finding, ...]:
    """Give the runs of at least three questions with only short answers between, and those answers."""
    found = []
    for run in _runs(conversation):
        asked = [spell for spell in run if spell.role == Role.VISITOR]
        answered = [spell for spell in run if spell.role == Role.PARENT]
        shown = [asked[0], *answered[:ROW]]
        if answered:
            people = {"parent": answered[0].speaker}
            found.append(Finding("questions-in-a-row", tuple(map(conversation.quote_spell, shown)), people))
    return tuple(found[:2])


def unfinished_stories(conversation: Conversation) -> tuple[Finding, ...]:
    """Give the stories that a parent had begun when the talk went elsewhere, and did not take up again.

    Silent unless all of it stands there: the parent was telling something that happened, the
    words break off or are spoken over, the visitor's next words do not listen to it, and the
    parent's next words are few.
    """
    spells = conversation.spells
    found = [
        Finding("unfinished", (conversation.quote_end(spells[place]),), {"parent": spells[place].speaker})
        for place in range(len(spells) - 1)
        if _is_left_unfinished(conversation, place)
    ]
    return tuple(found[:2])


def _fullest(conversation: Conversation, kind: str, label: str) -> tuple[Finding, ...]:
    pairs = [pair for pair in _pairs(conversation, label) if pair[1].words >= FEWEST_WORDS]
    fullest = sorted(pairs, key=lambda pair: -pair[1].words)[:SHOWN]
    return in_order(
        [
            Finding(
                kind,
                (conversation.quote_label(turn, label), conversation.quote_spell(reply)),
                {"parent": reply.speaker},
            )
            for turn, reply in fullest
        ]
    )


def _pairs(conversation: Conversation, label: str) -> Iterator[tuple[int, Spell]]:
    """Give each visitor's turn with the label that ends her spell, and the parent's spell after it."""
    for spell, reply in pairwise(conversation.spells):
        if spell.role == Role.VISITOR and reply.role == Role.PARENT:
            own = [turn for turn in range(spell.first, spell.last + 1) if conversation.surely(turn, label)]
            if own and _is_most(conversation, own[-1], label):
                yield own[-1], reply


def _is_most(conversation: Conversation, turn: int, label: str) -> bool:
    """True when a turn is more this than the other of the two that are followed: it is told once."""
    chances = conversation.readings[turn].probabilities
    return chances[label] == max(chances.get(other, 0) for other in FOLLOWED)


def _runs(conversation: Conversation) -> Iterator[list[Spell]]:
    run: list[Spell] = []
    for spell in conversation.spells:
        if _keeps_run(conversation, spell, run):
            run.append(spell)
            continue
        if _is_row(run):
            yield run
        run = [spell] if _only_asks(conversation, spell) else []
    if _is_row(run):
        yield run


def _keeps_run(conversation: Conversation, spell: Spell, run: list[Spell]) -> bool:
    if spell.role == Role.VISITOR:
        return _only_asks(conversation, spell)
    return bool(run) and spell.role in (Role.PARENT, Role.CHILD) and spell.words <= FEW_WORDS


def _only_asks(conversation: Conversation, spell: Spell) -> bool:
    turns = range(spell.first, spell.last + 1)
    asks = any(conversation.heard(turn, *ASKING) for turn in turns)
    return asks and not any(_listens(conversation, turn, MAKING_ROOM) for turn in turns)


def _listens(conversation: Conversation, turn: int, labels: Sequence[str]) -> bool:
    """Whether a turn stays with what was told; "sorry, before I forget" is kind, and leaves it."""
    return conversation.surely(turn, *labels) and not sign("turns_away").search(conversation.folded[turn])


def _is_row(run: list[Spell]) -> bool:
    return sum(spell.role == Role.VISITOR for spell in run) >= ROW


def _is_left_unfinished(conversation: Conversation, place: int) -> bool:
    story, elsewhere = conversation.spells[place], conversation.spells[place + 1]
    if story.role != Role.PARENT or elsewhere.role != Role.VISITOR:
        return False
    told = conversation.spell_folded(story)
    if story.words < STORY_WORDS or not (sign("story").search(told) or sign("effort").search(told)):
        return False
    spoken_over = (
        story.end_ms is not None
        and elsewhere.start_ms is not None
        and elsewhere.start_ms < story.end_ms - 200
    )
    if not (spoken_over or sign("unfinished").search(told)):
        return False
    if any(_listens(conversation, turn, LISTENING) for turn in range(elsewhere.first, elsewhere.last + 1)):
        return False
    after = conversation.spells[place + 2 : place + 4]
    return not any(spell.role == Role.PARENT and spell.words > FEW_WORDS for spell in after)
