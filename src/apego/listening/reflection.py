"""The reflection: everything found in one conversation, in the order in which it is told.

Nothing here is said yet: how it is told, in which language, is the subject of
`apego.listening.telling`; how it is drawn, of `apego.listening.pages`.
"""

from __future__ import annotations

from dataclasses import dataclass

from apego.listening.conversation import Conversation, listen
from apego.listening.counts import Count, counts
from apego.listening.efforts import efforts
from apego.listening.exchanges import meeting, scenes
from apego.listening.findings import Finding
from apego.listening.practised import Practised, practised, to_look_at
from apego.listening.replies import (
    after_open_questions,
    after_reflections,
    questions_in_a_row,
    unfinished_stories,
)
from apego.listening.seen import DomainSeen, domains_seen, languages_spoken
from apego.listening.transcript import Role, Transcript
from apego.listening.wondering import Focus, focus, question

# A parent's telling shorter than this is nothing to return to by itself.
FEWEST_WORDS = 8


@dataclass(frozen=True)
class Reflection:
    """What was found. A part that found nothing is empty, and says so when it is told."""

    conversation: Conversation
    moment: Finding | None
    practised: tuple[Practised, ...]
    to_look_at: tuple[Finding, ...]
    came_next: tuple[Finding, ...]
    between: tuple[Finding, ...]
    efforts: tuple[Finding, ...]
    domains: tuple[DomainSeen, ...]
    languages: tuple[Finding, ...]
    question: Finding | None
    focus: Focus | None
    counts: tuple[Count, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding of the reflection, in the order in which it is told."""
        single = (self.moment, self.question, self.focus.finding if self.focus else None)
        return (
            *(finding for finding in single if finding),
            *(finding for practice in self.practised for finding in practice.findings),
            *self.to_look_at,
            *self.came_next,
            *self.between,
            *self.efforts,
            *(domain.finding for domain in self.domains),
            *self.languages,
        )


def reflect(transcript: Transcript, months: int | None = None) -> Reflection:
    """Give the reflection on a transcript whose roles are known (see `apego.listening.people`).

    `months` is the child's age, corrected for an early birth; without it the age that the
    transcript states is used, and without that the domains are looked for in all bands.
    """
    conversation = listen(transcript)
    months = transcript.child_months if months is None else months
    moment = meeting(conversation)
    came_next = (
        *after_reflections(conversation),
        *after_open_questions(conversation),
        *questions_in_a_row(conversation),
        *unfinished_stories(conversation),
    )
    heard = practised(conversation)
    told_efforts = efforts(conversation)
    grown = (
        *reversed(came_next),
        *told_efforts,
        *(found for practice in heard for found in practice.findings),
    )
    return Reflection(
        conversation=conversation,
        moment=moment or _reply(came_next) or _longest(conversation),
        practised=heard,
        to_look_at=to_look_at(conversation),
        came_next=came_next,
        between=scenes(conversation, besides=moment),
        efforts=told_efforts,
        domains=domains_seen(conversation, months),
        languages=languages_spoken(conversation),
        question=question(conversation) if conversation.speakers(Role.VISITOR) else None,
        focus=focus(grown),
        counts=counts(conversation),
    )


def _reply(came_next: tuple[Finding, ...]) -> Finding | None:
    """Where no child is heard, return to the fullest of what a parent answered."""
    kinds = ("after-reflection", "after-open-question")
    answered = [finding for finding in came_next if finding.kind in kinds]
    if not answered:
        return None
    fullest = max(answered, key=lambda finding: len(finding.quotes[1].text))
    return Finding("moment-reply", fullest.quotes[1:], fullest.people)


def _longest(conversation: Conversation) -> Finding | None:
    """Where nothing was answered, return to where a parent told the visitor most at a time."""
    told = [
        spell for spell in conversation.spells if spell.role == Role.PARENT and spell.words >= FEWEST_WORDS
    ]
    if not told or not conversation.speakers(Role.VISITOR):
        return None
    spell = max(told, key=lambda spell: spell.words)
    return Finding("moment-parent", (conversation.quote_spell(spell),), {"parent": spell.speaker})
