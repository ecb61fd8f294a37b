"""How people and times are named when a reflection is told.

The visitor is "you" where there is one. A name stays a name; a code of a format or a word
for a role ("MOT", "SPEAKER_00", "therapist") becomes the family's word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from apego.listening.transcript import Role, Transcript
from apego.practice.content import Language
from apego.practice.roles import in_the_family, is_no_name
from apego.practice.sentences import say

HALF_MINUTE_S = 25
CONTRACTIONS = ((" de el ", " del "), (" a el ", " al "))


class Names:
    """The names of one transcript's people in one language."""

    def __init__(self, transcript: Transcript, language: Language) -> None:
        self.language = language
        self.roles = {turn.speaker: turn.role for turn in transcript.turns}
        self.visitors = [speaker for speaker, role in self.roles.items() if role == Role.VISITOR]

    def of(self, speaker: str) -> str:
        """Name a speaker as a quote is signed: "you", a name, or a word for the role."""
        if self.visitors == [speaker]:
            return self._say("you")
        if family := in_the_family(speaker):
            return family[self.language]
        return self._say(f"the-{self.roles.get(speaker, Role.OTHER)}") if is_no_name(speaker) else speaker

    def named(self, speaker: str, slot: str) -> str:
        """Name a speaker in a sentence; somebody not heard is named by the slot ("the child")."""
        return self.of(speaker) if speaker else self._say(f"the-{slot}")

    def joined(self, speakers: Sequence[str]) -> str:
        """Name several: "Luz and Omar", "Luz y Omar", "Luz e Iris"."""
        named = list(dict.fromkeys(self.of(speaker) for speaker in speakers))
        if len(named) < 2:
            return "".join(named)
        last = named[-1]
        word = "and" if self.language == "en" else "e" if re.match(r"(?i)h?[ií](?![aeo])", last) else "y"
        return f"{', '.join(named[:-1])} {word} {last}"

    def sentence(self, text: str) -> str:
        """Give a sentence its capital and its Spanish contractions once names stand in it."""
        if self.language == "es":
            for apart, together in CONTRACTIONS:
                text = text.replace(apart, together)
        return text[:1].upper() + text[1:]

    def _say(self, key: str) -> str:
        return say(f"reflection.{key}", self.language)


def clock(ms: int | None) -> str:
    """Give a time as it stands on a recorder: minutes and seconds, with hours where there are any.

    >>> clock(492_400), clock(3_725_000), clock(None)
    ('08:12', '1:02:05', '')
    """
    if ms is None:
        return ""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def lasting(start_ms: int | None, end_ms: int | None, language: Language) -> str:
    """Say how long somebody spoke, roughly, when it was half a minute or more.

    >>> lasting(0, 91_000, "en"), lasting(0, 240_000, "es"), lasting(0, 4_000, "en")
    ('for a minute and a half', 'durante 4 minutos', '')
    """
    if start_ms is None or end_ms is None or end_ms - start_ms < HALF_MINUTE_S * 1000:
        return ""
    halves = round((end_ms - start_ms) / 30_000)
    key = {1: "half", 2: "one", 3: "one-and-a-half"}.get(halves)
    if key:
        return say(f"reflection.lasting-{key}", language)
    return say("reflection.lasting-minutes", language, minutes=round(halves / 2))
