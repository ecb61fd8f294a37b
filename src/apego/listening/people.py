"""Who is who in a conversation: visitor, parent, child, interpreter, somebody else.

What the file states stands, a name that the user gives stands above it, and the rest is
guessed: by name, by how people talk, by who is left. A guess is told with its reason, so
that it can be overruled; where nothing tells, nobody's role is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from apego.listening.transcript import Mark, Role, Transcript, TranscriptUnreadable, Turn
from apego.practice import roles as known
from apego.practice.content import Language
from apego.practice.marks import plain
from apego.practice.sentences import say

FEWEST_TURNS = 2  # of a child, before its sounds tell
FEWEST_WITH_WORDS = 5  # of a child who says words, before its short turns tell
SHORT_TALK = 6.0  # words in a turn; who speaks to a small child stays below, and seldom two grown-ups
MOST_CHILD_WORDS = 3.0  # in a turn, on average
CHILD_SHARE = 0.5  # of the words that the others say in a turn
FEWEST_WORDS = 12  # of a grown-up, before the way of talking tells


class SpeakerUnknown(TranscriptUnreadable):
    """A name was given for a role, and it is nobody's, more than one's, or has two roles."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """A role that was guessed: `why` is the sentence that tells the reason."""

    speaker: str
    role: Role
    why: str

    def told(self, language: Language) -> str:
        """Give the guess and its reason as a sentence.

        >>> Guessed("Luz", Role.PARENT, "transcripts.guess-left").told("en")
        'Luz is read as the parent: a grown-up in the talk, besides the visitor.'
        """
        speaker = self.speaker or say("transcripts.unnamed", language)
        return say(self.why, language, speaker=speaker, role=say(f"transcripts.role-{self.role}", language))


@dataclass(frozen=True, slots=True)
class Cast:
    """A conversation in which everybody has a role, and which of the roles were guessed."""

    transcript: Transcript
    guessed: tuple[Guessed, ...] = ()


def who_is_who(
    transcript: Transcript, visitor: Sequence[str] = (), parent: Sequence[str] = (), child: Sequence[str] = ()
) -> Cast:
    """Give the transcript with everybody's role: as given, else as the file states, else as guessed.

        >>> turns = Turn("Ana", "¿Cómo le fue?"), Turn("Mamá", "Bien."), Turn("Beto", "[balbucea]")
        >>> visit = Transcript(turns)
        >>> cast = who_is_who(visit, child=["beto"])
        >>> [(turn.speaker, turn.role.value) for turn in cast.transcript.turns]
        [('Ana', 'visitor'), ('Mamá', 'parent'), ('Beto', 'child')]
        >>> [(guess.speaker, guess.why) for guess in cast.guessed]
        [('Mamá', 'transcripts.guess-name'), ('Ana', 'transcripts.guess-facing')]

    Names are compared without accents and capital letters; a part of a name will do where it
    is one speaker's. Raises SpeakerUnknown for a name that is not in the transcript.
    """
    speakers = transcript.speakers
    given = _given(speakers, {Role.VISITOR: visitor, Role.PARENT: parent, Role.CHILD: child})
    sure = {speaker: role for speaker, role in transcript.stated.items() if speaker in speakers} | given
    guesses = _Guesses(dict(sure), _voices(transcript.turns))
    guesses.by_name()
    guesses.child_by_voice()
    guesses.visitor_by_talk()
    guesses.those_left()
    return Cast(transcript.with_roles(guesses.roles), tuple(guesses.told))


@dataclass(slots=True)
class _Voice:
    """How one speaker talks, in counts."""

    turns: int = 0
    wordless: int = 0  # turns of sounds, cries or acts
    words: int = 0
    questions: int = 0
    assents: int = 0
    like: dict[str, int] = field(default_factory=lambda: dict.fromkeys(known.TALKERS, 0))
    beside: Counter[str] = field(default_factory=Counter)  # whose turn stands before or after

    @property
    def words_a_turn(self) -> float:
        return self.words / (self.turns or 1)


@dataclass(slots=True)
class _Guesses:
    """The roles so far, and what was guessed on the way. The steps are called in their order of certainty."""

    roles: dict[str, Role]
    voices: Mapping[str, _Voice]
    told: list[Guessed] = field(default_factory=list)
    adults: set[str] = field(default_factory=set)

    @property
    def open(self) -> list[str]:
        return [speaker for speaker in self.voices if speaker not in self.roles]

    def has(self, role: Role) -> bool:
        return any(self.roles.get(speaker) == role for speaker in self.voices)

    def guess(self, speaker: str, role: Role, why: str) -> None:
        self.roles[speaker] = role
        self.told.append(Guessed(speaker, role, f"transcripts.guess-{why}"))

    def by_name(self) -> None:
        for speaker in self.open:
            code = known.role_of_code(speaker)
            if code == known.ADULT:
                self.adults.add(speaker)
            elif code:
                self.guess(speaker, Role(code), "code")
            elif named := known.role_of_name(speaker):
                self.guess(speaker, Role(named), "name")

    def child_by_voice(self) -> None:
        """Find the child: by far the shortest turns, and mostly sounds or acts, or words fit for a child."""
        candidates = [
            each for each in self.open if each not in self.adults and self.voices[each].turns >= FEWEST_TURNS
        ]
        if self.has(Role.CHILD) or not candidates or len(self.voices) < 2:
            return
        least = min(candidates, key=lambda each: self.voices[each].words_a_turn)
        voice = self.voices[least]
        others = mean(each.words_a_turn for name, each in self.voices.items() if name != least)
        if not others or voice.words_a_turn > min(MOST_CHILD_WORDS, CHILD_SHARE * others):
            return
        mostly_sounds = voice.wordless * 2 >= voice.turns
        if mostly_sounds or (self._may_be_childs(voice) and (len(self.voices) > 2 or others <= SHORT_TALK)):
            self.guess(least, Role.CHILD, "sounds")

    def _may_be_childs(self, voice: _Voice) -> bool:
        """True unless the few words are those of a grown-up who listens, or asks."""
        is_listener = voice.assents * 2 >= voice.turns or voice.questions * 5 > voice.turns
        return voice.turns >= FEWEST_WITH_WORDS and not is_listener

    def visitor_by_talk(self) -> None:
        """Find the visitor among grown-ups: who asks, and speaks to a parent rather than as one."""
        if self.has(Role.VISITOR):
            return
        with_words = [each for each in self.open if self.voices[each].words]
        if self.has(Role.PARENT) and len(with_words) == 1 and with_words[0] not in self.adults:
            self.guess(with_words[0], Role.VISITOR, "facing")
            return
        talkers = [each for each in with_words if self.voices[each].words >= FEWEST_WORDS]
        talkers.sort(key=self._visitor_like, reverse=True)
        likes = [self._visitor_like(each) for each in talkers]
        stands_out = likes[0] > likes[1] if len(likes) > 1 else self.has(Role.PARENT) and likes[:1] > [0.0]
        if stands_out:
            self.guess(talkers[0], Role.VISITOR, "questions")

    def those_left(self) -> None:
        """Take grown-ups who are left for parents, if there is a visitor or a child to be a parent to."""
        has_visitor = self.has(Role.VISITOR)
        has_family = self.has(Role.CHILD) or self.has(Role.PARENT)
        for speaker in self.open:
            if speaker in self.adults:
                self.guess(speaker, Role.PARENT, "adult")
            elif (has_visitor or has_family) and self.voices[speaker].words:
                self.guess(speaker, Role.PARENT, "left" if has_visitor else "with-child")
            else:
                self.guess(speaker, Role.OTHER, "alone" if len(self.voices) == 1 else "open")

    def _visitor_like(self, speaker: str) -> float:
        """Weigh a turn's questions and visitor's ways against a parent's ways and being beside the child."""
        voice = self.voices[speaker]
        beside = sum(count for each, count in voice.beside.items() if self.roles.get(each) == Role.CHILD)
        told = voice.questions + voice.like["visitor"] - voice.like["parent"]
        return told / voice.turns - beside / (voice.beside.total() or 1)


