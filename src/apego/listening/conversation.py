"""A conversation that has been listened to: its turns, what the reader heard in them, and quoting.

Everything that a reflection finds, it finds here and quotes from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from apego.listening.folded import fold
from apego.listening.reader import Reading, Said, read_all
from apego.listening.transcript import Mark, Role, Transcript, Turn

LONG_QUOTE_WORDS = 45
SHORT_QUOTE_WORDS = 5
SPELL_PAUSE_MS = 8_000
CLOSING = '.!?…"”’)'
SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[\"”’)\]]*|$)")
BRACKETED = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Spell:
    """One speaker's turns in a row, from `first` to `last` (both included): what a listener hears as one."""

    first: int
    last: int
    speaker: str
    role: Role
    words: int
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand in the transcript, from turn `first` to turn `last`, one speaker's, word for word.

    `is_cut` says that the speaker went on after these words.
    """

    first: int
    last: int
    text: str
    is_cut: bool = False


@dataclass(frozen=True)
class Conversation:
    """A transcript with a reading for every turn. Only the visitor's turns carry labels."""

    transcript: Transcript
    readings: tuple[Reading, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        return self.transcript.turns

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        return tuple(_spells(self.turns))

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """Each turn's spoken words, folded, for matching signs."""
        return tuple(fold(turn.spoken) for turn in self.turns)

    def speakers(self, role: Role) -> tuple[str, ...]:
        """Give those who have this role, in the order they are first heard."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.role == role))

    def heard(self, turn: int, *labels: str) -> bool:
        """True when the reader hears any of these labels in the turn."""
        return any(label in self.readings[turn].labels for label in labels)

    def surely(self, turn: int, *labels: str) -> bool:
        """True when one of the labels is heard plainly enough to build a telling on."""
        return any(label in self.readings[turn].sure for label in labels)

    def spell_text(self, spell: Spell) -> str:
        return " ".join(turn.text for turn in self.turns[spell.first : spell.last + 1])

    def spell_folded(self, spell: Spell) -> str:
        return " ".join(self.folded[spell.first : spell.last + 1])

    def spell_acts(self, spell: Spell) -> str:
        """Give what stands in brackets in a spell, folded: acts, not words."""
        return fold(" ".join(BRACKETED.findall(self.spell_text(spell))))

    def marks(self, spell: Spell) -> frozenset[Mark]:
        return frozenset().union(*(turn.marks for turn in self.turns[spell.first : spell.last + 1]))

    def quote_label(self, turn: int, *labels: str) -> Quote:
        """Quote the sentence of the turn that carries one of the labels.

        A sentence of a few words says little by itself: then the turn is quoted from it on.
        """
        text = self.turns[turn].text
        reason = next((each for each in self.readings[turn].reasons if each.label in labels), None)
        if reason is None:
            return self.quote(turn)
        said = _sentence(text, reason.start, reason.end)
        if len(said.split()) < SHORT_QUOTE_WORDS:
            return self.quote(turn)
        return Quote(turn, turn, said)

    def quote(self, turn: int) -> Quote:
        return self._quoted(turn, turn, self.turns[turn].text)

    def quote_spell(self, spell: Spell, most: int = LONG_QUOTE_WORDS) -> Quote:
        """Quote a spell from its first words; one much longer than `most` words is cut after a sentence."""
        return self._quoted(spell.first, spell.last, self.spell_text(spell), most)

    def quote_end(self, spell: Spell) -> Quote:
        """Quote the last turns of a spell, as many as stay short enough to read."""
        first = spell.last
        while first > spell.first and self._words(first - 1, spell.last) <= LONG_QUOTE_WORDS:
            first -= 1
        return self._quoted(
            first, spell.last, " ".join(turn.text for turn in self.turns[first : spell.last + 1])
        )

    def quote_sentence(self, turn: int, chosen: Callable[[str], bool]) -> Quote:
        """Quote the turn from the first sentence that is chosen (by its folded text) on."""
        text = self.turns[turn].text
        for found in SENTENCE.finditer(text):
            if chosen(fold(found.group())):
                return self._quoted(turn, turn, text[found.start() :].strip())
        return self.quote(turn)

    def _words(self, first: int, last: int) -> int:
        return sum(turn.words for turn in self.turns[first : last + 1])

    def _quoted(self, first: int, last: int, text: str, most: int = LONG_QUOTE_WORDS) -> Quote:
        text = text.strip()
        kept = _opening(text, most)
        if kept == text:
            return Quote(first, last, text)
        return Quote(first, self._last_turn(first, last, kept), kept, is_cut=True)

    def _last_turn(self, first: int, last: int, kept: str) -> int:
        length = 0
        for place in range(first, last + 1):
            length += len(self.turns[place].text) + 1
            if length > len(kept):
                return place
        return last


def listen(transcript: Transcript) -> Conversation:
    """Read every turn of a transcript whose roles are known, each with the words that came before it."""
    turns = transcript.turns
    said = []
    before = ""
    for turn in turns:
        said.append(Said(_without_acts(turn.text), turn.role, before))
        before = turn.spoken
    return Conversation(transcript, tuple(read_all(said)))


def _without_acts(text: str) -> str:
    """Blank what stands in brackets, keeping every offset."""
    return BRACKETED.sub(lambda found: " " * len(found.group()), text)


def _sentence(text: str, start: int, end: int) -> str:
    """Give the text from start to end, with the signs that close the sentence."""
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return text[start:end].strip()


def _spells(turns: tuple[Turn, ...]) -> Iterator[Spell]:
    first = 0
    for place in range(1, len(turns) + 1):
        if place < len(turns) and _same_breath(turns[place - 1], turns[place]):
            continue
        own = turns[first:place]
        starts = [turn.start_ms for turn in own if turn.start_ms is not None]
        ends = [turn.end_ms for turn in own if turn.end_ms is not None]
        yield Spell(
            first,
            place - 1,
            own[0].speaker,
            own[0].role,
            sum(turn.words for turn in own),
            min(starts, default=None),
            max(ends, default=None),
        )
        first = place


def _same_breath(earlier: Turn, later: Turn) -> bool:
    """True when the same person speaks on, without a pause in which somebody might have answered."""
    if earlier.speaker != later.speaker:
        return False
    if earlier.end_ms is None or later.start_ms is None:
        return True
    return later.start_ms - earlier.end_ms < SPELL_PAUSE_MS


def _opening(text: str, most: int) -> str:
    """Give the first sentences, up to about that many words."""
    if len(text.split()) <= most * 1.25:
        return text
    kept = ""
    for found in SENTENCE.finditer(text):
        longer = text[: found.end()]
        if len(longer.split()) > most:
            break
        kept = longer
    if len(kept.split()) >= most // 3:
        return kept.strip()
    at = 0
    for _ in range(most):
        at = text.index(" ", at + 1) if " " in text[at + 1 :] else len(text)
    return text[:at].strip()
