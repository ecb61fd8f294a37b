"""What was seen across the conversation: developmental domains, and who spoke which language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from apego.listening.conversation import BRACKETED, Conversation
from apego.listening.domains import domains
from apego.listening.findings import Finding
from apego.listening.languages import language_of
from apego.listening.transcript import Role, Turn
from apego.practice.domains import domain as known_domain
from apego.practice.signs import sign

SHOWN = 2
GOALS = 3
# Who has spoken fewer turns in words than this is not said to speak a language.
FEWEST_TURNS = 3
# An act of fewer words ("hums", "looks") is too little to see a domain in.
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class DomainSeen:
    """A domain with the moments in which it showed, and the ELOF goals they point to."""

    domain: str
    goals: tuple[str, ...]
    finding: Finding


def domains_seen(conversation: Conversation, months: int | None) -> tuple[DomainSeen, ...]:
    """Give the domains that the child's acts and the words about the child point to, surest first found.

    Only what tells of the child is read: acts in brackets, the visitor's descriptions, what a
    parent tells of the child. Questions and plans are not observations.
    """
    surest: dict[str, list[tuple[float, int, tuple[str, ...]]]] = {}
    for place, turn in enumerate(conversation.turns):
        if told := _told_of_child(conversation, place, turn):
            seen = domains(told, months)
            for domain in seen.plain:
                surest.setdefault(domain, []).append((seen.probabilities[domain], place, seen.goals))
    return tuple(_seen(conversation, domain, places) for domain, places in surest.items())


def languages_spoken(conversation: Conversation) -> tuple[Finding, ...]:
    """Say which languages each adult spoke, from the turns themselves; a quote of each stands beside it."""
    found = []
    for role in (Role.PARENT, Role.VISITOR, Role.INTERPRETER):
        for speaker in conversation.speakers(role):
            if finding := _spoken(conversation, speaker):
                found.append(finding)
    return tuple(found)


def _told_of_child(conversation: Conversation, place: int, turn: Turn) -> str:
    if turn.role == Role.CHILD:
        acts = " ".join(act.strip("[]") for act in BRACKETED.findall(turn.text))
        return acts if len(acts.split()) >= FEWEST_WORDS else ""
    if conversation.heard(place, "describe", "link_progress"):
        return turn.spoken
    if turn.role == Role.PARENT and sign("child_told").search(conversation.folded[place]):
        return turn.spoken
    return ""


def _seen(
    conversation: Conversation, domain: str, places: list[tuple[float, int, tuple[str, ...]]]
) -> DomainSeen:
    chosen = sorted(places, key=lambda place: (-place[0], place[1]))[:SHOWN]
    chosen.sort(key=lambda place: place[1])
    own = tuple(f"{code} " for code in known_domain(domain).framework)
    goals = tuple(dict.fromkeys(goal for _, _, goals in chosen for goal in goals if goal.startswith(own)))
    quotes = tuple(conversation.quote(place) for _, place, _ in chosen)
    return DomainSeen(domain, goals[:GOALS], Finding("domain-seen", quotes))


def _spoken(conversation: Conversation, speaker: str) -> Finding | None:
    spoken: dict[str, list[int]] = {"en": [], "es": [], "mixed": []}
    for place, turn in enumerate(conversation.turns):
        if turn.speaker == speaker and (language := turn.language or language_of(turn.spoken)) in spoken:
            spoken[language].append(place)
    counted = Counter({language: len(spoken[language]) + len(spoken["mixed"]) for language in ("en", "es")})
    if counted.total() < FEWEST_TURNS:
        return None
    kind = _spoken_kind(counted)
    told = [kind.removeprefix("spoke-")] if kind in ("spoke-en", "spoke-es") else ["en", "es"]
    quotes = sorted({_fullest(conversation, spoken[each] or spoken["mixed"]) for each in told})
    return Finding(kind, tuple(map(conversation.quote, quotes)), {"speaker": speaker})


def _fullest(conversation: Conversation, places: list[int]) -> int:
    """Of the first turns in a language, the fullest: short enough to read, long enough to hear."""
    return max(places[:6], key=lambda place: min(conversation.turns[place].words, 20))


def _spoken_kind(counted: Counter[str]) -> str:
    (most, many), *others = counted.most_common()
    few = sum(count for _, count in others)
    if few * 20 < many:
        return f"spoke-{most}"
    if few * 2 < many:
        return f"spoke-mostly-{most}"
    return "spoke-both"