def _voices(turns: Sequence[Turn]) -> dict[str, _Voice]:
    voices: dict[str, _Voice] = {}
    before: str | None = None
    for turn in turns:
        voice = voices.setdefault(turn.speaker, _Voice())
        said = plain(turn.spoken)
        voice.turns += 1
        voice.words += turn.words
        voice.wordless += turn.words == 0 and not turn.marks <= {Mark.UNINTELLIGIBLE}
        voice.questions += "?" in said or bool(known.question().match(said))
        voice.assents += turn.words > 0 and bool(known.assent().fullmatch(said))
        for role in known.TALKERS:
            voice.like[role] += bool(known.talk(role).search(said))
        if before is not None and before != turn.speaker:
            voice.beside[before] += 1
            voices[before].beside[turn.speaker] += 1
        before = turn.speaker
    return voices


def _given(speakers: Sequence[str], names: Mapping[Role, Sequence[str]]) -> dict[str, Role]:
    """Give the speakers that the user named, with their roles."""
    roles: dict[str, Role] = {}
    for role, given in names.items():
        for name in given:
            speaker = _speaker(name, speakers)
            if roles.setdefault(speaker, role) != role:
                raise SpeakerUnknown("transcripts.speaker-twice", given=name)
    return roles


def _speaker(name: str, speakers: Sequence[str]) -> str:
    """Give the speaker with this name: the whole of it, else a part that only one of them has."""
    wanted = _bare(name)
    for matching in (
        [speaker for speaker in speakers if _bare(speaker) == wanted],
        [speaker for speaker in speakers if wanted and f" {wanted} " in f" {_bare(speaker)} "],
    ):
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise SpeakerUnknown("transcripts.speaker-ambiguous", given=name, speakers=_listed(matching))
    raise SpeakerUnknown("transcripts.speaker-unknown", given=name, speakers=_listed(speakers))


def _bare(name: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(name)).split())


def _listed(speakers: Iterable[str]) -> str:
    return ", ".join(speaker or "–" for speaker in speakers)
